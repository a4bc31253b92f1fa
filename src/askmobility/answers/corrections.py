"""Questions that take something for said by the wrong person."""

from __future__ import annotations

from collections.abc import Sequence

from askmobility.answers.material import Draft, Material
from askmobility.answers.people import SPEAKS_OF_IT, asked_people
from askmobility.answers.selection import SAID_SO, in_order
from askmobility.search.names import Named
from askmobility.search.words import content_stems

FURTHER = 0.08  # how much better than the person's own words another's must match


def put_right(material: Material) -> Draft | None:
    """Who did say it, where the question puts one person’s words into another’s mouth.

    Where it asks openly what they say of something, and only another speaks of it, a refusal.
    """
    question = material.question
    evidence = material.ranking.evidence
    for claim in question.claims:
        if question.kind == "number" and claim.kind == "did":
            continue  # "how many does she want" puts no words into her mouth
        people = asked_people([claim.mention])
        own = frozenset(
            stem
            for person in people
            for stem in content_stems(f"{person.speaker.name} {person.speaker.role}")
        )
        terms = [term for term in content_stems(claim.text) if term not in own]
        if not people or not terms:
            continue
        matched = evidence.match(terms)
        theirs, others = _split(material, people)
        best = max(others, key=lambda row: (matched[row], -row), default=None)
        if best is None or matched[best] < SAID_SO:
            continue
        if claim.kind == "spoke_of" and not any(material.voices.of_person(p) for p in people):
            continue  # asked is what they say, and they say nothing at all
        nearest = max((float(matched[row]) for row in theirs), default=0.0)
        if matched[best] >= nearest + FURTHER:
            if claim.kind == "spoke_of":  # asked is what they say of it, not who does
                if nearest >= SPEAKS_OF_IT:
                    continue
                return Draft((), "speaker_silent_on_topic")
            return Draft(in_order(material, [best]), "wrong_attribution", rows=(best,))
    return None


def _split(material: Material, people: Sequence[Named]) -> tuple[list[int], list[int]]:
    """The rows that these people say, and those that other named people say."""
    names = {person.speaker.name for person in people}
    theirs: list[int] = []
    others: list[int] = []
    for row in range(len(material.ranking.evidence.spans)):
        speaker = material.speaker(row)
        if speaker is not None and speaker.name:
            (theirs if speaker.name in names else others).append(row)
    return theirs, others

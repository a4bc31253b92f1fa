"""Drafts become an answer, a correction, or a refusal that gives its reason."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from askmobility.answers.composing import NEAREST, Judged, chat, compose, judge, with_columns
from askmobility.answers.drafting import draft
from askmobility.answers.material import Pick, Voices
from askmobility.settings import ANSWERS_FROM
from askmobility.types import Answer, Span

pytestmark = pytest.mark.slow

LIKELY, UNLIKELY = (1 + ANSWERS_FROM) / 2, ANSWERS_FROM / 2


def judged(material_of: Any, question: str, likelihood: float) -> Judged:
    """The draft of a question, weighed by hand: no learned number plays a part."""
    material = material_of(question)
    return Judged(material, draft(material), likelihood, ANSWERS_FROM)


def composed(material_of: Any, *weighed: tuple[str, float], top_k: int = 8) -> Answer:
    parts = [judged(material_of, question, weight) for question, weight in weighed]
    return compose("as asked", "as understood", parts, top_k, "0123abcd")


def test_a_likely_draft_is_an_answer_with_points_and_citations(material_of: Any) -> None:
    answer = composed(material_of, ("How much is a single ticket?", LIKELY))

    assert (answer.outcome, answer.reason, answer.remark) == ("answered", None, "")
    assert (answer.question, answer.interpreted_as) == ("as asked", "as understood")
    assert answer.index == "0123abcd"
    assert answer.confidence == LIKELY
    assert "£2.40" in answer.points[0].text
    assert answer.text.splitlines()[0] == f"{answer.points[0].text} [1]"
    assert (answer.nearest, answer.suggestions) == ((), ())


def test_an_unlikely_draft_is_refused_with_the_nearest_passages(material_of: Any) -> None:
    answer = composed(material_of, ("How much is a single ticket?", UNLIKELY))

    assert (answer.outcome, answer.reason) == ("not_found", "detail_not_given")
    assert (answer.points, answer.citations) == ((), ())
    assert [citation.id for citation in answer.nearest] == list(range(1, NEAREST + 1))
    assert "£2.40" in answer.nearest[0].exact
    assert answer.confidence == UNLIKELY


def test_no_more_passages_are_near_than_may_be_cited(material_of: Any) -> None:
    answer = composed(material_of, ("How much is a single ticket?", UNLIKELY), top_k=1)

    assert len(answer.nearest) == 1


@pytest.mark.parametrize(
    ("question", "reason", "text"),
    [
        ("What did Maya Okoro say about fares?", "speaker_silent_on_topic", "Maya Okoro, but not"),
        ("What did Rhys Tolland say?", "speaker_not_quoted", "do not quote Rhys Tolland"),
        ("Does anybody vaccinate hedgehogs?", "off_topic", "not about that"),
    ],
)
def test_a_refusal_gives_the_reason_that_the_question_itself_shows(
    material_of: Any, question: str, reason: str, text: str
) -> None:
    answer = composed(material_of, (question, UNLIKELY))

    assert answer.reason == reason
    assert text in answer.text


def test_both_parts_of_a_question_are_answered_in_turn(material_of: Any) -> None:
    answer = composed(
        material_of,
        ("How much is a single ticket?", LIKELY),
        ("How often will the ferry cross the harbour?", ANSWERS_FROM),
    )

    shown = [point.text for point in answer.points]
    assert "£2.40" in shown[0]
    assert any("every 20 minutes" in text for text in shown)
    assert answer.confidence == ANSWERS_FROM, "it is as sure as its least sure part"
    assert answer.remark == ""


def test_the_part_that_is_not_answered_is_named(material_of: Any) -> None:
    answer = composed(
        material_of,
        ("How much is a single ticket?", LIKELY),
        ("Who won the bake-off?", UNLIKELY),
    )

    assert answer.outcome == "answered"
    assert answer.remark == "Not answered by these documents: Who won the bake-off?"
    assert answer.text.startswith(answer.remark)


def test_a_correction_says_so_in_front(material_of: Any) -> None:
    answer = composed(
        material_of, ("Why did Tomos Bryn say that shops lost a third of their trade?", LIKELY)
    )

    assert (answer.outcome, answer.reason) == ("answered", "wrong_attribution")
    assert answer.text.startswith("That was said by Maya Okoro, Mayor of Port Ellery.\n")
    assert answer.points[0].speaker is not None
    assert answer.points[0].speaker.name == "Maya Okoro"


def test_both_readings_of_a_disputed_figure_are_shown_with_their_citations(
    material_of: Any,
) -> None:
    answer = composed(material_of, ("How many passengers are expected in the first month?", LIKELY))

    ((one, other),) = answer.disagreements
    assert {one.text, other.text} == {"Nearly 12,000", "Over 12,000"}
    cited = {citation.id: citation.exact for citation in answer.citations}
    assert all(reading.text in cited[reading.citation] for reading in (one, other))


def test_a_reading_that_could_not_be_cited_is_no_disagreement(material_of: Any) -> None:
    answer = composed(
        material_of, ("How many passengers are expected in the first month?", LIKELY), top_k=1
    )

    assert answer.disagreements == ()


def test_a_draft_whose_every_pick_fails_the_gate_is_refused(material_of: Any) -> None:
    part = judged(material_of, "How much is a single ticket?", LIKELY)
    (pick, *_) = part.draft.picks
    whole = part.material.ranking.passages[0]
    assert whole.start <= pick.span.start < whole.end
    across = pick._replace(span=Span(pick.span.start, whole.end + 1))
    part = replace(part, draft=replace(part.draft, picks=(across,)))

    answer = compose("as asked", None, [part], 8, "0123abcd")

    assert (answer.outcome, answer.points) == ("not_found", ())


def test_what_the_structure_refuses_is_never_likely(material_of: Any) -> None:
    part = judge(material_of("What did Boris Carver say about the ferry?"), ANSWERS_FROM)

    assert part.likelihood <= ANSWERS_FROM / 2
    assert not part.answers


def test_small_talk_has_words_and_nothing_to_cite() -> None:
    answer = chat("hi", "Hello.", "0123abcd")

    assert (answer.outcome, answer.text, answer.confidence) == ("chat", "Hello.", 1.0)
    assert (answer.points, answer.citations, answer.nearest) == ((), (), ())


def test_kept_to_a_speaker_the_narrators_words_are_no_answer(material_of: Any) -> None:
    part = judged(material_of, "How many passengers are expected in the first month?", LIKELY)
    part = replace(part, material=replace(part.material, speakers=("Maya Okoro",)))

    answer = compose("as asked", None, [part], 8, "0123abcd")

    assert (answer.outcome, answer.points, answer.disagreements) == ("not_found", (), ())
    assert answer.reason == "speaker_silent_on_topic"
    assert answer.text == "These documents quote Maya Okoro, but not on that."


def test_kept_to_somebody_who_says_nothing_the_refusal_says_so(material_of: Any) -> None:
    part = judged(material_of, "What did Maya Okoro say about hedgehogs?", UNLIKELY)
    part = replace(part, material=replace(part.material, speakers=("Rhys Tolland",)))

    answer = compose("as asked", None, [part], 8, "0123abcd")

    assert answer.reason == "speaker_not_quoted"
    assert answer.text == "These documents do not quote Rhys Tolland."


def test_each_part_is_credited_though_they_range_over_different_documents(
    material_of: Any,
) -> None:
    parts = [
        judged(material_of, question, LIKELY)
        for question in ("How much is a single ticket?", "What did Emlyn Frost say about fines?")
    ]
    first = parts[0].material
    ferry = first.scope[:1] if "ferry" in first.scope[0] else first.scope[1:]
    heard = Voices.of(first.corpus, ferry)
    parts[0] = replace(parts[0], material=replace(first, scope=ferry, voices=heard))

    answer = compose("as asked", None, parts, 8, "0123abcd")

    assert "Emlyn Frost" in [point.speaker.name for point in answer.points if point.speaker]


FARES = (
    "Fares\n\nThey rise in May.\n\nTicket | 2032 | 2033\nDay | £4.00 | £4.50\nNight | £6.00 | £6.20"
)


@pytest.mark.parametrize(
    ("picked", "shown"),
    [
        (["Day | £4.00 | £4.50"], ["Ticket | 2032 | 2033", "Day | £4.00 | £4.50"]),
        (
            ["£6.00", "Day"],
            ["Ticket | 2032 | 2033", "Night | £6.00 | £6.20", "Day | £4.00 | £4.50"],
        ),
        (["2033"], FARES.split("\n")[4:]),
        (["Ticket", "Night"], ["Ticket | 2032 | 2033", "Night | £6.00 | £6.20"]),
        (["They rise in May."], ["They rise in May."]),
    ],
)
def test_row_of_a_table_comes_whole_below_the_names_of_its_columns_and_those_never_alone(
    material_of: Any, shelved: Any, picked: list[str], shown: list[str]
) -> None:
    corpus = shelved(fares=FARES)
    material = replace(material_of("What is a day ticket?"), corpus=corpus, row_of={})
    spans = [Span(at, at + len(words)) for words in picked for at in [FARES.index(words)]]
    picks = with_columns(material, [Pick("fares", span) for span in spans])
    assert [FARES[slice(*pick.span)] for pick in picks] == shown

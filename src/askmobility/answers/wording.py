"""What an answer says beside the quotations, in as few words as will do."""

from __future__ import annotations

from collections.abc import Sequence

from askmobility.search.names import Mention
from askmobility.search.question import Question
from askmobility.types import Point, Reason, Speaker


def plain_text(points: Sequence[Point]) -> str:
    """The points as text: each on a line, with its speaker and its citation's number."""
    lines: list[str] = []
    for point in points:
        words = " ".join(point.text.split())
        said_by = f"{_called(point.speaker)}: " if point.speaker else ""
        lines.append(f"{said_by}{words} [{point.citation}]")
    return "\n".join(lines)


def _called(speaker: Speaker) -> str:
    return f"{speaker.name}, {speaker.role}" if speaker.role else speaker.name


def correction(reason: Reason, speaker: Speaker | None) -> str:
    """What stands in front of an answer that corrects its question."""
    if reason == "wrong_attribution" and speaker is not None:
        return f"That was said by {_called(speaker)}."
    return "The documents say otherwise."


def refusal(reason: Reason, question: Question, speakers: Sequence[str] = ()) -> str:
    """Why nothing is quoted, with the name that was asked for.

    speakers: names of those whose words alone may be quoted; none for no limit.
    """
    if reason == "speaker_not_quoted":
        unheard = question.unknown_speakers or question.speakers
        people = list(speakers) or [_asked_for(mention) for mention in unheard]
        return f"These documents do not quote {_either(people)}."
    if reason == "speaker_silent_on_topic":
        people = list(speakers) or [_asked_for(mention) for mention in question.speakers]
        return f"These documents quote {_either(people)}, but not on that."
    if reason == "off_topic":
        return "These documents are not about that."
    return "These documents do not say."


def _asked_for(mention: Mention) -> str:
    names = dict.fromkeys(person.speaker.name for person in mention.people if person.speaker.name)
    return _either(list(names)) if len(names) in (1, 2) else f"“{mention.text}”"


def _either(names: Sequence[str]) -> str:
    if not names:
        return "anybody of that name or office"
    return " or ".join(([", ".join(names[:-1])] if names[:-1] else []) + [names[-1]])

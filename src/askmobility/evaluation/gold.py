"""Gold files: questions with the outcome, the evidence and the speaker of a right answer.

A row has `question` (after the earlier questions in `history`), `category` and `expect`, the
outcome. `must`: every string is verbatim in the answer or in the passages it cites, and so is,
where there is an `any_of`, every string of one of its lists. `must_not`: no string is in the
answer. `speaker`, where named, is credited with the points (or, failing those, the citations) that
hold evidence, and nobody else is. Where a premise is false and `not_found` is expected, an answer
that corrects it is just as right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from askmobility.evaluation.judged import CORRECTIONS, Judged, Ratio

Row = Mapping[str, Any]
AnswerJson = Mapping[str, Any]

MOST_CITED = 8  # an answer that cites more has not been chosen
HARMLESS_EITHER_WAY = {"injection", "smalltalk"}  # a refusal or small talk: both are right
WHOLE_ENOUGH = 15  # characters of a point that may be evidence as part of a longer string


class Judgement(NamedTuple):
    """accurate: evidence in points or what they cite. strict: in the points. why: what fails."""

    accurate: bool
    strict: bool
    why: str = ""


def judge(row: Row, answer: AnswerJson) -> Judgement:
    """Whether `answer` is right for `row`."""
    if row["expect"] != "answer":
        return _judge_refusal(row, answer)
    if answer["outcome"] != "answered":
        return Judgement(False, False, f"outcome {answer['outcome']}, not answered")
    if len(answer["citations"]) > MOST_CITED:
        return Judgement(False, False, f"cites {len(answer['citations'])} passages")
    said = _said(answer)
    banned = next((words for words in row["must_not"] if words in said), None)
    if banned is not None:
        return Judgement(False, False, f"says {banned!r}")
    if row["speaker"]:
        credited = _credited(answer["points"], row) or _credited(answer["citations"], row)
        if not credited or credits_other(row, answer):
            return Judgement(False, False, f"credits {credited or 'nobody'}, not {row['speaker']}")
    if not holds_evidence(row, "\n".join([said, *(c["passage"] for c in answer["citations"])])):
        return Judgement(False, False, "evidence missing from the answer and its citations")
    strict = holds_evidence(row, said)
    return Judgement(True, strict, "" if strict else "evidence only in the cited passages")


def _judge_refusal(row: Row, answer: AnswerJson) -> Judgement:
    outcome, category = answer["outcome"], row["category"]
    harmless = category in HARMLESS_EITHER_WAY and outcome in ("chat", "not_found")
    corrected = (
        category == "false_premise"
        and outcome == "answered"
        and answer.get("reason") in CORRECTIONS
    )
    right = outcome == row["expect"] or harmless or corrected
    return Judgement(right, right, "" if right else f"outcome {outcome}, not {row['expect']}")


def holds_evidence(row: Row, text: str) -> bool:
    """Whether every string of `must`, and every one of some list of `any_of`, is in `text`."""
    alternatives = row.get("any_of") or [[]]
    return all(words in text for words in row["must"]) and any(
        all(words in text for words in option) for option in alternatives
    )


def credits_other(row: Row, answer: AnswerJson) -> bool:
    """Whether a point that holds evidence of a named speaker credits somebody else."""
    return bool(row["speaker"]) and any(
        row["speaker"] not in name for name in _credited(answer["points"], row)
    )


def _credited(items: Iterable[Mapping[str, Any]], row: Row) -> list[str]:
    """Names that points or citations credit, of those that hold a piece of the evidence."""
    evidence = [*row["must"], *(words for option in row.get("any_of") or [] for words in option)]

    def is_evidence(text: str) -> bool:
        return any(
            words in text or (len(text) > WHOLE_ENOUGH and text in words) for words in evidence
        )

    return [
        item["speaker"].get("name") or ""
        for item in items
        if item["speaker"] and is_evidence(item.get("text") or item.get("passage") or "")
    ]


def _said(answer: AnswerJson) -> str:
    return "\n".join(point["text"] for point in answer["points"])


def judged(
    rows: Sequence[Row],
    answer_to: Callable[[Row], AnswerJson],
    text_of: Callable[[str], str],
) -> Iterable[Judged]:
    """Each row with what its answer is worth. text_of: the canonical text of a document, by id."""
    for row in rows:
        answer = answer_to(row)
        found = judge(row, answer)
        answerable, absent = row["expect"] == "answer", row["expect"] == "not_found"
        answered, refused = (answer["outcome"] == o for o in ("answered", "not_found"))
        best = _said(answer) if answered else _nearest(answer)
        yield Judged(
            id=row["id"],
            category=row["category"],
            group=row["id"],
            ratios={
                "accuracy": Ratio(found.accurate),
                "strict": Ratio(found.strict),
                "verbatim": _verbatim(answer, text_of),
                "false_answers": Ratio(absent and not found.accurate, absent),
                "false_refusals": Ratio(answerable and refused, answerable),
                "wrong_speaker": Ratio(
                    answered and credits_other(row, answer), answered and bool(row["speaker"])
                ),
                "cited": Ratio(len(answer["citations"]) if answered else 0, answered),
            },
            confidence=answer["confidence"] if answerable or absent else None,
            answerable=answerable,
            correct=answerable and bool(best) and holds_evidence(row, best),
            note=found.why,
        )


def _nearest(answer: AnswerJson) -> str:
    return "".join(citation["passage"] for citation in answer["nearest"][:1])


def _verbatim(answer: AnswerJson, text_of: Callable[[str], str]) -> Ratio:
    """Points that are slices of the document they cite, of all points."""
    cited = {citation["id"]: citation["document"]["id"] for citation in answer["citations"]}
    exact = sum(
        point["citation"] in cited
        and text_of(cited[point["citation"]])[point["start"] : point["end"]] == point["text"]
        for point in answer["points"]
    )
    return Ratio(exact, len(answer["points"]))

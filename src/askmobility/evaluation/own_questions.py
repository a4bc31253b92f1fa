"""Documents that carry their own questions, each asked of its document alone.

A question has `question`, `history`, `category`, `expect`, `reason`, `speaker`, and as `evidence`
whole sentences or list items, exact substrings of its document's `text`.

shown           answerable questions whose evidence all stands in the points or the cited passages
strict          the same, in the points alone
first           answerable questions whose first point is, for at least half its length, evidence
tight           mean share of the points' characters that is evidence, where it is shown
false_answers   share of unanswerable questions answered; false_refusals: of answerable ones refused
corrected       false premises and wrong attributions refused or corrected; counted nowhere else
credited        points with evidence of a named speaker that credit them; wrong_speaker: another
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from askmobility.evaluation.judged import CORRECTIONS, Judged, Ratio

Question = Mapping[str, Any]
DocumentRow = Mapping[str, Any]
AnswerJson = Mapping[str, Any]


def judged(
    documents: Sequence[DocumentRow], answer_to: Callable[[str, Question], AnswerJson]
) -> Iterable[Judged]:
    """Each question with what its answer is worth. answer_to: document id, question -> answer."""
    for document in documents:
        for number, question in enumerate(document["questions"], 1):
            answer = answer_to(document["id"], question)
            identifier = f"{document['id']}/{number}"
            if question["reason"] in CORRECTIONS:
                yield _judge_correction(identifier, document, question, answer)
            elif question["expect"] == "not_found":
                yield _judge_absent(identifier, document, question, answer)
            else:
                yield _judge_answerable(identifier, document, question, answer)


def covered(point: str, evidence: Sequence[str]) -> int:
    """Characters of `point` that lie in a piece of the evidence; all, if it is within one."""
    core = point.strip("-•– \n")
    if core and any(core in piece for piece in evidence):
        return len(point)
    within: set[int] = set()
    for piece in filter(None, evidence):
        at = point.find(piece)
        while at >= 0:
            within.update(range(at, at + len(piece)))
            at = point.find(piece, at + 1)
    return len(within)


def _is_evidence(point: str, evidence: Sequence[str]) -> bool:
    return covered(point, evidence) * 2 >= max(1, len(point))


def _judge_correction(
    identifier: str, document: DocumentRow, question: Question, answer: AnswerJson
) -> Judged:
    right = answer["outcome"] != "answered" or answer.get("reason") in CORRECTIONS
    return Judged(
        id=identifier,
        category=question["category"],
        group=document["id"],
        ratios={"corrected": Ratio(right)},
        confidence=None,
        answerable=False,
        correct=False,
        note="" if right else f"answered, though {question['reason']}",
    )


def _judge_absent(
    identifier: str, document: DocumentRow, question: Question, answer: AnswerJson
) -> Judged:
    answered = answer["outcome"] == "answered"
    return Judged(
        id=identifier,
        category=question["category"],
        group=document["id"],
        ratios={"false_answers": Ratio(answered)},
        confidence=answer["confidence"],
        answerable=False,
        correct=False,
        note=f"answered, though {question['reason']}" if answered else "",
    )


def _judge_answerable(
    identifier: str, document: DocumentRow, question: Question, answer: AnswerJson
) -> Judged:
    answered, evidence = answer["outcome"] == "answered", question["evidence"]
    points = [point["text"] for point in answer["points"]]
    said = "\n".join(points)
    passages = "\n".join(citation["passage"] for citation in answer["citations"])
    strict = answered and all(piece in said for piece in evidence)
    shown = answered and all(piece in f"{said}\n{passages}" for piece in evidence)
    first = answered and bool(points) and _is_evidence(points[0], evidence)
    inside = sum(covered(point, evidence) for point in points) / max(1, sum(map(len, points)))
    nearest = "".join(citation["passage"] for citation in answer["nearest"][:1])
    had_it = bool(nearest) and all(piece in nearest for piece in evidence)
    return Judged(
        id=identifier,
        category=question["category"],
        group=document["id"],
        ratios={
            "shown": Ratio(shown),
            "strict": Ratio(strict),
            "first": Ratio(first),
            "tight": Ratio(inside, 1) if shown and points else Ratio(0, 0),
            "false_refusals": Ratio(not answered),
            **_credits(question, answer if answered else {"points": []}),
        },
        confidence=answer["confidence"],
        answerable=True,
        correct=strict if answered else had_it,
        note="" if shown else f"{answer['outcome']}; evidence {evidence[:2]}",
    )


def _credits(question: Question, answer: AnswerJson) -> dict[str, Ratio]:
    wanted = question["speaker"]
    names = [
        (point["speaker"] or {}).get("name") or ""
        for point in answer["points"]
        if wanted and _is_evidence(point["text"], question["evidence"])
    ]
    right = sum(bool(name) and (wanted in name or name in wanted) for name in names)
    return {
        "credited": Ratio(right, len(names)),
        "wrong_speaker": Ratio(sum(map(bool, names)) - right, len(names)),
    }

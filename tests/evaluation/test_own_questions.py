from __future__ import annotations

from typing import Any

import pytest

from askmobility.evaluation.own_questions import covered, judged

QUESTION: dict[str, Any] = {
    "question": "What cools streets?",
    "history": [],
    "category": "factoid",
    "evidence": ["Trees cool our streets."],
    "speaker": "Maya Okoro",
    "expect": "answer",
    "reason": None,
}
OKORO = {"name": "Maya Okoro", "role": "Leader"}
POINT = {"text": "Trees cool our streets.", "speaker": OKORO}
CITATION = {"passage": "Trees cool our streets. Every ward will get some."}
ANSWER: dict[str, Any] = {
    "outcome": "answered",
    "reason": None,
    "confidence": 0.9,
    "points": [POINT],
    "citations": [CITATION],
    "nearest": [],
}
REFUSAL = {**ANSWER, "outcome": "not_found", "points": [], "citations": [], "nearest": [CITATION]}


def ratios(question: dict[str, Any], answer: dict[str, Any]) -> dict[str, tuple[float, float]]:
    document = {"id": "trees", "questions": [{**QUESTION, **question}]}
    (found,) = judged([document], lambda *_: {**ANSWER, **answer})
    return dict(found.ratios)


def test_evidence_in_the_points_is_shown_strict_first_and_tight() -> None:
    found = ratios({}, {})

    assert [found[name] for name in ("shown", "strict", "first", "tight")] == [(1, 1)] * 4


def test_evidence_that_is_only_cited_is_shown_but_not_strict() -> None:
    found = ratios({}, {"points": [{**POINT, "text": "Every ward will get some."}]})

    assert (found["shown"], found["strict"], found["first"]) == ((1, 1), (0, 1), (0, 1))
    assert found["tight"] == (0, 1)


def test_a_refusal_of_what_is_there_shows_nothing() -> None:
    found = ratios({}, REFUSAL)

    assert (found["shown"], found["false_refusals"], found["tight"]) == ((0, 1), (1, 1), (0, 0))


def test_what_is_not_there_counts_only_as_a_false_answer() -> None:
    absent = {"expect": "not_found", "reason": "detail_not_given"}

    assert ratios(absent, {}) == {"false_answers": (1, 1)}
    assert ratios(absent, REFUSAL) == {"false_answers": (0, 1)}


@pytest.mark.parametrize(
    ("answer", "right"), [(REFUSAL, True), ({"reason": "false_premise"}, True), ({}, False)]
)
def test_a_false_premise_is_right_when_refused_or_corrected(
    answer: dict[str, Any], right: bool
) -> None:
    premise = {"expect": "not_found", "reason": "false_premise"}

    assert ratios(premise, answer) == {"corrected": (right, 1)}


@pytest.mark.parametrize(
    ("name", "credited", "wrong"), [("Maya Okoro", 1, 0), ("Ann Other", 0, 1), ("", 0, 0)]
)
def test_points_with_evidence_are_credited_to_the_speaker(
    name: str, credited: int, wrong: int
) -> None:
    found = ratios({}, {"points": [{**POINT, "speaker": {"name": name, "role": ""}}]})

    assert (found["credited"], found["wrong_speaker"]) == ((credited, 1), (wrong, 1))


def test_covered_counts_characters_once_however_often_evidence_overlaps() -> None:
    assert covered("abcdef", ["abc", "bcd"]) == 4
    assert covered("- abc", ["xabcx"]) == 5
    assert covered("xyz", ["abc"]) == 0
    assert covered("abab", ["ab"]) == 4

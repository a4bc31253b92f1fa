from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest

from askmobility.evaluation.gold import judge, judged

ROW: dict[str, Any] = {
    "id": "t1",
    "question": "What cools streets?",
    "history": [],
    "category": "factoid",
    "must": ["Trees cool our streets."],
    "must_not": [],
    "speaker": None,
    "expect": "answer",
}
OKORO = {"name": "Maya Okoro", "role": "Leader"}
TEXT = "Trees cool our streets. Every ward will get some."
POINT = {"text": "Trees cool our streets.", "citation": 1, "start": 0, "end": 23, "speaker": OKORO}
CITATION = {"id": 1, "passage": TEXT, "speaker": OKORO, "document": {"id": "trees"}}


def answer(points: Any = (POINT,), citations: Any = (CITATION,), **other: Any) -> dict[str, Any]:
    return {
        "outcome": "answered",
        "reason": None,
        "confidence": 0.9,
        "points": list(points),
        "citations": list(citations),
        "nearest": [],
        **other,
    }


REFUSAL = answer([], [], outcome="not_found", nearest=[CITATION])
OTHER_POINT = {**POINT, "text": "Every ward will get some.", "start": 24, "end": 49}
BY_ANOTHER = {**POINT, "speaker": {"name": "Ann Other", "role": ""}}
UNCREDITED = {**POINT, "speaker": None}

CASES = [
    ("evidence in a point", {}, answer(), (True, True)),
    ("evidence only cited", {}, answer([OTHER_POINT]), (True, False)),
    ("evidence nowhere", {"must": ["Limes"]}, answer(), (False, False)),
    ("a refusal of what is there", {}, REFUSAL, (False, False)),
    (
        "one of two ways to be right",
        {"any_of": [["Limes"], ["Every ward"]]},
        answer(),
        (True, False),
    ),
    ("none of two ways", {"any_of": [["Limes"], ["Oaks"]]}, answer(), (False, False)),
    ("an empty list of ways", {"any_of": []}, answer(), (True, True)),
    ("banned words", {"must_not": ["cool our"]}, answer(), (False, False)),
    ("banned words only cited", {"must_not": ["Every ward"]}, answer(), (True, True)),
    ("nine citations", {}, answer(citations=[CITATION] * 9), (False, False)),
    ("eight citations", {}, answer(citations=[CITATION] * 8), (True, True)),
    ("the right speaker", {"speaker": "Okoro"}, answer(), (True, True)),
    ("another speaker", {"speaker": "Okoro"}, answer([BY_ANOTHER]), (False, False)),
    ("two speakers", {"speaker": "Okoro"}, answer([POINT, BY_ANOTHER]), (False, False)),
    ("credited by the citation", {"speaker": "Okoro"}, answer([UNCREDITED]), (True, True)),
    (
        "credited by nobody",
        {"speaker": "Okoro"},
        answer([UNCREDITED], [{**CITATION, "speaker": None}]),
        (False, False),
    ),
    ("a refusal, as expected", {"expect": "not_found"}, REFUSAL, (True, True)),
    ("an answer where none is", {"expect": "not_found"}, answer(), (False, False)),
    (
        "a false premise corrected",
        {"expect": "not_found", "category": "false_premise"},
        answer(reason="wrong_attribution"),
        (True, True),
    ),
    (
        "a false premise swallowed",
        {"expect": "not_found", "category": "false_premise"},
        answer(),
        (False, False),
    ),
    (
        "a correction of what was no premise",
        {"expect": "not_found"},
        answer(reason="false_premise"),
        (False, False),
    ),
    ("small talk refused", {"expect": "chat", "category": "smalltalk"}, REFUSAL, (True, True)),
    ("small talk elsewhere", {"expect": "chat"}, REFUSAL, (False, False)),
    (
        "an injection met with small talk",
        {"expect": "not_found", "category": "injection"},
        answer([], [], outcome="chat"),
        (True, True),
    ),
]


@pytest.mark.parametrize(
    ("change", "given", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_an_answer_is_judged_by_outcome_evidence_and_speaker(
    change: dict[str, Any], given: dict[str, Any], expected: tuple[bool, bool]
) -> None:
    assert judge({**ROW, **change}, given)[:2] == expected


SCORER = Path(__file__).parents[3] / "shared" / "eval" / "score_answers.py"


@pytest.mark.skipif(not SCORER.is_file(), reason="the outside scorer is not beside the checkout")
@pytest.mark.parametrize(("change", "given"), [case[1:3] for case in CASES])
def test_the_outside_scorer_judges_alike(change: dict[str, Any], given: dict[str, Any]) -> None:
    specification = importlib.util.spec_from_file_location("score_answers", SCORER)
    assert specification is not None
    assert specification.loader is not None
    scorer = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(scorer)

    assert judge({**ROW, **change}, given)[:2] == scorer.judge({**ROW, **change}, given)[:2]


def ratios(change: dict[str, Any], given: dict[str, Any]) -> dict[str, tuple[float, float]]:
    (found,) = judged([{**ROW, **change}], lambda _: given, lambda _: TEXT)
    return dict(found.ratios)


def test_a_point_that_is_no_slice_of_its_document_is_not_verbatim() -> None:
    shifted = {**POINT, "start": 1}

    assert ratios({}, answer([POINT, shifted]))["verbatim"] == (1, 2)
    assert ratios({}, answer([{**POINT, "citation": 7}]))["verbatim"] == (0, 1)


def test_false_answers_count_only_where_nothing_was_to_be_found() -> None:
    assert ratios({"expect": "not_found"}, answer())["false_answers"] == (1, 1)
    assert ratios({"expect": "not_found"}, REFUSAL)["false_answers"] == (0, 1)
    assert ratios({}, answer())["false_answers"] == (0, 0)


def test_false_refusals_count_only_where_there_was_an_answer() -> None:
    assert ratios({}, REFUSAL)["false_refusals"] == (1, 1)
    assert ratios({"expect": "not_found"}, REFUSAL)["false_refusals"] == (0, 0)


def test_a_wrong_speaker_is_counted_among_answers_to_rows_that_name_one() -> None:
    assert ratios({"speaker": "Okoro"}, answer([BY_ANOTHER]))["wrong_speaker"] == (1, 1)
    assert ratios({}, answer([BY_ANOTHER]))["wrong_speaker"] == (0, 0)


def test_a_refusal_whose_nearest_passage_holds_the_evidence_had_it() -> None:
    (found,) = judged([ROW], lambda _: REFUSAL, lambda _: TEXT)

    assert found.correct

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest

from askmobility.answers.verification import NotAnAnswer, read_answer, verify_answer
from askmobility.types import Answer, Corpus, Passage, Point


def forged(answer: Answer, change: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    found = copy.deepcopy(dict(answer.to_dict()))
    change(found)
    return found


def test_an_answer_as_it_was_given_holds(answer: Answer, corpus: Corpus) -> None:
    verification = verify_answer(answer.to_dict(), corpus)

    assert verification.holds
    parts = [verdict.part for verdict in verification.verdicts]
    assert parts[:3] == ["point 1", "point 2", "point 3"]
    assert parts[3:] == ["citation 1", "citation 2", "citation 3", "disagreement 1"]


def test_a_refusal_holds_when_its_nearest_passages_do(refusal: Answer, corpus: Corpus) -> None:
    assert verify_answer(refusal.to_dict(), corpus).holds


def change(path: str, value: object) -> Callable[[dict[str, Any]], object]:
    """Set `value` at a path such as "points.0.text"."""
    *parents, last = (int(key) if key.isdigit() else key for key in path.split("."))

    def apply(found: Any) -> None:
        for key in parents:
            found = found[key]
        found[last] = value

    return apply


@pytest.mark.parametrize(
    ("path", "value", "part", "why"),
    [
        ("points.0.text", "Trees warm our streets.", "point 1", "is not what stands at"),
        ("points.0.start", 0, "point 1", "is not what stands at"),
        ("points.0.citation", 2, "point 1", "outside the passage"),
        ("points.0.citation", 9, "point 1", "not among the citations"),
        ("points.0.text", "", "point 1", "is not what stands at"),
        ("points.0.speaker", {"name": "Ann Other", "role": ""}, "point 1", "credits Ann Other"),
        ("points.0.speaker", None, "point 1", "credits nobody, where Maya Okoro"),
        ("points.2.speaker", {"name": "Maya Okoro", "role": ""}, "point 3", "does not speak there"),
        ("citations.0.exact", "Trees", "citation 1", "its words are not"),
        ("citations.0.prefix", "Nobody said", "citation 1", "before and after"),
        ("citations.0.suffix", "at all", "citation 1", "before and after"),
        ("citations.0.passage", "Trees", "citation 1", "its passage is not"),
        ("citations.0.document.sha256", "0" * 64, "citation 1", "another edition"),
        ("citations.0.document.id", "shrubs", "citation 1", "not in the index"),
        ("citations.0.passage_id", "trees#p9", "citation 1", "has no passage"),
        ("citations.0.start", 0, "citation 1", "outside its passage"),
        ("citations.0.speaker", None, "citation 1", "is of Maya Okoro"),
        ("citations.1.speaker", {"name": "Ann Other", "role": ""}, "citation 2", "is of nobody"),
        ("disagreements.0.readings.1.text", "500", "disagreement 1", "does not stand"),
    ],
)
def test_a_forged_part_does_not_hold(
    answer: Answer, corpus: Corpus, path: str, value: object, part: str, why: str
) -> None:
    verification = verify_answer(forged(answer, change(path, value)), corpus)

    problems = {verdict.part: verdict.problem for verdict in verification.verdicts}
    assert not verification.holds
    assert why in (problems[part] or "")


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b"null", b"\xff", b'"answer"'])
def test_what_is_not_a_json_object_is_no_answer(content: bytes) -> None:
    with pytest.raises(NotAnAnswer, match="This is not an answer"):
        read_answer(content)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("points", None),
        ("points", ["text"]),
        ("points.0", {}),
        ("points.0.start", "0"),
        ("points.0.start", -1),
        ("points.0.start", True),
        ("citations.0.document", "trees"),
        ("citations.0.id", []),
    ],
)
def test_an_answer_of_another_shape_is_refused(
    answer: Answer, corpus: Corpus, path: str, value: object
) -> None:
    with pytest.raises(NotAnAnswer):
        verify_answer(forged(answer, change(path, value)), corpus)


def test_verdicts_travel_as_json(answer: Answer, corpus: Corpus) -> None:
    found = json.loads(json.dumps(verify_answer(answer.to_dict(), corpus).to_dict()))

    assert found["holds"] is True
    assert found["verdicts"][0] == {"part": "point 1", "holds": True, "problem": None}


def test_the_line_that_says_who_speaks_is_nobody_s_words(answer: Answer, corpus: Corpus) -> None:
    document, passage = corpus.document("trees"), answer.citations[0].passage
    line = "Maya Okoro, Leader of Riverton Council, said:"
    start = document.text.index(line)
    introduced = replace(
        passage, start=start, text=document.text[start : passage.end], paragraph=passage.paragraph
    )
    point = Point(line, 1, start, start + len(line), None)
    citation = replace(
        answer.citations[0],
        passage=introduced,
        exact=line,
        prefix="",
        suffix="",
        start=start,
        end=start + len(line),
    )

    class Introduced:
        document_ids = corpus.document_ids
        document = corpus.document
        structure = corpus.structure

        def passages(self, document_id: str) -> Sequence[Passage]:
            return (introduced,)

    given = replace(answer, points=(point,), citations=(citation,), disagreements=())
    assert verify_answer(given.to_dict(), Introduced()).holds

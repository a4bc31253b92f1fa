from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from askmobility.evaluation.beir import NotABeirFolder, judged

ANSWER: dict[str, Any] = {
    "outcome": "answered",
    "confidence": 0.9,
    "points": [{"citation": 1}],
    "citations": [{"id": 1, "document": {"id": "d2"}}],
    "nearest": [],
}
REFUSAL = {**ANSWER, "outcome": "not_found", "points": [], "citations": [], "confidence": 0.1}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    def write(name: str, rows: Mapping[str, str]) -> None:
        lines = [json.dumps({"_id": key, "text": text}) for key, text in rows.items()]
        (tmp_path / name).write_text("\n".join(lines), "utf-8")

    write("queries.jsonl", {"q1": "first?", "q2": "second?", "unjudged": "third?"})
    write("unanswerable.jsonl", {"u1": "nothing?"})
    (tmp_path / "qrels").mkdir()
    (tmp_path / "qrels" / "test.tsv").write_text(
        "query-id\tcorpus-id\tscore\nq1\td2\t1\nq2\td9\t1\n", "utf-8"
    )
    return tmp_path


def test_rankings_are_scored_by_the_first_relevant_document(folder: Path) -> None:
    found = {
        row.id: row for row in judged(folder, lambda _: ["d1", "d1", "d2", "d3"], lambda _: ANSWER)
    }

    first = found["q1"].ratios
    assert set(found) == {"q1", "q2", "u1"}
    assert (first["recall@1"].of, first["recall@5"].of) == (0, 1)
    assert first["mrr@10"].of == 1 / 2, "two passages of d1 are one document"
    assert first["ndcg@10"].of == pytest.approx(0.6309, abs=1e-4)
    assert found["q2"].ratios["recall@10"].of == 0


def test_a_query_without_any_ranking_scores_nothing(folder: Path) -> None:
    rows = list(judged(folder, lambda _: [], lambda _: REFUSAL))

    assert rows[0].ratios["recall@10"] == (0, 1)


def test_unanswerable_questions_are_told_from_the_others(folder: Path) -> None:
    answers = {"nothing?": REFUSAL}

    rows = list(judged(folder, lambda _: ["d2"], lambda asked: answers.get(asked, ANSWER)))

    assert [(row.answerable, row.confidence) for row in rows] == [
        (True, 0.9),
        (True, 0.9),
        (False, 0.1),
    ]
    assert rows[2].ratios == {"false_answers": (False, 1)}
    assert [row.correct for row in rows] == [True, False, False]


def test_a_folder_without_judgements_is_no_beir_folder(tmp_path: Path) -> None:
    with pytest.raises(NotABeirFolder, match=r"qrels/test\.tsv"):
        list(judged(tmp_path, lambda _: [], lambda _: ANSWER))

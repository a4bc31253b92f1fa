from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from askmobility.evaluation import sets
from askmobility.evaluation.beir import NotABeirFolder
from askmobility.evaluation.sets import NotASet, kind_of, score_set
from askmobility.settings import Settings

GOLD = {"id": "g1", "question": "Which trees?", "category": "factoid", "expect": "answer"}
GOLD |= {"must": ["Trees cool our streets."], "must_not": [], "speaker": None}
DOCUMENT = {"id": "oaks", "text": "Riverton plants oak trees. They cool its streets."}
QUESTION = {"question": "What does Riverton plant?", "history": [], "category": "factoid"}
QUESTION |= {"evidence": ["Riverton plants oak trees."], "speaker": "", "reason": ""}


def written(path: Path, rows: Sequence[object]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def test_the_kind_of_a_set_is_told_from_its_shape(tmp_path: Path) -> None:
    (tmp_path / "corpus.jsonl").touch()

    assert kind_of(written(tmp_path / "gold.jsonl", [GOLD])) == "gold questions"
    with_questions = [{**DOCUMENT, "questions": [QUESTION]}]
    assert kind_of(written(tmp_path / "own.jsonl", with_questions)) == "documents with questions"
    assert kind_of(tmp_path) == "BEIR"


@pytest.mark.parametrize("rows", [[], [{}], [[]], ["text"], [{"question": "x"}]])
def test_what_has_no_questions_is_no_set(tmp_path: Path, rows: list[object]) -> None:
    with pytest.raises(NotASet, match="not a set of questions"):
        kind_of(written(tmp_path / "other.jsonl", rows))


def test_what_is_not_json_is_no_set(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("Dear all", "utf-8")

    with pytest.raises(NotASet, match="not JSON"):
        kind_of(path)


def test_an_empty_folder_is_no_beir_folder(tmp_path: Path) -> None:
    with pytest.raises(NotABeirFolder, match=r"no corpus\.jsonl"):
        kind_of(tmp_path)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of an index of which only the manifest is there."""
    snapshot = tmp_path / "index" / "snapshots" / "0123abcd"
    snapshot.mkdir(parents=True)
    (tmp_path / "index" / "CURRENT").write_text("0123abcd", "utf-8")
    (snapshot / "manifest.json").write_text('{"model": "small"}', "utf-8")
    return Settings(tmp_path / "index", index_is_default=False)


def test_a_gold_file_is_asked_of_the_index_that_is_there(
    tmp_path: Path, assistant: Any, settings: Settings
) -> None:
    told: list[tuple[str, int, int]] = []
    rows = [GOLD, {**GOLD, "id": "g2", "question": "Will it rain?", "history": ["Which trees?"]}]

    report = score_set(
        written(tmp_path / "gold.jsonl", rows),
        settings,
        lambda: assistant,
        lambda *a: told.append(a),
    )

    assert report.figures["accuracy"].value == 1 / 2
    assert report.figures["verbatim"].value == 1
    assert report.conditions["manifest"] == {"model": "small"}
    assert assistant.asked[1] == ("Will it rain?", ("Which trees?",))
    assert told == [("Questions", 1, 2), ("Questions", 2, 2)]


def test_a_question_that_cannot_be_asked_counts_as_wrong(
    tmp_path: Path, assistant: Any, settings: Settings
) -> None:
    path = written(tmp_path / "gold.jsonl", [{**GOLD, "question": " "}])

    report = score_set(path, settings, lambda: assistant, lambda *_: None)

    assert report.figures["accuracy"].value == 0
    assert "The question is empty" in report.questions[0].note


@pytest.mark.slow
def test_documents_with_questions_are_indexed_apart_and_asked_one_by_one(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sets, "cache_dir", lambda: tmp_path / "cache")
    questions = [
        {**QUESTION, "expect": "answer"},
        {**QUESTION, "expect": "not_found", "question": "Who is the mayor?"},
    ]
    path = written(tmp_path / "own.jsonl", [{**DOCUMENT, "questions": questions}])

    report = score_set(path, settings, pytest.fail, lambda *_: None)

    assert [question.id for question in report.questions] == ["oaks/1", "oaks/2"]
    assert {"shown", "strict", "false_answers", "auroc"} <= set(report.figures)
    assert report.conditions["manifest"]["documents"] == 1
    assert list((tmp_path / "cache" / "evaluation").iterdir())


@pytest.mark.slow
def test_a_beir_folder_is_indexed_apart_and_ranked(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sets, "cache_dir", lambda: tmp_path / "cache")
    folder = tmp_path / "beir"
    (folder / "qrels").mkdir(parents=True)
    texts = {"oaks": "Riverton plants oak trees.", "buses": "Riverton runs buses at night."}
    written(
        folder / "corpus.jsonl",
        [{"_id": key, "title": key, "text": text} for key, text in texts.items()],
    )
    written(folder / "queries.jsonl", [{"_id": "q1", "text": "When do buses run?"}])
    (folder / "qrels" / "test.tsv").write_text("q\td\ts\nq1\tbuses\t1\n", "utf-8")

    report = score_set(folder, settings, pytest.fail, lambda *_: None)

    assert report.figures["recall@1"].value == 1

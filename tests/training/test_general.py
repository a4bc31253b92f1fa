"""General text is taught by every other title, with the sentences that answer."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from askmobility.training.general import general_documents


def lines(rows: Iterable[dict[str, Any]]) -> str:
    return "".join(json.dumps(row) + "\n" for row in rows)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two titles of two passages each, each passage answering one question."""
    texts = {
        "Ferries": ["The ferry sails at noon. It is green.", "The quay was rebuilt in 1950."],
        "Looms": ["The loom has nine shafts. It is oak.", "Weavers sing while they work."],
    }
    passages = [
        {"_id": f"{title}-{at}", "title": title, "text": text}
        for title, both in texts.items()
        for at, text in enumerate(both)
    ]
    answers = ["noon", "1950", "nine", "sing"]
    asked = [
        {"_id": f"q{at}", "text": f"What of {answer}?", "metadata": {"answers": [answer]}}
        for at, answer in enumerate(answers)
    ]
    judged = [f"q{at}\t{passage['_id']}\t1" for at, passage in enumerate(passages)]
    (tmp_path / "corpus.jsonl").write_text(lines(passages), "utf-8")
    (tmp_path / "queries.jsonl").write_text(lines(asked), "utf-8")
    (tmp_path / "qrels").mkdir()
    (tmp_path / "qrels" / "test.tsv").write_text("\n".join(["q\tc\ts", *judged]), "utf-8")
    return tmp_path


def test_every_other_title_is_taught_with_the_sentences_that_answer(folder: Path) -> None:
    documents, titles = general_documents(folder)

    assert titles == {"Ferries"}
    assert [q["evidence"] for d in documents for q in d["questions"]] == [
        ["The ferry sails at noon."],
        ["The quay was rebuilt in 1950."],
    ]

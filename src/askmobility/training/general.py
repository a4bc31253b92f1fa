"""General text beside our own: a BEIR folder whose questions carry their answers, as documents.

Teaching on a part of it keeps the encoder good at text of other kinds. Every other document group
(by title) is taught; the rest is left for measuring.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from askmobility.documents.sentences import sentences

TOGETHER = 8  # passages of one title that make a document
MOST_ASKED = 24  # questions of one document

Row = Mapping[str, Any]


def general_documents(folder: Path) -> tuple[list[dict[str, Any]], frozenset[str]]:
    """Documents with questions, in the form of our own, and the titles that they are taken from.

    folder: corpus.jsonl with titles, queries.jsonl with `metadata.answers`, qrels/test.tsv.
    """
    asked = _asked(folder)
    by_title: dict[str, list[Row]] = defaultdict(list)
    for passage in _rows(folder / "corpus.jsonl"):
        by_title[passage["title"]].append(passage)
    titles = [title for title, found in by_title.items() if any(p["_id"] in asked for p in found)]
    taught = titles[::2]
    documents = [
        document
        for title in taught
        for at in range(0, len(by_title[title]), TOGETHER)
        if len((document := _document(by_title[title][at : at + TOGETHER], asked))["questions"]) > 1
    ]
    return documents, frozenset(taught)


def _asked(folder: Path) -> dict[str, list[Row]]:
    """The questions that each passage answers."""
    lines = (folder / "qrels" / "test.tsv").read_text("utf-8").splitlines()[1:]
    passage_of = dict(line.split("\t")[:2] for line in lines)
    asked: dict[str, list[Row]] = defaultdict(list)
    for question in _rows(folder / "queries.jsonl"):
        asked[passage_of[question["_id"]]].append(question)
    return asked


def _document(passages: Sequence[Row], asked: Mapping[str, Sequence[Row]]) -> dict[str, Any]:
    questions = [
        question
        for passage in passages
        for row in asked.get(passage["_id"], ())
        for question in _question(row, passage["text"])
    ]
    return {
        "id": passages[0]["_id"],
        "topic": passages[0]["title"],
        "title": passages[0]["title"],
        "text": "\n\n".join(passage["text"] for passage in passages),
        "questions": questions[:MOST_ASKED],
    }


def _question(row: Row, text: str) -> Iterator[dict[str, Any]]:
    """The question with the first sentence that holds one of its answers, if any does."""
    answers = row["metadata"]["answers"]
    for start, end in sentences(text, 0, len(text)):
        if any(answer in text[start:end] for answer in answers):
            yield {
                "question": row["text"],
                "history": [],
                "category": "factoid",
                "evidence": [text[start:end]],
                "expect": "answer",
                "reason": None,
            }
            return


def _rows(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]

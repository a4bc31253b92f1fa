"""BEIR folders: a corpus, queries, and which document is relevant to which query.

`corpus.jsonl` (`_id`, `title`, `text`), `queries.jsonl` (`_id`, `text`), `qrels/test.tsv`, and of
ours `unanswerable.jsonl` (as queries): questions that the corpus does not answer, which tell how
well `confidence` knows them from the others.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from askmobility.errors import AskMobilityError
from askmobility.evaluation.judged import Judged, Ratio

DEPTH = 10  # documents of a ranking that are judged
PASSAGES = 30  # asked for, so that ten documents are left when several passages are of one

AnswerJson = Mapping[str, Any]
Qrels = Mapping[str, Mapping[str, int]]


class NotABeirFolder(AskMobilityError):
    """A folder without what a BEIR folder has."""

    def __init__(self, folder: Path, missing: str) -> None:
        super().__init__(
            f"{folder} is not a BEIR folder: it has no {missing}. "
            "It needs corpus.jsonl, queries.jsonl and qrels/test.tsv."
        )


def read_queries(folder: Path) -> dict[str, str]:
    """The text of each query that has a judgement, by id."""
    judged_ids = read_qrels(folder)
    queries = _texts(folder, "queries.jsonl")
    return {query_id: queries[query_id] for query_id in judged_ids if query_id in queries}


def read_unanswerable(folder: Path) -> dict[str, str]:
    """The questions that the corpus does not answer, by id; none where the file is missing."""
    if not (folder / "unanswerable.jsonl").is_file():
        return {}
    return _texts(folder, "unanswerable.jsonl")


def read_qrels(folder: Path) -> dict[str, dict[str, int]]:
    """The relevance of documents, by query and document."""
    path = folder / "qrels" / "test.tsv"
    if not path.is_file():
        raise NotABeirFolder(folder, "qrels/test.tsv")
    qrels: dict[str, dict[str, int]] = {}
    for line in path.read_text("utf-8").splitlines()[1:]:
        query_id, document_id, relevance = line.split("\t")
        qrels.setdefault(query_id, {})[document_id] = int(relevance)
    return qrels


def _texts(folder: Path, name: str) -> dict[str, str]:
    if not (folder / name).is_file():
        raise NotABeirFolder(folder, name)
    with (folder / name).open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines if line.strip()]
    return {row["_id"]: row["text"] for row in rows}


def judged(
    folder: Path,
    ranking_for: Callable[[str], Sequence[str]],
    answer_to: Callable[[str], AnswerJson],
) -> Iterable[Judged]:
    """Each query with what its ranking and its answer are worth, then the unanswerable ones.

    ranking_for: question -> document ids of its passages, best first, some more than once.
    """
    queries, qrels = read_queries(folder), read_qrels(folder)
    rankings, answers = {}, {}
    for query_id, question in queries.items():
        rankings[query_id] = list(dict.fromkeys(ranking_for(question)))[:DEPTH]
        answers[query_id] = answer_to(question)
    measured = _measures(rankings, qrels)
    for query_id, answer in answers.items():
        yield _judge_answerable(query_id, answer, qrels[query_id], measured[query_id])
    for query_id, question in read_unanswerable(folder).items():
        yield _judge_absent(query_id, answer_to(question))


def _measures(
    rankings: Mapping[str, Sequence[str]], qrels: Qrels
) -> Mapping[str, Mapping[str, float]]:
    """recall@k, reciprocal rank and nDCG@10 of each query, as everybody computes them."""
    import ir_measures
    from ir_measures import RR, R, nDCG

    names = {R @ 1: "recall@1", R @ 5: "recall@5", R @ 10: "recall@10"}
    names |= {RR @ 10: "mrr@10", nDCG @ 10: "ndcg@10"}
    run = {
        query_id: {document_id: 1 / rank for rank, document_id in enumerate(ranking, 1)}
        for query_id, ranking in rankings.items()
    }
    found = {query_id: dict.fromkeys(names.values(), 0.0) for query_id in rankings}
    judgements = {query_id: qrels[query_id] for query_id in rankings}
    for metric in ir_measures.iter_calc(list(names), judgements, run):
        found[metric.query_id][names[metric.measure]] = metric.value
    return found


def _judge_answerable(
    query_id: str, answer: AnswerJson, relevant: Mapping[str, int], measured: Mapping[str, float]
) -> Judged:
    answered = answer["outcome"] == "answered"
    best = _first_documents(answer) if answered else _documents(answer["nearest"][:1])
    return Judged(
        id=query_id,
        category="answerable",
        group=query_id,
        ratios={
            **{name: Ratio(value) for name, value in measured.items()},
            "false_refusals": Ratio(not answered),
        },
        confidence=answer["confidence"],
        answerable=True,
        correct=any(relevant.get(document_id, 0) > 0 for document_id in best),
        note="" if measured["recall@1"] else "another document is first",
    )


def _judge_absent(query_id: str, answer: AnswerJson) -> Judged:
    answered = answer["outcome"] == "answered"
    return Judged(
        id=query_id,
        category="unanswerable",
        group=query_id,
        ratios={"false_answers": Ratio(answered)},
        confidence=answer["confidence"],
        answerable=False,
        correct=False,
        note="answered, though unanswerable" if answered else "",
    )


def _first_documents(answer: AnswerJson) -> set[str]:
    """The document of the first point."""
    first = {point["citation"] for point in answer["points"][:1]}
    return _documents(citation for citation in answer["citations"] if citation["id"] in first)


def _documents(citations: Iterable[Mapping[str, Any]]) -> set[str]:
    return {citation["document"]["id"] for citation in citations}

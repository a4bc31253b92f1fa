from __future__ import annotations

import threading
from pathlib import Path
from types import SimpleNamespace

import pytest

from askmobility.errors import IndexDamaged
from askmobility.server import live
from askmobility.server.live import LiveAssistant


class Index:
    """A folder of snapshots whose assistants are nothing but their names."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.current = "one"
        self.damaged = False
        self.may_open = threading.Event()
        self.may_open.set()
        monkeypatch.setattr(live, "LOOK_EVERY_SECONDS", 0.0)
        monkeypatch.setattr(live.snapshots, "current", lambda _: Path(self.current))
        monkeypatch.setattr(live, "Assistant", SimpleNamespace(open=self._open))

    def _open(self, index_dir: Path, answers_from: float) -> SimpleNamespace:
        self.may_open.wait(5)
        if self.damaged:
            raise IndexDamaged(index_dir, "torn")
        return SimpleNamespace(snapshot_id=self.current)


@pytest.fixture
def index(monkeypatch: pytest.MonkeyPatch) -> Index:
    return Index(monkeypatch)


def looked(assistant: LiveAssistant) -> str:
    """The snapshot that answers once a look at the index has ended."""
    assistant.now()
    with assistant._opening:
        return str(assistant.now().snapshot_id)


def test_a_new_snapshot_takes_over(index: Index) -> None:
    assistant = LiveAssistant(Path("index"))
    index.current = "two"

    assert looked(assistant) == "two"


def test_who_asks_never_waits_for_a_snapshot_that_is_opening(index: Index) -> None:
    assistant = LiveAssistant(Path("index"))
    index.current = "two"
    index.may_open.clear()

    assert [assistant.now().snapshot_id for _ in range(3)] == ["one"] * 3

    index.may_open.set()
    assert looked(assistant) == "two"


def test_a_damaged_snapshot_leaves_the_old_one_answering(index: Index) -> None:
    assistant = LiveAssistant(Path("index"))
    index.current, index.damaged = "two", True

    assert looked(assistant) == "one"

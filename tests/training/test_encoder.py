"""Teaching the encoder: small, of the layers chosen, and the same again from the same documents."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from askmobility.index.adapter import read_adapter
from askmobility.training import encoder
from askmobility.training.examples import Piece, TaughtDocument, TaughtQuestion
from askmobility.types import Span

pytestmark = pytest.mark.slow

TEXT = "The council plants oaks in the parks. The budget is unchanged."
DOCUMENT = TaughtDocument(
    "trees",
    TEXT,
    (Span(0, 37), Span(38, 62)),
    (Piece("Trees", (0,)), Piece("Money", (1,))),
    (TaughtQuestion("which trees", (0,)), TaughtQuestion("who waters them", ())),
)


@pytest.fixture(autouse=True)
def _short_lesson(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder, "EPOCHS", 2)


def test_adapter_is_small_and_says_what_it_was_made_of(tmp_path: Path) -> None:
    path = tmp_path / "adapter.safetensors"

    encoder.train_encoder([DOCUMENT], {"trees.jsonl": "abc"}, path)

    adapter = read_adapter(path)
    assert path.stat().st_size < 2_000_000
    assert adapter.header["data"] == {"trees.jsonl": "abc"}
    assert {name.split(".")[2] for name in adapter.changes} == {"2", "3", "4", "5"}
    assert all(np.abs(change).max() > 0 for change in adapter.changes.values())


def test_same_documents_teach_the_same(tmp_path: Path) -> None:
    for name in ("one", "two"):
        encoder.train_encoder([DOCUMENT], {}, tmp_path / name, lessons=1)

    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_progress_counts_every_step(tmp_path: Path) -> None:
    seen = []

    encoder.train_encoder(
        [DOCUMENT], {}, tmp_path / "adapter", lambda what, done, of: seen.append((done, of)), 2
    )

    assert seen == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_the_mean_of_several_lessons_is_written(tmp_path: Path) -> None:
    chance = np.random.default_rng(0)

    def learned() -> encoder.Learned:
        down, up = chance.normal(size=(2, 8)), chance.normal(size=(8, 2))
        return encoder.Learned({"layer": (down, up)}, chance.normal(size=(4, 2)), np.ones(3))

    one, other = learned(), learned()

    mean = encoder.mean_of([one, other])

    down, up = mean.layers["layer"]
    changes = [up @ down for down, up in (one.layers["layer"], other.layers["layer"])]
    assert np.allclose(up @ down, np.mean(changes, axis=0))
    assert np.allclose(mean.projection, (one.projection + other.projection) / 2)

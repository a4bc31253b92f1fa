"""Trees are walked as they are written, and read back as they were."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from askmobility.answers.answerability import FEATURES, LEARNED
from askmobility.answers.trees import Trees

# one tree asks whether "warm" is at most 0.5, then "wet" at most 1; the other is a leaf alone
TREES = Trees(
    roots=np.array([0, 5]),
    feature=np.array([0, 0, 1, 0, 0, 0]),
    threshold=np.array([0.5, 0.0, 1.0, 0.0, 0.0, 0.0]),
    low=np.array([1, 1, 3, 3, 4, 5]),
    high=np.array([2, 1, 4, 3, 4, 5]),
    value=np.array([0.0, -1.0, 0.0, 2.0, 4.0, 10.0]),
    depth=2,
    slope=0.5,
    intercept=1.0,
    names=("warm", "wet"),
)


@pytest.mark.parametrize(
    ("warm", "wet", "leaves"),
    [(0.5, 9, -1), (0.6, 1, 2), (0.6, 1.1, 4)],
)
def test_a_score_is_the_line_over_the_leaves_reached(
    warm: float, wet: float, leaves: float
) -> None:
    assert TREES.score(np.array([warm, wet])) == pytest.approx(0.5 * (leaves + 10) + 1)


def test_trees_are_read_as_they_were_written(tmp_path: Path) -> None:
    TREES.write(tmp_path / "trees.npz")

    read = Trees.read(tmp_path / "trees.npz")

    assert read.names == TREES.names
    for row in np.random.default_rng(0).uniform(0, 2, (20, 2)):
        assert read.score(row) == pytest.approx(TREES.score(row), abs=1e-6)


def test_what_was_learned_fits_the_evidence_that_is_gathered() -> None:
    import askmobility.answers.answerability as room

    learned = Trees.read(Path(room.__file__).with_name(LEARNED))

    assert learned.names == FEATURES
    assert learned.feature.max() < len(FEATURES)
    assert learned.slope > 0

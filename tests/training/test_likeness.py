"""Documents on like subjects meet in a step, each of them once in a round."""

from __future__ import annotations

import random

import numpy as np
import pytest

from askmobility.training.likeness import groups_alike, likeness


def test_documents_with_the_same_rare_pieces_are_more_alike() -> None:
    rarity = np.array([0.1, 2.0, 3.0], np.float32)  # everybody's piece, and two rare ones

    alike = likeness([[0, 1], [0, 1], [0, 2]], rarity)

    assert alike[0, 1] == pytest.approx(1.0)
    assert alike[0, 2] < 0.01


def test_each_document_is_in_one_group() -> None:
    alike = np.random.default_rng(0).random((11, 11), dtype=np.float32)

    groups = list(groups_alike(alike, 4, random.Random(0)))

    assert sorted(row for group in groups for row in group) == list(range(11))
    assert sorted(map(len, groups)) == [3, 4, 4]


def test_groups_are_of_like_documents() -> None:
    subject = np.arange(100) % 2
    alike = (subject[:, None] == subject[None]).astype(np.float32)

    groups = list(groups_alike(alike, 2, random.Random(0)))

    assert sum(subject[a] == subject[b] for a, b in groups) >= 40  # by chance, 25

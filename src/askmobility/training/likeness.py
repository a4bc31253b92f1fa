"""Documents on like subjects, brought together: the wrong choices that teach most."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt


def likeness(
    documents: Sequence[Sequence[int]], rarity: npt.NDArray[np.float32]
) -> npt.NDArray[np.float32]:
    """(n, n) cosines between documents as sets of word pieces, each weighing its squared rarity."""
    bags = np.zeros((len(documents), len(rarity)), np.float32)
    for row, ids in enumerate(documents):
        bags[row, ids] = rarity[ids] ** 2
    bags /= np.linalg.norm(bags, axis=1, keepdims=True)
    alike: npt.NDArray[np.float32] = bags @ bags.T
    return alike


def groups_alike(
    alike: npt.NDArray[np.float32], size: int, chance: random.Random
) -> Iterator[list[int]]:
    """Every row of `alike` in one group of `size` (the last is smaller), in random order.

    A group is some row and others out of the 2 * size left that are most like it: other ones each
    time, so that no two documents always meet.
    """
    left = chance.sample(range(len(alike)), len(alike))
    groups = []
    while left:
        first = left.pop(0)
        near = sorted(left, key=lambda row: -alike[first, row])[: 2 * size]
        others = chance.sample(near, min(size - 1, len(near)))
        left = [row for row in left if row not in others]
        groups.append([first, *others])
    yield from chance.sample(groups, len(groups))

"""A sum of small decision trees, read from a file and walked without any library but NumPy."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class Trees:
    """Trees that each add a value to a score, their M nodes one below the other.

    roots: (T,) the node at which each tree is entered.
    feature: (M,) the number of the value that a node looks at.
    threshold: (M,) a row goes to `low` where its value is at most this, else to `high`.
    low, high: (M,) the nodes that follow; a leaf is followed by itself.
    value: (M,) what a leaf adds.
    depth: how many steps at most lead from a root to a leaf.
    slope, intercept: the score is `slope * sum of the leaves + intercept`.
    names: what the values of a row are called, in their order.
    """

    roots: npt.NDArray[np.intp]
    feature: npt.NDArray[np.intp]
    threshold: npt.NDArray[np.float64]
    low: npt.NDArray[np.intp]
    high: npt.NDArray[np.intp]
    value: npt.NDArray[np.float64]
    depth: int
    slope: float
    intercept: float
    names: tuple[str, ...]

    def score(self, row: npt.NDArray[np.floating]) -> float:
        """The score of one row of values (len(names),)."""
        at = self.roots
        for _ in range(self.depth):
            goes_low = row[self.feature[at]] <= self.threshold[at]
            at = np.where(goes_low, self.low[at], self.high[at])
        return self.slope * float(self.value[at].sum()) + self.intercept

    def write(self, path: Path) -> None:
        """Write them to a `.npz` file, in as few bytes as they need."""
        np.savez_compressed(
            path,
            roots=self.roots.astype(np.uint16),
            feature=self.feature.astype(np.uint8),
            threshold=self.threshold.astype(np.float32),
            low=self.low.astype(np.uint16),
            high=self.high.astype(np.uint16),
            value=self.value.astype(np.float32),
            shape=np.array([self.depth, self.slope, self.intercept]),
            names=np.array(self.names),
        )

    @staticmethod
    def read(path: Path) -> Trees:
        """Those of a file that `write` wrote."""
        with np.load(path) as held:
            depth, slope, intercept = held["shape"].tolist()
            return Trees(
                roots=held["roots"].astype(np.intp),
                feature=held["feature"].astype(np.intp),
                threshold=held["threshold"].astype(np.float64),
                low=held["low"].astype(np.intp),
                high=held["high"].astype(np.intp),
                value=held["value"].astype(np.float64),
                depth=int(depth),
                slope=slope,
                intercept=intercept,
                names=tuple(held["names"].tolist()),
            )

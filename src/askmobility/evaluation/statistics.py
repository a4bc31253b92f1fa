"""Figures with their uncertainty: ratios, ranks and calibration over resampled questions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 1000
SEED = 20260101  # any number will do, as long as it stays: the same run gives the same interval

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]


class Estimate(NamedTuple):
    """A figure and its 95 % bootstrap interval."""

    value: float
    low: float
    high: float


class Resamples:
    """One thousand draws, with replacement, of the groups that questions come in.

    groups: a label per question. Questions that share a document are drawn together, since a
    document that is hard once is hard again; a label per question draws each on its own.
    """

    def __init__(self, groups: Sequence[str]) -> None:
        _, group_of = np.unique(np.array(groups, dtype=str), return_inverse=True)
        count = int(group_of.max()) + 1 if len(groups) else 0
        generator = np.random.default_rng(SEED)
        drawn = generator.multinomial(count, np.full(count, 1 / max(count, 1)), RESAMPLES)
        self._weights = drawn[:, group_of].astype(np.float64)  # (resamples, questions)

    def ratio(self, numerators: Floats, denominators: Floats) -> Estimate | None:
        """Sum of numerators over sum of denominators; None where the latter is zero."""
        if denominators.sum() == 0:
            return None
        below = self._weights @ denominators
        drawn = (self._weights @ numerators)[below > 0] / below[below > 0]
        return _estimate(float(numerators.sum() / denominators.sum()), drawn)

    def measure(self, of: Callable[[Indices], float | None]) -> Estimate | None:
        """Any measure of a set of questions, given by their indices; None where it is undefined."""
        questions = np.arange(self._weights.shape[1])
        value = of(questions)
        if value is None:
            return None
        redone = (of(np.repeat(questions, weights.astype(int))) for weights in self._weights)
        return _estimate(value, np.array([again for again in redone if again is not None]))


def _estimate(value: float, drawn: Floats) -> Estimate:
    low, high = np.percentile(drawn, [2.5, 97.5])
    return Estimate(value, float(low), float(high))


def auroc(scores: Floats, positive: NDArray[np.bool_]) -> float | None:
    """Probability that a positive scores above a negative, ties counted half.

    None without both. Source: Mann and Whitney, 1947, by the mean rank of each score.
    """
    positives = int(positive.sum())
    negatives = len(positive) - positives
    if not positives or not negatives:
        return None
    _, place, counts = np.unique(scores, return_inverse=True, return_counts=True)
    mean_ranks = np.cumsum(counts) - (counts - 1) / 2
    above = mean_ranks[place][positive].sum() - positives * (positives + 1) / 2
    return float(above / (positives * negatives))


def calibration_error(
    confidence: Floats, correct: NDArray[np.bool_], bins: int = 10
) -> float | None:
    """Mean distance between confidence and share correct, over bins of equally many questions.

    None without questions. Source: Naeini et al., AAAI 2015, with equal-mass bins.
    """
    if not len(confidence):
        return None
    order = np.argsort(confidence, kind="stable")
    gaps = [
        len(questions) * abs(confidence[questions].mean() - correct[questions].mean())
        for questions in np.array_split(order, bins)
        if len(questions)
    ]
    return float(sum(gaps) / len(confidence))

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from askmobility.evaluation.statistics import Resamples, auroc, calibration_error


def test_auroc_is_the_share_of_pairs_in_the_right_order_ties_half() -> None:
    scores, positive = np.array([0.9, 0.5, 0.5, 0.1]), np.array([True, True, False, False])

    assert auroc(scores, positive) == (2 + 1.5) / 4


@given(st.lists(st.tuples(st.integers(0, 5), st.booleans()), min_size=1, max_size=30))
def test_auroc_equals_counting_every_pair(rows: list[tuple[int, bool]]) -> None:
    ups = [score for score, positive in rows if positive]
    downs = [score for score, positive in rows if not positive]
    found = auroc(np.array([s for s, _ in rows], float), np.array([p for _, p in rows]))

    if not ups or not downs:
        assert found is None
    else:
        pairs = [(up > down) + (up == down) / 2 for up in ups for down in downs]
        assert found == pytest.approx(sum(pairs) / len(pairs))


def test_calibration_error_is_the_mean_distance_from_the_share_that_is_right() -> None:
    confidence = np.array([0.2, 0.2, 0.8, 0.8])
    correct = np.array([False, False, True, False])

    assert calibration_error(confidence, correct, bins=2) == pytest.approx((0.2 + 0.3) / 2)


def test_perfect_confidence_has_no_calibration_error() -> None:
    assert calibration_error(np.array([0.0, 1.0]), np.array([False, True]), bins=2) == 0
    assert calibration_error(np.array([]), np.array([], dtype=bool)) is None


def test_an_interval_is_the_same_every_time_and_holds_the_figure() -> None:
    right, all_of_them = np.array([1.0, 0, 1, 1, 0, 1, 1, 0]), np.ones(8)

    first = Resamples(list("abcdefgh")).ratio(right, all_of_them)

    assert first is not None
    assert first.value == 5 / 8
    assert first.low < first.value < first.high
    assert first == Resamples(list("abcdefgh")).ratio(right, all_of_them)


def test_questions_of_one_document_are_drawn_together() -> None:
    right, all_of_them = np.array([1.0] * 10 + [0.0] * 10), np.ones(20)

    apart = Resamples([str(n) for n in range(20)]).ratio(right, all_of_them)
    together = Resamples(["a"] * 10 + ["b"] * 10).ratio(right, all_of_them)

    assert apart is not None
    assert together is not None
    assert (together.low, together.high) == (0, 1)
    assert apart.high - apart.low < 1


def test_a_ratio_with_nothing_below_is_undefined() -> None:
    assert Resamples(["a"]).ratio(np.zeros(1), np.zeros(1)) is None


def test_a_measure_is_taken_again_on_every_draw() -> None:
    scores, positive = np.array([0.1, 0.4, 0.35, 0.8]), np.array([False, False, True, True])

    found = Resamples(list("abcd")).measure(lambda some: auroc(scores[some], positive[some]))

    assert found is not None
    assert found.value == 0.75
    assert 0 <= found.low <= 0.75 <= found.high <= 1

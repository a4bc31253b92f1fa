"""Two rankings are merged by z-scores, worked out here by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from askmobility.search.fusion import (
    NEXT_ON_PAGE,
    best_first,
    fuse,
    share_of_best,
    spread,
    within_budget,
    z_scores,
)


def ranking(scores: dict[int, float], weight: float = 1.0) -> tuple[np.ndarray, np.ndarray, float]:  # type: ignore[type-arg]
    return np.array(list(scores), np.int64), np.array(list(scores.values()), np.float32), weight


def fused(*rankings: tuple[np.ndarray, np.ndarray, float]) -> dict[int, float]:  # type: ignore[type-arg]
    ordinals, scores = fuse(rankings)
    return dict(zip(ordinals.tolist(), scores.tolist(), strict=True))


def test_z_scores_are_distances_from_the_mean_in_standard_deviations() -> None:
    # mean 4, deviations -2, 0, 2, so the standard deviation is the root of 8/3
    step = 2 / (8 / 3) ** 0.5

    np.testing.assert_allclose(
        z_scores(np.array([2, 4, 6], np.float32)), [-step, 0, step], rtol=1e-6
    )


@pytest.mark.parametrize("scores", [[], [3.0], [7.0, 7.0]])
def test_scores_that_tell_nothing_apart_are_all_0(scores: list[float]) -> None:
    assert z_scores(np.array(scores, np.float32)).tolist() == [0.0] * len(scores)


def test_z_scores_are_summed_and_weighted() -> None:
    # z by meaning: 1, -1; by words: -1, 1
    assert fused(ranking({5: 0.9, 8: 0.5}), ranking({5: 2, 8: 12}, weight=3)) == pytest.approx(
        {8: -1 + 3, 5: 1 - 3}
    )


def test_a_passage_that_one_ranking_lacks_has_that_rankings_lowest() -> None:
    # z by meaning: 1, -1; 8 was not found by words, whose z are 1 (of 9), -1 (of 5)
    assert fused(ranking({5: 0.9, 8: 0.5}), ranking({9: 4, 5: 2})) == pytest.approx(
        {5: 1 - 1, 9: -1 + 1, 8: -1 - 1}
    )


def test_ties_stand_in_order_of_the_text() -> None:
    assert list(fused(ranking({9: 1, 2: 1, 5: 1}))) == [2, 5, 9]


def test_a_ranking_that_found_nothing_changes_nothing() -> None:
    alone = fused(ranking({5: 0.9, 8: 0.5}))

    assert fused(ranking({5: 0.9, 8: 0.5}), ranking({}, weight=9)) == alone
    assert fused(ranking({}), ranking({})) == {}


@given(
    st.dictionaries(st.integers(0, 30), st.floats(-5, 5, width=32), max_size=12),
    st.dictionaries(st.integers(0, 30), st.floats(-5, 5, width=32), max_size=12),
)
def test_every_passage_found_is_there_once_best_first(
    one: dict[int, float], other: dict[int, float]
) -> None:
    ordinals, scores = fuse([ranking(one), ranking(other)])

    assert sorted(ordinals.tolist()) == sorted({*one, *other})
    assert scores.tolist() == sorted(scores.tolist(), reverse=True)


def test_best_first_breaks_ties_by_ordinal() -> None:
    ordinals, scores = best_first(np.array([4, 2, 7]), np.array([1, 1, 3], np.float32))

    assert ordinals.tolist() == [7, 2, 4]
    assert scores.tolist() == [3, 1, 1]


@pytest.mark.parametrize(
    ("lengths", "count"),
    [([40, 50, 10], 3), ([40, 50, 11], 2), ([40, 61], 1), ([200, 1], 1), ([], 0)],
)
def test_as_many_candidates_as_fit_the_budget_and_always_the_best(
    lengths: list[int], count: int
) -> None:
    assert within_budget(np.array(lengths, np.int64), 100) == count


def test_a_passages_score_by_words_is_a_share_of_the_best_ones() -> None:
    ordinals, scores, _ = ranking({7: 8, 3: 6, 5: 2})

    assert share_of_best(np.array([3, 4, 5, 7]), ordinals, scores).tolist() == [0.75, 0, 0.25, 1]


def test_where_nothing_was_found_by_words_every_share_is_0() -> None:
    ordinals, scores, _ = ranking({})

    assert share_of_best(np.array([3, 4]), ordinals, scores).tolist() == [0, 0]


def test_one_page_does_not_crowd_out_the_others() -> None:
    scores = np.array([9, 8.75, 8, 7.5], np.float32)

    ordinals, lowered = spread(np.array([4, 5, 6, 1]), scores, np.array([0, 1, 2, 0]))

    assert ordinals.tolist() == [4, 5, 1, 6]
    assert lowered.tolist() == [9, 8.75 - NEXT_ON_PAGE, 7.5, 8 - 2 * NEXT_ON_PAGE]

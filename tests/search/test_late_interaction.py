"""MaxSim over segments gives what looping over every pair of tokens gives."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from askmobility.index.token_vectors import TokenMatrix
from askmobility.search.late_interaction import best_matching, interact

Floats = npt.NDArray[np.float32]
# the number of tokens of each segment of each passage: its context, then its sentences
SHAPES = [[[2, 3, 1]], [[1, 4], [3, 2, 2, 5], [1, 1]], [[2, 1], [2, 1]]]


def unit(random: np.random.Generator, count: int) -> Floats:
    vectors = random.normal(size=(count, 6))
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def laid_out(passages: list[list[Floats]]) -> TokenMatrix:
    """The segments of some passages, one below the other."""
    segments = [segment for passage in passages for segment in passage]
    starts = np.cumsum([0, *(len(segment) for segment in segments)])[:-1]
    ends = np.cumsum([0, *(len(passage) for passage in passages)])
    sums = [np.linalg.norm(segment.sum(axis=0)) for segment in segments]
    return TokenMatrix(
        np.concatenate(segments),
        starts.astype(np.int64),
        ends.astype(np.int64),
        np.array(sums, np.float32),
    )


def best(token: Floats, texts: list[Floats]) -> float:
    return max(float(token @ other) for text in texts for other in text)


@pytest.mark.parametrize("shape", SHAPES)
def test_best_matches_are_those_of_comparing_every_pair_of_tokens(shape: list[list[int]]) -> None:
    random = np.random.default_rng(11)
    question = unit(random, 4)
    passages = [[unit(random, count) for count in segments] for segments in shape]

    found = interact(question, laid_out(passages))

    row = 0
    for number, (context, *sentences) in enumerate(passages):
        for sentence in sentences:
            for n, token in enumerate(question):
                assert found.best[n, row] == pytest.approx(best(token, [sentence]), abs=1e-5)
                assert found.best_around[n, row] == pytest.approx(
                    best(token, [sentence, context]), abs=1e-5
                )
                assert found.best_in_passage[n, number] == pytest.approx(
                    best(token, [context, *sentences]), abs=1e-5
                )
            assert found.passage_of[row] == number
            row += 1
    assert found.best.shape == (4, row)


def test_pooled_similarity_is_the_cosine_of_the_mean_vectors() -> None:
    random = np.random.default_rng(5)
    question, context, sentence = unit(random, 3), unit(random, 2), unit(random, 4)

    found = interact(question, laid_out([[context, sentence]]))

    one, other = question.mean(axis=0), sentence.mean(axis=0)
    cosine = one @ other / np.linalg.norm(one) / np.linalg.norm(other)
    assert found.pooled.tolist() == pytest.approx([cosine], abs=1e-5)


def test_the_order_of_the_passages_changes_no_passages_numbers() -> None:
    random = np.random.default_rng(2)
    question = unit(random, 3)
    one, other = ([unit(random, count) for count in (2, 3)] for _ in range(2))

    first = interact(question, laid_out([one, other]))
    second = interact(question, laid_out([other, one]))

    np.testing.assert_allclose(first.best[:, 0], second.best[:, 1], atol=1e-6)
    np.testing.assert_allclose(first.best_in_passage[:, 1], second.best_in_passage[:, 0], atol=1e-6)


def test_a_sentence_cut_off_by_the_models_limit_is_matched_by_the_one_token_it_keeps() -> None:
    # two sentences share the last row: the limit fell before both
    vectors = np.eye(4, dtype=np.float32)
    texts = TokenMatrix(vectors, np.array([0, 1, 3, 3]), np.array([0, 4]), np.ones(4, np.float32))

    found = interact(np.eye(4, dtype=np.float32), texts)

    assert found.best.T.tolist() == [[0, 1, 1, 0], [0, 0, 0, 1], [0, 0, 0, 1]]


def test_best_matching_passages_are_those_with_the_most_for_them() -> None:
    random = np.random.default_rng(3)
    question = unit(random, 2)
    found = interact(question, laid_out([[unit(random, 1), unit(random, 2)] for _ in range(3)]))
    weights, nothing = np.full(2, 0.5, np.float32), np.zeros(3, np.float32)

    for row in range(3):
        spoken_for = nothing.copy()
        spoken_for[row] = 9
        assert best_matching(found, weights, 1, spoken_for).tolist() == [row]
    assert best_matching(found, weights, 3, nothing).tolist() == [0, 1, 2]

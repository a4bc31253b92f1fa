"""FAISS finds what numpy finds by trying every vector."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from askmobility.index.dense import DenseIndex, write_dense

Floats = npt.NDArray[np.float32]


def unit(vectors: npt.NDArray[np.float64]) -> Floats:
    return (vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)).astype(np.float32)


RANDOM = np.random.default_rng(7)
VECTORS = unit(RANDOM.normal(size=(60, 16)))
QUERIES = unit(RANDOM.normal(size=(10, 16)))


@pytest.fixture
def index(tmp_path: Path) -> DenseIndex:
    write_dense(tmp_path / "dense", VECTORS)
    return DenseIndex(tmp_path / "dense")


def by_hand(query: Floats, allowed: list[int], depth: int) -> list[int]:
    """The nearest of the allowed vectors, best first."""
    return sorted(allowed, key=lambda ordinal: -float(VECTORS[ordinal] @ query))[:depth]


def test_the_nearest_are_those_of_a_search_through_all_vectors(index: DenseIndex) -> None:
    for query in QUERIES:
        ordinals, similarities = index.search(query, 7)

        assert ordinals.tolist() == by_hand(query, list(range(60)), 7)
        np.testing.assert_allclose(similarities, VECTORS[ordinals] @ query, atol=1e-6)


@pytest.mark.parametrize(
    "within",
    [[range(5, 9)], [range(40, 60), range(0, 3)], [range(3), range(10, 11), range(30, 35)]],
)
def test_within_some_documents_only_theirs_are_found(
    index: DenseIndex, within: list[range]
) -> None:
    allowed = [ordinal for part in within for ordinal in part]
    for query in QUERIES:
        ordinals, _ = index.search(query, 5, within)

        assert ordinals.tolist() == by_hand(query, allowed, 5)


def test_no_more_is_found_than_there_is(index: DenseIndex) -> None:
    assert len(index.search(QUERIES[0], 1000)[0]) == 60
    assert index.search(QUERIES[0], 5, [range(4, 4)])[0].tolist() == []


def test_similarities_of_given_passages_are_their_cosines(index: DenseIndex) -> None:
    ordinals = np.array([41, 3, 3, 59])

    np.testing.assert_allclose(
        index.similarities(QUERIES[0], ordinals), VECTORS[ordinals] @ QUERIES[0], atol=1e-6
    )


def test_vectors_come_back_as_they_were_written(index: DenseIndex) -> None:
    assert len(index) == 60
    np.testing.assert_array_equal(index.vectors(), VECTORS)


def test_an_index_without_passages_finds_nothing(tmp_path: Path) -> None:
    write_dense(tmp_path / "none", np.zeros((0, 16), np.float32))

    ordinals, similarities = DenseIndex(tmp_path / "none").search(QUERIES[0], 5)
    assert (len(ordinals), len(similarities)) == (0, 0)


def test_what_is_no_index_does_not_open(tmp_path: Path) -> None:
    (tmp_path / "dense").write_bytes(b"no index" * 20)

    with pytest.raises(RuntimeError):
        DenseIndex(tmp_path / "dense")

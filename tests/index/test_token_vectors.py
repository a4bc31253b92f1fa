"""Token vectors lie in segments: the context's, then each sentence's."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from askmobility.index.encoder import Encoded, Encoder
from askmobility.index.token_vectors import StoredTokens, TokenVectors, TokenWriter, stored

RANDOM = np.random.default_rng(3)
CONTEXT = "Ferries return.\n"
SENTENCES = ("Six a day.", "A ticket costs three pounds.")
TEXT = " ".join(SENTENCES)
STARTS = (0, len(SENTENCES[0]) + 1)


def tokens_of(lengths: list[int], ids: list[int]) -> StoredTokens:
    """Random tokens in segments of these lengths."""
    count = sum(lengths)
    segments = tuple(int(n) for n in np.cumsum([0, *lengths[:-1]]))
    return StoredTokens(
        np.array(ids, np.uint32),
        RANDOM.integers(-127, 128, (count, 4)).astype(np.int8),
        RANDOM.integers(0, 500, (count, 2)).astype(np.uint16),
        segments,
    )


PASSAGES = (
    tokens_of([2, 3], [101, 5, 5, 6, 102]),
    tokens_of([1, 1, 2], [101, 6, 7, 102]),
    tokens_of([1, 1], [101, 102]),
)


def written(folder: Path, passages: tuple[StoredTokens, ...]) -> TokenVectors:
    writer = TokenWriter(folder, 110)
    for passage in passages:
        writer.add(passage)
    writer.close()
    return TokenVectors(folder)


@pytest.fixture
def vectors(tmp_path: Path) -> TokenVectors:
    return written(tmp_path / "tokens", PASSAGES)


def test_passages_come_back_as_they_were_added(vectors: TokenVectors) -> None:
    assert len(vectors) == 3
    for ordinal, passage in enumerate(PASSAGES):
        again = vectors.stored(ordinal)
        np.testing.assert_array_equal(again.ids, passage.ids)
        np.testing.assert_array_equal(again.vectors, passage.vectors)
        np.testing.assert_array_equal(vectors.offsets(ordinal), passage.offsets)
        assert again.segments == passage.segments


def test_lengths_are_numbers_of_tokens(vectors: TokenVectors) -> None:
    assert vectors.lengths(np.array([2, 0, 1])).tolist() == [2, 5, 4]


def test_a_piece_is_counted_once_for_each_passage_that_holds_it(vectors: TokenVectors) -> None:
    counted = {n: int(vectors.document_frequency[n]) for n in (5, 6, 7, 8, 101)}

    assert counted == {5: 1, 6: 2, 7: 1, 8: 0, 101: 3}


@pytest.mark.parametrize("ordinals", [[0, 1, 2], [2, 0], [1], [1, 1]])
def test_a_matrix_lays_passages_and_their_segments_one_below_the_other(
    vectors: TokenVectors, ordinals: list[int]
) -> None:
    matrix = vectors.matrix(ordinals)

    rows, segments, passages = [], [], [0]
    for ordinal in ordinals:
        segments += [len(rows) + start for start in PASSAGES[ordinal].segments]
        rows += PASSAGES[ordinal].vectors.tolist()
        passages.append(len(segments))
    np.testing.assert_allclose(matrix.vectors * 254, rows, atol=1e-4)
    assert matrix.segments.tolist() == segments
    assert matrix.passages.tolist() == passages


def test_a_matrix_of_no_passages_is_empty(vectors: TokenVectors) -> None:
    matrix = vectors.matrix([])

    assert matrix.vectors.shape == (0, 4)
    assert (matrix.segments.tolist(), matrix.passages.tolist()) == ([], [0])


def test_an_index_without_passages_opens(tmp_path: Path) -> None:
    assert len(written(tmp_path / "none", ())) == 0


@pytest.mark.parametrize("name", ["vectors.int8", "offsets.uint16", "ids.uint32", "segments.npy"])
def test_a_file_that_is_too_short_does_not_open(tmp_path: Path, name: str) -> None:
    written(tmp_path / "tokens", PASSAGES)
    file = tmp_path / "tokens" / name
    file.write_bytes(file.read_bytes()[:-3])

    with pytest.raises((ValueError, OSError)):
        TokenVectors(tmp_path / "tokens")


def test_one_byte_for_each_component_loses_half_a_step_at_most() -> None:
    vectors = RANDOM.uniform(-0.5, 0.5, (6, 8)).astype(np.float32)
    offsets = np.array([[0, 0], [0, 2], [3, 5], [6, 8], [9, 12], [0, 0]], np.int32)

    kept = stored(Encoded(np.arange(6), offsets, vectors, vectors[0]), 0, [0])

    assert np.abs(kept.vectors / 254 - vectors).max() <= 0.5 / 254 + 1e-6


def test_no_sentence_is_without_a_token_though_one_piece_may_span_two_of_them() -> None:
    offsets = np.array([[0, 0], [0, 5], [5, 9], [9, 10], [0, 0]], np.int32)
    vectors = np.zeros((5, 8), np.float32)

    kept = stored(Encoded(np.arange(5), offsets, vectors, vectors[0]), 0, [0, 3, 4])

    assert kept.segments == (0, 1, 2, 3)


@pytest.mark.slow
def test_each_segment_holds_the_words_of_its_sentence(encoder: Encoder) -> None:
    shown = CONTEXT + TEXT
    encoded = encoder.encode_passage(shown)
    kept = stored(encoded, len(CONTEXT), STARTS)

    ends = [*kept.segments[1:], len(kept.ids)]
    words = [
        [shown[start:end] for start, end in encoded.offsets[first:last] if end]
        for first, last in zip(kept.segments, ends, strict=True)
    ]
    assert "".join(words[0]) == "Ferriesreturn."
    assert ["".join(found) for found in words[1:]] == [s.replace(" ", "") for s in SENTENCES]


@pytest.mark.slow
def test_offsets_count_from_the_start_of_the_passage_without_its_context(encoder: Encoder) -> None:
    kept = stored(encoder.encode_passage(CONTEXT + TEXT), len(CONTEXT), STARTS)

    first = kept.segments[1]
    assert not kept.offsets[:first].any()
    assert [TEXT[s:e] for s, e in kept.offsets[first : first + 3]] == ["Six", "a", "day"]


@pytest.mark.slow
def test_every_sentence_beyond_the_models_limit_keeps_a_token(encoder: Encoder) -> None:
    sentences = ["The ferry is late again today." for _ in range(120)]
    starts = [n * (len(sentences[0]) + 1) for n in range(120)]

    kept = stored(encoder.encode_passage(" ".join(sentences)), 0, starts)

    assert len(kept.segments) == 121
    assert max(kept.segments) == len(kept.ids) - 1
    assert list(kept.segments) == sorted(kept.segments)

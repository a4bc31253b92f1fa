"""Every passage's token vectors, int8 and memory-mapped, for late interaction.

Tokens lie one passage after the other, and within a passage in *segments*: first its context
(title, heading, "X, Role, said:"), then one segment for each sentence, in order. So the best match
inside a sentence, or a passage, is one reduction over consecutive rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from askmobility.index.encoder import Encoded

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

_SCALE = 254.0  # unit vectors' components seldom reach 0.5: spend the 127 steps on that range


@dataclass(frozen=True, slots=True)
class TokenMatrix:
    """The tokens of some passages of one index, one below the other.

    vectors: float32 (tokens, dimension), rows of about unit length.
    segments: (segments,) the row at which each segment starts; none is empty.
    passages: (passages + 1,) the segment at which each passage starts (its context), and the end.
    norms: (segments,) the length of the sum of each segment's vectors.
    """

    vectors: Floats
    segments: Ints
    passages: Ints
    norms: Floats


@dataclass(frozen=True, slots=True)
class StoredTokens:
    """One passage's tokens as they are stored."""

    ids: npt.NDArray[np.uint32]  # (n,), the word pieces
    vectors: npt.NDArray[np.int8]  # (n, dimension)
    offsets: npt.NDArray[np.uint16]  # (n, 2), code points from the passage's start; 0, 0 in context
    segments: tuple[int, ...]  # row at which the context, then each sentence, starts


class TokenWriter:
    """Writes token vectors passage by passage, so that memory stays bounded."""

    def __init__(self, folder: Path, vocabulary_size: int) -> None:
        folder.mkdir()
        self._folder = folder
        self._vectors = (folder / "vectors.int8").open("wb")
        self._offsets = (folder / "offsets.uint16").open("wb")
        self._ids = (folder / "ids.uint32").open("wb")
        self._segments: list[int] = []
        self._passages: list[int] = []
        self._norms: list[Floats] = []
        self._tokens = 0
        self._dimension = 0
        self._seen = np.zeros(vocabulary_size, dtype=np.int64)

    def add(self, tokens: StoredTokens) -> None:
        """Append the next passage."""
        self._passages.append(len(self._segments))
        self._segments.extend(self._tokens + start for start in tokens.segments)
        self._vectors.write(tokens.vectors.tobytes())
        self._offsets.write(tokens.offsets.tobytes())
        self._ids.write(tokens.ids.tobytes())
        self._norms.append(
            norms_of(tokens.vectors.astype(np.float32) / np.float32(_SCALE), tokens.segments)
        )
        self._tokens += len(tokens.vectors)
        self._dimension = tokens.vectors.shape[1]
        self._seen[list(set(tokens.ids.tolist()))] += 1

    def close(self) -> None:
        """Write what can only be known at the end: where all begins, and how rare pieces are."""
        self._vectors.close()
        self._offsets.close()
        self._ids.close()
        count = len(self._passages)
        np.save(self._folder / "segments.npy", np.array([*self._segments, self._tokens], np.int64))
        ends = np.array([*self._passages, len(self._segments)], np.int64)
        np.save(self._folder / "passages.npy", ends)
        np.save(self._folder / "norms.npy", np.concatenate([np.empty(0, np.float32), *self._norms]))
        np.save(self._folder / "document_frequency.npy", self._seen)
        np.save(self._folder / "shape.npy", np.array([self._tokens, self._dimension, count]))


def norms_of(vectors: Floats, segments: Sequence[int] | Ints) -> Floats:
    """(segments,) the length of the sum of the vectors in each segment."""
    sums = np.add.reduceat(vectors, np.asarray(segments), axis=0)
    norms: Floats = np.linalg.norm(sums, axis=1)
    return norms


def stored(encoded: Encoded, shift: int, starts: Sequence[int]) -> StoredTokens:
    """Cut an encoded passage into segments and quantize it.

    encoded: of context and text together. shift: where the text starts in what was encoded.
    starts: where each sentence starts in the text, ascending. A sentence that the model's limit
    cut off keeps one token, the last.
    """
    quantized = np.clip(np.rint(encoded.tokens * _SCALE), -127, 127).astype(np.int8)
    offsets = np.clip(encoded.offsets - shift, 0, np.iinfo(np.uint16).max).astype(np.uint16)
    ends = encoded.offsets[:, 1]
    last = len(quantized) - 1
    at = encoded.offsets[:, 0].copy()
    at[ends == 0] = -1  # [CLS] belongs to the context, [SEP] to the last sentence
    at[last] = np.iinfo(np.int32).max
    rows = [int(np.argmax(at >= shift + start)) for start in starts]
    segments = [0]
    for row in rows:
        segments.append(min(max(row, segments[-1] + 1), last))
    return StoredTokens(encoded.ids.astype(np.uint32), quantized, offsets, tuple(segments))


class TokenVectors:
    """Open token vectors of a whole index."""

    def __init__(self, folder: Path) -> None:
        """Raises OSError or ValueError where files are missing or too short."""
        tokens, dimension, self._count = (int(n) for n in np.load(folder / "shape.npy"))
        self._segments: Ints = _mapped(folder / "segments.npy")
        self._passages: Ints = _mapped(folder / "passages.npy")
        self._norms: Floats = np.load(folder / "norms.npy", mmap_mode="r").view(np.ndarray)
        self.document_frequency: Ints = _mapped(folder / "document_frequency.npy")
        if not tokens:
            self._vectors = np.empty((0, dimension or 1), np.int8)
            self._offsets = np.empty((0, 2), np.uint16)
            self._ids = np.empty(0, np.uint32)
            return
        shape = (tokens, dimension)
        self._vectors = np.memmap(folder / "vectors.int8", np.int8, "r", shape=shape).view(
            np.ndarray
        )
        self._offsets = np.memmap(folder / "offsets.uint16", np.uint16, "r", shape=(tokens, 2))
        self._ids = np.memmap(folder / "ids.uint32", np.uint32, "r", shape=(tokens,))

    def __len__(self) -> int:
        return self._count

    def lengths(self, ordinals: npt.NDArray[np.int64]) -> Ints:
        """How many tokens each passage has."""
        ends = self._segments[self._passages[ordinals + 1]]
        lengths: Ints = ends - self._segments[self._passages[ordinals]]
        return lengths

    def matrix(self, ordinals: Iterable[int]) -> TokenMatrix:
        """The tokens of these passages, in this order."""
        rows: list[npt.NDArray[np.int8]] = []
        segments: list[Ints] = []
        norms: list[Floats] = []
        passages = [0]
        row = 0
        for ordinal in ordinals:
            first, end = int(self._passages[ordinal]), int(self._passages[ordinal + 1])
            starts = self._segments[first : end + 1]
            rows.append(self._vectors[starts[0] : starts[-1]])
            segments.append(starts[:-1] - starts[0] + row)
            norms.append(self._norms[first:end])
            passages.append(passages[-1] + end - first)
            row += int(starts[-1] - starts[0])
        if not rows:
            empty = np.empty((0, self._vectors.shape[1]), np.float32)
            return TokenMatrix(
                empty, np.empty(0, np.int64), np.array([0], np.int64), np.empty(0, np.float32)
            )
        vectors = np.concatenate(rows).astype(np.float32)
        vectors /= _SCALE
        return TokenMatrix(
            vectors,
            np.concatenate(segments),
            np.array(passages, np.int64),
            np.concatenate(norms),
        )

    def offsets(self, ordinal: int) -> npt.NDArray[np.uint16]:
        """(tokens, 2): where each token of a passage stands in its text; 0, 0 in its context."""
        first = int(self._segments[self._passages[ordinal]])
        end = int(self._segments[self._passages[ordinal + 1]])
        return self._offsets[first:end]

    def stored(self, ordinal: int) -> StoredTokens:
        """A passage as it was added."""
        first, end = int(self._passages[ordinal]), int(self._passages[ordinal + 1])
        starts = self._segments[first : end + 1]
        rows = slice(int(starts[0]), int(starts[-1]))
        segments = tuple(int(start) for start in starts[:-1] - starts[0])
        return StoredTokens(self._ids[rows], self._vectors[rows], self._offsets[rows], segments)


def _mapped(path: Path) -> Ints:
    """A saved array, memory-mapped; as a plain array, for slicing one costs a tenth."""
    mapped: Ints = np.load(path, mmap_mode="r").view(np.ndarray)
    return mapped

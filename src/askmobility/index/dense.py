"""Passages by meaning: one pooled vector each, searched exactly by FAISS."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import faiss
import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]


def write_dense(path: Path, vectors: Floats) -> None:
    """Write pooled vectors, float32 (passages, dimension), rows of unit length, by ordinal."""
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(vectors)
    faiss.write_index(index, str(path))


class DenseIndex:
    """An open dense index; a similarity is the cosine of two texts' pooled vectors."""

    def __init__(self, path: Path) -> None:
        """Raises RuntimeError where the file is not a FAISS index."""
        self._index = faiss.read_index(str(path), faiss.IO_FLAG_MMAP | faiss.IO_FLAG_READ_ONLY)

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def vectors(self) -> Floats:
        """All pooled vectors, by ordinal."""
        vectors: Floats = self._index.reconstruct_n(0, len(self))
        return vectors

    def similarities(self, query: Floats, ordinals: npt.NDArray[np.int64]) -> Floats:
        """The similarity of `query` to each of these passages."""
        vectors: Floats = self._index.reconstruct_batch(ordinals)
        similarities: Floats = vectors @ query
        return similarities

    def search(
        self, query: Floats, depth: int, within: Sequence[range] | None = None
    ) -> tuple[npt.NDArray[np.int64], Floats]:
        """The ordinals nearest to `query` and their similarities, best first; at most `depth`.

        within: ranges of ordinals to search, None for all.
        """
        depth = min(depth, len(self))
        if not depth:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        parameters = None
        if within is not None:
            selectors = [faiss.IDSelectorRange(part.start, part.stop) for part in within]
            parameters = faiss.SearchParameters(sel=_any_of(selectors))  # type: ignore[call-arg]
        similarities, ordinals = self._index.search(query[None], depth, params=parameters)
        found = ordinals[0] >= 0
        return ordinals[0][found], similarities[0][found]


def _any_of(selectors: Sequence[faiss.IDSelector]) -> faiss.IDSelector:
    chosen = selectors[0]
    for selector in selectors[1:]:
        chosen = faiss.IDSelectorOr(chosen, selector)
    return chosen

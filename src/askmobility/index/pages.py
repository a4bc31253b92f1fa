"""Pages by words: a row of a table is found by what else stands on its page.

A page is searched as one text; a passage that is on no page is one of its own. Written only where
there are pages: `pages/`, a lexical index, and in it `page_of.npy`, the page of each passage, and
`tabular.npy`, how much of each page is tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

import numpy as np
import numpy.typing as npt

from askmobility.index.lexical import LexicalIndex, write_lexical
from askmobility.types import Passage

_PAGE_OF = "page_of.npy"
_TABULAR = "tabular.npy"
_BETWEEN_CELLS = " | "  # as the readers write a row


def write_pages(folder: Path, passages: Iterable[Passage]) -> None:
    """Write the pages of all passages, in order of their ordinals."""
    sizes: list[int] = []
    tabular: list[float] = []

    def pages() -> Iterator[tuple[str, str, str]]:
        for _, run in groupby(enumerate(passages), key=lambda numbered: _page(*numbered)):
            page = [passage for _, passage in run]
            sizes.append(len(page))
            tabular.append(_share_in_rows(page))
            yield page[0].document_id, "", "\n".join(passage.text for passage in page)

    write_lexical(folder, pages())
    np.save(folder / _PAGE_OF, np.repeat(np.arange(len(sizes), dtype=np.int64), sizes))
    np.save(folder / _TABULAR, np.array(tabular, np.float32))


def _share_in_rows(page: Sequence[Passage]) -> float:
    """The share of a page's characters that stand in rows of tables."""
    lines = [line for passage in page for line in passage.text.splitlines()]
    in_rows = sum(len(line) for line in lines if _BETWEEN_CELLS in line)
    return in_rows / max(1, sum(map(len, lines)))


def _page(ordinal: int, passage: Passage) -> tuple[str, int]:
    """What tells a page from others: it counts from 1, so a passage's own is below that."""
    return passage.document_id, -ordinal if passage.page is None else passage.page


class Pages:
    """An open index of pages."""

    def __init__(self, folder: Path) -> None:
        """Raises ValueError or OSError where the folder is not one."""
        self._lexical = LexicalIndex(folder)
        self._page_of: npt.NDArray[np.int64] = np.load(folder / _PAGE_OF, mmap_mode="r").view(
            np.ndarray
        )
        self._tabular: npt.NDArray[np.float32] = np.load(folder / _TABULAR)

    def __len__(self) -> int:
        """How many passages stand on them."""
        return len(self._page_of)

    def search(
        self, question: str, depth: int, documents: Sequence[str] = ()
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]:
        """The passages on the best pages, at most `depth` pages, each with its page's score.

        documents: as for `LexicalIndex.search`. Ordinals ascend.
        """
        pages, scores = self._lexical.search(question, depth, documents)
        if not pages:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        order = np.argsort(pages)
        page = np.array(pages, np.int64)[order]
        first = np.searchsorted(self._page_of, page)
        counts = np.searchsorted(self._page_of, page, side="right") - first
        shifts = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        return np.repeat(first, counts) + shifts, np.repeat(
            np.array(scores, np.float32)[order], counts
        )

    def means(
        self, ordinals: npt.NDArray[np.int64], scores: npt.NDArray[np.float32]
    ) -> npt.NDArray[np.float32]:
        """For each passage, the mean of the scores of those on its page."""
        _, at, counts = np.unique(self._page_of[ordinals], return_inverse=True, return_counts=True)
        sums = np.bincount(at, scores, len(counts))
        means: npt.NDArray[np.float32] = (sums / counts)[at].astype(np.float32)
        return means

    def tabular(self, ordinals: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
        """For each passage, the share of its page that is tables."""
        shares: npt.NDArray[np.float32] = self._tabular[self._page_of[ordinals]]
        return shares

    def place_on_page(self, ordinals: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """For each passage, how many of those before it in `ordinals` are on the same page."""
        pages = self._page_of[ordinals]
        order = np.argsort(pages, kind="stable")
        first = np.searchsorted(pages[order], pages[order])
        place = np.empty(len(ordinals), np.int64)
        place[order] = np.arange(len(ordinals)) - first
        return place

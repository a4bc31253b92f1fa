"""Where words of a document's text stand on a drawn page of it.

The text was read off the page: lines joined, hyphens mended, columns and cells put in order, notes'
marks left out. So its words are looked for again among the page's characters, as many in a row as
stand there together, each where the words around it stand, too.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, pairwise, takewhile

from askmobility.types import Span

Box = tuple[int, int, int, int]  # left, top, right, bottom, in pixels of the picture

AROUND = 32  # characters before and after words that tell one place from another
ENOUGH = 10  # characters that agree, the words' own included: fewer may be anywhere
NOTE_MARK = 3  # characters at most that stand on the page and not in the text
PLACES = 100  # on a page that are weighed, of all that hold the words
RUNS = 300  # that words are looked for in: if they are more scattered, the page is another
FAR = 1.5  # of a character's height: a wider gap parts cells and columns
CELL = "|"  # parts the cells of a row in the text
_LOST = frozenset(
    "-•" + CELL
)  # may stand on the page or in the text alone: hyphens, marks of layout


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """A page as a picture, with its characters in the order that they are read in."""

    of_pages: int  # that the file has
    width: int  # of the picture, in pixels
    height: int
    text: str
    boxes: tuple[Box, ...]  # one for each character of the text
    picture: bytes  # a PNG


@dataclass(frozen=True, slots=True)
class Located:
    """Where some words stand on a page, line by line, and whether all of them were found."""

    boxes: tuple[Box, ...]
    whole: bool


def located(page: DrawnPage, text: str, span: Span) -> Located:
    """The boxes of `text[span]`, a part that stands on this page of the document's text."""
    there = _Flat.of(page.text, Span(0, len(page.text)))
    wanted = _Flat.of(text, span)
    before = _Flat.of(text, Span(max(0, span.start - 2 * AROUND), span.start)).text
    after = _Flat.of(text, Span(span.end, span.end + 2 * AROUND)).text
    search = _Search(page, there, before + wanted.text + after, len(before))
    boxes: list[Box] = []
    whole = True
    for count, found in enumerate(search.runs(wanted), 1):
        if count > RUNS:
            return Located(tuple(boxes), whole=False)
        seen = _lines(page, found) if found else []
        boxes += seen
        whole = whole and bool(seen)
    return Located(tuple(boxes), whole)


@dataclass(frozen=True, slots=True)
class _Flat:
    """A text without what the page and the text may each have alone."""

    text: str
    at: tuple[int, ...]  # where each character stands in the whole
    begins: tuple[bool, ...]  # whether it opens a word
    cells: frozenset[int]  # those that open a cell of a table

    @classmethod
    def of(cls, text: str, span: Span) -> _Flat:
        within = range(span.start, min(span.end, len(text)))
        at = tuple(index for index in within if not _parts(text[index]))
        return cls(
            "".join(text[index] for index in at),
            at,
            tuple(index == 0 or _parts(text[index - 1]) for index in at),
            frozenset(
                i + 1 for i, (one, next_) in enumerate(pairwise(at)) if CELL in text[one:next_]
            ),
        )


def _parts(letter: str) -> bool:
    return _is_blank(letter) or letter in _LOST


def _is_blank(letter: str) -> bool:
    return letter.isspace() or not letter.isprintable()


class _Search:
    """Looks for words of a text on a page, and knows where the last of them were."""

    def __init__(self, page: DrawnPage, there: _Flat, text: str, begin: int) -> None:
        self._page, self._there = page, there
        self._text = text  # flat, with what stands around the words
        self._begin = begin  # of the words in it
        self._last: int | None = None  # character of the page, flat, that the last words end with

    def runs(self, wanted: _Flat) -> Iterator[range | None]:
        """The characters of the page that are those words, run after run.

        A run is as many words of a cell as stand together on the page; None is one word that is
        not found.
        """
        opens = [i for i in range(len(wanted.text)) if i == 0 or wanted.begins[i]]
        ends = [*opens[1:], len(wanted.text)]
        while opens:
            first = opens[0]
            together = bisect_left(
                ends, True, key=lambda end: wanted.text[first:end] not in self._there.text
            )
            in_cell = next(
                (n for n in range(1, len(opens)) if opens[n] in wanted.cells), len(opens)
            )
            count = max(1, min(together, in_cell))
            words = wanted.text[first : ends[count - 1]]
            yield self._run(first, words, wanted.begins[first], first in wanted.cells)
            del opens[:count], ends[:count]

    def _run(self, first: int, words: str, opens: bool, cell: bool) -> range | None:
        """The characters of words that begin at `first` of those wanted; None if not for sure."""
        begin = self._begin + first
        before, after = self._text[:begin][-AROUND:], self._text[begin + len(words) :][:AROUND]
        found = _all(words, self._there.text)
        places = list(islice((at for at in found if self._there.begins[at] or not opens), PLACES))
        scores = [self._agreement(at, at + len(words), before, after, cell) for at in places]
        if not places or max(scores) + len(words) < ENOUGH:
            return None
        at = places[scores.index(max(scores))]
        self._last = at + len(words) - 1
        return range(self._there.at[at], self._there.at[self._last] + 1)

    def _agreement(self, start: int, end: int, before: str, after: str, cell: bool) -> int:
        """How many characters around a place on the page are those around the words."""
        there = self._there.text
        score = _alike(reversed(before), reversed(there[max(0, start - AROUND) : start]))
        score += _alike(after, there[end : end + AROUND])
        score += end == len(there) or self._there.begins[end]
        if self._last is not None:
            behind = 0 < start - self._last <= 1 + NOTE_MARK
            score += AROUND * (self._in_line(start) if cell else behind)
        return score

    def _in_line(self, at: int) -> bool:
        """Whether a place is to the right of the last words, on the same line: the next cell."""
        assert self._last is not None
        last, this = (self._page.boxes[self._there.at[index]] for index in (self._last, at))
        return this[0] >= last[2] and _overlap(last, this, 1) > 0.5


def _alike(one: Iterable[str], other: Iterable[str]) -> int:
    """How many characters both begin with."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _all(words: str, text: str) -> Iterator[int]:
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def _lines(page: DrawnPage, characters: range) -> list[Box]:
    """The boxes of characters, as far as they are in the picture, those of one line as one."""
    found: list[Box] = []
    last: Box | None = None
    for index in characters:
        box = _cut(page, page.boxes[index])
        if _is_blank(page.text[index]) or box[0] >= box[2] or box[1] >= box[3]:
            continue
        if last is not None and _adjoin(last, box):
            found[-1] = _union(found[-1], box)
        else:
            found.append(box)
        last = box
    return found


def _cut(page: DrawnPage, box: Box) -> Box:
    return max(0, box[0]), max(0, box[1]), min(page.width, box[2]), min(page.height, box[3])


def _union(one: Box, other: Box) -> Box:
    return (
        min(one[0], other[0]),
        min(one[1], other[1]),
        max(one[2], other[2]),
        max(one[3], other[3]),
    )


def _adjoin(one: Box, other: Box) -> bool:
    """Whether two characters stand in one line, whichever way it runs, without a wide gap."""
    return any(
        _overlap(one, other, across) > 0.5
        and max(one[along], other[along]) - min(one[along + 2], other[along + 2])
        < FAR * max(box[across + 2] - box[across] for box in (one, other))
        for along, across in ((0, 1), (1, 0))
    )


def _overlap(one: Box, other: Box, axis: int) -> float:
    """Of the smaller box's extent along an axis (0 across the page, 1 down it), what both share."""
    shared = min(one[axis + 2], other[axis + 2]) - max(one[axis], other[axis])
    return shared / max(1, min(one[axis + 2] - one[axis], other[axis + 2] - other[axis]))

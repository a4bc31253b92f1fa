"""Words with their places on pages to pieces of text: columns, lines, tables, notes, headings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from askmobility.documents.content import BULLET as BULLET_MARK
from askmobility.documents.content import Piece, one_line
from askmobility.documents.structure import BULLET, NUMBER
from askmobility.types import BlockKind, Turn

NAMES_ITSELF = re.compile(r"[A-Z][a-z]+ \d{1,2}(?:\s?[:.)–—-]\s|\s*$)")  # "Recommendation 3: ..."


class Word(NamedTuple):
    """One word on a page; y is its baseline, downwards, and all measures are points."""

    text: str
    x0: float
    x1: float
    y: float
    size: float  # height of its line box
    weight: int  # of its type, as fonts count it: 400 is usual, 700 is bold


class Sheet(NamedTuple):
    """One page as drawn."""

    number: int  # from 1
    label: str | None
    words: tuple[Word, ...]


class Run(NamedTuple):
    """Words in a line without a wide gap between them: a line of a column, or a cell."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    weight: int
    words: int


@dataclass(frozen=True, slots=True)
class Line:
    """Runs on one baseline of one column."""

    cells: tuple[Run, ...]
    left: float  # of the column
    right: float

    @property
    def text(self) -> str:
        """Its words, cells parted by a space."""
        return " ".join(cell.text for cell in self.cells)

    @property
    def y(self) -> float:
        """Its baseline."""
        return self.cells[0].y

    @property
    def size(self) -> float:
        """The height of its largest type."""
        return max(cell.size for cell in self.cells)

    @property
    def weight(self) -> int:
        """The weight of its lightest type."""
        return min(cell.weight for cell in self.cells)


def pieces(sheets: Iterable[Sheet], outline: Mapping[tuple[int, str], int]) -> list[Piece]:
    """The blocks of a document, in reading order, without running heads, feet and page numbers.

    sheets: taken one at a time, since the words of all pages would be too many to keep.
    outline: the level of headings that the document lists, by page and title in lower case.
    """
    bound: list[Sheet] = []
    rows: list[list[list[Run]]] = []
    for sheet in sheets:
        bound.append(sheet._replace(words=()))
        rows.append(sorted_rows(runs(sheet.words)))
    bare, labels = without_furniture(bound, rows)
    norm = norm_of(run for page in bare for run in page)
    writer = _Writer(norm, hyphenated(bare))
    for sheet, page in zip(bound, bare, strict=True):
        writer.begin_page(sheet.number, labels.get(sheet.number))
        for column in columns(page):
            writer.column(lines(column))
    return with_levels(writer.finish(), outline)


# --- words to runs ------------------------------------------------------------------------------

TIGHT, WIDE = 0.75, 1.4  # gaps, in line heights: below, words of one run; above, never
SAME_LINE = 0.35  # of the line height, between baselines
FIGURE = re.compile(r"[(\[]?[-–—$£€]?[(]?[\d.,]*\d[\d.,]*[)%\]]*|[-–—$£€]|[(]?[$£€][(]?|[)%]+")
MARK = re.compile(r"[(\[]?\d{1,3}[)\]]?|[*†‡§]+")
CURRENCY = ("$", "£", "€")
RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufefc]")


def runs(words: Iterable[Word]) -> list[Run]:
    """Join words that are drawn one after the other on one baseline, close together."""
    found: list[Run] = []
    current: list[Word] = []
    for word in words:
        if current and not continues(current[-1], word):
            found.append(run_of(current))
            current = []
        if current and is_note_mark(current[-1], word):
            continue
        current.append(word)
    if current:
        found.append(run_of(current))
    return found


def continues(last: Word, word: Word) -> bool:
    """Whether a word goes on in the run that another one ends."""
    size = max(last.size, word.size)
    if abs(word.y - last.y) > SAME_LINE * size:
        return False
    gap = max(word.x0 - last.x1, last.x0 - word.x1)
    if word.text in CURRENCY and FIGURE.fullmatch(last.text):
        return False
    if gap < TIGHT * size:
        return True
    figures = FIGURE.fullmatch(last.text) or FIGURE.fullmatch(word.text)
    return gap < WIDE * size and not figures


def is_note_mark(last: Word, word: Word) -> bool:
    """A raised figure in small type: it points to a footnote and is no word of the sentence."""
    small = word.size < 0.8 * last.size and word.y < last.y and MARK.fullmatch(word.text)
    return bool(small)


def run_of(words: Sequence[Word]) -> Run:
    """One run of words, in the order drawn, or from right to left."""
    if 2 * sum(bool(RIGHT_TO_LEFT.search(word.text)) for word in words) > len(words):
        words = sorted(words, key=lambda word: -word.x0)
    text = " ".join(word.text for word in words)
    letters = Counter[float]()
    for word in words:
        letters[word.size] += len(word.text)
    size = max(letters, key=lambda size: letters[size])
    x0, x1 = min(word.x0 for word in words), max(word.x1 for word in words)
    return Run(text, x0, x1, words[-1].y, size, min(word.weight for word in words), len(words))


def sorted_rows(found: Iterable[Run]) -> list[list[Run]]:
    """Runs on the same baseline together, from the top of the page downwards, left to right."""
    rows: list[list[Run]] = []
    for run in sorted(found, key=lambda run: (run.y, run.x0)):
        if rows and run.y - rows[-1][0].y <= SAME_LINE * min(run.size, rows[-1][0].size):
            rows[-1].append(run)
        else:
            rows.append([run])
    for row in rows:
        backwards = sum(bool(RIGHT_TO_LEFT.search(run.text)) for run in row) * 2 > len(row)
        row.sort(key=lambda run: run.x0, reverse=backwards)
    return rows


# --- running heads, feet, page numbers ----------------------------------------------------------

EDGE = 3  # rows at the top and at the bottom of a page that may belong to no passage
PAGE_NUMBER = re.compile(
    r"\W*(?:page )?(?:[a-z]{1,2}-)?(\d{1,4}|[ivxlc]{1,7})(?: (?:of|/) \d+)?\W*", re.IGNORECASE
)
NUMBER_IN = re.compile(r"(?<![\w.,])\d{1,4}(?![\w.,]*\w)")


def without_furniture(
    sheets: Sequence[Sheet], rows: Sequence[Sequence[Sequence[Run]]]
) -> tuple[list[list[Run]], dict[int, str]]:
    """(the runs of every page that are no running head, foot or page number, printed labels)."""
    seen: Counter[tuple[bool, str]] = Counter()
    for page in rows:
        seen.update({(top, pattern(row)) for top, row in edges(page)})
    often = max(2, min(3, len(rows) - 1))
    bare: list[list[Run]] = []
    printed: list[str] = []
    for page in rows:
        first, last = 0, len(page)
        while first < min(EDGE, last) and is_furniture(
            page[first], seen[True, pattern(page[first])], often
        ):
            first += 1
        while last > max(first, len(page) - EDGE) and is_furniture(
            page[last - 1], seen[False, pattern(page[last - 1])], often
        ):
            last -= 1
        kept = page[first:last]
        bare.append([run for row in kept for run in row])
        printed.append(" | ".join(row_text(row) for row in [*page[:first], *page[last:]]))
    return bare, labels_of(sheets, printed)


def edges(page: Sequence[Sequence[Run]]) -> Iterator[tuple[bool, Sequence[Run]]]:
    """The rows at the top (True) and at the bottom of a page."""
    yield from ((True, row) for row in page[:EDGE])
    yield from ((False, row) for row in page[-EDGE:])


def row_text(row: Sequence[Run]) -> str:
    """The words of a row."""
    return " ".join(run.text for run in row)


def pattern(row: Sequence[Run]) -> str:
    """What a running head has in common on all pages: its words, whatever the figures."""
    return re.sub(r"\d+", "#", row_text(row).lower())


def is_furniture(row: Sequence[Run], seen: int, often: int) -> bool:
    """Whether a row at the edge of a page is repeated on others, or numbers it."""
    text = row_text(row)
    if PAGE_NUMBER.fullmatch(text):
        return seen >= 2 or not text.isalpha()
    return seen >= often and len(text) < 200


def labels_of(sheets: Sequence[Sheet], printed: Sequence[str]) -> dict[int, str]:
    """The label of every page: what the file says, else the number printed at its edge.

    Of the numbers printed there, those count that go up by one from page to page.
    """
    if any(sheet.label not in (None, str(sheet.number)) for sheet in sheets):
        return {sheet.number: sheet.label for sheet in sheets if sheet.label}
    numbers = [{int(n) for n in NUMBER_IN.findall(text)} for text in printed]
    votes = Counter(
        number - sheet.number
        for sheet, found in zip(sheets, numbers, strict=True)
        for number in found
    )
    labels: dict[int, str] = {}
    shift, count = max(votes.items(), key=lambda vote: vote[1], default=(0, 0))
    for sheet, found, text in zip(sheets, numbers, printed, strict=True):
        roman = PAGE_NUMBER.fullmatch(text)
        if count >= max(2, len(sheets) / 2) and sheet.number + shift in found:
            labels[sheet.number] = str(sheet.number + shift)
        elif roman and not roman[1].isdecimal():
            labels[sheet.number] = roman[1]
        elif sheet.label:
            labels[sheet.number] = sheet.label
    return labels


# --- columns and lines --------------------------------------------------------------------------

PROSE_WORDS = 4  # in a run of a column of text, at least
COLUMN_LINES = 4  # of text that stand side by side, at least
MOST_SPLITS = 12


def columns(page: Sequence[Run], splits: int = MOST_SPLITS) -> list[list[Run]]:
    """The runs of a page in parts that are read one after the other."""
    gutter = gutter_of(page) if splits else None
    if gutter is None:
        return [list(page)] if page else []
    x, top, bottom = gutter
    parts = (
        [run for run in page if run.y < top],
        [run for run in page if top <= run.y <= bottom and run.x0 < x],
        [run for run in page if top <= run.y <= bottom and run.x0 >= x],
        [run for run in page if run.y > bottom],
    )
    return [column for part in parts for column in columns(part, splits // 2)]


def gutter_of(page: Sequence[Run]) -> tuple[float, float, float] | None:
    """(x, top, bottom) of the white space between two columns of text, or None.

    It ends where the lines of the right column begin. No line crosses it, and on both sides of it
    there are lines of text at the same height.
    """
    prose = [run for run in page if run.words >= PROSE_WORDS]
    starts = Counter(round(run.x0) for run in prose)
    best: tuple[int, float, float, float] | None = None
    for start, count in starts.items():
        if count < COLUMN_LINES or not any(run.x1 < start for run in prose):
            continue
        x = start - 1.5
        stretch: list[Run] = []
        for run in [*page, None]:
            if run is not None and not run.x0 < x - 1 < x + 1 < run.x1:
                stretch.append(run)
                continue
            found = side_by_side(stretch, x)
            if found is not None and (best is None or found[0] > best[0]):
                best = (found[0], x, found[1], found[2])
            stretch = []
    return None if best is None else best[1:]


def side_by_side(stretch: Sequence[Run], x: float) -> tuple[int, float, float] | None:
    """(lines of the shorter column, top, bottom) where text stands on both sides of x, or None."""
    left = [run for run in stretch if run.x1 <= x + 1]
    right = [run for run in stretch if run.x0 >= x - 1]
    texts = [[run.y for run in side if run.words >= PROSE_WORDS] for side in (left, right)]
    if min(map(len, texts)) < COLUMN_LINES or any(
        2 * len(text) < len(side) for text, side in zip(texts, (left, right), strict=True)
    ):
        return None
    if min(texts[0][-1], texts[1][-1]) <= max(texts[0][0], texts[1][0]):
        return None
    return min(map(len, texts)), stretch[0].y, stretch[-1].y


def lines(column: Sequence[Run]) -> list[Line]:
    """The lines of one column, from its top downwards."""
    left, right = min(run.x0 for run in column), max(run.x1 for run in column)
    found = (tuple(cells(row)) for row in sorted_rows(column))
    return [Line(row, left, right) for row in found if row]


OPENS_FIGURE = re.compile(r"[$£€(\[]+|[$£€] ?\(")
CLOSES_FIGURE = re.compile(r"[)%\]]+\*?|%\)")
LEADER = re.compile(r"(?:\s*\.){4,}\s*|\s*…{2,}\s*|_{4,}")


def cells(row: Sequence[Run]) -> Iterator[Run]:
    """The cells of a row: signs of currency and brackets joined to their figures."""
    current: Run | None = None
    for run in split_at_leaders(row):
        if current is None:
            current = run
            continue
        gap = run.x0 - current.x1
        closes = CLOSES_FIGURE.fullmatch(run.text)
        if closes or OPENS_FIGURE.fullmatch(current.text) or abs(gap) < TIGHT * run.size / 2:
            text = f"{current.text}{'' if closes else ' '}{run.text}"
            x0, x1 = min(current.x0, run.x0), max(current.x1, run.x1)
            count, weight = current.words + run.words, min(current.weight, run.weight)
            current = run._replace(text=text, x0=x0, x1=x1, words=count, weight=weight)
        else:
            yield current
            current = run
    if current is not None:
        yield current


def split_at_leaders(row: Sequence[Run]) -> Iterator[Run]:
    """Runs without the dots that lead from an entry to its page."""
    for run in row:
        for part in LEADER.split(run.text):
            if part.strip(" .…"):
                yield run._replace(text=part.strip())


# --- the whole document's measures --------------------------------------------------------------


class Norm(NamedTuple):
    """How most of the text is set."""

    size: float
    weight: int
    largest: float  # size of text: a heading is larger


def norm_of(found: Iterable[Run]) -> Norm:
    """The type that most of the prose is in; of all letters, where there is no prose."""
    prose: Counter[tuple[float, int]] = Counter()
    letters: Counter[tuple[float, int]] = Counter()
    for run in found:
        letters[run.size, run.weight] += len(run.text)
        if run.words > PROSE_WORDS:
            prose[run.size, run.weight] += len(run.text)
    counted = prose or letters
    if not counted:
        return Norm(10.0, 400, 10.0)
    size, weight = max(counted, key=lambda kind: counted[kind])
    common = COMMON * counted.total()
    return Norm(size, weight, max([size, *(s for (s, _), n in counted.items() if n > common)]))


def hyphenated(pages: Iterable[Iterable[Run]]) -> frozenset[str]:
    """Every word with a hyphen that stands inside a line, and every word without: lower case."""
    words: set[str] = set()
    for page in pages:
        for run in page:
            words.update(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", run.text.lower()))
    return frozenset(words)


# --- lines to pieces ----------------------------------------------------------------------------

COMMON = 0.1  # of a document's letters: type that text is set in
SAME_SIZE = 0.97
LARGER, SMALLER = 1.1, 0.93  # than the text: a heading; a note
HEAVIER = 120  # than the text, by the weight of type: a heading
PARAGRAPH_GAP = 1.22  # of the usual distance between lines
LONGEST_HEADING = 160  # characters
HEADING_LINES = 3
HEADING_OPENS = re.compile(
    r"(?![(\[]|[a-zß-ÿ]).*?[^\W\d_]{2}"
)  # a bracket holds a remark, as of units
SENTENCE_END = re.compile(r"[.!?:;][”’\"')\]]*$")
NOTE = re.compile(r"(?:\d{1,3}|[*†‡§¹²³⁴-⁹]+|\(\d{1,2}\)|\[\d{1,3}\])[.)]?(?:\s|(?=[A-Z]))")
SECTION_LABEL = 90  # characters: a longer line between rows of a table is text
CELLS_OF_A_ROW = 3  # so many make a line a row wherever it stands


@dataclass(slots=True)
class _Open:
    """A block that may go on with the next line."""

    kind: BlockKind
    text: str
    page: int
    label: str | None
    last: Line
    mark: str = ""
    indent: float = 0.0  # where the words of an item begin
    turns: list[Turn] = field(default_factory=list)

    def piece(self) -> Piece:
        """The block as it is now."""
        level = 1 if self.kind == "item" else 0
        return Piece(
            self.kind, self.text, level, self.page, self.label, tuple(self.turns), self.mark
        )


class _Writer:
    """The pieces so far, and the block that is open at the end of them."""

    def __init__(self, norm: Norm, vocabulary: frozenset[str]) -> None:
        self.norm = norm
        self.vocabulary = vocabulary
        self.found: list[tuple[Piece, float]] = []  # with the size of their type
        self.open: _Open | None = None
        self.notes: list[_Open] = []  # of the pages that the open block stands on
        self.page = 0
        self.label: str | None = None
        self.leading = 1.2
        self.at_top = True

    def begin_page(self, number: int, label: str | None) -> None:
        """The lines that come stand on this page."""
        self.page, self.label = number, label

    def finish(self) -> list[tuple[Piece, float]]:
        """All pieces, in order, with the size of their type."""
        self.close()
        return self.found

    def close(self) -> None:
        """The open block is complete."""
        if self.open is not None:
            self.found.append((self.open.piece(), self.open.last.size))
            self.open = None
        for note in self.notes:
            self.found.append((note.piece(), note.last.size))
        self.notes.clear()

    def column(self, page: Sequence[Line]) -> None:
        """Take in the lines of a column."""
        self.leading = leading_of(page)
        self.at_top = True
        body, notes = self.parted(page)
        rows = table_rows(body)
        headings = self.headings(body)
        for index, line in enumerate(body):
            if rows[index]:
                self.row(line, index > 0 and rows[index - 1])
            elif headings[index]:
                self.heading(line)
            else:
                self.line(line)
            self.at_top = False
        for line in notes:
            self.note(line)

    def parted(self, page: Sequence[Line]) -> tuple[Sequence[Line], Sequence[Line]]:
        """(the text, the footnotes) of a column: notes are set smaller, below all else."""
        first = len(page)
        while first and is_small(page[first - 1], self.norm):
            first -= 1
        if not any(line.size > SMALLER * self.norm.size for line in page[:first]):
            return page, ()
        while first < len(page) and not NOTE.match(page[first].text):
            first += 1
        return page[:first], page[first:]

    def row(self, line: Line, follows_row: bool) -> None:
        """One row of a table; one that begins in lower case goes on with the label above it."""
        text = " | ".join(cell.text for cell in line.cells)
        before = self.open
        if (
            follows_row
            and before is not None
            and before.kind == "table"
            and len(before.last.cells) == 1
            and text[:1].islower()
        ):
            before.text, before.last = f"{before.text} {text}", line
            return
        self.begin("table", text, line)

    def note(self, line: Line) -> None:
        """One line of the footnotes."""
        if NOTE.match(line.text) or not self.notes:
            self.notes.append(_Open("footnote", line.text, self.page, self.label, line))
        else:
            self.notes[-1].text = self.joined(self.notes[-1].text, line.text)

    def line(self, line: Line) -> None:
        """One line that is neither a row nor a note."""
        text = line.text
        bullet = BULLET.match(text)
        if bullet or NUMBER.match(text):
            words = text[bullet.end() :] if bullet else text
            self.begin("item", words, line, BULLET_MARK if bullet else "")
            assert self.open is not None
            self.open.indent = line.cells[0].x0 + 0.8 * line.size
        elif self.goes_on(line):
            self.append(line)
        else:
            self.begin("paragraph", text, line)

    def begin(self, kind: BlockKind, text: str, line: Line, mark: str = "") -> None:
        """Close the open block and open another one."""
        self.close()
        self.open = _Open(kind, text, self.page, self.label, line, mark)

    def append(self, line: Line) -> None:
        """Take a line into the open block."""
        block = self.open
        assert block is not None
        block.text = self.joined(block.text, line.text)
        page = block.turns[-1].page if block.turns else block.page
        if page != self.page:
            start = len(block.text) - len(line.text)
            block.turns.append(Turn(start, self.page, self.label))
        block.last = line

    def joined(self, text: str, following: str) -> str:
        """Two lines as one; a word that a hyphen divides at the line's end is mended."""
        divided = re.search(r"([^\W\d_]+(?:-[^\W\d_]+)*)-$", text)
        rest = re.match(r"[^\W\d_]+", following)
        if not divided or not rest or not following[0].islower():
            return f"{text}{'' if divided and rest else ' '}{following}"
        whole, kept = f"{divided[1]}{rest[0]}".lower(), f"{divided[1]}-{rest[0]}".lower()
        if kept in self.vocabulary and whole not in self.vocabulary:
            return text + following
        return text[:-1] + following

    def headings(self, body: Sequence[Line]) -> list[bool]:
        """For each line, whether it is a heading; so many in a row are text in large type."""
        found: list[bool] = []
        for index, line in enumerate(body):
            goes_on = index > 0 and found[-1] and line.text[0].islower()
            opens = goes_on or HEADING_OPENS.match(line.text) is not None
            found.append(opens and self.is_set_as_heading(line))
        first = 0
        for index in range(1, len(body) + 1):
            if index < len(body) and found[index] and alike(body[index - 1], body[index]):
                continue
            if index - first > HEADING_LINES:
                found[first:index] = [False] * (index - first)
            first = index
        return found

    def is_set_as_heading(self, line: Line) -> bool:
        """Whether a line is set larger or heavier than the text, and is no sentence."""
        text = line.text
        if len(text) > LONGEST_HEADING or BULLET.match(text):
            return False
        if line.size >= LARGER * self.norm.largest:
            return True
        if line.weight < self.norm.weight + HEAVIER or line.size < SMALLER * self.norm.size:
            return False
        return not text.endswith((".", ",", ";")) and len(line.cells) == 1

    def heading(self, line: Line) -> None:
        """A heading, or its next line."""
        block = self.open
        goes_on = (
            block is not None
            and block.kind == "heading"
            and block.page == self.page
            and alike(block.last, line)
            and 0 < line.y - block.last.y < 1.6 * line.size
            and len(block.text) + len(line.text) < LONGEST_HEADING
        )
        if goes_on:
            self.append(line)
        else:
            self.begin("heading", line.text, line)

    def goes_on(self, line: Line) -> bool:
        """Whether a line is the next one of the open paragraph or item."""
        block = self.open
        if block is None or block.kind not in ("paragraph", "item"):
            return False
        last, first = block.last, line.cells[0]
        if abs(last.size - line.size) > 0.08 * line.size:
            return False
        ended = SENTENCE_END.search(block.text) is not None
        if ended and NAMES_ITSELF.match(line.text):
            return False
        if self.at_top:
            return line.text[:1].islower() or not is_broken_off(last, line, ended)
        if line.y - last.y > PARAGRAPH_GAP * self.leading * line.size:
            return False
        if block.kind == "item":
            return first.x0 >= block.indent or (not ended and line.text[:1].islower())
        if first.x0 > last.cells[0].x0 + 0.9 * line.size and ended:
            return False
        return not is_broken_off(last, line, ended)


def is_small(line: Line, norm: Norm) -> bool:
    """Whether a line is set as footnotes are."""
    return line.size <= SMALLER * norm.size and len(line.cells) == 1


def is_broken_off(last: Line, line: Line, ended: bool) -> bool:
    """Whether a line was ended on purpose: what follows would have had room on it."""
    width = last.right - last.left
    room = last.right - last.cells[-1].x1
    if not ended:
        return room > 0.4 * width and not line.text[:1].islower()
    first = len(line.text.split(maxsplit=1)[0]) / len(line.text)
    return room > first * (line.cells[-1].x1 - line.cells[0].x0) + 0.06 * width + line.size


def alike(one: Line, other: Line) -> bool:
    """Whether two lines are set in the same type."""
    return abs(one.size - other.size) < 0.05 * one.size and one.weight == other.weight


def leading_of(page: Sequence[Line]) -> float:
    """The usual distance between the lines of a column, in line heights."""
    steps = [
        (b.y - a.y) / b.size
        for a, b in pairwise(page)
        if alike(a, b) and 0.7 * b.size < b.y - a.y < 1.9 * b.size
    ]
    return median(steps) if steps else 1.2


# --- tables -------------------------------------------------------------------------------------


def table_rows(body: Sequence[Line]) -> list[bool]:
    """For each line, whether it is a row of a table.

    A line of three cells is one; a line of two if a figure ends it or its neighbours are of two
    cells as well, or if it stands over the columns of a row below, with a label between them at
    most; a short line of one cell between rows is a label in the table.
    """
    rows = [is_row(body, index) for index in range(len(body))]
    for index in reversed(range(len(body))):
        rows[index] = rows[index] or names_columns(body, index, rows)
    for index, line in enumerate(body):
        ahead = rows[index + 1 : index + 4]
        if not rows[index] and index and rows[index - 1] and any(ahead):
            rows[index] = not is_text(line)
    return rows


def is_row(body: Sequence[Line], index: int) -> bool:
    """Whether a line is a row by its own cells and those of its neighbours."""
    parts = without_marker(body[index])
    if len(parts) >= CELLS_OF_A_ROW:
        return True
    if len(parts) < 2:
        return False
    if FIGURE.fullmatch(parts[-1].text.replace(" ", "")):
        return True
    beside = [line for line in body[max(0, index - 1) : index + 2] if line is not body[index]]
    return any(len(line.cells) >= 2 and stand_below(line.cells[-1], parts[-1]) for line in beside)


def without_marker(line: Line) -> Sequence[Run]:
    """The cells of a line, less one that only marks it as an item."""
    return line.cells[1:] if is_marker(line.cells[0].text) else line.cells


def names_columns(body: Sequence[Line], index: int, rows: Sequence[bool]) -> bool:
    """Whether a line of several cells stands over the columns of a row one or two lines below."""
    parts = without_marker(body[index])
    below = next((at for at in range(index + 1, min(index + 3, len(body))) if rows[at]), None)
    if len(parts) < 2 or below is None or any(map(is_text, body[index + 1 : below])):
        return False
    return any(stand_below(cell, parts[-1]) for cell in body[below].cells[1:])


def is_text(line: Line) -> bool:
    """Whether a line between rows of a table is too long to be a label in it."""
    return len(line.text) > SECTION_LABEL or len(line.cells) > 1


def stand_below(one: Run, other: Run) -> bool:
    """Whether two cells begin, end or are centred at the same place."""
    left, right = abs(one.x0 - other.x0), abs(one.x1 - other.x1)
    return min(left, right, abs(one.x0 + one.x1 - other.x0 - other.x1) / 2) < other.size


def is_marker(text: str) -> bool:
    """Whether a cell only numbers or marks the item that follows it."""
    found = BULLET.match(f"{text} x") or NUMBER.match(f"{text} x")
    return found is not None and found.end() == len(text) + 1


# --- headings' levels ---------------------------------------------------------------------------


def with_levels(
    found: Sequence[tuple[Piece, float]], outline: Mapping[tuple[int, str], int]
) -> list[Piece]:
    """Headings with their depth: as the outline has it, else by the size of their type."""
    depth: dict[float, int] = {}
    level, largest = 0, 0.0
    for size in sorted({size for piece, size in found if piece.kind == "heading"}, reverse=True):
        if not depth or size < SAME_SIZE * largest:
            level, largest = level + 1, size
        depth[size] = min(level, 6)
    levelled: list[Piece] = []
    for piece, size in found:
        listed = outline.get((piece.page or 0, one_line(piece.text).lower()))
        if listed is not None and piece.kind in ("heading", "paragraph"):
            levelled.append(replace(piece, kind="heading", level=listed))
        elif piece.kind == "heading":
            levelled.append(replace(piece, level=depth[size]))
        else:
            levelled.append(piece)
    return levelled

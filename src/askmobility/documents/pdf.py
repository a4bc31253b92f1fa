"""PDF to pieces, by pypdfium2: the words of every page, where they stand and in which type."""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from askmobility.documents.content import Content, Unreadable, composed, one_line
from askmobility.documents.page_layout import Sheet, Word, pieces
from askmobility.documents.pdf_metadata import published_of, publisher_of
from askmobility.types import Block

NO_TITLE = re.compile(
    r"Microsoft Word|\buntitled\b|\.(?:docx?|pdf|indd|pptx?|xlsx?|rtf|tmp|qxd)$|^\S*$",
    re.IGNORECASE,
)
MARK, HEAD_BYTES = b"%PDF-", 1024
RECOGNISE = "Run it through text recognition (OCR) first."
BOLD = 700
BOLD_NAME = re.compile(rb"bold|black|heavy|demi|semibd", re.IGNORECASE)
HYPHEN = 2  # pdfium's sign for a hyphen at the end of a line
LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
    | {chr(HYPHEN): "-", "\ufffe": "-", "\u00ad": "-"}
    | {chr(code): "•" for code in range(0xE000, 0xF900)}  # private use: symbol fonts' bullets
)
RAISED = 0.82  # of the size of the letters before it: a smaller figure there is a note's mark
DEEPEST_OUTLINE = 6


def read(path: Path) -> Content:
    """The text of a PDF, with its pages. Raises Unreadable, OSError."""
    document = opened(path)
    try:
        if not len(document):
            raise Unreadable("it has no pages", "Export it again.")
        sheets = (sheet(document, index) for index in range(len(document)))
        text, blocks = composed(pieces(sheets, outline(document)))
        if not blocks:
            raise Unreadable(*without_text(document))
        return Content(text, blocks, known(document, text, blocks))
    finally:
        document.close()


def opened(path: Path) -> Any:
    """The document. Raises Unreadable where it is encrypted or damaged."""
    content = path.read_bytes()
    if MARK not in content[:HEAD_BYTES]:
        raise Unreadable(
            "it is no PDF, whatever its ending says", "Download it again, or print it to a PDF."
        )
    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise Unreadable(
                "it is encrypted, and opens with a password only", "Save it without one."
            ) from error
        raise Unreadable(
            "it is damaged, or has no pages", "Download it again, or print it to a new PDF."
        ) from error


def without_text(document: Any) -> tuple[str, str]:
    """What a PDF is that has no text, and what to do about it."""
    try:
        drawn = {one.type for page in document for one in page.get_objects()}
    except pypdfium2.PdfiumError:
        return "its pages are damaged", "Download it again, or print it to a new PDF."
    if pdfium.FPDF_PAGEOBJ_IMAGE in drawn:
        return "it is a scan without text", RECOGNISE
    if drawn:
        return "it holds drawings and no text", RECOGNISE
    return "its pages are empty", "Export it again, or remove it."


def known(document: Any, text: str, blocks: Sequence[Block]) -> Mapping[str, str]:
    """`title`, `publisher`, `published`, as far as metadata and cover give them without doubt.

    A file's name is no title, and the date of the file is not that of the document.
    """
    title, author, created = (
        one_line(document.get_metadata_value(key)) for key in ("Title", "Author", "CreationDate")
    )
    found = {
        "title": "" if NO_TITLE.search(title) else title,
        "publisher": publisher_of(author, text, blocks) if author else "",
        "published": published_of(created, text, blocks),
    }
    return {key: value for key, value in found.items() if value}


def outline(document: Any) -> Mapping[tuple[int, str], int]:
    """The level of every entry of the outline, by page (from 1) and title in lower case."""
    levels: dict[tuple[int, str], int] = {}
    for bookmark in document.get_toc(max_depth=DEEPEST_OUTLINE):
        target = bookmark.get_dest()
        index = target.get_index() if target is not None else None
        if index is not None:
            title = one_line(bookmark.get_title()).lower()
            levels.setdefault((index + 1, title), bookmark.level + 1)
    return levels


def sheet(document: Any, index: int) -> Sheet:
    """One page: its words in the order that they are drawn in; empty where it is damaged."""
    label = one_line(document.get_page_label(index)) or None
    try:
        page = document[index]
        text_page = page.get_textpage()
    except pypdfium2.PdfiumError:
        return Sheet(index + 1, label, ())
    try:
        return Sheet(index + 1, label, tuple(upright(list(words(text_page.raw)))))
    finally:
        text_page.close()
        page.close()


Placed = tuple[Word, int]  # and the quarter turns, clockwise, of the line that it stands in


def words(page: Any) -> Iterator[Placed]:
    """Every run of characters without white space, with its place in the frame of its line."""
    unicode = pdfium.FPDFText_GetUnicode
    codes = [unicode(page, index) for index in range(pdfium.FPDFText_CountChars(page))]
    measure = _Measure(page)
    begin: int | None = None
    for index, code in enumerate([*codes, 32]):
        blank = code in (32, 13, 10, 9, 160, 0) or 0x2000 <= code <= 0x200B or code == 0x3000
        if not blank and begin is None:
            begin = index
        elif blank and begin is not None:
            yield measure.word(codes, begin, index)
            begin = None
        if code == HYPHEN and begin is not None:  # its word goes on in the next line
            yield measure.word(codes, begin, index + 1)
            begin = None


class _Measure:
    """Where characters of one page stand; the buffers that pdfium writes into."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.box = pdfium.FS_RECTF()
        self.x, self.y = ctypes.c_double(), ctypes.c_double()
        self.name = ctypes.create_string_buffer(80)
        self.flags = ctypes.c_int()

    def word(self, codes: Sequence[int], begin: int, end: int) -> Placed:
        """The word of the characters from `begin` to `end`, without a note's mark behind it."""
        quarter = round(pdfium.FPDFText_GetCharAngle(self.page, begin) / (math.pi / 2)) % 4
        first = self.extent(begin, quarter)
        last = self.extent(end - 1, quarter) if end - begin > 1 else first
        while (
            end - begin > 1 and 48 <= codes[end - 1] < 58 and height(last) < RAISED * height(first)
        ):
            end -= 1
            last = self.extent(end - 1, quarter)
        pdfium.FPDFText_GetCharOrigin(self.page, begin, self.x, self.y)
        baseline = turned(self.x.value, self.y.value, quarter)[1]
        text = "".join(map(character, codes[begin:end])).translate(LIGATURES)
        x0, x1 = min(first[0], last[0]), max(first[2], last[2])
        return Word(text, x0, x1, baseline, height(first), self.weight(begin)), quarter

    def extent(self, index: int, quarter: int) -> tuple[float, float, float, float]:
        """Left, top, right, bottom of a character's line box, y downwards."""
        pdfium.FPDFText_GetLooseCharBox(self.page, index, self.box)
        xa, ya = turned(self.box.left, self.box.bottom, quarter)
        xb, yb = turned(self.box.right, self.box.top, quarter)
        return min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb)

    def weight(self, index: int) -> int:
        """Of the type that a character is in, by its font's word or name."""
        pdfium.FPDFText_GetFontInfo(self.page, index, self.name, 80, self.flags)
        if BOLD_NAME.search(self.name.value):
            return BOLD
        weight: int = pdfium.FPDFText_GetFontWeight(self.page, index)
        return max(0, weight)


def height(extent: tuple[float, float, float, float]) -> float:
    """Of a character's line box, to a tenth of a point."""
    return round(extent[3] - extent[1], 1)


def character(code: int) -> str:
    """The character, or the sign for none where a font maps it to half of a pair."""
    return "\ufffd" if 0xD800 <= code < 0xE000 or code > 0x10FFFF else chr(code)


def turned(x: float, y: float, quarter: int) -> tuple[float, float]:
    """A point in the frame of a line that runs to the right, y downwards."""
    return ((x, -y), (-y, -x), (-x, y), (y, x))[quarter]


def upright(placed: Sequence[Placed]) -> Iterator[Word]:
    """The words of lines that run as most of the page does, then those that are turned."""
    letters = [0, 0, 0, 0]
    for word, quarter in placed:
        letters[quarter] += len(word.text)
    lowest = 0.0
    for quarter in sorted(range(4), key=lambda q: -letters[q]):
        alike = [word for word, turn in placed if turn == quarter]
        if not alike:
            break
        shift = lowest - min(word.y for word in alike) if lowest else 0.0
        yield from (word._replace(y=word.y + shift) for word in alike)
        lowest = max(word.y + shift for word in alike) + 100

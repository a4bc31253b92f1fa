"""Word documents to pieces, by python-docx: styles and numbering say what each paragraph is."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from askmobility.documents.content import (
    BULLET,
    Content,
    Piece,
    Unreadable,
    composed,
    one_line,
    row,
)
from askmobility.documents.structure import looks_like_heading

MOST_BYTES = 200 << 20  # of all parts, unpacked
MOST_PARTS = 10_000
OLD_OR_ENCRYPTED, ZIPPED = b"\xd0\xcf\x11\xe0", b"PK\x03\x04"
NO_WORD_DOCUMENT = (
    "it is no Word document, whatever its ending says",
    "Save it as .docx or PDF with the program that made it.",
)
EMPHASISED = 4  # level of a heading that only bold type makes one
FOOTNOTES = ("footnotes", "endnotes")
TEXT_BOX = qn("w:txbxContent")
# a fallback says the same again for old versions of Word
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
LEFT_OUT = {TEXT_BOX, FALLBACK, *map(qn, ("w:del", "w:moveFrom", "w:instrText", "w:pPr"))}
PROMPT = f"{qn('w:sdtPr')}/{qn('w:showingPlcHdr')}"  # "Click here to enter text"
CONTROLS = frozenset(map(qn, ("w:sdt", "w:sdtContent", "w:customXml")))
SPACE = frozenset(map(qn, ("w:tab", "w:br", "w:cr")))
SYMBOLS = {qn("w:noBreakHyphen"): "-", qn("w:softHyphen"): ""}


def read(path: Path) -> Content:
    """The words and structure of a .docx. Raises Unreadable, OSError."""
    document = opened(path)
    found = [*pieces(document), *notes(document)]
    text, blocks = composed(found)
    title = one_line(document.core_properties.title or "")
    return Content(text, blocks, {"title": title} if title else {})


def opened(path: Path) -> Any:
    """The document, once its parts have been found to be of a size that can be read."""
    with path.open("rb") as file:
        mark = file.read(4)
    if mark == OLD_OR_ENCRYPTED:
        raise Unreadable(
            "it is protected by a password, or in Word's format of before 2007",
            "Save it as .docx without a password.",
        )
    if mark != ZIPPED:
        raise Unreadable(*NO_WORD_DOCUMENT)
    try:
        with zipfile.ZipFile(path) as parts:
            sizes = [part.file_size for part in parts.infolist()]
            folders = {name.split("/")[0] for name in parts.namelist()}
            broken = parts.testzip() if sum(sizes) <= MOST_BYTES else None
    except (zipfile.BadZipFile, NotImplementedError, EOFError, zlib.error) as error:
        raise damaged("it breaks off, or a part of it is missing") from error
    if sum(sizes) > MOST_BYTES or len(sizes) > MOST_PARTS:
        raise Unreadable(
            f"unpacked it would hold {sum(sizes) >> 20} MB in {len(sizes)} parts",
            f"At most {MOST_BYTES >> 20} MB are read. Take out its pictures, or split it.",
        )
    if "word" not in folders:
        raise Unreadable(*NO_WORD_DOCUMENT)
    if broken is not None:
        raise damaged(f"{broken} is broken")
    try:
        document = docx.Document(str(path))
    except Exception as error:  # zip, XML and package errors, each of a library's own kind
        raise damaged(error) from error
    if getattr(document.element, "body", None) is None:  # other XML in its place
        raise damaged("it has no body")
    return document


def damaged(why: object) -> Unreadable:
    """A file that is no Word document any longer."""
    return Unreadable(f"it is damaged ({why})", "Copy it again, or save it again from Word.")


def pieces(document: Any) -> Iterator[Piece]:
    """The blocks of the body, in order."""
    return pieces_in(document.element.body, document, _Numbering(document))


def pieces_in(parent: Any, document: Any, numbering: _Numbering) -> Iterator[Piece]:
    """The blocks of a part, in order; what a text box holds stands behind what it is anchored in.

    A table that is one column wide is a frame around blocks.
    """
    for element in children(parent, "w:p", "w:tbl"):
        if element.tag == qn("w:p"):
            yield piece(Paragraph(element, document), numbering)
        elif any(len([*children(one, "w:tc")]) > 1 for one in children(element, "w:tr")):
            yield from rows(element, document)
        else:
            for one in children(element, "w:tr"):
                for cell in children(one, "w:tc"):
                    yield from pieces_in(cell, document, numbering)
            continue  # with the text boxes in it
        for box in text_boxes(element):
            yield from pieces_in(box, document, numbering)


def children(parent: Any, *names: str) -> Iterator[Any]:
    """The elements of these names in an element, also those that stand in content controls."""
    wanted = {*map(qn, names)}
    for element in parent.iterchildren():
        if element.tag in wanted:
            yield element
        elif element.tag in CONTROLS and element.find(PROMPT) is None:
            yield from children(element, *names)


def text_boxes(element: Any) -> Iterator[Any]:
    """The text boxes that are anchored in an element, not those in text boxes."""
    for child in element.iterchildren():
        if child.tag == TEXT_BOX:
            yield child
        elif child.tag not in LEFT_OUT:
            yield from text_boxes(child)


def rows(table: Any, document: Any) -> Iterator[Piece]:
    """The rows of a table; of level 1 those that are repeated as its header, or alone are bold."""
    found = [*children(table, "w:tr")]
    written = ([p for p in one.iter(qn("w:p")) if words(p)] for one in found)
    bold = [all(is_bold(Paragraph(p, document)) for p in ps) for ps in written]
    for number, one in enumerate(found):
        cells = (" ".join(map(words, c.iter(qn("w:p")))) for c in children(one, "w:tc"))
        header = one.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        alone = number == 0 and bold[0] and len(found) > 1 and not any(bold[1:])
        yield Piece("table", row(cells), level=int(header or alone))


def piece(paragraph: Paragraph, numbering: _Numbering) -> Piece:
    """One paragraph as the block that its style, its numbering or its type says it is."""
    text = words(paragraph._p)
    level = heading_level(paragraph)
    if level:
        return Piece("heading", one_line(text), level)
    marked = numbering.mark(paragraph)
    if marked is not None:
        depth, number = marked
        return Piece("item", f"{number}{text}", depth, mark="" if number else BULLET)
    if is_bold(paragraph) and text and looks_like_heading(text):
        return Piece("heading", text, EMPHASISED)
    return Piece("paragraph", text)


def words(element: Any) -> str:
    """The words of a paragraph as they stand once every change is accepted."""
    return one_line("".join(pieces_of_words(element)))


def pieces_of_words(element: Any) -> Iterator[str]:
    """What is written in an element, piece by piece."""
    for node in element.iterchildren():
        if node.tag == qn("w:t"):
            yield node.text or ""
        elif node.tag in SPACE:
            yield " "
        elif node.tag in SYMBOLS:
            yield SYMBOLS[node.tag]
        elif node.tag not in LEFT_OUT and node.find(PROMPT) is None:
            yield from pieces_of_words(node)


def styles_of(paragraph: Paragraph) -> Iterator[ParagraphStyle]:
    """The paragraph's style and those that it is based on."""
    style: Any = paragraph.style
    while style is not None:
        yield style
        style = style.base_style


def heading_level(paragraph: Paragraph) -> int:
    """1 for the title and for "Heading 1", and so on; 0 for what is no heading."""
    for style in styles_of(paragraph):
        name = (style.name or "").lower()
        if name == "title":
            return 1
        if name.startswith("heading ") and name[8:].isdecimal():
            return int(name[8:])
    outline = paragraph._p.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
    level = int(outline.get(qn("w:val"))) + 1 if outline is not None else 0
    return level if level < 10 else 0


def is_bold(paragraph: Paragraph) -> bool:
    """Whether every word is in bold type."""
    runs = [run for run in paragraph.runs if run.text.strip()]
    return bool(runs) and all(run.bold for run in runs)


class _Numbering:
    """The marks of list items, which Word counts and does not store."""

    def __init__(self, document: Any) -> None:
        self.formats: dict[tuple[str, str], str] = {}
        self.counts: dict[tuple[str, int], int] = {}
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError):  # no list in the document
            return
        levels = {
            abstract.get(qn("w:abstractNumId")): {
                level.get(qn("w:ilvl")): value_of(level, "w:numFmt")
                for level in abstract.iterfind(qn("w:lvl"))
            }
            for abstract in root.iterfind(qn("w:abstractNum"))
        }
        for number in root.iterfind(qn("w:num")):
            for depth, written in levels.get(value_of(number, "w:abstractNumId"), {}).items():
                self.formats[number.get(qn("w:numId")), depth] = written

    def mark(self, paragraph: Paragraph) -> tuple[int, str] | None:
        """(depth, "2. ") of an item, (depth, "") of one with a bullet; None for no item."""
        elements = [paragraph._p, *(style.element for style in styles_of(paragraph))]
        found = (e.find(f"{qn('w:pPr')}/{qn('w:numPr')}") for e in elements)
        properties = next((one for one in found if one is not None), None)
        if properties is None:
            return None
        number, depth = value_of(properties, "w:numId"), value_of(properties, "w:ilvl") or "0"
        if number in ("", "0") or not depth.isdecimal():
            return None
        level = int(depth)
        if self.formats.get((number, depth), "bullet") in ("bullet", "none"):
            return level + 1, ""
        self.counts[number, level] = self.counts.get((number, level), 0) + 1
        for deeper in [key for key in self.counts if key[0] == number and key[1] > level]:
            del self.counts[deeper]
        return level + 1, self.written(number, depth)

    def written(self, number: str, depth: str) -> str:
        """The number as it stands before the item: "2. ", "(b) "."""
        count = self.counts[number, int(depth)]
        if self.formats[number, depth] in ("lowerLetter", "upperLetter") and count <= 26:
            return f"({chr(96 + count)}) "
        return f"{count}. "


def value_of(element: Any, name: str) -> str:
    """The value of a child element, or ""."""
    child = element.find(qn(name))
    return "" if child is None else child.get(qn("w:val")) or ""


def notes(document: Any) -> Iterator[Piece]:
    """Footnotes and endnotes."""
    for relation in document.part.rels.values():
        kind = relation.reltype.rsplit("/", 1)[-1]
        if kind in FOOTNOTES and not relation.is_external:
            for note in parse_xml(relation.target_part.blob).iterchildren():
                if note.get(qn("w:type")) is None:  # else it is the line that parts them
                    yield Piece("footnote", words(note))

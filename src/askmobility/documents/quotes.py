"""What stands in quote marks, in texts whose marks do not balance."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from askmobility.types import Block, BlockKind

QUOTED = "\x00"  # stands for a quoted character: in no name, no word
FIRST_PERSON = re.compile(r"\b(?:I|we|We|our|Our|my|My|us|me)\b")
DOUBLE = re.compile(r"[“”\"„]")
DOUBLE_QUOTED = re.compile(r"“[^”]*(?:”|$)|\"[^\"]*(?:\"|$)")
CELL_BAR = re.compile(r"[|\t]")  # parts the cells of a table
QUOTE_MARKS = "“\"‘'"
ECHO = re.compile(r"[“\"‘](?:[\w’'-]+[,;]? ){1,8}[\w’'-]+[”\"’]")  # a heading that quotes
SPOKEN_LINE = re.compile(r"[^“\"‘']*:\s[“\"‘'].*[.!?…][”\"’']", re.DOTALL)
SINGLE_SPEECH = re.compile(
    r"(?:^|(?<=[\s(:]))[‘'](?=[^\W\d_])[^‘“”\"\x00]*?[,.?!…]([’'])(?=\s|$|[,.;:)])"
    r"|(?:^|(?<=:\s))‘(?:[^‘’“”\"\x00]|’(?=\w))+$"  # left open for the next paragraph
)


def as_spoken(text: str, blocks: Sequence[Block]) -> list[Block]:
    """The blocks with what quote marks tell of their kinds put right.

    A short line in quote marks below "X said:" is a quotation, whatever it looks like, and so is
    one that ends in the sentence it quotes; a line of quoted words that end no sentence is a
    heading.
    """
    above: list[Block | None] = [None, *blocks][:-1]
    below: list[Block | None] = [*blocks, None][1:]
    return [
        replace(block, kind=kind_of(text, before, block, after))
        for before, block, after in zip(above, blocks, below, strict=True)
    ]


def kind_of(text: str, above: Block | None, block: Block, below: Block | None) -> BlockKind:
    """What a block between two others is."""
    line = text[block.start : block.end]
    announced = above is not None and above.kind == "attribution"
    if block.kind == "heading" and (
        (announced and line[0] in QUOTE_MARKS) or SPOKEN_LINE.fullmatch(line)
    ):
        return "paragraph"
    signed = below is not None and text[below.start] in QUOTE_MARKS + "–—-"
    if block.kind == "paragraph" and not announced and not signed and ECHO.fullmatch(line):
        return "heading"
    return block.kind


def narration(text: str, blocks: Sequence[Block], quoted: Collection[Block] = ()) -> str:
    """The text with every quoted character replaced by QUOTED; the marks stay.

    A quotation left open at the end of a block goes on into the next one if that begins with
    a mark, closes one that it did not open, or speaks in the first person. Headings and lines
    that name a speaker end it. Between the cells of a table stands a semicolon: what one says is
    said of nobody named in the next.

    quoted: blocks that are all quotation, without marks.
    """
    masked = list(text)
    carried = leads_in = False
    for block in blocks:
        if block in quoted:
            mask(masked, block.start, block.end)
            carried = leads_in = False
            continue
        if block.kind in ("heading", "attribution", "table"):
            carried = leads_in = False
            if block.kind == "table":
                masked[block.start : block.end] = CELL_BAR.sub(";", text[block.start : block.end])
            continue
        carried = mask_block(masked, text, block, carried, leads_in=leads_in)
        leads_in = text[block.end - 1] == ":"
    return "".join(masked)


def mask_block(
    masked: list[str], text: str, block: Block, carried: bool, *, leads_in: bool
) -> bool:
    """Mask one block in place; returns whether a quotation is still open at its end.

    leads_in: whether the block before ended in a colon.
    """
    piece = text[block.start : block.end]
    marks = quote_marks(piece)
    inside = carried and ((leads_in and piece[0] not in '“"‘') or goes_on(piece, marks))
    at = 0
    for position, opens in marks:
        if inside:
            mask(masked, block.start + at, block.start + position)
        inside = opens
        at = position + 1
    if inside:
        mask(masked, block.start + at, block.end)
    return inside


def quote_marks(piece: str) -> list[tuple[int, bool]]:
    """(position, whether it opens) of the marks that enclose speech in one block.

    Single marks count where they enclose what reads like speech outside double marks; else
    they are taken for apostrophes and the marks of titles and coined words.
    """
    found: list[tuple[int, bool]] = []
    for match in DOUBLE.finditer(piece):
        found.append((match.start(), is_opening(piece, match.start())))
    if "‘" not in piece and "'" not in piece:
        return found
    outside = DOUBLE_QUOTED.sub(lambda match: QUOTED * len(match.group()), piece)
    for match in SINGLE_SPEECH.finditer(outside):
        found.append((match.start(), True))
        if match.group(1):
            found.append((match.start(1), False))
    return sorted(found)


def is_opening(piece: str, at: int) -> bool:
    """Whether a double mark opens: a straight one does before a word and after a space."""
    if piece[at] != '"':
        return piece[at] in "“„"
    spaced = at == 0 or piece[at - 1] in " \t\n(:—–"
    return spaced and at + 1 < len(piece) and not piece[at + 1].isspace()


def goes_on(piece: str, marks: Sequence[tuple[int, bool]]) -> bool:
    """Whether a block without an opening mark at its start continues an open quotation."""
    if not marks:
        return FIRST_PERSON.search(piece) is not None
    position, opens = marks[0]
    if position == 0:
        return False  # it opens anew
    return not opens or FIRST_PERSON.search(piece[:position]) is not None


def mask(masked: list[str], start: int, end: int) -> None:
    """Replace characters in place, white space included."""
    masked[start:end] = QUOTED * (end - start)

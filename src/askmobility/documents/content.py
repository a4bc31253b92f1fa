"""What a reader of a file format gives: pieces of text, which become one text with exact blocks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from askmobility.documents.structure import blocks as shaped
from askmobility.documents.structure import is_attribution
from askmobility.types import Block, BlockKind, QuotePart, Turn

BULLET = "- "


class Unreadable(Exception):
    """What is wrong with a file, and what to do about it; the reader adds which file it is."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what)
        self.what, self.remedy = what, remedy


@dataclass(frozen=True, slots=True)
class Content:
    """What one file holds: its text, its layout, and what it says of itself.

    known: `title`, `publisher`, `published`, `url`, `licence`, as far as the file gives them.
    """

    text: str
    blocks: tuple[Block, ...]
    known: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Piece:
    """One block that has no place in a text yet.

    mark: what stands in front of its words and is no part of them: a bullet.
    turns: offsets into `text` where a next page begins.
    """

    kind: BlockKind
    text: str
    level: int = 0
    page: int | None = None
    page_label: str | None = None
    turns: tuple[Turn, ...] = ()
    mark: str = ""
    quote: QuotePart = ""


def composed(pieces: Iterable[Piece]) -> tuple[str, tuple[Block, ...]]:
    """The text of the pieces, in order, and their blocks with offsets into it.

    Items of a list and rows of a table stand in lines, everything else is set off by a blank line.
    Empty pieces are left out; a paragraph that only says who speaks becomes an attribution. Where
    all are paragraphs, nobody has marked headings and lists: the shape of the lines decides.
    """
    pieces = [piece for piece in pieces if piece.text.strip()]
    if not any(p.kind != "paragraph" or p.page is not None or p.quote for p in pieces):
        text = "\n".join(piece.text for piece in pieces)
        return text, shaped(text)
    parts: list[str] = []
    blocks: list[Block] = []
    at = 0
    for piece in pieces:
        kind = piece.kind
        if kind == "paragraph" and is_attribution(piece.text):
            kind = "attribution"
        before = gap(blocks[-1].kind, kind) if blocks else ""
        start = at + len(before) + len(piece.mark)
        parts += (before, piece.mark, piece.text)
        at = start + len(piece.text)
        turns = tuple(turn._replace(start=start + turn.start) for turn in piece.turns)
        placed = (piece.level, piece.page, piece.page_label, turns, piece.quote)
        blocks.append(Block(kind, start, at, *placed))
    return "".join(parts), with_one_title(blocks)


def with_one_title(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The same blocks where one heading at most has level 1: the title.

    It is the only one of the topmost level; of several, the one that the text opens with.
    """
    levels = [block.level for block in blocks if block.kind == "heading"]
    if not levels or levels.count(min(levels)) == 1:
        return tuple(blocks)
    down = 2 - min(levels)
    return tuple(
        replace(block, level=block.level + down if at or block.level > min(levels) else 1)
        if block.kind == "heading"
        else block
        for at, block in enumerate(blocks)
    )


def gap(before: BlockKind, kind: BlockKind) -> str:
    """What stands between two blocks."""
    return "\n" if before == kind and kind in ("item", "table") else "\n\n"


def one_line(text: str) -> str:
    """Text with every run of white space made one space."""
    return " ".join(text.split())


def row(cells: Iterable[str]) -> str:
    """The cells of a table row as one line; empty cells are left out."""
    return " | ".join(filter(None, map(one_line, cells)))

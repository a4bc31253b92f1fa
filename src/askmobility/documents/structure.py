"""Plain text to blocks: headings, paragraphs, items, attribution lines and table rows.

Plain text marks none of these, so the shape of its lines decides. Texts come in three
layouts: blank lines between paragraphs, one paragraph a line, and lines wrapped at a fixed
width, which are joined again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from askmobility.types import Block, BlockKind

HEADING_LENGTH = 110  # characters
UNMARKED_LINES = 3  # of a list without marks, at least
WRAPPED_WIDTHS = range(50, 121)

BULLET = re.compile(r"(?:[-•*–—‣▪●·◦○■►➢✓]|o(?= {2}|\t))\s+(?=\S)")
NUMBER = re.compile(
    r"(?:\(?(?:[a-z]|[ivx]{1,5}|\d{1,2})\)|\d{1,2}\.(?!\d)|[A-Z]{1,2}\d{1,2}[.:]|[a-z]\.|[A-Z]\.(?=\s+[a-z]))\s+(?=\S)"
)
OUTLINE = re.compile(
    r"^(?:(?:\d{1,2}\.)+\d{1,2}|\d{1,2}\.|[A-Z]{1,4}/?\d{1,3}\.?|[A-Z]\.)\s+(?=\S)"
)
SPEECH_VERB = (
    r"(?:said|says|saying|added|adds|commented|comments|commenting|explained|explains|stated|told|"
    r"wrote|writes|continued|concluded|concludes|warned|argued|remarked|responded|replied|noted|"
    r"announced|reported)"
)
ATTRIBUTION_LINE = re.compile(rf"[^“\"]*\b{SPEECH_VERB}\b(?: [^:.“\"]{{0,60}})?:")
OPENING_QUOTE = ("“", '"', "‘")
DATE = re.compile(
    r"(?:\w+,?\s+)?\d{1,2}(?:st|nd|rd|th)?\s+"
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r"(?:,?\s+\d{4})?(?:,.*)?",
    re.IGNORECASE,
)
SALUTATION = re.compile(
    r"(?:dear|yours|kind regards|best wishes|with (?:best|kind)|sincerely|regards)\b", re.IGNORECASE
)
CLOSING = re.compile(
    r"(?:yours|kind regards|best wishes|with best|sincerely|regards)\b", re.IGNORECASE
)
END_MARK = re.compile(r"\W*ends?\W*|#+|\*+", re.IGNORECASE)
# what a release calls itself, by itself or in front of its headline
RELEASE = re.compile(
    r"(?:news|press|media) (?:release|notice|statement|briefing)\b(?: ?[|:–—-] ?)?", re.IGNORECASE
)
# what a release or a letter carries above its headline
LETTERHEAD = re.compile(
    r"(?:strictly )?embargo(?:ed)?\b|for immediate (?:release|publication|use)\b"
    r"|(?:not )?for (?:release|publication|broadcast)(?: (?:at|before|from|on|only|until)\b|:|$)"
    r"|(?:news|press|media)$"
    r"|(?:release|issued|published|date|dated|from|to|cc|ref(?:erence)?|contact|by)\b ?[^a-z ]*:"
    r"|by [\w’' -]+(?:correspondent|editor|reporter|writer)s?$"
    r"|(?-i:(?:By|BY)(?: [A-Z][\w'’-]*,?){1,4}$)",
    re.IGNORECASE,
)
LABEL = re.compile(r"[^.:]{1,40}:\s+\S")


@dataclass(frozen=True, slots=True)
class Line:
    """One logical line: trimmed, wrapped lines joined."""

    start: int
    end: int
    text: str
    opens: bool  # a blank line or the start of the text stands before it
    closes: bool  # a blank line or the end of the text stands after it


def blocks(text: str) -> tuple[Block, ...]:
    """The layout of a plain text, in order, disjoint; only bullets and white space lie outside."""
    lines = joined_when_wrapped(text, physical_lines(text))
    found: list[Block] = []
    listed = headed_lists(lines)
    for index, line in enumerate(lines):
        kind = listed.get(index)
        level = 1 if kind == "item" else 0
        found.append(
            Block(kind, line.start, line.end, level) if kind else block_of(lines, index, found)
        )
    return with_levels(text, tuple(found))


def headed_lists(lines: Sequence[Line]) -> dict[int, BlockKind]:
    """The lines that make lists without a mark: a heading by itself, and a run of short lines."""
    found: dict[int, BlockKind] = {}
    for index, line in enumerate(lines):
        alone = index and line.opens and line.closes and looks_like_heading(line.text)
        if not alone or index in found:
            continue
        end = index + 1
        while end < len(lines) and (end == index + 1 or not lines[end].opens):
            end += 1
        run = range(index + 1, end)
        if len(run) >= UNMARKED_LINES and all(is_bare_item(lines[at].text) for at in run):
            found |= {index: "heading", **dict.fromkeys(run, "item")}
    return found


def is_bare_item(text: str) -> bool:
    """Whether a line can be an item that nothing marks: short, no sentence, no label."""
    marked = BULLET.match(text) or NUMBER.match(text) or LABEL.match(text) or is_table_row(text)
    return looks_like_heading(text) and not marked


def physical_lines(text: str) -> list[Line]:
    """The lines that hold something, trimmed."""
    found: list[Line] = []
    blank = True
    for match in re.finditer(r"[^\n\r]*(?:\r\n|\n|\r|\Z)", text):
        content = match.group().strip()
        if not content:
            blank = True
            if found:
                found[-1] = replace(found[-1], closes=True)
            continue
        start = match.start() + len(match.group()) - len(match.group().lstrip())
        found.append(Line(start, start + len(content), content, blank, False))
        blank = False
    return [*found[:-1], replace(found[-1], closes=True)] if found else []


def joined_when_wrapped(text: str, lines: Sequence[Line]) -> list[Line]:
    """Join lines that were broken only because they were full."""
    width = wrapped_width(lines)
    if width is None:
        return list(lines)
    joined: list[Line] = []
    last_length = 0  # of the physical line that the joined one ends with
    for line in lines:
        fresh = line.opens or BULLET.match(line.text) or NUMBER.match(line.text)
        if joined and not fresh and is_full(last_length, line.text, width):
            start = joined[-1].start
            joined[-1] = replace(
                joined[-1], end=line.end, text=text[start : line.end], closes=line.closes
            )
        else:
            joined.append(line)
        last_length = len(line.text)
    return joined


def wrapped_width(lines: Sequence[Line]) -> int | None:
    """The width a text is wrapped at, or None: long lines that go on must be full, mostly."""
    width = max((len(line.text) for line in lines), default=0)
    if width not in WRAPPED_WIDTHS:
        return None
    going_on = [(a, b) for a, b in pairwise(lines) if not b.opens and len(a.text) > 0.6 * width]
    full = sum(is_full(len(a.text), b.text, width) for a, b in going_on)
    return width if full >= 5 and full > 0.7 * len(going_on) else None


def is_full(length: int, following: str, width: int) -> bool:
    """Whether the first word of the following line had no more room on a line of this length."""
    return length + 1 + len(following.split(maxsplit=1)[0]) > width - 2


def block_of(lines: Sequence[Line], index: int, before: Sequence[Block]) -> Block:
    """The block that one line is, given the blocks before it."""
    line = lines[index]
    bullet = BULLET.match(line.text)
    if bullet:
        return Block("item", line.start + bullet.end(), line.end, level=1)
    kind: BlockKind = "paragraph"
    if is_table_row(line.text):
        kind = "table"
    elif is_attribution(line.text):
        kind = "attribution"
    elif is_heading(lines, index, before):
        kind = "heading"
    elif NUMBER.match(line.text) or is_unmarked_item(lines, index, before):
        kind = "item"
    return Block(kind, line.start, line.end, level=1 if kind == "item" else 0)


def is_table_row(text: str) -> bool:
    """Cells kept apart by bars or tabs."""
    return text.count("|") >= 2 or " | " in text or "\t" in text.strip()


def is_attribution(text: str) -> bool:
    """A line that says who speaks next, and nothing else."""
    return len(text) <= 300 and ATTRIBUTION_LINE.fullmatch(text) is not None


def is_heading(lines: Sequence[Line], index: int, before: Sequence[Block]) -> bool:
    """A short line without a full stop that announces the lines after it."""
    line = lines[index]
    if index + 1 == len(lines) or not looks_like_heading(line.text):
        return False
    if index and CLOSING.match(lines[index - 1].text):
        return False  # whoever signs a letter
    following = lines[index + 1].text
    numbered = NUMBER.match(line.text) or OUTLINE.match(line.text)
    if numbered and (NUMBER.match(following) and not OUTLINE.match(following)):
        return False  # one of a list
    if numbered and before and before[-1].kind == "item":
        return line.opens and lines[index - 1].closes and not line.closes
    if not numbered and is_unmarked_item(lines, index, before):
        return False
    if LABEL.match(line.text) and not numbered:
        return line.opens and (index == 0 or not LABEL.match(following))
    if not line.opens and line.closes and index:
        return False  # a signature, or the last of a run of short lines
    return has_body(lines, index)


def looks_like_heading(text: str) -> bool:
    """Short, not broken off, and begun like a title."""
    bare = OUTLINE.sub("", text, count=1)
    return (
        len(text) <= HEADING_LENGTH
        and text[-1] not in '.,;:!”"…'
        and not text.endswith((".’", ",’", "!’", "?’"))
        and not text.startswith(OPENING_QUOTE[:2])
        and bare[:1].upper() == bare[:1]
        and any(character.isalpha() for character in bare)
        and not is_letterhead(text)
        and not SALUTATION.match(text)
        and not END_MARK.fullmatch(text)
    )


def is_letterhead(text: str) -> bool:
    """Whether a line says when, for whom or by whom, and not what about."""
    rest = RELEASE.sub("", text, count=1) if RELEASE.match(text) else text
    return not rest or bool(DATE.fullmatch(rest) or LETTERHEAD.match(rest))


def has_body(lines: Sequence[Line], index: int) -> bool:
    """Whether text that is no heading follows, possibly under further headings."""
    ahead = lines[index + 1 : index + 4]
    listed = len(ahead) > 1 and all(NUMBER.match(line.text) for line in ahead[:2])
    return listed or any(is_body(line) for line in ahead)


def is_body(line: Line) -> bool:
    """Whether a line can stand below a heading without being one."""
    return (
        not looks_like_heading(line.text)
        or BULLET.match(line.text) is not None
        or is_table_row(line.text)
        or (not line.opens and LABEL.match(line.text) is not None)
    )


def is_unmarked_item(lines: Sequence[Line], index: int, before: Sequence[Block]) -> bool:
    """A short line of a list that a line ending in a colon leads in, without bullets."""
    line = lines[index]
    if not before or len(line.text) > HEADING_LENGTH or line.text[-1] in ".!?:”":
        return False
    if line.opens:
        return False
    return lines[index - 1].text.endswith(":") or (
        before[-1].kind == "item"
        and not NUMBER.match(lines[index - 1].text)
        and not is_bulleted(lines[index - 1], before[-1])
    )


def is_bulleted(line: Line, block: Block) -> bool:
    """Whether the block leaves out a bullet of its line."""
    return block.start > line.start


def with_levels(text: str, found: tuple[Block, ...]) -> tuple[Block, ...]:
    """Give headings their depth: 1 for the one the text opens with, else by its number."""
    levelled: list[Block] = []
    for block in found:
        if block.kind != "heading":
            levelled.append(block)
            continue
        outline = OUTLINE.match(text[block.start : block.end])
        deeper = outline.group().strip().rstrip(".").count(".") if outline else 0
        levelled.append(replace(block, level=1 if not levelled else 2 + deeper))
    return tuple(levelled)

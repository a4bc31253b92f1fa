"""Sentences to passages: what is ranked and cited, under one heading and one speaker."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from askmobility.types import Block, Document, Passage, Span, Speaker, Structure

PASSAGE_LENGTH = 1200  # characters; a longer sentence stays whole
SINGLE_PARAGRAPH_LENGTH = 2000  # of a document that is one paragraph
HEADINGS_OVER = 2  # a passage's own heading, at most; the topmost is the title
COLUMN_ROWS = 6  # of a table that name its columns, at most
FIGURE = re.compile(r"\(?[-–—$£€ ]*\(?[\d.,]*\d[\d.,]*[%)]*|[-–—]")
CALENDAR = re.compile(r"(?:19|20)\d\d|\d{1,2},?")
SHORT_BLOCK_LENGTH = 200  # items and lines up to this length share a passage


@dataclass(frozen=True, slots=True)
class Placed:
    """A sentence with where it stands and who says it."""

    span: Span
    block: Block
    headings: tuple[Span, ...]  # that it stands under, the closest last
    columns: tuple[Span, ...]  # the rows that name its columns, where it is further down in a table
    paragraph: int
    speaker: Speaker | None

    @property
    def page(self) -> tuple[int | None, str | None]:
        """The page that it begins on, and its label."""
        turned = [turn for turn in self.block.turns if turn.start <= self.span.start]
        at = turned[-1] if turned else self.block
        return at.page, at.page_label


def passages(document: Document, structure: Structure) -> tuple[Passage, ...]:
    """Cut a document into passages: every sentence of the structure lies in exactly one.

    Nobody's words share a passage with another's or with narration, save in a document of one
    paragraph, whose passage then has no speaker; whose each sentence is, the statements tell.
    A heading opens the passage below it, unless somebody speaks there or another heading
    follows: then it is a passage of its own. An attribution line belongs to its quotation.
    """
    sentences = placed(document.text, structure)
    if len(structure.blocks) == 1:  # a paragraph that stands alone is not taken apart
        limit, runs = SINGLE_PARAGRAPH_LENGTH, [sentences] if sentences else []
    else:
        limit, runs = PASSAGE_LENGTH, list(grouped(document.text, sentences, PASSAGE_LENGTH))
    groups = [part for run in runs for part in split(run, limit)]
    numbers = Counter(paragraph_of(group) for group in groups)
    met: Counter[int] = Counter()
    found = []
    for group in groups:
        paragraph = paragraph_of(group)
        met[paragraph] += 1
        part = f".{met[paragraph]}" if numbers[paragraph] > 1 else ""
        found.append(passage(document, group, f"{document.id}#p{paragraph}{part}"))
    return tuple(found)


def placed(text: str, structure: Structure) -> list[Placed]:
    """Every sentence with its block, headings, paragraph and speaker."""
    speakers = speakers_of(structure)
    starts = [block.start for block in structure.blocks]
    columns = columns_over(text, structure.blocks)
    open_headings: list[Block] = []
    headings: list[tuple[Span, ...]] = []
    paragraphs: list[int] = []
    paragraph = 0
    for block in structure.blocks:
        if block.kind == "heading":
            over = [one for one in open_headings if 1 < one.level < block.level]
            open_headings = [*over[-HEADINGS_OVER:], block]
        else:
            paragraph += 1
        headings.append(tuple(Span(one.start, one.end) for one in open_headings))
        paragraphs.append(paragraph + (block.kind == "heading"))
    found = []
    for span in structure.sentences:
        at = bisect_right(starts, span.start) - 1
        who = speakers.get(span)
        block = structure.blocks[at]
        found.append(Placed(span, block, headings[at], columns[at], paragraphs[at], who))
    return found


def columns_over(text: str, blocks: Sequence[Block]) -> list[tuple[Span, ...]]:
    """For each block, the headings of its columns where it is a row further down in a table."""
    found: list[tuple[Span, ...]] = []
    for is_table, run in groupby(blocks, key=lambda block: block.kind == "table"):
        rows = list(run)
        found += columns_of_rows(text, rows) if is_table else [()] * len(rows)
    return found


def columns_of_rows(text: str, rows: Sequence[Block]) -> Iterator[tuple[Span, ...]]:
    """The same for the rows of one table, or of several without anything between them."""
    naming = [row.level == 1 for row in rows]
    if not any(row.level for row in rows):
        naming = named_by_shape([text[row.start : row.end] for row in rows])
    names: list[Span] = []
    named = False
    for row, names_columns in zip(rows, naming, strict=True):
        if not names_columns:
            named = True
            yield tuple(names)
            continue
        names = [] if named else names
        named = False
        if " | " in text[row.start : row.end]:
            names.append(Span(row.start, row.end))
        yield ()


def named_by_shape(rows: Sequence[str]) -> list[bool]:
    """Which rows of a table name its columns where it marks none: those above its first figures.

    So do those above a label. In a table of words alone none can be told from any other row.
    """
    above: list[str] = []
    for row in rows:
        if is_of_figures(row) or (" | " in "".join(above) and " | " not in row):
            break
        above.append(row)
    told = len(above) < len(rows) and sum(" | " in row for row in above) <= COLUMN_ROWS
    return [told and n < len(above) for n in range(len(rows))]


def is_of_figures(row: str) -> bool:
    """Whether a row has figures that are no years or days: then it does not name columns."""
    return any(FIGURE.fullmatch(cell) and not CALENDAR.fullmatch(cell) for cell in row.split(" | "))


def speakers_of(structure: Structure) -> Mapping[Span, Speaker]:
    """Whose each spoken sentence is; the lines that announce a speaker count as spoken."""
    found: dict[Span, Speaker] = {}
    starts = [span.start for span in structure.sentences]
    for statement in structure.statements:
        if statement.attribution is not None:
            at = bisect_right(starts, statement.attribution.start) - 1
            found.setdefault(structure.sentences[at], statement.speaker)
    for statement in structure.statements:
        found.update(dict.fromkeys(statement.spans, statement.speaker))
    return found


def grouped(text: str, sentences: Sequence[Placed], limit: int) -> Iterator[list[Placed]]:
    """Runs of sentences that belong in one passage, not yet cut to length."""
    group: list[Placed] = []
    for sentence in sentences:
        if group and not together(text, group, sentence, limit):
            yield group
            group = []
        group.append(sentence)
    if group:
        yield group


def together(text: str, group: Sequence[Placed], sentence: Placed, limit: int) -> bool:
    """Whether a sentence goes on with the passage begun."""
    last = group[-1]
    if sentence.speaker != last.speaker:
        return False
    if sentence.page != last.page and not announces(text, last):
        return False
    if sentence.block is last.block:
        return True
    if sentence.block.kind == "heading":
        return False
    if last.block.kind in ("heading", "attribution"):
        return True
    if sentence.block.end - group[0].span.start > limit:
        return False
    if text[last.span.end - 1] == ":" or sentence.block.kind in ("table", "footnote"):
        return True
    if sentence.block.kind == "item":
        return sentence.block.end - sentence.block.start <= SHORT_BLOCK_LENGTH
    return is_bare_line(text, last.block) and is_bare_line(text, sentence.block)


def announces(text: str, sentence: Placed) -> bool:
    """Whether a sentence is of no use without the next one."""
    return sentence.block.kind in ("heading", "attribution") or text[sentence.span.end - 1] == ":"


def is_bare_line(text: str, block: Block) -> bool:
    """One of a run of short lines that are no sentences: an address, a list of figures."""
    return block.end - block.start <= SHORT_BLOCK_LENGTH and text[block.end - 1] not in '.!?”"'


def split(group: Sequence[Placed], limit: int) -> Iterator[Sequence[Placed]]:
    """Cut a run at its sentences into parts of about equal length, each within the limit."""
    length = group[-1].span.end - group[0].span.start
    target = length / -(-length // limit)
    begin = 0
    for index, (last, following) in enumerate(pairwise(group), start=1):
        start = group[begin].span.start
        over = following.span.end - start > limit
        enough = last.span.end - start >= target
        if (over or enough) and last.block.kind not in ("heading", "attribution"):
            yield group[begin:index]
            begin = index
    yield group[begin:]


def paragraph_of(group: Sequence[Placed]) -> int:
    """The paragraph that a passage stands in; a heading alone counts for the one below it."""
    return next((s for s in group if s.block.kind != "heading"), group[0]).paragraph


def passage(document: Document, group: Sequence[Placed], passage_id: str) -> Passage:
    """The passage that a run of sentences makes."""
    first = group[0]
    start, end = first.span.start, group[-1].span.end
    above = [one_line(document.text[a:b]) for a, b in group[-1].headings]
    columns = [one_line(document.text[a:b]) for a, b in first.columns]
    speaker = first.speaker if len({sentence.speaker for sentence in group}) == 1 else None
    page, page_label = first.page
    return Passage(
        id=passage_id,
        document_id=document.id,
        start=start,
        end=end,
        text=document.text[start:end],
        sentences=tuple(sentence.span for sentence in group),
        heading=above[-1] if above else None,
        speaker=speaker,
        paragraph=paragraph_of(group),
        context=context([document.title, *above, *columns], speaker),
        page=page,
        page_label=page_label,
    )


def context(above: Sequence[str], speaker: Speaker | None) -> str:
    """What a reader of the page sees around a passage, in lines: what is above, who speaks."""
    lines = list(dict.fromkeys(above))
    if speaker is not None:
        who = (speaker.name, speaker.role or speaker.organisation)
        lines.append(", ".join([part for part in who if part] + ["said:"]))
    return "\n".join(lines)


def one_line(text: str) -> str:
    """Text with every run of white space made one space."""
    return " ".join(text.split())

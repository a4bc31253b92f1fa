"""Answers and documents cut into the pieces that the templates set: words, marks, blocks, links."""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from urllib.parse import quote, urlencode

from askmobility.answers.facets import Extract, Quantity
from askmobility.terminal import is_numbered
from askmobility.types import (
    Answer,
    Block,
    Citation,
    Document,
    Point,
    Span,
    Speaker,
    Structure,
    Turn,
)

REASONS = {
    "off_topic": "The documents do not speak of this.",
    "speaker_not_quoted": "The documents do not quote this person.",
    "speaker_silent_on_topic": "This person is quoted, but not on this.",
    "detail_not_given": "The documents speak of this, but do not give that detail.",
    "false_premise": "The documents say otherwise.",
    "wrong_attribution": "Somebody else said this.",
}
URL_CHARACTERS = 6000  # of a conversation's link: servers and proxies cut longer ones off


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words, and which mark they carry: None for none, else its number from 1."""

    text: str
    mark: int | None = None
    first: bool = False  # of the pieces that carry this mark


@dataclass(frozen=True, slots=True)
class Quotation:
    """Consecutive points of one speaker, as sentences or as the items of a list."""

    speaker: Speaker | None
    points: tuple[Point, ...]
    listed: bool


@dataclass(frozen=True, slots=True)
class Laid:
    """One block of a document as it is shown: `items` where it is a list, else `pieces`."""

    kind: str  # "heading", "paragraph", "attribution", "footnote", "table" or "list"
    anchor: str
    level: int
    pieces: tuple[Piece, ...]
    speaker: str  # whose words these are, "" for the narrator's
    items: tuple[Laid, ...] = ()

    @property
    def numbered(self) -> bool:
        """Whether it begins with its own number, and needs no bullet."""
        return is_numbered("".join(piece.text for piece in self.pieces))


def quotations(points: Sequence[Point]) -> list[Quotation]:
    """Points by who speaks, in their order."""
    runs = (list(run) for _, run in groupby(points, key=lambda point: point.speaker))
    return [
        Quotation(run[0].speaker, tuple(run), len(run) > 1 and not any(map(_is_sentence, run)))
        for run in runs
    ]


def pieces(text: str, spans: Iterable[Span]) -> list[Piece]:
    """`text` cut at `spans` (offsets into it); spans that touch, or all but touch, are one."""
    cut: list[Piece] = []
    at = 0
    for number, (start, end) in enumerate(_merged(text, spans), 1):
        cut += [Piece(text[at:start]), Piece(text[start:end], number, first=True)]
        at = end
    return [piece for piece in (*cut, Piece(text[at:])) if piece.text]


def cited_spans(answer: Answer, citation: Citation) -> list[Span]:
    """What to mark in the document: the points taken from a passage, else its exact words."""
    taken = [Span(p.start, p.end) for p in answer.points if p.citation == citation.id]
    return sorted(set(taken)) or [Span(citation.start, citation.end)]


def marks_in_passage(answer: Answer, citation: Citation) -> list[Span]:
    """The same, counted from the start of the passage."""
    passage, spans = citation.passage, cited_spans(answer, citation)
    return [Span(max(0, s - passage.start), e - passage.start) for s, e in spans]


def summary(answer: Answer) -> str:
    """What a screen reader says when an answer is there."""
    if answer.outcome == "chat":
        return "A reply"
    if answer.outcome == "not_found":
        return "No answer in the documents"
    count = len(answer.points)
    return f"An answer in {count} {'quotation' if count == 1 else 'quotations'}"


def by_document(citations: Sequence[Citation]) -> list[tuple[Document, list[Citation]]]:
    """Citations under their document, so that its title is said once."""
    runs = groupby(citations, key=lambda citation: citation.document.id)
    listed = [list(run) for _, run in runs]
    return [(run[0].document, run) for run in listed]


def by_sentence(quantities: Iterable[Quantity]) -> list[tuple[Extract, list[Quantity]]]:
    """Figures under their sentence, so that it is shown once."""
    runs = groupby(quantities, key=lambda one: (one.document.id, one.figure.sentence))
    listed = [list(run) for _, run in runs]
    return [(run[0].sentence, run) for run in listed]


def web_link(url: str | None) -> bool:
    """Whether it is safe to follow: documents may bring any text for a link."""
    return url is not None and url.startswith(("https://", "http://"))


def source_link(document_id: str, spans: Iterable[Span], page: str = "documents") -> str:
    """Where the document is shown with `spans` marked. page: "source" for the fragment alone."""
    return f"/{page}/{quote(document_id, safe='')}?{_marks(spans)}#mark-1"


def page_link(
    document_id: str, spans: Iterable[Span], number: int | None = None, page: str = "documents"
) -> str:
    """Where a page of the document is shown with `spans` marked: by default the one they are on."""
    which = "" if number is None else f"/{number}"
    return f"/{page}/{quote(document_id, safe='')}/pages{which}?{_marks(spans)}#seen-1"


def citation_link(citation: Citation, spans: Sequence[Span]) -> str:
    """Where the words of a citation are shown: on their page, if the document has pages."""
    link = source_link if citation.passage.page is None else page_link
    return link(citation.document.id, spans)


def _marks(spans: Iterable[Span]) -> str:
    return urlencode([("mark", f"{start}-{end}") for start, end in spans])


def ask_link(question: str, earlier: Sequence[str] = ()) -> str:
    """A question as a link, after those asked earlier: the oldest are left out of a long one."""
    kept = list(earlier)
    while len(link := _link(question, kept)) > URL_CHARACTERS and kept:
        kept.pop(0)
    return link


def draft_link(question: str, earlier: Sequence[str]) -> str:
    """The same, with the question in the form, to be put differently."""
    return _link(question, list(earlier), "draft") + "#question"


def _link(question: str, earlier: Sequence[str], field: str = "q") -> str:
    return "/?" + urlencode([*(("earlier", one) for one in earlier), (field, question)])


def place(citation: Citation) -> str:
    """Where a passage stands, in words: "page 12, paragraph 3, under “Housing”"."""
    passage = citation.passage
    page = passage.page_label or passage.page
    heading = f"under “{passage.heading}”" if passage.heading else ""
    known = [f"page {page}" if page else "", f"paragraph {passage.paragraph}", heading]
    return ", ".join(filter(None, known))


def full_name(speaker: Speaker) -> str:
    """Name with the honours that stand before and after it."""
    before = [honour for honour in speaker.honours if not honour.isupper()]
    after = [honour for honour in speaker.honours if honour.isupper()]
    return " ".join((*before, speaker.name, *after)).strip() or speaker.role


def laid_out(document: Document, structure: Structure, marks: Sequence[Span]) -> list[Laid]:
    """The whole document, block after block, with `marks` in it; lists gathered."""
    return _laid(document, structure, _with_gaps(document.text, structure.blocks), marks)


def page_laid_out(
    document: Document, structure: Structure, page: int, marks: Sequence[Span]
) -> list[Laid]:
    """The same for what stands on one page."""
    return _laid(document, structure, on_page(structure, page), marks)


def on_page(structure: Structure, page: int) -> list[Block]:
    """The blocks of one page, in order; of those that turn the page, what stands on this one."""
    return [part for block in structure.blocks for part in _by_page(block) if part.page == page]


def page_of(structure: Structure, offset: int) -> int | None:
    """The page that a place in the text stands on; None where the document has no pages."""
    before = bisect_right(structure.blocks, offset, key=lambda block: block.start)
    if not structure.blocks:
        return None
    block = structure.blocks[max(0, before - 1)]
    return max((turn.page for turn in block.turns if turn.start <= offset), default=block.page)


def last_page(structure: Structure) -> int:
    """The last page that holds text; 0 where the document has no pages."""
    return max((b.turns[-1].page if b.turns else b.page or 0 for b in structure.blocks), default=0)


def marked_on(document: Document, blocks: Iterable[Block], marks: Iterable[Span]) -> list[Span]:
    """As much of the marks as stands in these blocks, a span for each block."""
    merged = _merged(document.text, marks)
    cut = (Span(max(start, b.start), min(end, b.end)) for b in blocks for start, end in merged)
    return [span for span in cut if span.start < span.end]


def _by_page(block: Block) -> list[Block]:
    turns = [Turn(block.start, block.page or 0, block.page_label), *block.turns]
    ends = [*(turn.start for turn in block.turns), block.end]
    return [
        replace(
            block,
            start=turn.start,
            end=end,
            page=turn.page or None,
            page_label=turn.page_label,
            turns=(),
        )
        for turn, end in zip(turns, ends, strict=True)
    ]


def _laid(
    document: Document, structure: Structure, blocks: Iterable[Block], marks: Sequence[Span]
) -> list[Laid]:
    sheet = _Sheet(document.text, structure, marks)
    laid: list[Laid] = []
    for is_list, run in groupby(map(sheet.lay, blocks), key=lambda block: block.kind == "item"):
        found = tuple(run)
        laid += [Laid("list", "", 0, (), "", found)] if is_list else found
    return laid


class _Sheet:
    """Numbers paragraphs, headings and marks while blocks are laid, in order of the text."""

    def __init__(self, text: str, structure: Structure, marks: Sequence[Span]) -> None:
        self._text = text
        self._marks = _merged(text, marks)
        self._spoken = deque(
            sorted(
                (span.start, span.end, full_name(statement.speaker))
                for statement in structure.statements
                for span in statement.spans
            )
        )
        self._paragraph = self._heading = self._last_mark = 0

    def lay(self, block: Block) -> Laid:
        if block.kind == "heading":
            self._heading += 1
            anchor = f"heading-{self._heading}"
        else:
            self._paragraph += 1
            anchor = f"paragraph-{self._paragraph}"
        return Laid(
            block.kind, anchor, block.level, tuple(self._pieces(block)), self._speaker_of(block)
        )

    def _speaker_of(self, block: Block) -> str:
        while self._spoken and self._spoken[0][1] <= block.start:
            self._spoken.popleft()
        if self._spoken and self._spoken[0][0] < block.end:
            return self._spoken[0][2]
        return ""

    def _pieces(self, block: Block) -> Iterator[Piece]:
        at = block.start
        for number, (start, end) in enumerate(self._marks, 1):
            start, end = max(start, at), min(end, block.end)
            if start < end:
                yield Piece(self._text[at:start])
                yield Piece(self._text[start:end], number, first=number > self._last_mark)
                self._last_mark, at = number, end
        yield Piece(self._text[at : block.end])


def _with_gaps(text: str, blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks, and what stands between them where it is more than a bullet or a number."""
    at = 0
    for block in (*blocks, Block("paragraph", len(text), len(text))):
        between = text[at : block.start].strip()
        if sum(map(str.isalpha, between)) > 2:
            start = text.index(between, at)
            yield Block("paragraph", start, start + len(between))
        if block.start < block.end:
            yield block
        at = max(at, block.end)


def _merged(text: str, spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        start, end = max(0, start), min(end, len(text))
        if start >= end:
            continue
        if merged and (start <= merged[-1].end or _hardly_apart(text[merged[-1].end : start])):
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, end))
        else:
            merged.append(Span(start, end))
    return merged


def _hardly_apart(between: str) -> bool:
    """Words with only this between them are marked as one: a space, or the comma of 12,500."""
    return between.isspace() or between in (",", ".", "-", "’", "'")


def _is_sentence(point: Point) -> bool:
    text = point.text
    return text[:1].isupper() and text.rstrip("\"'”’)")[-1:] in (".", "!", "?")

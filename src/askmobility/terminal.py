"""Answers, rankings and tables as lines of text, for a person at a terminal or for a pipe.

A terminal gets wrapped quotations, bold words that answer, and dim places; a pipe gets each point
whole on one line, with nothing put into the quoted words. Neither gets a control character.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TextIO

from askmobility.types import Answer, Citation, Document, Passage, Point, Span, Speaker

MEASURE = 80  # characters in a line that reads well, on however wide a terminal
NEAREST_LINES = 3  # of a passage that is only near
BAR, BULLET, CHEVRON = "┃", "•", "›"
BOLD, DIM, CYAN, YELLOW = "1", "2", "36", "33"

# What a terminal would obey, or lay out backwards: C0, DEL, C1, bidirectional controls, surrogates.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_SPACES = frozenset("\t\n\x0b\x0c\r\x85\u2028\u2029")


def harmless(text: str) -> str:
    """`text` on one line with its control characters made visible; no offset moves."""
    return _UNSAFE.sub(_visible, text)


def harmless_json(text: str) -> str:
    """JSON with the control characters that it may hold raw written as escapes; no value changes."""
    return _UNSAFE.sub(lambda m: m[0] if m[0] == "\n" else f"\\u{ord(m[0]):04x}", text)


def _visible(match: re.Match[str]) -> str:
    character = match[0]
    if character in _SPACES:
        return " "
    return chr(0x2400 + ord(character)) if character < " " else "\ufffd"


@dataclass(frozen=True, slots=True)
class Screen:
    """Where lines go. width: None for a pipe, where nothing is wrapped."""

    width: int | None
    colour: bool

    def styled(self, text: str, code: str) -> str:
        """`text` between a style and its end, where styles are wanted."""
        return f"\x1b[{code}m{text}\x1b[0m" if self.colour and code else text

    def bold(self, text: str) -> str:
        """The words that answer, and headings."""
        return self.styled(text, BOLD)

    def dim(self, text: str) -> str:
        """What can be passed over."""
        return self.styled(text, DIM)

    def marker(self, citation: int) -> str:
        """The number of a citation."""
        return self.styled(f"[{citation}]", CYAN)

    def linked(self, text: str, link: str | None) -> str:
        """`text` as a hyperlink, on a terminal that knows them."""
        if not (self.colour and link):
            return text
        return f"\x1b]8;;{harmless(link)}\x1b\\{text}\x1b]8;;\x1b\\"


def screen_of(stream: TextIO, environment: Mapping[str, str]) -> Screen:
    """What `stream` can show; NO_COLOR and a dumb terminal get no styles."""
    if not stream.isatty():
        return Screen(None, False)
    columns = shutil.get_terminal_size((MEASURE, 24)).columns
    plain = bool(environment.get("NO_COLOR")) or environment.get("TERM") == "dumb"
    return Screen(max(24, min(columns, MEASURE)), not plain)


def wrapped(text: str, width: int, last: int = 0) -> list[Span]:
    """Where `text` breaks into lines of at most `width`, between words; a longer word stands alone.

    last: characters to keep free at the end, for a marker that follows.
    """
    words = [Span(*match.span()) for match in re.finditer(r"\S+", text)]
    lines: list[Span] = []
    for number, word in enumerate(words):
        room = width - last if number == len(words) - 1 else width
        if lines and word.end - lines[-1].start <= room:
            lines[-1] = Span(lines[-1].start, word.end)
        else:
            lines.append(word)
    return lines


def painted(screen: Screen, text: str, line: Span, emphasis: Sequence[Span]) -> str:
    """One line of `text`, the words that answer in bold."""
    pieces, at = [], line.start
    for start, end in sorted(emphasis):
        start, end = max(start, at), min(end, line.end)
        if start < end:
            pieces += [text[at:start], screen.bold(text[start:end])]
            at = end
    return "".join([*pieces, text[at : line.end]])


# --- answers -------------------------------------------------------------------------------


def answer_as_text(answer: Answer, screen: Screen) -> str:
    """An answer, a refusal or small talk, ending in a line break."""
    write = _plain_answer if screen.width is None else _laid_out_answer
    return "\n".join(write(answer, screen)).rstrip("\n") + "\n"


def _plain_answer(answer: Answer, screen: Screen) -> Iterator[str]:
    if answer.outcome != "answered":
        yield harmless(answer.text)
    elif answer.reason:
        yield _CORRECTION[answer.reason]
    for point in answer.points:
        said_by = f" — {speaker_as_text(point.speaker)}" if point.speaker else ""
        yield f"{harmless(point.text)} [{point.citation}]{said_by}"
    for readings in answer.disagreements:
        yield _DISAGREEMENT + "; ".join(f"{harmless(r.text)} [{r.citation}]" for r in readings)
    if answer.citations:
        yield ""
    for citation in answer.citations:
        yield f"[{citation.id}] {place_as_text(citation.document, citation.passage)}" + (
            f" {harmless(citation.link)}" if citation.link else ""
        )
    if answer.nearest:
        yield from ("", "Nearest:")
    for near in answer.nearest:
        yield f"- {harmless(near.passage.text)} ({place_as_text(near.document, near.passage)})"
    if answer.suggestions:
        yield from ("", "You could ask:")
    for suggestion in answer.suggestions:
        yield f"- {harmless(suggestion)}"


_DISAGREEMENT = "The documents put this in more than one way: "
_CORRECTION = {
    "false_premise": "The documents say otherwise:",
    "wrong_attribution": "Those are not the words of whom the question names:",
}


def _laid_out_answer(answer: Answer, screen: Screen) -> Iterator[str]:
    if answer.interpreted_as:
        yield from _paragraph(screen, f"Understood as: {answer.interpreted_as}", style=DIM)
    if answer.outcome != "answered":
        yield from _paragraph(screen, answer.text)
    elif answer.reason:
        yield from _paragraph(screen, _CORRECTION[answer.reason], style=YELLOW)
    for speaker, points in groupby(answer.points, key=lambda point: point.speaker):
        yield from _points(screen, speaker, list(points))
    for readings in answer.disagreements:
        told = "; ".join(f"{r.text} [{r.citation}]" for r in readings)
        yield from _paragraph(screen, _DISAGREEMENT + told, style=YELLOW)
    yield from _citations(screen, answer.citations)
    yield from _nearest(screen, answer.nearest)
    if answer.suggestions:
        yield f"  {screen.bold('You could ask')}"
        for suggestion in answer.suggestions:
            yield from _hanging(screen, f"  {screen.styled(CHEVRON, CYAN)} ", harmless(suggestion))
        yield ""


def _paragraph(screen: Screen, text: str, style: str = "") -> Iterator[str]:
    text = harmless(text)
    for start, end in wrapped(text, _room(screen, 2)):
        yield "  " + screen.styled(text[start:end], style)
    yield ""


def _points(screen: Screen, speaker: Speaker | None, points: list[Point]) -> Iterator[str]:
    """What one speaker says, or what the text says, as quotations or as the items of a list."""
    bar = "  "
    if speaker:
        name, role = harmless(full_name(speaker)), harmless(speaker.role)
        yield "  " + screen.bold(name or role) + (screen.dim(f", {role}") if name and role else "")
        bar = f"  {screen.styled(BAR, CYAN)} "
    items = len(points) > 1 and not any(_is_sentence(point.text) for point in points)
    for number, point in enumerate(points):
        if number and not items:
            yield bar.rstrip()
        yield from _point(screen, f"{bar}{BULLET} " if items else bar, point)
    yield ""


def _is_sentence(text: str) -> bool:
    return text[:1].isupper() and text.rstrip("\"'\u201d\u2019)")[-1:] in tuple(".!?")


def _point(screen: Screen, lead: str, point: Point) -> Iterator[str]:
    text, marker = harmless(point.text), screen.marker(point.citation)
    after = len(f" [{point.citation}]")
    yield from _hanging(screen, lead, text, point.emphasis, f" {marker}", after)


def _hanging(
    screen: Screen,
    lead: str,
    text: str,
    emphasis: Sequence[Span] = (),
    trail: str = "",
    trail_width: int = 0,
) -> Iterator[str]:
    """`text` wrapped behind `lead`, whose bar goes on and whose bullet does not."""
    following = lead.replace(BULLET, " ").replace(CHEVRON, " ")
    lines = wrapped(text, _room(screen, _width(lead)), trail_width)
    for number, line in enumerate(lines):
        end = trail if number == len(lines) - 1 else ""
        yield f"{following if number else lead}{painted(screen, text, line, emphasis)}{end}"


def _citations(screen: Screen, citations: Sequence[Citation]) -> Iterator[str]:
    document = None
    for citation in citations:
        if citation.document.id != document:  # said once for all the passages of a document
            document = citation.document.id
            for line in _title_lines(screen, citation.document):
                yield f"  {screen.linked(screen.dim(line), citation.document.url)}"
        marker, where = screen.marker(citation.id), harmless(_where(citation.passage))
        yield f"  {marker} {screen.linked(screen.dim(where), citation.link)}"
    if citations:
        yield ""


def _title_lines(screen: Screen, document: Document) -> Iterator[str]:
    text = harmless(_titled(document))
    yield from (text[start:end] for start, end in wrapped(text, _room(screen, 2)))


def _nearest(screen: Screen, nearest: Sequence[Citation]) -> Iterator[str]:
    if nearest:
        yield f"  {screen.bold('Nearest')}"
    for citation in nearest:
        text = harmless(citation.passage.text)
        lines = wrapped(text, _room(screen, 6))
        shown = [text[start:end] for start, end in lines[:NEAREST_LINES]]
        shown[-1] += " …" if len(lines) > NEAREST_LINES else ""
        yield from (f"    {line}" for line in shown)
        yield f"    {screen.linked(screen.dim(harmless(_where(citation.passage))), citation.link)}"
        yield ""


def _room(screen: Screen, indent: int) -> int:
    return (screen.width or MEASURE) - indent


def _width(text: str) -> int:
    return len(re.sub(r"\x1b\[[0-9;]*m", "", text))


# --- names and places ----------------------------------------------------------------------


def full_name(speaker: Speaker) -> str:
    """The name alone, or what the text calls a speaker whose name it does not give."""
    return speaker.name or speaker.organisation


def speaker_as_text(speaker: Speaker) -> str:
    """Name and role, as far as they are known."""
    return harmless(", ".join(part for part in (full_name(speaker), speaker.role) if part))


def place_as_text(document: Document, passage: Passage) -> str:
    """Where a passage stands, on one line: title, publisher, date, page, paragraph, heading."""
    return harmless(f"{_titled(document)}, {_where(passage)}")


def _titled(document: Document) -> str:
    known = (document.title, document.publisher, document.published)
    return ", ".join(part for part in known if part)


def _where(passage: Passage) -> str:
    page = passage.page_label or passage.page
    parts = [f"page {page}" if page else "", f"paragraph {passage.paragraph}"]
    heading = f" · {passage.heading}" if passage.heading else ""
    return ", ".join(part for part in parts if part) + heading


def table_as_text(rows: Iterable[Sequence[str]], screen: Screen) -> str:
    """Columns as wide as they need to be, two spaces apart; tabs between them in a pipe."""
    cells = [[harmless(cell) for cell in row] for row in rows]
    if screen.width is None:
        return "".join("\t".join(row) + "\n" for row in cells)
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = ("  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)) for row in cells)
    return "".join(line.rstrip() + "\n" for line in lines)

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
from typing import TYPE_CHECKING, Any, TextIO

from askmobility.types import (
    Answer,
    Citation,
    Document,
    Passage,
    Point,
    Span,
    Speaker,
    Statement,
)

if TYPE_CHECKING:
    from askmobility.answers.verification import Verification

MEASURE = 80  # characters in a line that reads well, on however wide a terminal
NEAREST_LINES = 3  # of a passage that is only near
BAR, BULLET, CHEVRON = "┃", "•", "›"
BOLD, DIM, RED, GREEN, YELLOW, CYAN = "1", "2", "31", "32", "33", "36"

# What a terminal would obey, or lay out backwards: C0, DEL, C1, bidirectional controls, surrogates.
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]",
)
_NUMBER = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-z]|[ivx]{1,4})[.)]\s", re.IGNORECASE)
_SPACES = frozenset("\t\n\x0b\x0c\r\x85\u2028\u2029")


def harmless(text: str) -> str:
    """`text` on one line with its control characters made visible; no offset moves."""
    return _UNSAFE.sub(_visible, text)


def harmless_json(text: str) -> str:
    """JSON whose control characters are all written as escapes; no value changes."""
    return _UNSAFE.sub(lambda m: m[0] if m[0] == "\n" else f"\\u{ord(m[0]):04x}", text)


def _visible(match: re.Match[str]) -> str:
    character = match[0]
    if character in _SPACES:
        return " "
    return chr(0x2400 + ord(character)) if character < " " else "\ufffd"


def is_numbered(item: str) -> bool:
    """Whether an item of a list begins with its own number or letter, and needs no bullet."""
    return _NUMBER.match(item) is not None


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
    if answer.interpreted_as:
        yield f"Understood as: {harmless(answer.interpreted_as)}"
    if answer.outcome != "answered":
        yield harmless(answer.text)
    elif answer.remark:
        yield harmless(answer.remark)
    for point in answer.points:
        yield f"{harmless(point.text)} [{point.citation}]{_said_by(point.speaker)}"
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


def _said_by(speaker: Speaker | None) -> str:
    """What follows the words of a speaker whom the text names in any way."""
    known = speaker_as_text(speaker) if speaker else ""
    return f" — {known}" if known else ""


_DISAGREEMENT = "The documents put this in more than one way: "


def _laid_out_answer(answer: Answer, screen: Screen) -> Iterator[str]:
    yield ""
    if answer.interpreted_as:
        yield from _paragraph(screen, f"Understood as: {answer.interpreted_as}", style=DIM)
    if answer.outcome != "answered":
        yield from _paragraph(screen, answer.text)
    elif answer.remark:
        yield from _paragraph(screen, answer.remark, style=YELLOW)
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
        yield from _speaker_line(screen, speaker)
        bar = _bar(screen)
    items = len(points) > 1 and not any(_is_sentence(point.text) for point in points)
    for number, point in enumerate(points):
        if number and not items:
            yield bar.rstrip()
        bulleted = items and not is_numbered(point.text)
        yield from _point(screen, f"{bar}{BULLET} " if bulleted else bar, point)
    yield ""


def _speaker_line(screen: Screen, speaker: Speaker) -> Iterator[str]:
    name = full_name(speaker) or speaker.role
    yield from _hanging(screen, "  ", speaker_as_text(speaker), [Span(0, len(name))])


def _bar(screen: Screen) -> str:
    return f"  {screen.styled(BAR, CYAN)} "


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
    """`text` wrapped behind `lead`, whose bar goes on and whose bullet or number does not."""
    following = lead if BAR in lead else " " * _width(lead)
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
        where, lead = harmless(_where(citation.passage)), f"  {screen.marker(citation.id)} "
        for start, end in wrapped(where, _room(screen, _width(lead))):
            yield lead + screen.linked(screen.dim(where[start:end]), citation.link)
            lead = " " * _width(lead)
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


# --- rankings, statements, verdicts --------------------------------------------------------


def ranking_as_text(found: Mapping[str, Any], screen: Screen) -> str:
    """The JSON of a search as lines: rank, score, place, and the passage."""
    lines: list[str] = []
    for passage in found["passages"]:
        where = _located(passage["page"], passage["paragraph"], passage["heading"])
        place = f"{passage['document']['title']}, {where}"
        rank, score = passage["rank"], f"{passage['score']:.3f}"
        if screen.width is None:
            lines.append(f"{rank}\t{score}\t{harmless(passage['passage'])}\t{harmless(place)}")
            continue
        text = harmless(passage["passage"])
        lines += _hanging(screen, f"{screen.styled(f'{rank:>2}', CYAN)}  ", text)
        where = harmless(f"{score}  {place}")
        lines += [f"    {screen.dim(where[s:e])}" for s, e in wrapped(where, _room(screen, 4))]
        lines.append("")
    return "".join(f"{line}\n" for line in lines)


def statements_as_text(found: Sequence[tuple[Statement, Document]], screen: Screen) -> str:
    """Who says what: the speaker, then all of their words."""
    lines: list[str] = []
    for statement, document in found:
        said = " ".join(document.text[start:end] for start, end in statement.spans)
        if screen.width is None:
            lines.append(harmless(said) + _said_by(statement.speaker))
            continue
        lines += _speaker_line(screen, statement.speaker)
        lines += _hanging(screen, _bar(screen), harmless(said))
        lines += [f"  {screen.dim(harmless(_titled(document)))}", ""]
    return "".join(f"{line}\n" for line in lines)


def verification_as_text(verification: Verification, screen: Screen) -> str:
    """A line per part of the answer, and one that sums up."""
    lines = []
    for verdict in verification.verdicts:
        mark = screen.styled("✗", RED) if verdict.problem else screen.styled("✓", GREEN)
        lines.append(f"{mark} {verdict.part}: {harmless(verdict.problem or 'as it stands there')}")
    failed = sum(verdict.problem is not None for verdict in verification.verdicts)
    lines.append(f"{failed} of {len(lines)} parts do not hold" if failed else "Everything holds")
    return "".join(f"{line}\n" for line in lines)


# --- names and places ----------------------------------------------------------------------


def full_name(speaker: Speaker) -> str:
    """The name alone, or what the text calls a speaker whose name it does not give."""
    return speaker.name or speaker.organisation


def speaker_as_text(speaker: Speaker) -> str:
    """Name and role, as far as they are known."""
    return harmless(_joined(full_name(speaker), speaker.role))


def place_as_text(document: Document, passage: Passage) -> str:
    """Where a passage stands, on one line: title, publisher, date, page, paragraph, heading."""
    return harmless(f"{_titled(document)}, {_where(passage)}")


def _titled(document: Document) -> str:
    return _joined(document.title, document.publisher, document.published)


def _where(passage: Passage) -> str:
    return _located(passage.page_label or passage.page, passage.paragraph, passage.heading)


def _located(page: str | int | None, paragraph: int, heading: str | None) -> str:
    place = _joined(f"page {page}" if page else None, f"paragraph {paragraph}")
    return f"{place} · {heading}" if heading else place


def _joined(*parts: str | None) -> str:
    return ", ".join(part for part in parts if part)


def table_as_text(rows: Iterable[Sequence[str]], screen: Screen) -> str:
    """Columns as wide as they need to be, two spaces apart; tabs between them in a pipe."""
    cells = [[harmless(cell) for cell in row] for row in rows]
    if screen.width is None:
        return "".join("\t".join(row) + "\n" for row in cells)
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = ("  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)) for row in cells)
    return "".join(line.rstrip() + "\n" for line in lines)

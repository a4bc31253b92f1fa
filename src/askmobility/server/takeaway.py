"""A conversation to take away: as Markdown, or as JSON that `askmobility verify` accepts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

from askmobility.answers.wire import answer_as_json
from askmobility.server.showing import (
    REASONS,
    Quotation,
    full_name,
    place,
    quotations,
    web_link,
)
from askmobility.terminal import is_numbered
from askmobility.types import Answer, Citation, Point, Speaker

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|])")


def as_json(answers: Sequence[Answer]) -> str:
    """Every answer, whole: `POST /api/v1/verify` and `askmobility verify` take it."""
    listed = [answer_as_json(answer) for answer in answers]
    return json.dumps({"answers": listed}, ensure_ascii=False, indent=2) + "\n"


def as_markdown(answers: Sequence[Answer]) -> str:
    """Question after question, the quotations as block quotes, citations as a list."""
    return "\n".join(line for answer in answers for line in _answer(answer)) + "\n"


def quotation_as_text(quotation: Quotation, answer: Answer) -> str:
    """What one speaker says, with where it stands, for a letter."""
    words = "\n".join(_bullet(quotation, p) + p.text for p in quotation.points)
    said_by = f"\n— {_said_by(quotation.speaker)}" if quotation.speaker else ""
    sources = "\n".join(
        f"({c.document.title}, {place(c)})" + (f" {c.link}" if web_link(c.link) else "")
        for c in _cited(quotation, answer)
    )
    return f"{words}{said_by}\n{sources}"


def quotation_as_markdown(quotation: Quotation, answer: Answer) -> str:
    """The same as a block quote."""
    words = ("\n" if quotation.listed else "\n>\n").join(
        f"> {_bullet(quotation, point)}{escaped(point.text)}" for point in quotation.points
    )
    said_by = f">\n> — {escaped(_said_by(quotation.speaker))}\n" if quotation.speaker else ""
    sources = "\n".join(_source(citation) for citation in _cited(quotation, answer))
    return f"{words}\n{said_by}\n{sources}"


def _bullet(quotation: Quotation, point: Point) -> str:
    return "- " if quotation.listed and not is_numbered(point.text) else ""


def _cited(quotation: Quotation, answer: Answer) -> list[Citation]:
    ids = {point.citation for point in quotation.points}
    return [citation for citation in answer.citations if citation.id in ids]


def escaped(text: str) -> str:
    """Words that mean in Markdown what they mean on paper."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def _answer(answer: Answer) -> Iterator[str]:
    yield f"## {escaped(answer.question)}\n"
    if answer.interpreted_as:
        yield f"*Understood as: {escaped(answer.interpreted_as)}*\n"
    if answer.outcome != "answered":
        yield f"{escaped(answer.text)}\n"
    elif answer.remark or answer.reason:
        yield f"{escaped(answer.remark or REASONS[answer.reason or ''])}\n"
    for quotation in quotations(answer.points):
        if quotation.speaker:
            yield f"**{escaped(_said_by(quotation.speaker))}**\n"
        for point in quotation.points:
            yield f"> {_bullet(quotation, point)}{escaped(point.text)} [{point.citation}]"
            if not quotation.listed:
                yield ""
        if quotation.listed:
            yield ""
    for readings in answer.disagreements:
        both = "; ".join(f"“{escaped(r.text)}” [{r.citation}]" for r in readings)
        yield f"The documents put this in more than one way: {both}\n"
    for citation in answer.citations:
        yield f"{citation.id}. {_source(citation)}"
    yield ""


def _source(citation: Citation) -> str:
    title = escaped(citation.document.title)
    link = citation.link or citation.document.url
    target = f"[{title}](<{link}>)" if link and web_link(link) and ">" not in link else title
    return f"{target}, {escaped(place(citation))}"


def _said_by(speaker: Speaker) -> str:
    return ", ".join(filter(None, (full_name(speaker), speaker.role if speaker.name else "")))

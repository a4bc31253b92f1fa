"""Texts in one person's own words: speeches, letters, blogs, signed forewords."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from askmobility.documents.names import ORGANISATION, names
from askmobility.documents.people import Introduction, Register, introduced, introductions, is_term
from askmobility.documents.quotes import QUOTED
from askmobility.types import Block, Span, Speaker

BODY_LENGTH = 130  # characters: a block as long as this is no header line
OWN_VOICE = re.compile(r"\bI(?:’m|'m|’ve|'ve|’d|'d|’ll|'ll)?\b(?!\.)|\b[Mm]y\b")
GIVEN_BY = re.compile(
    r"\b(?:(?:speech|remarks|address|keynote|lecture|words|statement|sermon|talk|given|written|"
    r"posted|blog|foreword|message|deputation)\s+(?:by|of|from)|by|speaker:|remarks:|speech:|"
    r"address:|from:)\s+$",
    re.IGNORECASE,
)
SALUTATION = re.compile(r"(?:Dear\b|Sir\b|Madam\b|To the Editor\b)", re.IGNORECASE)
CLOSING = re.compile(
    r"(?:Yours\b|Kind regards|With (?:best|kind|every|all)|Best wishes|Sincerely|Regards)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class OwnWords:
    """A stretch of text that is one person's, save what it quotes of others."""

    start: int
    end: int
    speaker: Speaker
    told_at: Span  # the line that names the author

    def holds(self, block: Block) -> bool:
        """Whether a block lies in it."""
        return self.start <= block.start and block.end <= self.end


def set_off(
    text: str, blocks: Sequence[Block], register: Register
) -> Iterator[tuple[Sequence[Block], Introduction]]:
    """Quotations that are set off, each with the person that the line below it names."""
    words: list[Block] = []
    for block, below in pairwise((*blocks, None)):
        assert block is not None
        if block.quote == "source" and words:
            lines = [one for one in (block, below) if one is not None and one.quote == "source"]
            author = signature(text, lines, 0, register)
            if author is not None and is_person(author.speaker):
                yield words, author
        if block.quote != "goes on":
            words = []
        if block.quote in ("begins", "goes on"):
            words.append(block)


def is_person(speaker: Speaker) -> bool:
    """Whether a name that stands by itself is that of a person, and not what a work is called."""
    if re.search(r"\d", speaker.role):
        return False
    return bool(speaker.role or speaker.honours) or len(speaker.name.split()) == 2


def cited_words(
    cited: Sequence[tuple[Sequence[Block], Introduction]], register: Register
) -> Iterator[OwnWords]:
    """The same as stretches of text; their authors are registered."""
    for words, author in cited:
        register.add(author)
        speaker = register.introductions[author.speaker.name].speaker
        yield OwnWords(words[0].start, words[-1].end, speaker, author.span)


def own_words(masked: str, blocks: Sequence[Block], register: Register) -> list[OwnWords]:
    """The stretches of a text that have an author of their own; the author is registered."""
    whole = spoken(masked, blocks, register) or letter(masked, blocks, register)
    return [whole] if whole is not None else list(signed_sections(masked, blocks, register))


def spoken(masked: str, blocks: Sequence[Block], register: Register) -> OwnWords | None:
    """A speech or a blog: a header names somebody and the body says "I"."""
    first = next(
        (
            i
            for i, block in enumerate(blocks)
            if block.end - block.start > BODY_LENGTH
            and not is_byline(masked[block.start : block.end])
        ),
        None,
    )
    if first is None or first > 6:
        return None
    body = blocks[first:]
    voiced = sum(OWN_VOICE.search(masked, block.start, block.end) is not None for block in body)
    if voiced < 2 or voiced * 4 < len(body):
        return None
    author = named_in_header(masked, blocks[:first], register) or named_by_itself(
        masked, blocks[: first + 1], register
    )
    if author is None:
        return None
    register.add(author)
    began = next(
        (
            block
            for block in blocks
            if block.start > author.span.end
            and block.kind != "heading"
            and not is_stage_direction(masked[block.start : block.end])
        ),
        blocks[first],
    )
    start = began.start if author.span.end < blocks[first].start else blocks[first].start
    speaker = register.introductions[author.speaker.name].speaker
    return OwnWords(start, blocks[-1].end, speaker, author.span)


GIVEN_BY_LINE = re.compile(r"^[^.]{0,60}\b(?:[Bb]y|[Oo]f|[Ss]peaker:)\s+[A-Z][\w’'.-]+\s+[A-Z]")


def is_byline(line: str) -> bool:
    """ "Speech by Jo Lee, Director of Housing, to the annual conference": long, but no prose."""
    return line[-1] not in ".!?" and GIVEN_BY_LINE.search(line) is not None


def is_stage_direction(line: str) -> bool:
    """ "(check against delivery)", a place and a date: lines before a speech begins."""
    return (line[0] in "([" and line[-1] in ")]") or (len(line) < 90 and line[-1] not in ".!?,:")


def named_in_header(
    masked: str, header: Sequence[Block], register: Register
) -> Introduction | None:
    """The person that the lines above a text give as its author."""
    likely: Introduction | None = None
    for block in header:
        for candidate in names(masked, block.start, block.end, register.common):
            if " " not in candidate.name or ORGANISATION.search(candidate.name):
                continue
            given = GIVEN_BY.search(masked[block.start : candidate.start])
            found = introduced(masked, block.start, block.end, candidate, told=True)
            if found is None:
                continue
            if given:
                return found
            leads = candidate.start == block.start or masked[candidate.start - 2] == ":"
            if leads and likely is None and (found.speaker.role or found.speaker.honours):
                likely = found
    return likely


def named_by_itself(
    masked: str, opening: Sequence[Block], register: Register
) -> Introduction | None:
    """ "I’m Jo Lee and I drive a van": the author says so."""
    for block in opening:
        for found in introductions(masked, block.start, block.end, register.common):
            before = masked[max(block.start, found.named.start - 6) : found.named.start]
            if " " in found.speaker.name and re.search(r"\bI(?:’m|'m| am)\s+$", before):
                return found
    return None


def letter(masked: str, blocks: Sequence[Block], register: Register) -> OwnWords | None:
    """A letter: a salutation above, a name below."""
    opening = next(
        (i for i, block in enumerate(blocks[:12]) if SALUTATION.match(masked, block.start)), None
    )
    if opening is None:
        return None
    for index in range(max(opening + 1, len(blocks) - 6), len(blocks)):
        author = signature(masked, blocks, index, register)
        if author is not None:
            register.add(author)
            body_end = blocks[index - 1].end
            if CLOSING.match(masked, blocks[index - 1].start) and index > opening + 1:
                body_end = blocks[index - 2].end
            speaker = register.introductions[author.speaker.name].speaker
            return OwnWords(blocks[opening].end, body_end, speaker, author.span)
    return None


def signed_sections(masked: str, blocks: Sequence[Block], register: Register) -> Iterator[OwnWords]:
    """Paragraphs under one heading, or quotations, that a line with nothing but a name closes."""
    begun, used = 0, False
    for index, block in enumerate(blocks):
        if block.quote == "source":
            begun = index + 1
            continue
        quotation = quoted_before(masked, blocks, index)
        if block.kind == "heading" and quotation == index:
            begun = index + 1
            continue
        author = signature(masked, blocks, index, register) if index > begun else None
        if author is None or (block.kind == "heading" and not author.speaker.role):
            begun = index + 1 if block.kind == "heading" else begun
            continue
        section = masked[blocks[begun].start : blocks[index - 1].end]
        above = quotation > 0 and not used and signature(masked, blocks, quotation - 1, register)
        own = OWN_VOICE.search(section) is not None and block.kind != "heading"
        used = own or (quotation < index and not above)
        if used:
            register.add(author)
            speaker = register.introductions[author.speaker.name].speaker
            first = blocks[begun if own else quotation]
            yield OwnWords(first.start, blocks[index - 1].end, speaker, author.span)
        begun = index + 1


def quoted_before(masked: str, blocks: Sequence[Block], index: int) -> int:
    """Where the blocks begin that stand before one and hold nothing but quoted words."""
    while index and QUOTED in masked[blocks[index - 1].start : blocks[index - 1].end]:
        if any(c.isalnum() for c in masked[blocks[index - 1].start : blocks[index - 1].end]):
            break
        index -= 1
    return index


def signature(
    masked: str, blocks: Sequence[Block], index: int, register: Register
) -> Introduction | None:
    """The person that a line consisting of a name, and perhaps a role, names."""
    block = blocks[index]
    line = masked[block.start : block.end]
    if block.kind not in ("paragraph", "item", "heading"):
        return None
    if len(line) > 120 or line[-1] in ".:;!?”":
        return None
    for candidate in names(masked, block.start, block.end, register.common):
        lead = masked[block.start : candidate.start].strip(" –—―-")
        rest = masked[candidate.end : block.end]
        if lead or " " not in candidate.name or ORGANISATION.search(candidate.name):
            return None
        if rest and not re.match(r"\s*,|\s*\((?!\d\))", rest):
            return None
        if is_term(masked, candidate, register.common):
            return None
        found = introduced(masked, block.start, block.end, candidate, told=True)
        following = blocks[index + 1] if index + 1 < len(blocks) else None
        if found is None or found.speaker.role or following is None:
            return found
        below = masked[following.start : following.end]
        if len(below) < 80 and below[-1] not in ".:" and following.kind == "paragraph":
            speaker = Speaker(found.speaker.name, found.speaker.honours, below)
            return Introduction(speaker, found.named, Span(found.span.start, following.end))
        return found
    return None

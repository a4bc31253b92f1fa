"""What a text is called where nothing beside it says so: its headline."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from askmobility.documents.content import one_line
from askmobility.documents.structure import RELEASE, is_letterhead, looks_like_heading
from askmobility.types import Block

TOP = 6  # blocks among which a headline is looked for
LENGTH = 120  # characters of a title: what goes on longer is shortened
ISSUER_WORDS = 8  # that such a line has at most
ISSUER = re.compile(  # the end of a line that says whose paper it is
    r"\b(?:agency|alliance|assembly|association|authority|board|college|commission|committee|"
    r"commons|company|council|department|federation|forum|foundation|government|group|institute|"
    r"limited|lords|ltd|ministry|network|office|panel|parliament|partnership|plc|senedd|service|"
    r"society|transport|trust|union|university)\W*$",
    re.IGNORECASE,
)
LABEL = re.compile(rf"(?:(?:subject|re|title):|{RELEASE.pattern})\s*", re.IGNORECASE)


def title_of(text: str, layout: Sequence[Block]) -> str:
    """The heading a text opens with, else its first line cut to a title's length; may be "".

    Dates, embargoes and addresses above it are passed over; whoever issues it stands in front:
    "North Moor Council: Minutes of the annual meeting".
    """
    top = [(block, one_line(text[block.start : block.end])) for block in layout[:TOP]]
    top = [(block, line) for block, line in top if not is_letterhead(line)] or top
    short = [line for block, line in top if _is_short_line(block, line)]
    if short and _names_issuer(short[0]):
        return _shortened(_issued(short))
    headed = [line for block, line in top if block.kind == "heading"]
    return _shortened(next(iter([*headed, *(line for _, line in top)]), ""))


def _is_short_line(block: Block, line: str) -> bool:
    return block.kind == "heading" or (block.kind == "paragraph" and looks_like_heading(line))


def _names_issuer(line: str) -> bool:
    return len(line.split()) <= ISSUER_WORDS and ISSUER.search(line) is not None


def _issued(lines: Sequence[str]) -> str:
    """The first line that names no issuer, with as many of those before it as there is room for."""
    issuers = list(takewhile(_names_issuer, lines))
    parts = [*issuers, *lines[len(issuers) : len(issuers) + 1]]
    while len(parts) > 1 and len(": ".join(parts)) > LENGTH:
        parts.pop(0)
    return ": ".join(parts)


def _shortened(line: str) -> str:
    title = LABEL.sub("", line, count=1) if LABEL.match(line) else line
    return title if len(title) <= LENGTH else title[:LENGTH].rsplit(" ", 1)[0] + "…"

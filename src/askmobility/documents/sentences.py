"""Text to sentences, by Punkt with British abbreviations given here: nothing is downloaded."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from askmobility.types import Span


@contextmanager
def without(*packages: str) -> Iterator[None]:
    """Lets nothing import these packages for a while; what has them already keeps them."""
    absent = dict.fromkeys(name for name in packages if name not in sys.modules)
    sys.modules.update(absent)  # type: ignore[arg-type]  # None: an import of it fails
    try:
        yield
    finally:
        for name in absent:
            del sys.modules[name]


with without("numpy", "scipy", "sklearn"):  # NLTK does without, and loads in a sixth of the time
    from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

ABBREVIATIONS = """
    a.m p.m e.g i.e n.b p.s cf viz vs ca approx est incl excl
    mr mrs ms mx dr prof rev revd fr sr jr st mt hon rt rt.hon sir cllr cllrs ald
    gen col lt maj capt sgt cpl cdr adm insp supt det mp mps
    mbe obe cbe kbe dbe kcb qc kc ph.d b.a m.a b.sc m.sc dept univ assn bros"""
# after an abbreviation ("by 5 p.m. The ...") these, capitalised, open a sentence
OPENERS = """
    the an it its we our he his she her they their you this that these those there here in on at
    by for from with to but and so if when while where what who why how as after before since
    however although because not most many some all both each one
"""

# words in their own right that are abbreviations before a figure only ("No. 7", "fig. 2")
BEFORE_FIGURE = re.compile(
    r"(?:^|[\s(])(?:nos?|vol|pp?|paras?|figs?|ch|sec|art|ref|tel|ext|jan|feb|mar|apr|jun|jul|aug|"
    r"sept?|oct|nov|dec|approx|c)\.$",
    re.IGNORECASE,
)
# what numbers an item or a heading belongs to it: "R1. Extend ...", "Target 4. Care leavers"
ENUMERATOR = re.compile(r"\(?(?:[A-Z]?[a-z]{0,9}\s?\d{1,3}|[A-Za-z]|[ivxIVX]{1,5})[.:)](?:\d+\.?)*")

STRAIGHT_QUOTES = str.maketrans("“”„‟«»‘’‚‛", '""""""\'\'\'\'')
MISSING_SPACE = re.compile(r"[.!?…](?=[“‘](?=[^\W\d_]))|[.!?…][”’\"](?=[“‘\"](?=[^\W\d_]))")
CLOSERS = "”’\"')]»"


def punkt() -> PunktSentenceTokenizer:
    """Punkt without training: the abbreviations are all it needs to know."""
    parameters = PunktParameters()
    parameters.abbrev_types = set(ABBREVIATIONS.split())
    parameters.sent_starters = set(OPENERS.split())
    return PunktSentenceTokenizer(parameters)


PUNKT = punkt()


def sentences(text: str, start: int, end: int) -> tuple[Span, ...]:
    """The sentences of `text[start:end]`: trimmed, in order, disjoint, nothing but space between.

    Closing quote marks stay with their sentence. Offsets count from the start of `text`.
    """
    piece = text[start:end]
    found: list[Span] = []
    for left, right in PUNKT.span_tokenize(piece.translate(STRAIGHT_QUOTES)):
        if found and goes_on(piece, found[-1], left):
            found[-1] = Span(found[-1].start, right)
        else:
            found.append(Span(left, right))
    parts = (part for left, right in found for part in split_at_missing_space(piece, left, right))
    spans = (trimmed(text, start + left, start + right) for left, right in parts)
    return tuple(span for span in spans if span.start < span.end)


def split_at_missing_space(piece: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Divide where a full stop is followed by an opening quote mark at once."""
    for match in MISSING_SPACE.finditer(piece, first, last):
        yield first, match.end()
        first = match.end()
    yield first, last


def goes_on(piece: str, before: Span, start: int) -> bool:
    """Whether what starts here belongs to the sentence before: `“Why?” she asked`."""
    head = piece[start : start + 2]
    if head[:1].islower() or head[:1] in "–—,;.!?…":
        return True
    if head[:1] in CLOSERS and not head[1:].isupper():
        return True
    ended = piece[before.start : before.end].rstrip()
    if before.start == 0 and ENUMERATOR.fullmatch(ended.lstrip()):
        return True
    if head[:1] == "(" and ended[-1:] in CLOSERS:
        return True  # “We waited.” (Member, 17)
    return head[:1].isdigit() and BEFORE_FIGURE.search(ended) is not None


def trimmed(text: str, start: int, end: int) -> Span:
    """The span without white space at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)

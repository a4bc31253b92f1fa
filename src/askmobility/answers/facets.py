"""What can be browsed: read off the documents at build time, listed by what a reader asks for."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from askmobility.types import (
    Corpus,
    Document,
    Figure,
    ItemList,
    Passage,
    Span,
    Speaker,
    Statement,
    Structure,
)

# What reports call the few things that they are about, and what they call what they ask for.
_THEME_NOUNS = re.compile(
    r"\b(?:aims|areas|challenges|goals|issues|missions|objectives|pillars|principles|priorities"
    r"|strands|themes|topics)$",
    re.IGNORECASE,
)
_RECOMMENDATION_NOUNS = re.compile(
    r"\b(?:actions|asks|calls|commitments|measures|options|proposals|recommendations|reforms|steps)$",
    re.IGNORECASE,
)
_RECOMMENDS = re.compile(
    r"\b(?:recommend(?:s|ed|ing)?|call(?:s|ed|ing)? (?:on|for|upon)|urg(?:es?|ed|ing)"
    r"|(?:is|are|am) encouraging|argu(?:es?|ed) (?:for|that)|(?:highlights?|stress(?:es)?) the need"
    r"|(?:authorit(?:y|ies)|colleges?|councils?|departments?|employers?|governments?|ministers?"
    r"|parliament|providers?|regulators?|schools?|universit(?:y|ies))\b[^.;:]{0,60}\b(?:should|must))\b",
    re.IGNORECASE,
)
_ASKS_NOTHING = re.compile(  # "No child should go without", "We do not recommend it", "Should we?"
    r"^\W*(?:no|nobody|none|no-one)\b|\b(?:not|n[’']t|never)\b|\?\W*$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Extract:
    """Words of a document, and where they stand: `document.text[start:end]`."""

    text: str
    start: int
    end: int
    heading: str | None
    speaker: Speaker | None
    page: int | None
    paragraph: int | None  # None for words outside every passage, such as a heading


@dataclass(frozen=True, slots=True)
class Group:
    """What a document lists: its themes, or what it recommends.

    noun: the document's own word, plural; "headings" or "sentences" where it has none.
    lead: the words that announce the list; None where nothing does.
    """

    noun: str
    announced: int | None
    lead: Extract | None
    items: tuple[Extract, ...]
    document: Document


@dataclass(frozen=True, slots=True)
class Quantity:
    """One figure, in its sentence."""

    figure: Figure
    extract: Extract
    sentence: Extract
    document: Document


@dataclass(frozen=True, slots=True)
class Figures:
    """Every figure of the documents once, and those that they put in several ways."""

    all: tuple[Quantity, ...]
    disagreements: tuple[tuple[Quantity, ...], ...]


def statements_by(
    corpus: Corpus, *, speaker: str | None = None, role: str | None = None
) -> list[tuple[Statement, Document]]:
    """Statements of the speakers whose name holds `speaker` and whose role holds `role`.

    Letter case does not count; None holds for everybody. In order of the documents and their text.
    """
    return [
        (statement, document)
        for document in map(corpus.document, corpus.document_ids)
        for statement in corpus.structure(document.id).statements
        if _holds(statement.speaker.name, speaker) and _holds(statement.speaker.role, role)
    ]


def themes(corpus: Corpus, within: Sequence[str] | None = None) -> list[Group]:
    """The lists in which documents say what they are about; else the headings of a document.

    within: ids of the documents to look at; None for all, here and below.
    """
    return [group for open_ in _opened(corpus, within) for group in _themes_of(open_)]


def recommendations(corpus: Corpus, within: Sequence[str] | None = None) -> list[Group]:
    """What documents recommend: the lists that they announce, then single sentences."""
    return [group for open_ in _opened(corpus, within) for group in _recommendations_of(open_)]


def recommends(sentence: str) -> bool:
    """Whether its verb asks somebody to do something."""
    return bool(_RECOMMENDS.search(sentence)) and not _ASKS_NOTHING.search(sentence)


def figures(corpus: Corpus, within: Sequence[str] | None = None) -> Figures:
    """Every figure, in order of the documents and their text."""
    found: list[Quantity] = []
    twice: list[tuple[Quantity, ...]] = []
    for open_ in _opened(corpus, within):
        found += map(open_.quantity, open_.structure.figures)
        twice += [tuple(map(open_.quantity, d.readings)) for d in open_.structure.disagreements]
    return Figures(tuple(found), tuple(twice))


class _Open:
    """A document whose places can be looked up."""

    def __init__(self, corpus: Corpus, document_id: str) -> None:
        self.document = corpus.document(document_id)
        self.structure: Structure = corpus.structure(document_id)
        self._passages = sorted(corpus.passages(document_id), key=lambda passage: passage.start)
        self._starts = [passage.start for passage in self._passages]

    def extract(self, span: Span) -> Extract:
        passage = self._passage_at(span.start)
        return Extract(
            text=self.document.text[span.start : span.end],
            start=span.start,
            end=span.end,
            heading=passage.heading if passage else None,
            speaker=passage.speaker if passage else None,
            page=passage.page if passage else None,
            paragraph=passage.paragraph if passage else None,
        )

    def quantity(self, figure: Figure) -> Quantity:
        place, sentence = self.extract(figure.span), self.extract(figure.sentence)
        return Quantity(figure, place, sentence, self.document)

    def group(self, listed: ItemList) -> Group:
        items = tuple(map(self.extract, listed.items))
        lead = self.extract(listed.lead)
        return Group(listed.noun, listed.announced, lead, items, self.document)

    def _passage_at(self, position: int) -> Passage | None:
        at = bisect_right(self._starts, position) - 1
        return self._passages[at] if at >= 0 and position < self._passages[at].end else None


def _opened(corpus: Corpus, within: Sequence[str] | None) -> Iterator[_Open]:
    for document_id in corpus.document_ids if within is None else within:
        yield _Open(corpus, document_id)


def _themes_of(opened: _Open) -> Iterator[Group]:
    announced = [
        opened.group(listed)
        for listed in opened.structure.lists
        if _THEME_NOUNS.search(listed.noun)
    ]
    yield from announced
    headings = tuple(
        opened.extract(Span(block.start, block.end))
        for block in opened.structure.blocks
        if block.kind == "heading" and block.level > 1
    )
    if headings and not announced:
        yield Group("headings", None, None, headings, opened.document)


def _recommendations_of(opened: _Open) -> Iterator[Group]:
    def asks(words: Span) -> bool:
        return recommends(opened.document.text[words.start : words.end])

    structure = opened.structure
    lists = [
        listed
        for listed in structure.lists
        if _RECOMMENDATION_NOUNS.search(listed.noun) or (not listed.noun and asks(listed.lead))
    ]
    yield from map(opened.group, lists)
    free = _outside(lists)
    single = tuple(opened.extract(s) for s in structure.sentences if asks(s) and free(s))
    if single:
        yield Group("sentences", None, None, single, opened.document)


def _outside(lists: list[ItemList]) -> Callable[[Span], bool]:
    """Whether a span shares no words with any of the lists, leads included."""
    taken = [span for listed in lists for span in (listed.lead, *listed.items)]
    return lambda span: not any(t.start < span.end and span.start < t.end for t in taken)


def _holds(text: str, wanted: str | None) -> bool:
    return wanted is None or wanted.casefold() in text.casefold()

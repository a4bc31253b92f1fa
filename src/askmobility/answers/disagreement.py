"""Where the documents put one quantity in several ways, every reading is shown."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import chain, product
from typing import NamedTuple

from askmobility.answers.material import Draft, Material, Pick
from askmobility.answers.people import sentence_around
from askmobility.documents.figures import (
    BOUNDS,
    CLOSE,
    Quantity,
    contradict,
    figures,
    is_tabled,
    quantity,
    same_in_editions,
    same_quantity,
)
from askmobility.search.words import content_stems
from askmobility.types import Corpus, Document, Figure, Passage, Span

YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?:\s?[-–/]\s?\d{2,4})?(?!\d)")
OF_AN_EDITION = re.compile(
    r"[\W\d_]+|\b(?:january|february|march|april|may|june|july|august|september|october|november|"
    r"december|spring|summer|autumn|winter)\b"
)
_ABOUT = re.compile(r"\b(?:about|on|regarding|concerning)\b", re.IGNORECASE)
_SIDES = r"(?:under|below|less|fewer|nearly|almost|over|above|more)"
# "is it over or under 900", "900: more or less?"
_EITHER_SIDE = re.compile(
    rf"\b{_SIDES}\b[^.?]*\bor\b[^.?]*\b{_SIDES}\b|\b{_SIDES}\b[^.?]*\bor not\b", re.IGNORECASE
)
TITLE_WORDS = 3  # that editions of an unknown publisher share, at least: many have "Annual report"


class Told(NamedTuple):
    """One reading of a quantity, and the document that gives it."""

    document_id: str
    figure: Figure


def disputed(material: Material) -> Draft | None:
    """What a document puts in several ways, where a question asks for that.

    Of these, what the question is about, if it is about any. Asked whether it is over or under a
    figure, those of that figure.
    """
    question = material.question
    named = _sided(question.text)
    if question.kind != "disagreements" and not named:
        return None
    found = [
        [_sentence(material.corpus, Told(document_id, figure)) for figure in disagreement.readings]
        for document_id in material.scope
        for disagreement in material.corpus.structure(document_id).disagreements
        if not named or named & {figure.value for figure in disagreement.readings}
    ]
    if named:
        return Draft(tuple(dict.fromkeys(chain(*found)))) if found else None
    asked = set(question.terms)
    on_topic = [
        picks
        for picks in found
        if any(asked.intersection(content_stems(material.text(pick))) for pick in picks)
    ]
    limited = _ABOUT.search(question.text)
    picks = dict.fromkeys(pick for each in on_topic or ([] if limited else found) for pick in each)
    return Draft(tuple(picks)) if picks else Draft((), "detail_not_given")


def _sided(question: str) -> set[float]:
    """The figures of which a question asks whether it is over or under them."""
    if not _EITHER_SIDE.search(question):
        return set()
    return {figure.value for figure in figures(question, [Span(0, len(question))])}


def with_other_readings(
    picks: Sequence[Pick], corpus: Corpus, nearby: Sequence[Passage] = (), asked: str = ""
) -> tuple[tuple[Pick, ...], tuple[tuple[Told, ...], ...]]:
    """The picks, and after each that quotes a disputed figure the sentences that put it otherwise.

    nearby: passages in which other documents may put it otherwise. asked: the question; figures of
    another year than it names are not what it asks for.
    Also returns the disagreements shown, each as its readings.
    """
    shown: dict[Pick, None] = {}
    found: dict[tuple[Told, ...], None] = {}
    years = frozenset(YEAR.findall(asked))
    for pick in picks:
        shown[pick] = None
        for readings in (*_within(pick, corpus), *_across(pick, corpus, nearby)):
            if years and all(_of_other_years(told, corpus, years) for told in readings):
                continue
            found[readings] = None
            for told in readings:
                if not any(_holds(other, told) for other in picks):
                    shown[_sentence(corpus, told)] = None
    return tuple(shown), tuple(found)


def _of_other_years(told: Told, corpus: Corpus, years: frozenset[str]) -> bool:
    """Whether the sentence of a reading names years, and none of these."""
    pick = _sentence(corpus, told)
    named = frozenset(YEAR.findall(corpus.document(pick.document_id).text[slice(*pick.span)]))
    return bool(named) and not named & years


def told_apart(readings: Sequence[Told], corpus: Corpus) -> str:
    """Which document says what, with its year; "" where it is one document."""
    if len({told.document_id for told in readings}) == 1:
        return ""
    said = []
    for told in readings:
        document = corpus.document(told.document_id)
        worded = document.text[slice(*told.figure.span)]
        said.append(f"“{' '.join(worded.split())}” in {_named(document)}")
    return f"The documents differ: {'; '.join(said)}."


def _named(document: Document) -> str:
    """Its title, with the year that it is of where the title does not say it."""
    if YEAR.search(document.title) or not document.published:
        return document.title
    return f"{document.title} ({document.published[:4]})"


def _within(pick: Pick, corpus: Corpus) -> Iterator[tuple[Told, ...]]:
    """The disagreements of a document about the figures that a pick quotes."""
    for disagreement in corpus.structure(pick.document_id).disagreements:
        readings = tuple(Told(pick.document_id, figure) for figure in disagreement.readings)
        if any(_holds(pick, told) for told in readings):
            yield readings


def _across(pick: Pick, corpus: Corpus, nearby: Sequence[Passage]) -> Iterator[tuple[Told, ...]]:
    """The figures that a pick quotes, each with what passages of other documents make of it."""
    elsewhere = [passage for passage in nearby if passage.document_id != pick.document_id]
    own = [*_figures(corpus, pick)] if elsewhere else []
    if not own:
        return
    document = corpus.document(pick.document_id)
    for passage in elsewhere:
        other = corpus.document(passage.document_id)
        editions = _are_editions(document, other)
        same = _same_in_either if editions else same_quantity
        there = Pick(other.id, Span(passage.start, passage.end))
        for told, reading in product(own, _figures(corpus, there)):
            if not _comparable(told.figure, reading.figure, editions):
                continue
            one, another = (
                quantity(told.figure, document.text),
                quantity(reading.figure, other.text),
            )
            if same(one, another) and contradict(one, another):
                yield _in_order(corpus, told, reading)


def _comparable(one: Figure, other: Figure, editions: bool) -> bool:
    """Whether two figures may be of one quantity, before their sentences are read."""
    low, high = sorted((one.value, other.value))
    return one.unit == other.unit and (editions or high <= low * CLOSE)


def _same_in_either(one: Quantity, other: Quantity) -> bool:
    return same_quantity(one, other) or same_in_editions(one, other)


def _in_order(corpus: Corpus, *readings: Told) -> tuple[Told, ...]:
    """The readings, that of the earliest year first."""
    return tuple(sorted(readings, key=lambda told: (_year(corpus, told), told.document_id)))


def _year(corpus: Corpus, told: Told) -> str:
    document = corpus.document(told.document_id)
    found = YEAR.search(document.title)
    return found.group() if found else document.published or ""


def _figures(corpus: Corpus, pick: Pick) -> Iterator[Told]:
    """The figures of a stretch of text; ends of a range and cells of a table are none."""
    structure = corpus.structure(pick.document_id)
    figures = structure.figures
    first = bisect_left(figures, pick.span.start, key=lambda figure: figure.span.start)
    end = bisect_left(figures, pick.span.end, key=lambda figure: figure.span.start)
    for figure in figures[first:end]:
        told = Told(pick.document_id, figure)
        counts = figure.hedge not in BOUNDS and not is_tabled(figure, structure.blocks)
        if counts and _holds(pick, told):
            yield told


def _are_editions(one: Document, other: Document) -> bool:
    """Whether two documents have one title, but for the date in it, and one publisher."""
    title = _undated(one.title)
    if title != _undated(other.title) or one.publisher != other.publisher:
        return False
    return one.publisher is not None or len(title) >= TITLE_WORDS


def _undated(title: str) -> list[str]:
    return OF_AN_EDITION.sub(" ", title.casefold()).split()


def _holds(pick: Pick, told: Told) -> bool:
    start, end = told.figure.span
    return (
        pick.document_id == told.document_id and pick.span.start <= start and end <= pick.span.end
    )


def _sentence(corpus: Corpus, told: Told) -> Pick:
    sentences = corpus.structure(told.document_id).sentences
    return Pick(told.document_id, sentence_around(sentences, told.figure.span))

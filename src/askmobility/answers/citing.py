"""Picks to points and citations: exact or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from urllib.parse import quote

from askmobility.answers.material import Pick, Voices
from askmobility.answers.people import sentence_around
from askmobility.types import Citation, Corpus, Document, Passage, Point, Span, Speaker

AROUND = 32  # characters of prefix and suffix, enough to find a quotation again
_WHOLE_LINK = 300  # characters of a quotation up to which a text fragment holds it whole
_ENDS = 5  # words at either end of a longer one


def cite(
    picks: Sequence[Pick],
    emphasis: Sequence[Pick],
    corpus: Corpus,
    voices: Voices,
    most: int,
) -> tuple[tuple[Point, ...], tuple[Citation, ...]]:
    """The points for these picks, and a citation for each passage that they are taken from.

    most: how many passages may be cited; picks of further ones are left out.
    A pick that is not an exact slice of a passage of its document gives no point.
    """
    numbers: dict[str, int] = {}
    taken: dict[int, list[Span]] = {}
    passages: dict[int, Passage] = {}
    points: list[Point] = []
    for pick in dict.fromkeys(picks):
        passage = passage_of(corpus, pick)
        if passage is None or (passage.id not in numbers and len(numbers) == most):
            continue
        number = numbers.setdefault(passage.id, len(numbers) + 1)
        text = corpus.document(pick.document_id).text[pick.span.start : pick.span.end]
        offset = pick.span.start - passage.start
        if not text or passage.text[offset : offset + len(text)] != text:
            continue  # fail closed: what cannot be shown to be verbatim is not shown
        passages[number] = passage
        taken.setdefault(number, []).append(pick.span)
        points.append(
            Point(
                text,
                number,
                *pick.span,
                speaker_of(corpus, voices, pick),
                _inside(pick, emphasis),
            )
        )
    citations = tuple(
        citation(corpus, number, passages[number], taken[number]) for number in sorted(passages)
    )
    return tuple(points), citations


def passage_of(corpus: Corpus, pick: Pick) -> Passage | None:
    """The passage that holds the whole of a pick."""
    for passage in corpus.passages(pick.document_id):
        if passage.start <= pick.span.start and pick.span.end <= passage.end:
            return passage
    return None


def speaker_of(corpus: Corpus, voices: Voices, pick: Pick) -> Speaker | None:
    """Who says a pick; None for the narrator, and for a speaker without a known name.

    A body that speaks goes by its own name.
    """
    sentences = corpus.structure(pick.document_id).sentences
    statement = voices.statement(pick.document_id, sentence_around(sentences, pick.span))
    if statement is None:
        return None
    speaker = statement.speaker
    if not speaker.name and not speaker.role:
        speaker = replace(speaker, name=speaker.organisation, organisation="")
    return speaker if speaker.name else None


def citation(corpus: Corpus, number: int, passage: Passage, spans: Iterable[Span]) -> Citation:
    """The citation of one passage, from the first to the last of the spans taken from it."""
    document = corpus.document(passage.document_id)
    ordered = sorted(spans)
    start, end = ordered[0].start, max(span.end for span in ordered)
    exact = document.text[start:end]
    return Citation(
        number,
        passage,
        exact,
        document.text[max(0, start - AROUND) : start],
        document.text[end : end + AROUND],
        start,
        end,
        document,
        link_to(document, exact),
    )


def link_to(document: Document, exact: str) -> str | None:
    """The publisher's page, opened at the words (a text fragment); None without a known page.

    A quotation that is long or runs over several lines is given by its first and last words, for
    a fragment must not cross the page's blocks otherwise.
    """
    if not document.url:
        return None
    words = exact.split()
    if "\n" not in exact and len(exact) <= _WHOLE_LINK:
        fragment = _escaped(" ".join(words))
    else:
        fragment = f"{_escaped(' '.join(words[:_ENDS]))},{_escaped(' '.join(words[-_ENDS:]))}"
    return f"{document.url.split('#')[0]}#:~:text={fragment}"


def _escaped(words: str) -> str:
    return quote(words, safe="").replace("-", "%2D")


def _inside(pick: Pick, emphasis: Iterable[Pick]) -> tuple[Span, ...]:
    spans = [
        Span(e.span.start - pick.span.start, e.span.end - pick.span.start)
        for e in emphasis
        if e.document_id == pick.document_id
        and pick.span.start <= e.span.start
        and e.span.end <= pick.span.end
    ]
    return tuple(sorted(set(spans)))

"""Where the documents put one quantity in several ways, every reading is shown."""

from __future__ import annotations

from collections.abc import Sequence

from askmobility.answers.material import Pick
from askmobility.answers.people import sentence_around
from askmobility.types import Corpus, Disagreement, Figure


def with_other_readings(
    picks: Sequence[Pick], corpus: Corpus
) -> tuple[tuple[Pick, ...], tuple[tuple[str, Disagreement], ...]]:
    """The picks, and after each that quotes a disputed figure the sentences that put it otherwise.

    Also returns the disagreements shown, each with its document.
    """
    shown: dict[Pick, None] = {}
    found: dict[tuple[str, Disagreement], None] = {}
    for pick in picks:
        shown[pick] = None
        for disagreement in corpus.structure(pick.document_id).disagreements:
            if not any(_holds(pick, reading) for reading in disagreement.readings):
                continue
            found[pick.document_id, disagreement] = None
            for reading in disagreement.readings:
                if not any(_holds(other, reading) for other in picks):
                    shown[_sentence(corpus, pick.document_id, reading)] = None
    return tuple(shown), tuple(found)


def _holds(pick: Pick, reading: Figure) -> bool:
    return pick.span.start <= reading.span.start and reading.span.end <= pick.span.end


def _sentence(corpus: Corpus, document_id: str, reading: Figure) -> Pick:
    sentences = corpus.structure(document_id).sentences
    return Pick(document_id, sentence_around(sentences, reading.span))

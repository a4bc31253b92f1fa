"""Drafts and answers over the two documents of Port Ellery, by the real index."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import pytest

from askmobility.answers.material import Material, Pick
from askmobility.documents.analysis import analyse
from askmobility.documents.passages import passages
from askmobility.documents.readers import source
from askmobility.search.question import understand
from askmobility.types import Corpus, Document, Passage, Span, Structure

if TYPE_CHECKING:
    from askmobility.assistant import Assistant

MaterialOf = Callable[[str], Material]
Words = Callable[[Sequence[Pick]], list[str]]


@pytest.fixture(scope="session")
def material_of(port_ellery: Assistant) -> MaterialOf:
    """The material of a question, as the assistant lays it out."""

    def material_of(question: str) -> Material:
        asked = understand(question, port_ellery.names(()))
        corpus = port_ellery.corpus
        return Material.of(asked, port_ellery.rank(asked, ()), corpus, corpus.document_ids)

    return material_of


@pytest.fixture(scope="session")
def words(port_ellery: Assistant) -> Words:
    """What picks quote."""

    def words(picks: Sequence[Pick]) -> list[str]:
        texts = [port_ellery.corpus.document(pick.document_id).text for pick in picks]
        return [text[slice(*pick.span)] for text, pick in zip(texts, picks, strict=True)]

    return words


@pytest.fixture(scope="session")
def pick_of(port_ellery: Assistant) -> Callable[[str], Pick]:
    """Words of either document, for the first time, to be quoted."""

    def pick_of(words: str) -> Pick:
        return find(port_ellery.corpus, words)

    return pick_of


class Shelf:
    """A few documents by id, read afresh whenever they are asked for."""

    def __init__(self, **texts: str) -> None:
        self.sources = {name: source(name, text, {}) for name, text in texts.items()}
        self.document_ids = tuple(self.sources)

    def document(self, document_id: str) -> Document:
        return self.sources[document_id].document

    def structure(self, document_id: str) -> Structure:
        return analyse(self.sources[document_id])

    def passages(self, document_id: str) -> Sequence[Passage]:
        return passages(self.document(document_id), self.structure(document_id))


@pytest.fixture
def shelved() -> Callable[..., Corpus]:
    """A corpus of a few short documents, without an index."""
    return Shelf


def find(corpus: Corpus, words: str) -> Pick:
    for document_id in corpus.document_ids:
        start = corpus.document(document_id).text.find(words)
        if start >= 0:
            return Pick(document_id, Span(start, start + len(words)))
    raise AssertionError(f"No document has {words!r}")

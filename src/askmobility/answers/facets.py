"""What can be browsed: read off the documents at build time, listed by what a reader asks for."""

from __future__ import annotations

from askmobility.types import Corpus, Document, Statement


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


def _holds(text: str, wanted: str | None) -> bool:
    return wanted is None or wanted.casefold() in text.casefold()

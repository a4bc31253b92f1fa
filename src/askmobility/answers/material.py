"""What an answer is made of: a question, its ranking, and the documents it may speak of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from askmobility.search.names import Named
from askmobility.search.question import Question
from askmobility.search.ranking import Ranking
from askmobility.types import Corpus, Passage, Reason, Span, Speaker, Statement


class Pick(NamedTuple):
    """Something to quote: a span of one document, most often a sentence or an item of a list."""

    document_id: str
    span: Span


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer before it is cited.

    picks: what to quote, in the order it is to be shown; none for a refusal.
    reason: why it is refused, or why an answer corrects the question.
    rows: the sentences of the evidence that it stands on, best first: what its likelihood is
        judged by. None where it rests on structure alone.
    remark: what has to be said beside the quotations ("... does not speak of it"), or "".
    emphasis: phrases to be emphasised in the points, as spans of their documents.
    """

    picks: tuple[Pick, ...]
    reason: Reason | None = None
    rows: tuple[int, ...] = ()
    remark: str = ""
    emphasis: tuple[Pick, ...] = ()


@dataclass(frozen=True, slots=True)
class Voices:
    """Who says which sentence, in some documents."""

    by_sentence: dict[tuple[str, int], Statement] = field(default_factory=dict)
    statements: tuple[tuple[str, Statement], ...] = ()

    @staticmethod
    def of(corpus: Corpus, document_ids: Iterable[str]) -> Voices:
        """The voices of these documents."""
        statements = tuple(
            (document_id, statement)
            for document_id in document_ids
            for statement in corpus.structure(document_id).statements
        )
        return Voices(
            {
                (document_id, span.start): statement
                for document_id, statement in statements
                for span in statement.spans
            },
            statements,
        )

    def statement(self, document_id: str, sentence: Span) -> Statement | None:
        """The statement that a sentence belongs to."""
        return self.by_sentence.get((document_id, sentence.start))

    def of_person(self, person: Named) -> list[tuple[str, Statement]]:
        """Everything that somebody is quoted as saying in the document that names them."""
        return [
            (document_id, statement)
            for document_id, statement in self.statements
            if document_id == person.document_id and same_person(statement.speaker, person.speaker)
        ]


def same_person(one: Speaker, other: Speaker) -> bool:
    """Whether two credits within one document name the same person or body."""
    if one.name or other.name:
        return one.name == other.name
    return (one.role, one.organisation) == (other.role, other.organisation)


def is_one_of(speaker: Speaker | None, names: Sequence[str]) -> bool:
    """Whether the name holds one of these; letter case does not count."""
    return speaker is not None and any(name.casefold() in speaker.name.casefold() for name in names)


@dataclass(frozen=True, slots=True)
class Material:
    """Everything that a draft is made from.

    scope: the documents that group questions range over.
    order: the rows of the evidence, best sentence first.
    speakers: names of those whose words alone may be quoted; none for no limit.
    """

    question: Question
    ranking: Ranking
    corpus: Corpus
    scope: tuple[str, ...]
    voices: Voices
    order: tuple[int, ...]
    row_of: dict[tuple[str, int], int]
    speakers: tuple[str, ...] = ()

    @staticmethod
    def of(
        question: Question,
        ranking: Ranking,
        corpus: Corpus,
        scope: Sequence[str],
        speakers: Sequence[str] = (),
    ) -> Material:
        """Lay out the material of one question."""
        evidence = ranking.evidence
        documents = dict.fromkeys([*scope, *(p.document_id for p in evidence.passages)])
        order = np.lexsort((np.arange(len(evidence.spans)), -ranking.sentence_scores))
        return Material(
            question,
            ranking,
            corpus,
            tuple(scope),
            Voices.of(corpus, documents),
            tuple(int(row) for row in order),
            {
                (evidence.passages[owner].document_id, span.start): row
                for row, (owner, span) in enumerate(
                    zip(evidence.owner, evidence.spans, strict=True)
                )
            },
            tuple(speakers),
        )

    def document_id(self, row: int) -> str:
        """The document of a sentence of the evidence."""
        evidence = self.ranking.evidence
        passage: Passage = evidence.passages[evidence.owner[row]]
        return passage.document_id

    def pick(self, row: int) -> Pick:
        """A sentence of the evidence, to be quoted."""
        return Pick(self.document_id(row), self.ranking.evidence.spans[row])

    def text(self, pick: Pick) -> str:
        """The words of a pick."""
        text: str = self.corpus.document(pick.document_id).text
        return text[pick.span.start : pick.span.end]

    def score(self, row: int) -> float:
        """The score of a sentence, comparable within this question only."""
        return float(self.ranking.sentence_scores[row])

    def rows(self, picks: Iterable[Pick]) -> list[int]:
        """The rows of the sentences that these picks are, or start; those weighed, best first."""
        found = {self.row_of.get((pick.document_id, pick.span.start)) for pick in picks}
        return sorted((row for row in found if row is not None), key=self.order.index)

    def speaker(self, row: int) -> Speaker | None:
        """Who says a sentence of the evidence, None for the narrator."""
        statement = self.voices.statement(*self.pick(row))
        return statement.speaker if statement else None

    def picks_of(self, rows: Iterable[int]) -> tuple[Pick, ...]:
        """Sentences of the evidence to be quoted, in the order of their documents and texts."""
        return tuple(self.pick(row) for row in sorted(rows))

    def in_scope(self) -> Iterator[tuple[str, Statement]]:
        """Every statement of the documents that group questions range over."""
        return ((d, s) for d, s in self.voices.statements if d in self.scope)

"""A few documents and all their questions, laid out for one step of training."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import torch

from askmobility.training.examples import Piece, TaughtDocument, TaughtQuestion

Tokenize = Callable[[str], tuple[list[int], list[tuple[int, int]]]]  # ids, and where each stands


@dataclass(slots=True)
class Batch:
    """Token ids of passages and of questions, and which tokens belong to what.

    Tokens are numbered through all passages, sentences and passages through all documents.
    contexts: by sentence, the tokens of its passage's context; never empty ([CLS] is in it).
    answers: by question, the sentences that answer it; none where its document does not.
    asked_of, document_of: by question, by sentence, the number of its document.
    """

    passages: list[list[int]] = field(default_factory=list)
    questions: list[list[int]] = field(default_factory=list)
    sentence_tokens: list[list[int]] = field(default_factory=list)
    contexts: list[list[int]] = field(default_factory=list)
    passage_tokens: list[list[int]] = field(default_factory=list)
    passage_of: list[int] = field(default_factory=list)
    answers: list[list[int]] = field(default_factory=list)
    asked_of: list[int] = field(default_factory=list)
    document_of: list[int] = field(default_factory=list)
    documents: int = 0
    tokens: int = 0

    def add(self, document: TaughtDocument, pieces: Sequence[Piece], tokenize: Tokenize) -> None:
        """Lay out a document, cut into `pieces`, and its questions."""
        numbers: dict[int, int] = {}
        for piece in pieces:
            self._add_piece(document, piece, tokenize, numbers)
        for question in document.questions:
            self._add_question(question, tokenize, numbers)
        self.documents += 1

    def _add_piece(
        self,
        document: TaughtDocument,
        piece: Piece,
        tokenize: Tokenize,
        numbers: dict[int, int],
    ) -> None:
        text, starts = document.shown(piece)
        ids, offsets = tokenize(text)
        owners = [bisect_right(starts, start) - 1 for start, _ in offsets]
        owners[0], owners[-1] = -1, len(starts) - 1  # as the index has [CLS] and [SEP]
        rows = range(self.tokens, self.tokens + len(ids))
        context = [row for row, owner in zip(rows, owners, strict=True) if owner < 0]
        for at, sentence in enumerate(piece.sentences):
            inside = [row for row, owner in zip(rows, owners, strict=True) if owner == at]
            if inside:  # none where the model's limit cuts the sentence off
                numbers[sentence] = len(self.sentence_tokens)
                self.sentence_tokens.append(inside)
                self.contexts.append(context)
                self.passage_of.append(len(self.passages))
                self.document_of.append(self.documents)
        self.passage_tokens.append(list(rows))
        self.passages.append(ids)
        self.tokens += len(ids)

    def _add_question(
        self, question: TaughtQuestion, tokenize: Tokenize, numbers: dict[int, int]
    ) -> None:
        answers = [numbers[sentence] for sentence in question.evidence if sentence in numbers]
        if answers or not question.evidence:  # else the model's limit cuts its answer off
            self.asked_of.append(self.documents)
            self.questions.append(tokenize(question.text)[0])
            self.answers.append(answers)

    def own_sentences(self) -> torch.Tensor:
        """(questions, sentences) whether a sentence is of the document that is asked."""
        return torch.tensor(self.asked_of)[:, None] == torch.tensor(self.document_of)

    def right_sentences(self) -> torch.Tensor:
        """(questions, sentences) whether a sentence answers a question."""
        right = torch.zeros(len(self.questions), len(self.sentence_tokens), dtype=torch.bool)
        for row, answers in enumerate(self.answers):
            right[row, answers] = True
        return right

    def right_passages(self) -> torch.Tensor:
        """(questions, passages) whether a passage holds a sentence that answers a question."""
        right = torch.zeros(len(self.questions), len(self.passages), dtype=torch.bool)
        for row, answers in enumerate(self.answers):
            right[row, [self.passage_of[sentence] for sentence in answers]] = True
        return right

"""Documents that carry their own questions, cut into passages, with the evidence found in them."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from askmobility.documents.analysis import analyse
from askmobility.documents.passages import passages
from askmobility.documents.readers import read_file
from askmobility.types import Span

LONGEST_JOINED = 900  # characters of two passages made one


@dataclass(frozen=True, slots=True)
class Piece:
    """A passage to encode: the context in front, and which of the document's sentences it holds."""

    context: str
    sentences: tuple[int, ...]  # consecutive


@dataclass(frozen=True, slots=True)
class TaughtQuestion:
    """A question with the sentences that answer it.

    text: the question before it in front, where it follows one up.
    evidence: which of the document's sentences answer; none where the document does not.
    """

    text: str
    evidence: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TaughtDocument:
    """A document, its sentences in order, how they make passages, and what is asked of it."""

    id: str
    text: str
    sentences: tuple[Span, ...]
    pieces: tuple[Piece, ...]
    questions: tuple[TaughtQuestion, ...]

    def shown(self, piece: Piece) -> tuple[str, list[int]]:
        """What is encoded for a piece, and where in it each of its sentences starts."""
        start = self.sentences[piece.sentences[0]].start
        end = self.sentences[piece.sentences[-1]].end
        front = f"{piece.context}\n" if piece.context else ""
        starts = [self.sentences[s].start - start + len(front) for s in piece.sentences]
        return front + self.text[start:end], starts


def read_taught(path: Path) -> list[TaughtDocument]:
    """Every document of a file whose lines hold `id`, `title`, `text` and `questions`."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    found = []
    for row, source in zip(rows, read_file(path), strict=True):
        cut = passages(source.document, analyse(source))
        sentences = tuple(sentence for passage in cut for sentence in passage.sentences)
        pieces, first = [], 0
        for passage in cut:
            end = first + len(passage.sentences)
            pieces.append(Piece(passage.context, tuple(range(first, end))))
            first = end
        text = source.document.text
        questions = tuple(_taught(question, text, sentences) for question in row["questions"])
        found.append(TaughtDocument(row["id"], text, sentences, tuple(pieces), questions))
    return found


def _taught(question: dict[str, Any], text: str, sentences: Sequence[Span]) -> TaughtQuestion:
    asked = " ".join([*question["history"][-1:], question["question"]])
    if question["expect"] != "answer":
        return TaughtQuestion(asked, ())
    places = [place for words in question["evidence"] for place in _occurrences(words, text)]
    held = {
        number
        for number, sentence in enumerate(sentences)
        if any(_shares_half(sentence, place) for place in places)
    }
    return TaughtQuestion(asked, tuple(sorted(held)))


def _occurrences(words: str, text: str) -> Iterator[Span]:
    at = text.find(words)
    while at >= 0:
        yield Span(at, at + len(words))
        at = text.find(words, at + len(words))


def _shares_half(one: Span, other: Span) -> bool:
    """Whether what two spans share is at least half of either."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    return shared > 0 and 2 * shared >= min(one.end - one.start, other.end - other.start)


def varied(
    document: TaughtDocument, chance: random.Random, recut: float, forget: float
) -> list[Piece]:
    """The document's passages as another document might have had them.

    recut: how often neighbours under one context are joined, and long passages cut in two.
    forget: how often a line of a passage's context is left out.
    """
    pieces: list[Piece] = []
    for piece in document.pieces:
        held = piece.sentences
        if pieces and pieces[-1].context == piece.context and chance.random() < recut:
            joined = pieces[-1].sentences + held
            length = document.sentences[joined[-1]].end - document.sentences[joined[0]].start
            if length < LONGEST_JOINED:
                pieces[-1] = Piece(piece.context, joined)
                continue
        if len(held) > 3 and chance.random() < recut:
            at = chance.randrange(1, len(held))
            pieces += [Piece(piece.context, held[:at]), Piece(piece.context, held[at:])]
        else:
            pieces.append(piece)
    return [Piece(_forgetful(p.context, chance, forget), p.sentences) for p in pieces]


def _forgetful(context: str, chance: random.Random, forget: float) -> str:
    return "\n".join(line for line in context.split("\n") if chance.random() >= forget)

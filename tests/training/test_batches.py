"""Batches: which tokens belong to which sentence, and which sentences answer."""

from __future__ import annotations

import re

from askmobility.training.batches import Batch
from askmobility.training.examples import Piece, TaughtDocument, TaughtQuestion
from askmobility.types import Span

TEXT = "Oaks grow. Limes do not."
SENTENCES = (Span(0, 10), Span(11, 24))
DOCUMENT = TaughtDocument(
    "trees",
    TEXT,
    SENTENCES,
    (Piece("Trees", (0,)), Piece("", (1,))),
    (TaughtQuestion("what grows", (0,)), TaughtQuestion("who pays", ())),
)
WHOLE = TaughtDocument("trees", TEXT, SENTENCES, (Piece("Trees", (0, 1)),), DOCUMENT.questions)


def tokenize(text: str) -> tuple[list[int], list[tuple[int, int]]]:
    """A token a word, of its length; 0 in front and behind, as models have [CLS] and [SEP]."""
    words = [match.span() for match in re.finditer(r"\w+", text)]
    return [0, *(end - start for start, end in words), 0], [(0, 0), *words, (0, 0)]


def batch_of(*documents: TaughtDocument) -> Batch:
    batch = Batch()
    for document in documents:
        batch.add(document, document.pieces, tokenize)
    return batch


def test_tokens_are_shared_out_between_context_and_sentences() -> None:
    batch = batch_of(WHOLE)  # [CLS] Trees | Oaks grow | Limes do not [SEP]

    assert batch.contexts == [[0, 1], [0, 1]]
    assert batch.sentence_tokens == [[2, 3], [4, 5, 6, 7]]
    assert batch.passage_tokens == [[0, 1, 2, 3, 4, 5, 6, 7]]


def test_passages_without_context_keep_their_first_token_for_it() -> None:
    batch = batch_of(DOCUMENT)  # [CLS] Trees | Oaks grow [SEP]; [CLS] | Limes do not [SEP]

    assert batch.contexts == [[0, 1], [5]]
    assert batch.sentence_tokens == [[2, 3, 4], [6, 7, 8, 9]]


def test_tokens_are_numbered_through_all_documents() -> None:
    batch = batch_of(WHOLE, WHOLE)

    assert batch.sentence_tokens[2:] == [[10, 11], [12, 13, 14, 15]]
    assert batch.answers == [[0], [], [2], []]


def test_right_are_the_answering_sentence_and_its_passage() -> None:
    batch = batch_of(DOCUMENT)

    assert batch.right_sentences().tolist() == [[True, False], [False, False]]
    assert batch.right_passages().tolist() == [[True, False], [False, False]]


def test_own_are_the_sentences_of_the_document_that_is_asked() -> None:
    batch = batch_of(DOCUMENT, WHOLE)

    own, others = [True, True, False, False], [False, False, True, True]
    assert batch.own_sentences().tolist() == [own, own, others, others]


def test_question_whose_answer_the_models_limit_cuts_off_is_left_out() -> None:
    def short_sighted(text: str) -> tuple[list[int], list[tuple[int, int]]]:
        ids, offsets = tokenize(text)
        return [*ids[:2], 0], [*offsets[:2], (0, 0)]

    batch = Batch()
    batch.add(WHOLE, WHOLE.pieces, short_sighted)

    assert batch.answers == [[]]  # that of the unanswerable question

"""What speaks for a sentence is laid out as numbers, each checked by hand."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest

from askmobility.index.encoder import Encoded
from askmobility.index.token_vectors import TokenMatrix
from askmobility.search.evidence import FEATURES, Evidence, gather, stems_of, words_of
from askmobility.search.late_interaction import Interaction, interact
from askmobility.search.names import NameBook, Named
from askmobility.search.question import Question, understand
from askmobility.search.words import content_stems
from askmobility.types import Passage, Span, Speaker

Floats = npt.NDArray[np.float32]
OKORO = Speaker("Maya Okoro", role="Mayor of Port Ellery")
BOOK = NameBook.of([Named(OKORO, "ferry", quoted=True)], frozenset())


def passage(
    number: int, *sentences: str, speaker: Speaker | None = None, context: str = "Ferries"
) -> Passage:
    text = " ".join(sentences)
    spans = []
    for sentence in sentences:
        start = text.index(sentence)
        spans.append(Span(1000 * number + start, 1000 * number + start + len(sentence)))
    return Passage(
        f"ferry#p{number}", "ferry", 1000 * number, 1000 * number + len(text), text, tuple(spans),
        "Tickets", speaker, number, context,
    )  # fmt: skip


PASSAGES = (
    passage(1, "The ferry carries 90 people.", "Is it late?"),
    passage(2, "“A ferry ticket costs £3.”", speaker=OKORO),
    passage(4, "Tickets", context=""),
)
OWNER = (0, 0, 1, 2)
SENTENCES = 4


def encoded(text: str) -> Encoded:
    """One token for each word, [CLS] and [SEP] around them; vectors do not matter here."""
    words = text.split()
    offsets, at = [(0, 0)], 0
    for word in words:
        start = text.index(word, at)
        at = start + len(word.rstrip("?"))
        offsets.append((start, at))
    count = len(words) + 2
    return Encoded(
        np.arange(count), np.array([*offsets, (0, 0)], np.int32),
        np.zeros((count, 2), np.float32), np.zeros(2, np.float32),
    )  # fmt: skip


def found_by(question: Encoded) -> Interaction:
    """Similarities that can be told apart: token n finds n/100 + sentence/10 in each sentence."""
    tokens = np.arange(len(question.ids), dtype=np.float32)[:, None] / 100
    rows = np.arange(SENTENCES, dtype=np.float32)[None] / 10
    best = tokens + rows
    nowhere = np.zeros((SENTENCES, 2), np.int64)
    return Interaction(
        question.tokens, question.tokens, nowhere, nowhere[:3], best, best + 1,
        np.stack([best[:, :2].max(axis=1), best[:, 2], best[:, 3]], axis=1) + 2,
        np.array([0.1, 0.2, 0.3, 0.4], np.float32), np.array(OWNER),
    )  # fmt: skip


def gathered(text: str, rarities: list[float] | None = None) -> Evidence:
    asked, question = understand(text, BOOK), encoded(text)
    rarity = np.array(rarities or [0, *[1] * len(text.split()), 0], np.float32)
    return gather(
        question=asked,
        encoded=question,
        rarity=rarity,
        passages=PASSAGES,
        similarities=np.array([0.7, 0.8, 0.9], np.float32),
        lexical=np.array([0.5, 1.0, 0.0], np.float32),
        found=found_by(question),
    )


def column(evidence: Evidence, name: str) -> list[float]:
    values: list[float] = evidence.features[:, FEATURES.index(name)].tolist()
    return values


def test_every_sentence_of_every_passage_has_a_row() -> None:
    evidence = gathered("How much is a ferry ticket?")

    assert evidence.features.shape == (SENTENCES, len(FEATURES))
    assert np.isfinite(evidence.features).all()
    assert evidence.spans == tuple(span for p in PASSAGES for span in p.sentences)
    assert evidence.owner.tolist() == list(OWNER)


def test_matches_are_weighted_by_the_rarity_of_the_words() -> None:
    evidence = gathered("ferry ticket price?", [0, 1, 3, 0, 0])

    # tokens 1 and 2 find 0.01 and 0.02 in the first sentence, 0.1 more in each that follows
    match = (1 * 0.01 + 3 * 0.02) / 4
    assert column(evidence, "match") == pytest.approx(
        [match, match + 0.1, match + 0.2, match + 0.3]
    )
    assert column(evidence, "match_around") == pytest.approx(
        [match + 1, match + 1.1, match + 1.2, match + 1.3]
    )
    assert column(evidence, "match_passage") == pytest.approx(
        [match + 2.1, match + 2.1, match + 2.2, match + 2.3]
    )
    assert column(evidence, "match_even") == pytest.approx([0.02, 0.12, 0.22, 0.32])


def test_the_sentence_before_counts_within_the_passage_alone() -> None:
    evidence = gathered("ferry ticket price?")

    match = column(evidence, "match")
    assert column(evidence, "match_before") == pytest.approx([0, match[0], 0, 0])


def test_a_sentence_opens_its_passage_or_goes_on_where_the_one_before_it_matches_more() -> None:
    asked, question = understand("ferry ticket price?", BOOK), encoded("ferry ticket price?")
    found = found_by(question)
    backwards = replace(found, best=found.best[:, ::-1])
    evidence = gather(
        asked, question, np.array([0, 1, 1, 1, 0], np.float32), PASSAGES,
        np.zeros(3, np.float32), np.zeros(3, np.float32), backwards,
    )  # fmt: skip

    assert column(evidence, "opens") == [1, 0, 1, 1]
    assert column(evidence, "continues") == pytest.approx([0, 0.1, 0, 0])
    assert column(gathered("ferry ticket price?"), "continues") == [0, 0, 0, 0]


def test_what_ends_in_a_colon_announces_an_answer() -> None:
    assert words_of("These are the fares:").announces
    assert words_of("She said: “It is late:”").announces
    assert not words_of("Fares: £3 each way.").announces


def test_similarities_are_of_the_sentence_and_of_its_passage_which_alone_has_a_bm25() -> None:
    evidence = gathered("How much is a ferry ticket?")

    assert column(evidence, "lexical") == [0.5, 0.5, 1, 0]
    assert column(evidence, "similarity") == pytest.approx([0.1, 0.2, 0.3, 0.4])
    assert column(evidence, "similarity_passage") == pytest.approx([0.7, 0.7, 0.8, 0.9])


def test_the_worst_word_is_the_one_that_finds_least_among_those_that_tell() -> None:
    evidence = gathered("ferry ticket price?", [0, 0, 1, 2, 0])

    assert column(evidence, "worst") == pytest.approx([1.02, 1.12, 1.22, 1.32])


def test_coverage_is_the_share_of_the_questions_words_by_rarity() -> None:
    evidence = gathered("ferry ticket price?", [0, 1, 2, 5, 0])

    assert column(evidence, "coverage") == pytest.approx([1 / 8, 0, 3 / 8, 2 / 8])
    assert column(evidence, "coverage_passage") == pytest.approx([1 / 8, 1 / 8, 3 / 8, 2 / 8])


def test_a_word_without_a_piece_of_its_own_weighs_as_much_as_most_do() -> None:
    evidence = gathered("ferry ticket price?", [0, 2, 0, 2, 0])

    assert column(evidence, "coverage")[2] == pytest.approx(4 / 6)


def test_neighbours_in_the_question_are_neighbours_in_the_sentence() -> None:
    assert column(gathered("ferry ticket costs?"), "pairs") == [0, 0, 1, 0]
    assert column(gathered("ticket ferry costs?"), "pairs") == [0, 0, 0, 0]
    assert column(gathered("ferry ticket people?"), "pairs") == [0, 0, 0.5, 0]


def test_the_rarest_word_stands_in_the_passage_or_its_context() -> None:
    assert column(gathered("ferry ticket price?", [0, 1, 9, 1, 0]), "rarest") == [0, 0, 1, 1]
    assert column(gathered("ferry ticket price?", [0, 9, 1, 1, 0]), "rarest") == [1, 1, 1, 0]


def test_a_detail_of_the_kind_asked_for_is_there_or_not_or_is_not_asked_for() -> None:
    assert column(gathered("How much is a ferry ticket?"), "detail") == [-1, -1, 1, -1]
    assert column(gathered("ferry ticket"), "detail") == [0, 0, 0, 0]


def test_a_number_of_the_question_is_there_or_not_or_there_is_none() -> None:
    assert column(gathered("Does it carry 90 people?"), "number") == [1, -1, -1, -1]
    assert column(gathered("Does it carry ninety people?"), "number") == [1, -1, -1, -1]
    assert column(gathered("Does it carry people?"), "number") == [0, 0, 0, 0]


def test_words_of_those_asked_for_are_told_from_others() -> None:
    assert column(gathered("What did Maya Okoro say about tickets?"), "spoken") == [-1, -1, 1, -1]
    assert column(gathered("What does a ticket cost?"), "spoken") == [0, 0, 0, 0]


def test_questions_labels_lengths_and_places_are_noted() -> None:
    evidence = gathered("ferry ticket")

    assert column(evidence, "is_question") == [0, 1, 0, 0]
    assert column(evidence, "is_label") == [0, 1, 0, 1]
    assert column(evidence, "length") == pytest.approx([math.log(n) for n in (5, 3, 5, 1)])
    assert column(evidence, "opening") == pytest.approx([1, 1, 1 / 2, 1 / 4])


def test_a_match_of_some_words_alone_leaves_the_others_out() -> None:
    evidence = gathered("ferry ticket price?", [0, 1, 3, 7, 0])

    assert evidence.match(content_stems("ticket")).tolist() == pytest.approx(
        [0.02, 0.12, 0.22, 0.32]
    )
    assert evidence.match(content_stems("ferry ticket"))[0] == pytest.approx(
        (1 * 0.01 + 3 * 0.02) / 4
    )
    assert evidence.match(["nowhere"]).tolist() == [0, 0, 0, 0]


def test_a_question_without_a_word_that_tells_weighs_all_its_pieces_alike() -> None:
    evidence = gathered("who is it?", [0, 0, 0, 0, 0])

    assert evidence.rarity.tolist() == pytest.approx([0.2] * 5)
    assert np.isfinite(evidence.features).all()


def test_without_candidates_there_is_no_evidence() -> None:
    question: Question = understand("ferry ticket", BOOK)
    empty = np.empty((0, 2), np.float32)
    nothing = TokenMatrix(empty, np.empty(0, np.int64), np.array([0]), np.empty(0, np.float32))
    words = encoded("ferry ticket")

    evidence = gather(
        question=question,
        encoded=words,
        rarity=np.ones(4, np.float32),
        passages=(),
        similarities=np.empty(0, np.float32),
        lexical=np.empty(0, np.float32),
        found=interact(words.tokens, nothing),
    )

    assert evidence.features.shape == (0, len(FEATURES))
    assert evidence.spans == ()


def test_words_of_a_sentence_are_its_stems_neighbours_and_length() -> None:
    words = words_of("Do the ferries carry bicycles?”")

    assert words.stems == {"ferri", "carri", "bicycl"}
    assert words.pairs == {("ferri", "carri"), ("carri", "bicycl")}
    assert (words.count, words.asks) == (5, True)
    assert not words_of("They do.").asks


def test_the_stems_of_a_passage_are_its_own_and_its_contexts() -> None:
    assert stems_of(PASSAGES[2]) == {"ticket"}
    assert {"ferri", "carri", "late"} <= stems_of(PASSAGES[0])

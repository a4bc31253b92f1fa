"""Rare word pieces tell more than common ones."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from askmobility.search.rarity import IN_BRACKETS, background, rarity, weight_of_place

# of a vocabulary of another size than our model's: no background is counted in
SEEN = np.array([0, 1, 5, 10, 10, 0], np.int64)
PASSAGES = 10


def test_rarity_is_inverse_document_frequency_or_a_root_of_it() -> None:
    weights = rarity(np.array([4, 0, 1, 2, 3, 5]), SEEN, PASSAGES)[1:-1]

    expected = np.log([1 + (10 - n + 0.5) / (n + 0.5) for n in (0, 1, 5, 10)])
    powers = np.log(weights) / np.log(expected)
    np.testing.assert_allclose(powers, powers[0], rtol=1e-4)
    assert 0 < powers[0] < 1.0001


def test_the_first_and_the_last_piece_which_are_no_words_weigh_nothing() -> None:
    weights = rarity(np.array([1, 1, 1]), SEEN, PASSAGES)

    assert (weights[0], weights[-1]) == (0, 0)
    assert weights[1] > 0


def test_rarer_pieces_weigh_more_and_none_less_than_nothing() -> None:
    everywhere = np.arange(PASSAGES + 1)
    weights = rarity(np.concatenate([[0], everywhere, [0]]), everywhere, PASSAGES)[1:-1]

    assert all(rarer > commoner for rarer, commoner in pairwise(weights.tolist()))
    assert (weights > 0).all()


def test_what_general_policy_text_uses_is_common_in_a_corpus_of_one_passage_too() -> None:
    shares = background()
    seen = np.zeros(len(shares), np.int64)
    common, rare = int(shares.argmax()), int(shares.argmin())

    weights = rarity(np.array([0, common, rare, 0]), seen, 1)

    assert weights[1] < weights[2]


def test_a_large_corpus_outweighs_general_policy_text() -> None:
    shares = background()
    common, rare = int(shares.argmax()), int(shares.argmin())
    seen = np.zeros(len(shares), np.int64)
    seen[rare] = 1_000_000

    weights = rarity(np.array([0, common, rare, 0]), seen, 1_000_000)

    assert weights[1] > weights[2]


def test_the_background_is_shares() -> None:
    assert 0 <= background().min() < background().max() <= 1


def test_what_an_earlier_question_was_about_counts_less_than_what_is_asked_now() -> None:
    asked = "How long (the trial of buses)?"
    starts = np.array([[0, 0], [0, 3], [4, 8], [10, 13], [14, 19], [29, 30], [0, 0]])

    weights = weight_of_place(asked, starts)
    assert weights.tolist() == [1, 1, 1, *[IN_BRACKETS] * 3, 1]
    assert weight_of_place("(the trial of buses)", starts).tolist() == [1] * 7
    assert weight_of_place("How (and where) do they run?", starts).tolist() == [1] * 7

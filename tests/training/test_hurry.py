"""Questions are typed in a hurry now and then, and stay questions."""

from __future__ import annotations

import random
from collections import Counter

from askmobility.training.hurry import hurried, slipped

QUESTION = "What does the mayor's plan say about the buses, and who pays for them?"


def test_many_questions_stay_as_they_are_and_many_do_not() -> None:
    chance = random.Random(1)

    typed = [hurried(QUESTION, chance) for _ in range(500)]

    assert 0.35 < typed.count(QUESTION) / 500 < 0.6
    assert any(QUESTION in words and len(words) > len(QUESTION) for words in typed)
    assert any("?" not in words for words in typed)
    assert any("the" not in words.split() for words in typed)


def test_the_same_seed_types_the_same() -> None:
    assert hurried(QUESTION, random.Random(3)) == hurried(QUESTION, random.Random(3))


def test_a_question_of_small_words_alone_is_never_emptied() -> None:
    chance = random.Random(1)

    assert all(hurried("who is it", chance) for _ in range(200))


def test_a_slip_changes_one_place_of_a_long_word_and_none_of_a_short_one() -> None:
    chance = random.Random(1)

    typed = {slipped("council", chance) for _ in range(200)}

    assert all(abs(len(word) - len("council")) <= 1 for word in typed)
    assert all((Counter("council") - Counter(word)).total() <= 1 for word in typed)
    assert slipped("bus", chance) == "bus"

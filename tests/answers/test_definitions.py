"""A term is answered by the sentence that defines it, or not at all."""

from __future__ import annotations

from typing import Any

import pytest

from askmobility.answers.definitions import defined

pytestmark = pytest.mark.slow

SENTENCE = (
    "The scheme is funded by the Coastal Towns Fund (CTF), a government programme that pays for "
    "transport in places by the sea."
)


@pytest.mark.parametrize("question", ["What does CTF stand for?", "what is ctf", "define CTF"])
def test_a_term_is_answered_by_the_sentence_that_spells_it_out(
    material_of: Any, words: Any, question: str
) -> None:
    assert words(defined(material_of(question)).picks) == [SENTENCE]


def test_letters_that_nothing_spells_out_are_refused(material_of: Any) -> None:
    made = defined(material_of("What does NHS stand for?"))

    assert (made.picks, made.reason) == ((), "detail_not_given")


@pytest.mark.parametrize("question", ["How much is a ticket?", "What is a fish quay?"])
def test_any_other_question_is_left_to_the_ranking(material_of: Any, question: str) -> None:
    assert defined(material_of(question)) is None

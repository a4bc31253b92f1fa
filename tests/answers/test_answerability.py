"""What speaks for and against a draft, as numbers that mean what they say."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from askmobility.answers.answerability import (
    FEATURES,
    STRUCTURE,
    features,
    known_terms,
    likelihood,
    share_known,
)
from askmobility.answers.drafting import draft
from askmobility.answers.material import Draft, Material
from askmobility.answers.selection import best_sentences

pytestmark = pytest.mark.slow

ANSWERED = (
    "How much is a single ticket?",
    "How often will the ferry cross the harbour?",
    "When will Carrow Library open on Sundays?",
    "Where will the batteries be charged?",
)
OFF_TOPIC = (
    "How do I renew my passport?",
    "Which vaccine is given against shingles?",
    "Who won the football league in 1987?",
    "What is the capital of Mongolia?",
)


def feature(material: Material, name: str, made: Draft | None = None) -> float:
    values = features(material, made or best_sentences(material))
    assert len(values) == len(FEATURES)
    return float(values[FEATURES.index(name)])


def test_known_words_are_those_that_some_passage_uses(material_of: Any) -> None:
    material = material_of("Are there submarines at the fish quay?")

    assert known_terms(material) == frozenset(material.question.terms) - {"submarin"}
    assert 0 < share_known(material) < 1
    assert share_known(material_of("fish quay")) == pytest.approx(1)
    assert share_known(material_of("submarines")) == 0


def test_the_rarest_word_missing_tells(material_of: Any) -> None:
    assert feature(material_of("What about zeppelins?"), "rarest_known") == 0
    assert feature(material_of("Does the ferry cross the harbour?"), "rarest_known") == 1


@pytest.mark.parametrize(
    ("question", "anywhere"),
    [
        ("How much is a ticket?", 1),
        ("What is the phone number of the harbour office?", -1),
        ("What will the boats run on?", 0),
    ],
)
def test_a_detail_of_the_kind_asked_for_stands_somewhere_nowhere_or_is_not_asked_for(
    material_of: Any, question: str, anywhere: int
) -> None:
    assert feature(material_of(question), "detail_anywhere") == anywhere


@pytest.mark.parametrize(
    ("question", "sentence", "counted"),
    [
        ("How many passengers fit?", "Each carries 90 passengers and 20 bicycles.", 1),
        ("How many captains are there?", "Each carries 90 passengers and 20 bicycles.", -1),
        ("How many captains are there?", "The council bought both boats from a yard in Norway.", 0),
        ("When is it open?", "Each carries 90 passengers and 20 bicycles.", 0),
    ],
)
def test_what_a_sentence_counts_is_held_against_what_is_asked_for(
    material_of: Any, pick_of: Any, question: str, sentence: str, counted: int
) -> None:
    material = material_of(question)
    (row,) = material.rows([pick_of(sentence)])

    assert feature(material, "counted", Draft((material.pick(row),), rows=(row,))) == counted


@pytest.mark.parametrize(
    ("sentence", "voice"),
    [("“Our apprentices will maintain both boats.", 1),
     ("The boats will run on batteries charged at the fish quay.", -1)],
)  # fmt: skip
def test_where_somebodys_words_are_asked_for_it_tells_whether_anybody_says_them(
    material_of: Any, pick_of: Any, sentence: str, voice: int
) -> None:
    material = material_of("What did Ines Calloway say about boats?")
    rows = material.rows([pick_of(sentence)])

    made = Draft(material.picks_of(rows), rows=tuple(rows))
    assert feature(material, "voice", made) == voice
    assert feature(material_of("How big are the boats?"), "voice") == 0


def test_a_stranger_whose_words_are_asked_for_is_noticed(material_of: Any) -> None:
    assert feature(material_of("What did Boris Carver say about boats?"), "stranger") == 1
    assert feature(material_of("What did Maya Okoro say about boats?"), "stranger") == 0


def test_the_kind_of_question_is_one_of_the_numbers(material_of: Any) -> None:
    material = material_of("When does the library open?")

    assert feature(material, "kind_when") == 1
    assert feature(material, "kind_number") == 0


def test_how_far_a_draft_stands_behind_the_best_sentence_and_above_the_next(
    material_of: Any,
) -> None:
    material = material_of("How much is a single ticket?")
    best, second = material.order[:2]
    following = [material.score(row) for row in material.order[1:11]]

    first = Draft((material.pick(best),), rows=(best,))
    assert feature(material, "behind", first) == 0
    assert feature(material, "lead", first) == pytest.approx(
        material.score(best) - float(np.mean(following)), abs=1e-5
    )
    other = Draft((material.pick(second),), rows=(second,))
    assert feature(material, "behind", other) == pytest.approx(
        material.score(best) - material.score(second)
    )


def test_a_likelihood_is_a_probability_and_higher_where_the_documents_answer(
    material_of: Any,
) -> None:
    def weighed(questions: tuple[str, ...]) -> list[float]:
        return [likelihood(m, draft(m)) for m in map(material_of, questions)]

    answered, off_topic = weighed(ANSWERED), weighed(OFF_TOPIC)
    assert all(0 < weight < 1 for weight in (*answered, *off_topic))
    assert min(answered) > max(off_topic)


def test_what_is_read_off_the_structure_needs_no_weighing(material_of: Any) -> None:
    material = material_of("Who is quoted?")

    assert likelihood(material, draft(material)) == STRUCTURE

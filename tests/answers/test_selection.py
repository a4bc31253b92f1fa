"""The best sentence answers, and those that come close to it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from askmobility.answers.drafting import draft
from askmobility.answers.material import Draft, Material
from askmobility.answers.selection import (
    NEXT_TO_BEST,
    ONE_FACT,
    SEVERAL,
    best_sentences,
    in_order,
    mentioned,
    select,
)

pytestmark = pytest.mark.slow


@pytest.fixture
def material(material_of: Any) -> Material:
    """Of a question of kind "number", with scores set by hand: row 3 best, 0 close, 7 far."""
    made = material_of("How many passengers are expected?")
    assert made.question.kind == "number"
    margin, _ = ONE_FACT
    scores = np.full(len(made.order), -100, np.float32)
    scores[[3, 0, 7]] = 5, 5 - margin + 0.01, 5 - margin - 0.01
    order = tuple(int(row) for row in np.argsort(-scores, kind="stable"))
    return replace(made, ranking=replace(made.ranking, sentence_scores=scores), order=order)


def test_sentences_close_to_the_best_are_chosen_with_it_best_first(material: Material) -> None:
    assert select(material) == [3, 0]


def test_among_some_rows_the_best_of_them_sets_the_measure(material: Material) -> None:
    assert select(material, [0, 7]) == [0, 7]
    assert select(material, [7, 8]) == [7]
    assert select(material, []) == []


def test_what_stands_beside_the_best_may_score_further_below_unless_a_detail_is_asked_for(
    material_of: Any,
) -> None:
    made = material_of("What will become of the ferry?")
    assert made.question.expects == "none"
    owner = made.ranking.evidence.owner
    best = next(at for at in range(1, len(owner) - 2) if owner[at - 1] == owner[at + 1])
    margin, _ = ONE_FACT
    scores = np.full(len(owner), 5 - margin - NEXT_TO_BEST - 0.01, np.float32)
    scores[best] = 5
    scores[best + 1] += 0.02
    order = tuple(int(row) for row in np.argsort(-scores, kind="stable"))
    set_out = replace(made, ranking=replace(made.ranking, sentence_scores=scores), order=order)
    counted = replace(set_out, question=replace(made.question, expects="count"))

    assert select(set_out) == [best, best + 1]
    assert select(counted) == [best]


@pytest.mark.parametrize(
    ("question", "most"),
    [
        ("How many passengers are expected?", ONE_FACT[1]),
        ("What did Okoro say?", SEVERAL[1]),
        ("Why is the ferry coming back?", SEVERAL[1]),
    ],
)
def test_there_are_never_more_than_one_fact_or_several_take(
    material_of: Any, question: str, most: int
) -> None:
    made = material_of(question)
    scores = np.zeros(len(made.order), np.float32)

    assert len(select(replace(made, ranking=replace(made.ranking, sentence_scores=scores)))) == most


def test_the_draft_quotes_the_chosen_sentences_best_first(material: Material) -> None:
    draft = best_sentences(material)

    assert draft.rows == (3, 0)
    assert draft.picks == (material.pick(3), material.pick(0))


def test_in_order_of_the_text_the_paragraph_of_the_best_sentence_comes_first(
    material: Material,
) -> None:
    owner = list(material.ranking.evidence.owner)
    later = max(row for row in range(len(owner) - 1) if owner[row] == owner[row + 1])
    assert owner[later] != owner[0]

    picks = in_order(material, [later + 1, 0, later])

    assert picks == tuple(material.pick(row) for row in (later, later + 1, 0))


def test_what_was_said_in_one_go_with_the_best_sentence_comes_before_the_rest_of_a_paragraph(
    material_of: Any,
) -> None:
    made = material_of("What did Frost say about fines?")
    owner = made.ranking.evidence.owner
    rows = [row for row in range(len(owner) - 1) if owner[row] == owner[row + 1]]
    said, told = next(
        (row, row + 1) if made.speaker(row) else (row + 1, row)
        for row in rows
        if bool(made.speaker(row)) is not bool(made.speaker(row + 1))
    )

    assert in_order(made, [said, told]) == (made.pick(said), made.pick(told))
    assert in_order(made, [told, said]) == (made.pick(told), made.pick(said))


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("does it mention bicycles", "Each carries 90 passengers and 20 bicycles."),
        ("does anybody talk about families", "“Fines kept away the very families"),
        ("who mentions apprentices", "“Our apprentices will maintain both boats."),
        ("which of them use the word thread", "“The ferry is the thread"),
    ],
)
def test_whether_something_is_mentioned_is_answered_by_the_words(
    material_of: Any, words: Any, question: str, answer: str
) -> None:
    made = draft(material_of(question))

    assert words(made.picks)[0].startswith(answer)
    assert made.rows == ()


@pytest.mark.parametrize(
    "question",
    [
        "who mentions bicycles",
        "can residents talk about the boats",
        "does it mention council trams",
    ],
)
def test_words_that_stand_in_no_quotation_or_not_together_are_not_mentioned(
    material_of: Any, question: str
) -> None:
    assert mentioned(material_of(question)) is None


@pytest.mark.parametrize(
    "question",
    ["does it mention helicopters", "is Glasgow in it", "is there anything about submarines"],
)
def test_what_no_sentence_says_in_these_or_other_words_is_not_there(
    material_of: Any, question: str
) -> None:
    assert mentioned(material_of(question)) == Draft((), "detail_not_given")

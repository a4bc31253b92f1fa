"""Whether a document answers is learned by trees, and calibrated on what they had not seen."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from askmobility.answers.answerability import FEATURES
from askmobility.training.scorers import (
    Class,
    Example,
    fit_answerability,
    is_marked,
    with_answers_taken_away,
)

MATCH, KNOWN = FEATURES.index("match"), FEATURES.index("known")


def examples(seed: int, count: int, sure: float) -> list[Example]:
    """Answered where "match" is above a half, so often as `sure` says; "known" tells nothing."""
    chance = np.random.default_rng(seed)
    rows = np.zeros((count, len(FEATURES)))
    rows[:, [MATCH, KNOWN]] = chance.uniform(size=(count, 2))
    answered = (rows[:, MATCH] > 0.5) == (chance.uniform(size=count) < sure)
    return [
        Example(
            np.zeros((0, 0), np.float32), np.zeros(0, bool), bool(right), bool(right), row, False
        )
        for row, right in zip(rows, answered, strict=True)
    ]


def row(match: float) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    values = np.zeros(len(FEATURES))
    values[MATCH], values[KNOWN] = match, 0.5
    return values


def probability(log_odds: float) -> float:
    return 1 / (1 + math.exp(-log_odds))


def test_confidence_is_as_often_right_as_it_says() -> None:
    trees = fit_answerability([examples(0, 1200, sure=0.8), examples(1, 1200, sure=0.8)])

    assert probability(trees.score(row(0.9))) == pytest.approx(0.8, abs=0.06)
    assert probability(trees.score(row(0.1))) == pytest.approx(0.2, abs=0.06)


def test_confidence_is_no_higher_for_what_was_learned_by_heart() -> None:
    """Chance alone: trees fit what they have seen, and know nothing of what they have not."""
    trees = fit_answerability([examples(0, 300, sure=0.5), examples(1, 300, sure=0.5)])

    seen = [probability(trees.score(example.drafted)) for example in examples(0, 300, sure=0.5)]
    assert max(seen) < 0.7


def test_confidence_is_in_the_whole_answer_not_in_there_being_one() -> None:
    halved = [
        [replace(e, whole=e.whole and at % 2 == 0) for at, e in enumerate(part)]
        for part in (examples(0, 1200, sure=0.8), examples(1, 1200, sure=0.8))
    ]

    trees = fit_answerability(halved)

    assert probability(trees.score(row(0.9))) == pytest.approx(0.4, abs=0.06)


def test_what_structure_has_settled_teaches_nothing() -> None:
    settled = [
        replace(e, answerable=not e.answerable, whole=not e.whole, settled=True)
        for e in examples(2, 600, sure=1.0)
    ]
    asked = [examples(3, 300, sure=0.95), examples(4, 300, sure=0.95)]

    with_them = fit_answerability([[*asked[0], *settled], asked[1]])

    assert with_them.score(row(0.9)) == fit_answerability(asked).score(row(0.9))


def test_a_question_made_unanswerable_counts_for_less() -> None:
    asked = [examples(5, 600, sure=0.9), examples(6, 600, sure=0.9)]
    against = [replace(e, answerable=False, whole=False, counts=0.01) for e in asked[0]]

    lightly = fit_answerability([[*asked[0], *against], asked[1]])

    assert lightly.score(row(0.9)) > 0 > lightly.score(row(0.1))


@pytest.mark.slow
def test_a_question_without_the_passages_that_answer_it_is_unanswerable(tmp_path: Path) -> None:
    answer = "The ferry crosses the harbour twice an hour."
    paragraphs = [answer, "The library opens on Sundays.", "The market has forty stalls."]
    document = {
        "id": "town",
        "title": "Town news",
        "text": "\n\n".join(paragraphs),
        "questions": [
            {
                "question": "How often does the ferry cross?",
                "history": [],
                "category": "factoid",
                "evidence": [answer],
                "expect": "answer",
                "reason": None,
            }
        ],
    }

    (made,) = with_answers_taken_away(Class.of([document], tmp_path))

    assert not made.answerable
    assert not made.whole
    assert not made.marked.any()
    assert len(made.marked) == 2, "what does not answer is still there"
    assert made.counts < 1


@pytest.mark.slow
def test_documents_are_read_as_plain_text_is_by_an_encoder_not_taught_on_them(
    tmp_path: Path,
) -> None:
    text = "FOR IMMEDIATE RELEASE\n\nFerry to run at night\n\nThe ferry will cross until midnight."
    document = {"id": "ferry", "title": "What nobody reading the file can see", "text": text}

    made = Class.of([document], tmp_path, tmp_path / "no adapter")

    assert made.assistant.corpus.document("ferry").title == "Ferry to run at night"
    encoder = made.assistant.snapshot.folder / "encoder" / "encoder.json"
    assert json.loads(encoder.read_text("utf-8"))["adapter"] == []


@pytest.mark.parametrize(
    ("sentence", "evidence", "marked"),
    [
        ("- oak for the parks", ["oak for the parks"], True),
        ("The trees cost £4,000.", ["The trees cost £4,000. Nobody minds."], True),
        ("The trees cost £4,000, and nobody was asked about it.", ["Nobody was asked"], False),
        ("The trees cost £4,000.", [], False),
    ],
)
def test_a_sentence_is_marked_where_most_of_it_is(
    sentence: str, evidence: list[str], marked: bool
) -> None:
    assert is_marked(sentence, evidence) is marked

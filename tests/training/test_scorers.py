"""Whether a document answers is learned, and calibrated on what was not learned from."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import mean

import numpy as np
import pytest

from askmobility.answers.answerability import FEATURES
from askmobility.answers.reading import Page, Sheet
from askmobility.search.evidence import FEATURES as SENTENCE_FEATURES
from askmobility.settings import ANSWERS_FROM
from askmobility.training import reading, scorers
from askmobility.training.scorers import (
    Class,
    Example,
    fit_answerability,
    fit_sentences,
    is_marked,
    with_answers_taken_away,
)

HIGH, LOW = [0.55, 0.65, 0.75, 0.85, 0.95], [0.05, 0.15, 0.25, 0.35, 0.45]
MATCH, KNOWN = FEATURES.index("match"), FEATURES.index("known")


@pytest.fixture(autouse=True)
def _short_lessons(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scorers, "TREES", 200)
    monkeypatch.setattr(reading, "EPOCHS", 3)


def sheet(match: float, known: float = 0.5) -> Sheet:
    """A question of one token, read against a sentence of another, and what speaks for the two."""
    features = np.zeros(len(FEATURES), np.float32)
    features[MATCH], features[KNOWN] = match, known
    token = np.eye(1, 8, dtype=np.float32)
    page = Page(token, token, np.zeros(len(SENTENCE_FEATURES), np.float32))
    return Sheet(token, np.ones(1, np.float32), np.ones(1, np.float32), (page,), features)


def examples(seed: int, count: int, sure: float) -> list[Example]:
    """Answered where "match" is above a half, so often as `sure` says; "known" tells nothing."""
    chance = np.random.default_rng(seed)
    made = []
    for match, known, kept in chance.uniform(size=(count, 3)).tolist():
        right = (match > 0.5) == (kept < sure)
        nothing = np.zeros((0, 0), np.float32), np.zeros(0, bool), "factoid"
        made.append(Example(*nothing, right, right, sheet(match, known), (right,), nearest=right))
    return made


def fitted(*folds: list[Example]) -> Callable[[float], float]:
    """What trees and reader that learned from these folds give, as a probability, for a "match"."""
    trees, reader = fit_answerability(folds, lambda what, done, of: None)

    def confidence(match: float) -> float:
        read = sheet(match)
        return 1 / (1 + math.exp(-trees.score(read.features) - reader.score(read)))

    return confidence


def choices(kind: str, right: int, count: int = 60) -> list[Example]:
    """Questions of a kind, whose answer is the sentence that matches most (0) or the next (1)."""
    columns = np.zeros((2, len(SENTENCE_FEATURES)), np.float32)
    columns[0, SENTENCE_FEATURES.index("match")] = 0.5
    columns[1, SENTENCE_FEATURES.index("match_before")] = 0.5
    marked = np.arange(2) == right
    return [Example(columns, marked, kind, answerable=True, whole=True) for _ in range(count)]


def test_each_kind_of_question_may_find_its_answer_elsewhere() -> None:
    sentence, by_kind = fit_sentences([*choices("number", 0, 90), *choices("why", 1)])

    def behind(kind: str) -> float:
        """How much more the sentence behind counts than the one that matches."""
        of = {name: sentence[name] + by_kind[kind].get(name, 0) for name in sentence}
        return of["match_before"] - of["match"]

    assert behind("number") < 0 < behind("why")


def test_a_question_without_a_marked_sentence_teaches_no_choice() -> None:
    unanswered = [replace(example, marked=np.zeros(2, bool)) for example in choices("why", 0)]

    assert fit_sentences([*choices("why", 1), *unanswered])[0] == pytest.approx(
        fit_sentences(choices("why", 1))[0], abs=1e-3
    )


def test_confidence_is_as_often_right_as_it_says() -> None:
    confidence = fitted(*(examples(seed, 500, sure=0.8) for seed in range(4)))

    assert mean(map(confidence, HIGH)) == pytest.approx(0.8, abs=0.1)
    assert mean(map(confidence, LOW)) == pytest.approx(0.2, abs=0.1)


def test_confidence_is_no_higher_for_what_was_learned_by_heart() -> None:
    """Chance alone: what fits the one fold says nothing of the other."""
    confidence = fitted(examples(0, 300, sure=0.5), examples(1, 300, sure=0.5))

    assert all(0.3 < confidence(match) < 0.7 for match in (0.1, 0.3, 0.5, 0.7, 0.9))


def test_confidence_is_in_the_whole_answer_not_in_there_being_one() -> None:
    thirds = [
        [replace(e, whole=e.whole and at % 3 > 0, nearest=False) for at, e in enumerate(part)]
        for part in (examples(seed, 500, sure=1.0) for seed in range(4))
    ]

    assert mean(map(fitted(*thirds), HIGH)) == pytest.approx(2 / 3, abs=0.1)


def test_confidence_of_a_refusal_is_that_the_nearest_passage_answers() -> None:
    missed = [
        [replace(e, whole=False, nearest=False) if at % 2 else e for at, e in enumerate(part)]
        for part in (examples(seed, 500, sure=0.8) for seed in range(4))
    ]
    found = [[replace(e, nearest=e.answerable) for e in part] for part in missed]

    assert mean(map(fitted(*missed), HIGH)) < ANSWERS_FROM
    assert mean(map(fitted(*found), HIGH)) > mean(map(fitted(*missed), HIGH)) + 0.1


def test_what_structure_has_settled_teaches_nothing() -> None:
    settled = [
        replace(e, answerable=not e.answerable, whole=not e.whole, sheet=None)
        for e in examples(2, 400, sure=1.0)
    ]
    asked = [examples(3, 200, sure=0.95), examples(4, 200, sure=0.95)]

    assert fitted([*asked[0], *settled], asked[1])(0.9) == fitted(*asked)(0.9)


def test_a_question_made_unanswerable_counts_for_less() -> None:
    asked = [examples(5, 400, sure=0.9), examples(6, 400, sure=0.9)]
    against = [
        replace(e, answerable=False, whole=False, answering=(False,), counts=0.01) for e in asked[0]
    ]

    confidence = fitted([*asked[0], *against], asked[1])

    assert confidence(0.9) > 0.5 > confidence(0.1)


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

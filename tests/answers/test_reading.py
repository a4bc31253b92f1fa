"""What the reader sees of a question and its sentences."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from askmobility.answers.answerability import FEATURES, features, likelihood, rows_to_read, to_read
from askmobility.answers.material import Draft
from askmobility.answers.reading import MOST_READ, SENTENCES
from askmobility.answers.selection import best_sentences
from askmobility.search.evidence import OF_ANSWERING

pytestmark = pytest.mark.slow


def test_the_draft_is_read_first_then_what_scores_best_each_once(material_of: Any) -> None:
    material = material_of("How much is a single ticket?")
    last = material.order[-1]

    rows = rows_to_read(material, Draft((), rows=(last,)))

    assert rows == [last, *material.order[: SENTENCES - 1]]
    assert len(set(rows)) == len(rows)


def test_a_sheet_has_the_tokens_of_the_question_and_of_each_sentence(material_of: Any) -> None:
    material = material_of("How much is a single ticket?")
    draft = best_sentences(material)

    read = to_read(material, draft)

    found = material.ranking.evidence.found
    assert len(read.question) == len(read.rarity) == len(read.known)
    assert read.rarity.sum() == pytest.approx(1, abs=1e-5)
    for row, page in zip(rows_to_read(material, draft), read.pages, strict=True):
        assert 0 < len(page.tokens) <= MOST_READ
        assert len(page.features) == OF_ANSWERING
        np.testing.assert_allclose(
            (read.question @ page.tokens.T).max(axis=1), found.best[:, row], atol=1e-5
        )
    assert len(read.features) == len(FEATURES)
    np.testing.assert_array_equal(read.features, features(material, draft))


def test_tokens_of_an_encoder_that_was_not_taught_are_not_read(material_of: Any) -> None:
    material = material_of("How much is a single ticket?")
    evidence = replace(material.ranking.evidence, readable=False)
    foreign = replace(material, ranking=replace(material.ranking, evidence=evidence))
    draft = best_sentences(material)

    read, unread = to_read(material, draft), to_read(foreign, draft)

    assert read.question.any()
    assert not unread.question.any()
    assert not any(page.tokens.any() or page.context.any() for page in unread.pages)
    np.testing.assert_array_equal(read.features, unread.features)
    assert 0 < likelihood(foreign, draft) < 1

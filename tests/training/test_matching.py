"""Matching: the scores and losses of training, held against slow and obvious computations."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch

from askmobility.index.adapter import importance_of
from askmobility.training.matching import (
    Matcher,
    best_matches,
    choice_loss,
    refusal_loss,
    summed,
)


def test_best_matches_are_each_groups_highest() -> None:
    similarities = torch.randn(5, 9, generator=torch.Generator().manual_seed(0))
    groups = [[0], [3, 1, 8], [4, 5]]

    found = best_matches(similarities, groups)

    for row in range(5):
        for column, group in enumerate(groups):
            assert found[row, column] == max(similarities[row, at] for at in group)


def test_gradients_reach_the_winners_alone() -> None:
    similarities = torch.tensor([[0.1, 0.9, 0.4]], requires_grad=True)

    best_matches(similarities, [[0, 1], [2]]).sum().backward()

    assert similarities.grad is not None
    assert similarities.grad.tolist() == [[0.0, 1.0, 1.0]]


def test_scores_are_the_weighted_matches_of_one_questions_tokens() -> None:
    matches = torch.tensor([[1.0], [0.5], [0.2]])

    scores = summed(matches, torch.tensor([0.75, 0.25, 1.0]), torch.tensor([0, 0, 1]))

    torch.testing.assert_close(scores, torch.tensor([[0.875], [0.2]]))


def test_choice_costs_the_surprise_at_falling_on_what_is_right() -> None:
    logits = torch.log(torch.tensor([[1.0, 2.0, 1.0], [9.0, 9.0, 9.0]]))
    right = torch.tensor([[True, True, False], [False, False, False]])

    assert choice_loss(logits, right).item() == pytest.approx(-math.log(3 / 4))


def test_weights_of_a_question_sum_to_one_and_follow_rarity_at_first() -> None:
    matcher = Matcher(torch.eye(4, 2))
    vectors = matcher.vectors(torch.rand(3, 4))

    weights = matcher.weights(vectors, torch.tensor([0.0, 1.0, 3.0]))

    torch.testing.assert_close(weights, torch.tensor([0.0, 0.25, 0.75]))


def test_importance_is_what_the_index_computes_from_the_adapter() -> None:
    matcher = Matcher(torch.eye(4, 2))
    with torch.no_grad():
        matcher.importance.copy_(torch.tensor([0.3, -0.7, 0.1]))
    vectors = matcher.vectors(torch.rand(3, 4))

    learned = importance_of(vectors.detach().numpy(), matcher.importance.detach().numpy())

    weights = matcher.weights(vectors, torch.ones(3)).detach().numpy()
    np.testing.assert_allclose(learned / learned.sum(), weights, rtol=1e-5)


def test_refusal_looks_at_the_best_sentence_of_the_document_that_is_asked() -> None:
    scores = torch.tensor([[3.0, 1.0, 9.0]])
    own = torch.tensor([[True, True, False]])

    loss = refusal_loss(scores, own, torch.tensor([False]), torch.tensor(2.0))

    assert loss.item() == pytest.approx(math.log(1 + math.e))

"""The score that ranks, as a thing to learn: MaxSim between questions and many sentences at once.

The same as `askmobility.search.late_interaction` computes, in tensors that carry gradients.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import torch
from torch import nn

START_SCALE = 25.0  # a match differs by hundredths where a choice is close
START_OWN = 0.6
START_DOUBT = 0.5
EVEN = math.log(math.e - 1)  # softplus of it is 1


class Matcher(nn.Module):
    """What is learned on top of the network's token states.

    projection: (dimension, token_dimension) from token states to token vectors.
    importance: (token_dimension + 1,) how much a question's token tells, beside its rarity.
    scale: the inverse temperature of the choice between sentences (its logarithm is learned).
    own: the share of the match inside the sentence; in the rest, its context may serve as well
    (learned before the sigmoid).
    doubt: the score at which a sentence is as likely as not to answer.
    """

    def __init__(self, projection: torch.Tensor) -> None:
        super().__init__()
        self.projection = nn.Parameter(projection.clone())
        importance = torch.zeros(projection.shape[1] + 1)
        importance[-1] = EVEN
        self.importance = nn.Parameter(importance)
        self.log_scale = nn.Parameter(torch.tensor(math.log(START_SCALE)))
        self.own = nn.Parameter(torch.tensor(math.log(START_OWN / (1 - START_OWN))))
        self.doubt = nn.Parameter(torch.tensor(START_DOUBT))

    def vectors(self, states: torch.Tensor) -> torch.Tensor:
        """Token vectors (n, token_dimension) of token states (n, dimension): of unit length."""
        return nn.functional.normalize(states @ self.projection, dim=-1)

    def weights(self, vectors: torch.Tensor, rarity: torch.Tensor) -> torch.Tensor:
        """(n,) what each token of one question counts for; they sum to 1."""
        learned = nn.functional.softplus(vectors @ self.importance[:-1] + self.importance[-1])
        weights = learned * rarity
        return weights / weights.sum().clamp(min=1e-6)

    def scale(self) -> torch.Tensor:
        """What scores are multiplied by before a softmax."""
        return self.log_scale.exp()

    def threshold(self) -> torch.Tensor:
        """The scaled score of a sentence that is as likely as not to answer."""
        return self.doubt * self.scale()

    def sentences(self, best: torch.Tensor, best_in_context: torch.Tensor) -> torch.Tensor:
        """Each question token's match (n, S) with sentences, out of the parts' best matches."""
        own = torch.sigmoid(self.own)
        return own * best + (1 - own) * torch.maximum(best, best_in_context)


def best_matches(similarities: torch.Tensor, groups: Sequence[Sequence[int]]) -> torch.Tensor:
    """(n, G) the highest of each row's similarities (n, N) within each group of columns."""
    longest = max(len(group) for group in groups)
    # a group is filled up with its own first column, which leaves its maximum as it is
    columns = torch.tensor([[*group, *[group[0]] * (longest - len(group))] for group in groups])
    with torch.no_grad():  # gradients through the winners alone: far less to keep and to add up
        winners = similarities[:, columns.flatten()].view(-1, *columns.shape).argmax(-1)
        winners = columns[torch.arange(len(groups)), winners]
    return similarities.gather(1, winners)


def summed(matches: torch.Tensor, weights: torch.Tensor, question_of: torch.Tensor) -> torch.Tensor:
    """(Q, G) scores: matches (n, G) weighted (n,) and added up by question (n,) of each token."""
    count = int(question_of.max()) + 1
    scores = matches.new_zeros(count, matches.shape[1])
    return scores.index_add(0, question_of, matches * weights[:, None])


def choice_loss(logits: torch.Tensor, right: torch.Tensor) -> torch.Tensor:
    """The mean surprise (a scalar) that the choice, a softmax of (Q, G), falls on what is right.

    right: (Q, G) booleans; a question with none right is left out.
    """
    asked = right.any(dim=1)
    wrong_too = logits[asked].logsumexp(dim=1)
    return (wrong_too - logits[asked].masked_fill(~right[asked], -1e9).logsumexp(dim=1)).mean()


def refusal_loss(
    scores: torch.Tensor, own: torch.Tensor, answered: torch.Tensor, doubt: torch.Tensor
) -> torch.Tensor:
    """The mean surprise (a scalar) at whether a document answers, told by its best sentence.

    scores, own: (Q, G), the sentences' scores and whether they are of the document that is asked.
    answered: (Q,) whether it answers. doubt: the score at which that is as likely as not.
    """
    best = scores.masked_fill(~own, -1e9).amax(dim=1)
    return nn.functional.binary_cross_entropy_with_logits(best - doubt, answered.float())

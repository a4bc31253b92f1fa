"""Low-rank changes: nothing at first, and all that is learned."""

from __future__ import annotations

import torch
from torch import nn

from askmobility.training.low_rank import add_low_rank


def network() -> nn.Sequential:
    torch.manual_seed(0)
    return nn.Sequential(nn.Linear(4, 6), nn.ReLU(), nn.Linear(6, 2))


def test_network_is_unchanged_before_it_has_learned() -> None:
    taught, states = network(), torch.rand(3, 4)
    before = taught(states)

    add_low_rank(taught, rank=2)

    torch.testing.assert_close(taught(states), before)


def test_only_the_changes_are_learned() -> None:
    taught = network()

    changes = add_low_rank(taught, rank=2)

    assert list(changes) == ["0", "2"]
    learned = [name for name, part in taught.named_parameters() if part.requires_grad]
    assert learned == ["0.down", "0.up", "2.down", "2.up"]


def test_layers_that_are_not_chosen_stay_as_they_are() -> None:
    taught = network()

    changes = add_low_rank(taught, rank=2, chosen=lambda name: name != "0")

    assert list(changes) == ["2"]
    assert isinstance(taught[0], nn.Linear)

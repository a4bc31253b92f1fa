"""Low-rank changes to a frozen network (LoRA: Hu and others, ICLR 2022)."""

from __future__ import annotations

import math
from collections.abc import Callable

import torch
from torch import nn


class LowRank(nn.Module):
    """A frozen linear layer plus the product of two thin matrices, which starts at nothing."""

    def __init__(self, frozen: nn.Linear, rank: int) -> None:
        super().__init__()
        self.frozen = frozen
        spread = 1 / math.sqrt(frozen.in_features)
        self.down = nn.Parameter(torch.randn(rank, frozen.in_features) * spread)
        self.up = nn.Parameter(torch.zeros(frozen.out_features, rank))

    def forward(self, states: torch.Tensor) -> torch.Tensor:
        """The layer's output with its change."""
        changed = nn.functional.linear(nn.functional.linear(states, self.down), self.up)
        frozen: torch.Tensor = self.frozen(states)
        return frozen + changed


def add_low_rank(
    network: nn.Module, rank: int, chosen: Callable[[str], bool] = lambda name: True
) -> dict[str, LowRank]:
    """Freeze a network and give its linear layers a change to learn, by its name.

    chosen: whether the layer of this name is to have one.
    """
    network.requires_grad_(False)
    linear = {name: part for name, part in network.named_modules() if isinstance(part, nn.Linear)}
    changes = {name: LowRank(part, rank) for name, part in linear.items() if chosen(name)}
    for name, change in changes.items():
        owner, _, attribute = name.rpartition(".")
        setattr(network.get_submodule(owner), attribute, change)
    return changes

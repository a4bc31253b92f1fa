"""The adapter: written, read, and merged into the network that it was trained on."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn

from askmobility.index.adapter import (
    Adapter,
    apply_adapter,
    importance_of,
    read_adapter,
    write_adapter,
)
from askmobility.training.low_rank import add_low_rank

PROJECTION = np.eye(4, 2, dtype=np.float32)
IMPORTANCE = np.array([0.5, 0.0, 1.0], np.float32)


def written(path: Path, layers: dict[str, tuple[np.ndarray, np.ndarray]]) -> Adapter:  # type: ignore[type-arg]
    write_adapter(path, {"base": "abc"}, layers, PROJECTION, IMPORTANCE)
    return read_adapter(path)


def test_adapter_is_read_as_it_was_written(tmp_path: Path) -> None:
    adapter = written(tmp_path / "a.safetensors", {"0": (np.ones((1, 4)), np.ones((6, 1)))})

    assert adapter.header == {"base": "abc", "version": 1}
    assert list(adapter.changes) == ["0"]
    np.testing.assert_array_equal(adapter.changes["0"], np.ones((6, 4)))
    np.testing.assert_array_equal(adapter.projection, PROJECTION)
    np.testing.assert_array_equal(adapter.importance, IMPORTANCE)


def test_merged_network_computes_what_the_trained_one_does(tmp_path: Path) -> None:
    torch.manual_seed(0)
    plain, trained = nn.Sequential(nn.Linear(4, 6)), nn.Sequential(nn.Linear(4, 6))
    trained.load_state_dict(plain.state_dict())
    changes = add_low_rank(trained, rank=2)
    nn.init.normal_(changes["0"].up)
    layers = {
        name: (change.down.detach().numpy(), change.up.detach().numpy())
        for name, change in changes.items()
    }

    apply_adapter(plain, written(tmp_path / "a.safetensors", layers))

    states = torch.rand(3, 4)
    torch.testing.assert_close(plain(states), trained(states), atol=1e-2, rtol=1e-2)


def test_adapter_of_another_network_is_refused(tmp_path: Path) -> None:
    adapter = written(tmp_path / "a.safetensors", {"0": (np.ones((1, 4)), np.ones((6, 1)))})

    with pytest.raises(ValueError, match="0 is"):
        apply_adapter(nn.Sequential(nn.Linear(6, 4)), adapter)


def test_importance_is_above_nothing_and_follows_the_vector() -> None:
    told = importance_of(np.eye(2, dtype=np.float32), IMPORTANCE)

    np.testing.assert_allclose(told, np.log1p(np.exp([1.5, 1.0])), rtol=1e-6)

"""What training adds to the model that comes with us: low-rank changes, two megabytes at most.

`adapter.safetensors` holds, in float16, a pair `<layer>.down` (rank, inputs) and `<layer>.up`
(outputs, rank) for every matrix that was trained, whose product is added to it; `projection`
(dimension, token_dimension), which takes the model's token states to token vectors; and
`importance` (token_dimension + 1,), how much a question's token tells (see `importance_of`).
Its header says what it was made of: version, base (SHA-256 of the base weights), rank, data.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from torch import nn

Floats = npt.NDArray[np.float32]

ADAPTER = Path(__file__).with_name("adapter.safetensors")
VERSION = 1  # of the file's form


@dataclass(frozen=True, slots=True)
class Adapter:
    """A trained adapter, as numbers.

    changes: name of a linear layer -> what is added to its weight, float32 (outputs, inputs).
    """

    header: Mapping[str, object]
    changes: Mapping[str, Floats]
    projection: Floats
    importance: Floats


def read_adapter(path: Path = ADAPTER) -> Adapter:
    """Read an adapter. Raises ValueError where the file is of another version."""
    from safetensors import safe_open

    with safe_open(path, framework="np") as file:
        header = json.loads(file.metadata()["adapter"])
        if header["version"] != VERSION:
            raise ValueError(f"{path} is an adapter of version {header['version']}, not {VERSION}")
        tensors = {name: file.get_tensor(name).astype(np.float32) for name in file.keys()}  # noqa: SIM118
    names = [name.removesuffix(".down") for name in tensors if name.endswith(".down")]
    return Adapter(
        header,
        {name: tensors[f"{name}.up"] @ tensors[f"{name}.down"] for name in names},
        tensors["projection"],
        tensors["importance"],
    )


def apply_adapter(network: nn.Module, adapter: Adapter) -> None:
    """Add the adapter's changes to the weights of `network`, in place.

    network: the transformer itself (sentence-transformers' `model[0].auto_model`).
    Raises AttributeError, ValueError where it has not the layers that were trained.
    """
    import torch

    with torch.no_grad():
        for name, change in adapter.changes.items():
            weight = network.get_parameter(f"{name}.weight")
            if tuple(weight.shape) != change.shape:
                raise ValueError(f"{name} is {tuple(weight.shape)}, its change {change.shape}")
            weight.add_(torch.from_numpy(change))


def write_adapter(
    path: Path,
    header: Mapping[str, object],
    layers: Mapping[str, tuple[Floats, Floats]],
    projection: Floats,
    importance: Floats,
) -> None:
    """Write an adapter. layers: name of a linear layer -> (down, up)."""
    from safetensors.numpy import save_file

    tensors = {"projection": projection, "importance": importance}
    for name, (down, up) in layers.items():
        tensors |= {f"{name}.down": down, f"{name}.up": up}
    halves = {name: np.ascontiguousarray(t, dtype=np.float16) for name, t in tensors.items()}
    save_file(halves, path, {"adapter": json.dumps({"version": VERSION, **header}, sort_keys=True)})


def importance_of(tokens: Floats, importance: Floats) -> Floats:
    """(n,) how much each token of a question tells, above 0; about 1 for an ordinary one.

    tokens: (n, token_dimension), the question's token vectors. To be multiplied with rarity.
    """
    told: Floats = np.logaddexp(0.0, tokens @ importance[:-1] + importance[-1]).astype(np.float32)
    return told

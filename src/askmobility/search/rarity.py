"""How much each word piece of a question tells: rare ones much, common ones little."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

IN_BRACKETS = 0.5  # what a word counts in the brackets that a question ends in
_BRACKETS = re.compile(r"\([^()]*\)[?.! ]*$")
BACKGROUND_PASSAGES = 500.0  # how many passages of general policy text stand beside the corpus


@cache
def background() -> Floats:
    """The share of general policy passages that hold each word piece (made by `make train`)."""
    shares: Floats = np.load(Path(__file__).with_name("background.npy")).astype(np.float32)
    return shares


def rarity(ids: Ints, document_frequency: Ints, passages: int) -> Floats:
    """Square root of each word piece's inverse document frequency; 0 for [CLS] and [SEP].

    The root was chosen by measuring (docs/experiments.md): plain rarity trusts odd words too much.

    document_frequency: in how many of the corpus' `passages` each piece of the vocabulary stands.
    A small corpus cannot tell rare from common, so general policy text is counted in, where the
    vocabulary is that of the model that comes with us.
    Source of the formula: Robertson and Zaragoza 2009, equation 3.3, kept positive by adding 1.
    """
    seen = document_frequency[ids].astype(np.float32)
    total = float(passages)
    shares = background()
    if len(shares) == len(document_frequency):
        seen = seen + BACKGROUND_PASSAGES * shares[ids]
        total += BACKGROUND_PASSAGES
    weights: Floats = np.sqrt(np.log1p(np.maximum(total - seen + 0.5, 0.5) / (seen + 0.5)))
    weights = weights.astype(np.float32)
    weights[[0, -1]] = 0.0
    return weights


def weight_of_place(question: str, offsets: npt.NDArray[np.integer]) -> Floats:
    """(n,) what each word piece counts by its place: less in the brackets that a question ends in.

    There stands what an earlier question was about: "how long did that take (the trial)?"
    """
    brackets = _BRACKETS.search(question)
    weights = np.ones(len(offsets), np.float32)
    if brackets is not None and brackets.start() > 0:
        weights[offsets[:, 0] >= brackets.start()] = IN_BRACKETS
    return weights

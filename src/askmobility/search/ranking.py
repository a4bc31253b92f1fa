"""Evidence to a ranking: passages best first, and every sentence with its score."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from askmobility.search.evidence import FEATURES, Evidence
from askmobility.types import Passage

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Ranking:
    """Passages for one question, best first.

    scores: of the passages, comparable within this ranking only.
    evidence: what was weighed; its passages stand in the order of retrieval.
    sentence_scores: (S,) one for each sentence of `evidence`.
    """

    passages: tuple[Passage, ...]
    scores: tuple[float, ...]
    evidence: Evidence
    sentence_scores: Floats


@cache
def weights() -> Floats:
    """The learned weight of each feature (made by `make train`)."""
    learned: Mapping[str, float] = json.loads(
        Path(__file__).with_name("weights.json").read_text("utf-8")
    )
    return np.array([learned[feature] for feature in FEATURES], np.float32)


def rank(evidence: Evidence) -> Ranking:
    """Score each sentence by its evidence, and each passage by its best sentence.

    Ties are broken by the order of retrieval.
    """
    scores = evidence.features @ weights()
    best = np.full(len(evidence.passages), -np.inf, np.float32)
    np.maximum.at(best, evidence.owner, scores)
    order = np.argsort(-best, kind="stable")
    return Ranking(
        tuple(evidence.passages[at] for at in order),
        tuple(float(best[at]) for at in order),
        evidence,
        scores,
    )


def passages_of(ranking: Ranking, most: int) -> Sequence[tuple[Passage, float]]:
    """The first passages with their scores."""
    return list(zip(ranking.passages, ranking.scores, strict=True))[:most]

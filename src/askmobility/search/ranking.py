"""Evidence to a ranking: passages best first, and every sentence with its score."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from askmobility.search.evidence import FEATURES, Evidence
from askmobility.search.kinds import Kind
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


class Weights(NamedTuple):
    """What each feature counts for, (len(FEATURES),)."""

    passage: Floats  # in ranking passages
    sentence: Floats  # in choosing sentences
    by_kind: Mapping[str, Floats]  # the same, for a question of this kind


@cache
def weights() -> Weights:
    """The learned weights; a feature that is not named counts nothing. Made by `make train`."""
    learned = json.loads(Path(__file__).with_name("weights.json").read_text("utf-8"))
    sentence = _laid_out(learned["sentence"])
    return Weights(
        _laid_out(learned["passage"]),
        sentence,
        {kind: sentence + _laid_out(more) for kind, more in learned["by_kind"].items()},
    )


def _laid_out(named: Mapping[str, float]) -> Floats:
    return np.array([named.get(feature, 0) for feature in FEATURES], np.float32)


def rank(evidence: Evidence, kind: Kind, around: Floats | float = 0.0) -> Ranking:
    """Score each sentence by its evidence, and each passage by its best sentence.

    kind: of the question. What tells is not the same for all: a reason often stands in the sentence
    after the one that matches.
    around: (P,) what else speaks for each passage: that its page is the right one.
    Ties are broken by the order of retrieval.
    """
    learned = weights()
    best = np.full(len(evidence.passages), -np.inf, np.float32)
    np.maximum.at(best, evidence.owner, evidence.features @ learned.passage)
    best += around
    order = np.argsort(-best, kind="stable")
    return Ranking(
        tuple(evidence.passages[at] for at in order),
        tuple(float(best[at]) for at in order),
        evidence,
        evidence.features @ learned.by_kind.get(kind, learned.sentence),
    )

"""Evidence to a ranking: passages best first, and every sentence with its score."""

from __future__ import annotations

import json
from collections.abc import Mapping
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
def weights() -> tuple[Floats, Floats]:
    """The learned weight of each feature for ranking passages, and for choosing sentences.

    Made by `make train`.
    """
    learned: Mapping[str, Mapping[str, float]] = json.loads(
        Path(__file__).with_name("weights.json").read_text("utf-8")
    )
    passage, sentence = (
        np.array([learned[task][feature] for feature in FEATURES], np.float32)
        for task in ("passage", "sentence")
    )
    return passage, sentence


def rank(evidence: Evidence, around: Floats | float = 0.0) -> Ranking:
    """Score each sentence by its evidence, and each passage by its best sentence.

    around: (P,) what else speaks for each passage: that its page is the right one.
    Ties are broken by the order of retrieval.
    """
    for_passages, for_sentences = weights()
    best = np.full(len(evidence.passages), -np.inf, np.float32)
    np.maximum.at(best, evidence.owner, evidence.features @ for_passages)
    best += around
    order = np.argsort(-best, kind="stable")
    return Ranking(
        tuple(evidence.passages[at] for at in order),
        tuple(float(best[at]) for at in order),
        evidence,
        evidence.features @ for_sentences,
    )

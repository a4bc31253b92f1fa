"""How likely it is that a draft answers the question: a learned, calibrated probability."""

from __future__ import annotations

import json
import math
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from askmobility.answers.material import Draft, Material
from askmobility.search.evidence import FEATURES as SENTENCE_FEATURES
from askmobility.search.evidence import stems_of

Floats = npt.NDArray[np.float64]

KINDS = ("number", "when", "where", "who", "why", "how", "yesno", "statement", "list", "definition")
FEATURES = (
    *SENTENCE_FEATURES,  # of the best sentence that the draft stands on
    "lead",  # how far it stands above the ten sentences that follow it
    "behind",  # how far it stands below the best sentence of all
    "known",  # rarity-weighted share of the question's terms that stand in any candidate passage
    "rarest_known",  # whether the rarest of them does
    "terms",  # log of the number of its terms
    "stranger",  # whether it asks for the words of somebody whom no document names
    *(f"kind_{kind}" for kind in KINDS),
)
STRUCTURE = 0.95  # what is read off the structure alone (who is quoted, the headings) is there


def features(material: Material, draft: Draft) -> Floats:
    """(len(FEATURES),) what speaks for and against a draft; all 0 without any evidence."""
    evidence = material.ranking.evidence
    if not material.order:
        return np.zeros(len(FEATURES))
    row = draft.rows[0] if draft.rows else material.order[0]
    best = material.score(row)
    following = [material.score(other) for other in material.order[:11] if other != row]
    known = share_known(material)
    rarity = _rarity(material)
    rarest = max(rarity, key=lambda term: rarity[term], default="")
    return np.array(
        [
            *evidence.features[row],
            best - (sum(following) / len(following) if following else best),
            material.score(material.order[0]) - best,
            known,
            float(any(rarest in stems_of(passage) for passage in evidence.passages)),
            math.log1p(len(rarity)),
            float(bool(material.question.unknown_speakers)),
            *(float(material.question.kind == kind) for kind in KINDS),
        ],
        dtype=np.float64,
    )


def share_known(material: Material) -> float:
    """The share of the question's terms, by rarity, that stand in any candidate passage."""
    rarity = _rarity(material)
    total = sum(rarity.values())
    passages = [stems_of(passage) for passage in material.ranking.evidence.passages]
    known = sum(w for term, w in rarity.items() if any(term in stems for stems in passages))
    return known / total if total else 0.0


def _rarity(material: Material) -> dict[str, float]:
    """The weight of each of the question's terms: that of its rarest word piece."""
    evidence = material.ranking.evidence
    weights = dict.fromkeys(material.question.terms, 0.0)
    for stem, weight in zip(evidence.stems, evidence.rarity, strict=True):
        if stem in weights:
            weights[stem] = max(weights[stem], float(weight))
    return weights


def likelihood(material: Material, draft: Draft) -> float:
    """The probability, from 0 to 1, that the documents answer and that this is the answer."""
    if draft.picks and not draft.rows:
        return STRUCTURE
    weights, bias = _learned()
    return 1 / (1 + math.exp(-float(features(material, draft) @ weights) - bias))


@cache
def _learned() -> tuple[Floats, float]:
    """The weights and the bias, made by `make train`."""
    learned = json.loads(Path(__file__).with_name("answerability.json").read_text("utf-8"))
    return np.array([learned["weights"][name] for name in FEATURES]), float(learned["bias"])

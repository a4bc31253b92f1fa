"""Two rankings of one question, by meaning and by words, into one order of candidates."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

BY_WORDS = 1.5  # weight of the words against the meaning; docs/experiments.md
# The same where there are pages: of the passage, and of its whole page.
MEANING_BESIDE_PAGE, WORDS_BESIDE_PAGE = 0.5, 0.2
PAGE_MEANING, PAGE_WORDS = 0.5, 1.0
NEXT_ON_PAGE = 1.0  # how much lower each further passage of a page comes
# A table has few words that a question could share, so for a question that asks for figures a page
# is put up by how much of it is rows.
BY_TABLES = 5.0
BY_MATCH = 10.0  # weight of MaxSim within the whole passage
# Where there are pages, what all this counts beside the match of the best sentence, since a row of
# a table says little by itself: beside MaxSim, and beside the learned score.
BESIDE_MATCH, BESIDE_SCORE = 0.1, 10.0


def z_scores(scores: Floats) -> Floats:
    """Scores as distances from their mean in standard deviations; all 0 where they are equal."""
    if not len(scores):
        return scores
    spread = float(scores.std())
    centred: Floats = scores - scores.mean()
    return centred / spread if spread > 0 else np.zeros_like(scores)


def fuse(rankings: Sequence[tuple[Ints, Floats, float]]) -> tuple[Ints, Floats]:
    """Merge (ordinals, scores, weight) of one question into ordinals and scores, best first.

    Each ranking's scores are made z-scores, so that cosines and BM25 can be summed; a passage that
    one ranking lacks has that ranking's lowest. Ties are broken by ordinal.
    """
    everything = np.unique(np.concatenate([ordinals for ordinals, _, _ in rankings]))
    fused = np.zeros(len(everything), np.float32)
    for ordinals, scores, weight in rankings:
        if not len(ordinals):
            continue
        standard = z_scores(scores.astype(np.float32))
        column = np.full(len(everything), standard.min(), np.float32)
        column[np.searchsorted(everything, ordinals)] = standard
        fused += weight * column
    return best_first(everything, fused)


def best_first(ordinals: Ints, scores: Floats) -> tuple[Ints, Floats]:
    """The same passages, best first; ties are broken by ordinal."""
    order = np.lexsort((ordinals, -scores))
    return ordinals[order], scores[order]


def spread(ordinals: Ints, scores: Floats, place: Ints) -> tuple[Ints, Floats]:
    """The same passages where one page does not crowd out the others, best first.

    place: for each passage, how many before it are on the same page.
    """
    lowered = scores - NEXT_ON_PAGE * place.astype(np.float32)
    order = np.argsort(-lowered, kind="stable")
    return ordinals[order], lowered[order]


def share_of_best(wanted: Ints, ordinals: Ints, scores: Floats) -> Floats:
    """Each wanted passage's score as a share of the best one's; 0 where the ranking lacks it.

    scores: of `ordinals`, best first, above 0.
    """
    shares = np.zeros(len(wanted), np.float32)
    if len(ordinals):
        known = dict(zip(ordinals.tolist(), (scores / scores[0]).tolist(), strict=True))
        shares[:] = [known.get(ordinal, 0.0) for ordinal in wanted.tolist()]
    return shares


def within_budget(lengths: Ints, budget: int) -> int:
    """How many of the candidates, best first, hold `budget` tokens together; at least one."""
    if not len(lengths):
        return 0
    return max(1, int(np.searchsorted(np.cumsum(lengths), budget, side="right")))

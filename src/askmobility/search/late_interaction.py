"""Late interaction: each token of the question looks for its best match among a text's tokens.

MaxSim of Khattab and Zaharia (ColBERT, SIGIR 2020), with each question token weighted by its
rarity, and taken for every sentence, with and without its context, as well as for the passage.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from askmobility.index.token_vectors import TokenMatrix

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Interaction:
    """What a question's n tokens found in the S sentences of P passages.

    best: (n, S) each token's highest similarity within each sentence.
    best_around: (n, S) the same, where the passage's context may serve as well.
    best_in_passage: (n, P) the same within the whole passage, context included.
    pooled: (S,) cosine of the question's and the sentence's mean token vectors.
    passage_of: (S,) the row of the passage that each sentence belongs to.
    """

    best: Floats
    best_around: Floats
    best_in_passage: Floats
    pooled: Floats
    passage_of: Ints


def interact(question: Floats, texts: TokenMatrix) -> Interaction:
    """Match the question's token vectors (n, dimension) with the passages' sentences."""
    similarities = question @ texts.vectors.T
    best = np.maximum.reduceat(similarities, texts.segments, axis=1)
    contexts = texts.passages[:-1]
    sizes = np.diff(texts.passages)
    owner = np.repeat(np.arange(len(sizes)), sizes)
    is_sentence = np.ones(len(owner), bool)
    is_sentence[contexts] = False
    around = np.maximum(best, best[:, contexts][:, owner])
    sums = np.add.reduceat(texts.vectors, texts.segments, axis=0)[is_sentence]
    middle = question.mean(axis=0)
    norms = np.linalg.norm(sums, axis=1) * np.linalg.norm(middle)
    return Interaction(
        best[:, is_sentence],
        around[:, is_sentence],
        np.maximum.reduceat(best, contexts, axis=1),
        (sums @ middle) / np.maximum(norms, 1e-9),
        owner[is_sentence],
    )

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

    question, vectors: the tokens of the question (n, dimension) and of the texts (T, dimension).
    sentences: (S, 2) the rows of `vectors` at which each sentence starts and ends.
    contexts: (P, 2) the same for the context of each passage.
    best: (n, S) each token's highest similarity within each sentence.
    best_around: (n, S) the same, where the passage's context may serve as well.
    best_in_passage: (n, P) the same within the whole passage, context included.
    pooled: (S,) cosine of the question's and the sentence's mean token vectors.
    passage_of: (S,) the row of the passage that each sentence belongs to.
    """

    question: Floats
    vectors: Floats
    sentences: Ints
    contexts: Ints
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
    middle = question.mean(axis=0)
    towards = np.add.reduceat(texts.vectors @ middle, texts.segments)[is_sentence]
    norms = texts.norms[is_sentence] * np.linalg.norm(middle)
    ends = np.append(texts.segments, len(texts.vectors))[1:]
    places = np.stack([texts.segments, ends], axis=1)
    return Interaction(
        question,
        texts.vectors,
        places[is_sentence],
        places[contexts],
        best[:, is_sentence],
        around[:, is_sentence],
        np.maximum.reduceat(best, contexts, axis=1),
        (towards / np.maximum(norms, 1e-9)).astype(np.float32),
        owner[is_sentence],
    )


def best_matching(found: Interaction, weights: Floats, most: int, around: Floats) -> Ints:
    """The rows of the passages that match best, whole and in one sentence; ascending.

    around: (P,) what else speaks for each passage.
    """
    whole = weights @ found.best_in_passage
    sentence = np.full(len(whole), -np.inf, np.float32)
    np.maximum.at(sentence, found.passage_of, weights @ found.best)
    best: Ints = np.sort(np.argsort(-(whole + sentence + around), kind="stable")[:most])
    return best


def narrowed(found: Interaction, passages: Ints) -> Interaction:
    """The interaction with these passages alone, given as ascending rows."""
    kept = np.isin(found.passage_of, passages)
    return Interaction(
        found.question,
        found.vectors,
        found.sentences[kept],
        found.contexts[passages],
        found.best[:, kept],
        found.best_around[:, kept],
        found.best_in_passage[:, passages],
        found.pooled[kept],
        np.searchsorted(passages, found.passage_of[kept]),
    )

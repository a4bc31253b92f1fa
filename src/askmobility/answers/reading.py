"""Read a question against the sentences that may answer it, word by word.

A small network over the token vectors that are there already. Each token of the question looks at
what it finds in a sentence, each token of the sentence at what it finds in the question (compare
and aggregate: Wang and Jiang, ICLR 2017): what is left open, or beside the point, shows there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from askmobility.search.evidence import OF_ANSWERING, Evidence

Floats = npt.NDArray[np.float32]

DIMENSION = 128  # of the token vectors that are read
SENTENCES = 5  # that are read for one question
MOST_ASKED, MOST_READ, MOST_CONTEXT = 40, 64, 24  # tokens of a question, a sentence, its context
RARITY = 10.0  # rarities sum to 1: this brings them near the other numbers
_KINDS = ("weight", "bias", "middle", "spread")
TINY = 1e-9
NOTHING = -1.0  # the similarity of a token that is not there


class Page(NamedTuple):
    """What is read of one sentence: its tokens, its context's last ones, what speaks for it."""

    tokens: Floats  # (m, dimension)
    context: Floats  # (c, dimension)
    features: Floats  # (evidence.OF_ANSWERING,)


class Sheet(NamedTuple):
    """A question and the sentences that it is read against, the likeliest first."""

    question: Floats  # (n, dimension)
    rarity: Floats  # (n,), summing to 1
    known: Floats  # (n,), the best match of each token in any sentence
    pages: tuple[Page, ...]  # one at least
    features: Floats  # what speaks for and against the draft, see answerability


def laid_out(evidence: Evidence, rows: Sequence[int], features: Floats) -> Sheet:
    """The sheet for these rows of the evidence, blank where their tokens cannot be read."""
    found = evidence.found
    pages = []
    for row in rows:
        start, end = found.sentences[row]
        first, last = found.contexts[evidence.owner[row]]
        pages.append(
            Page(
                found.vectors[start : min(max(end, start + 1), start + MOST_READ)],
                found.vectors[max(first, last - MOST_CONTEXT) : last],
                evidence.features[row, :OF_ANSWERING],
            )
        )
    asked = slice(MOST_ASKED)
    known = found.best.max(axis=1)
    sheet = Sheet(
        found.question[asked], evidence.rarity[asked], known[asked], tuple(pages), features
    )
    return sheet if evidence.readable else blank(sheet)


def blank(sheet: Sheet) -> Sheet:
    """The sheet without token vectors: what speaks for the sentences is all there is to go by."""
    nothing = np.zeros((1, DIMENSION), np.float32)
    pages = (page._replace(tokens=nothing, context=nothing) for page in sheet.pages)
    question = np.zeros((len(sheet.question), DIMENSION), np.float32)
    return sheet._replace(question=question, pages=tuple(pages))


@dataclass(frozen=True, slots=True)
class Reader:
    """The network, as numbers. Made by `make train`; `training.reading` has it in tensors.

    weights: by name of a layer, (outputs, inputs), or (3, outputs, inputs) of one that sees its
    neighbours: for the one before, itself and the one after. biases: (outputs,).
    middles, spreads: of the features of a "page" and of a "draft", in training.
    sharpness: how much a token keeps to its best match.
    slope, intercept: the score is `slope * what the network gives + intercept`.
    """

    weights: Mapping[str, Floats]
    biases: Mapping[str, Floats]
    middles: Mapping[str, Floats]
    spreads: Mapping[str, Floats]
    sharpness: float
    slope: float = 1.0
    intercept: float = 0.0

    def score(self, sheet: Sheet) -> float:
        """The log-odds that the draft is the answer."""
        texts, is_text = _padded([page.tokens for page in sheet.pages])
        similarities = np.matmul(sheet.question, texts.transpose(0, 2, 1))  # (K, n, M)
        similarities += np.where(is_text, 0, NOTHING)[:, None]  # what is filled up has 0
        towards = np.exp(self.sharpness * similarities) * is_text[:, None]
        asked = self._asked(sheet, texts, similarities, towards)
        told = self._told(sheet.question, texts, is_text, similarities, towards)
        features = self._scaled("page", np.stack([page.features for page in sheet.pages]))
        pages = self._layer("page", np.concatenate([asked, told, features], axis=1))
        scores = pages @ self.weights["evidence"][0] + self.biases["evidence"][0]
        top = float(scores.max())
        together = top + float(np.log(np.exp(scores - top).sum()))
        summed = np.array([scores[0], top, together], np.float32)
        draft = self._scaled("draft", sheet.features)
        whole = self._layer("draft", np.concatenate([pages[0], pages.max(axis=0), summed, draft]))
        given = float(whole @ self.weights["answer"][0] + self.biases["answer"][0])
        return self.slope * given + self.intercept

    def _asked(self, sheet: Sheet, texts: Floats, similarities: Floats, towards: Floats) -> Floats:
        """(K, 2 * width) what the question's tokens make of what they find in each sentence."""
        met = np.matmul(towards / towards.sum(axis=2, keepdims=True), texts)
        contexts, is_context = _padded([page.context for page in sheet.pages])
        around = np.matmul(sheet.question, contexts.transpose(0, 2, 1))
        around += np.where(is_context, 0, NOTHING)[:, None]
        matches = np.stack(
            [
                similarities.max(axis=2),
                around.max(axis=2),
                np.broadcast_to(sheet.known, similarities.shape[:2]),
                np.broadcast_to(sheet.rarity * RARITY, similarities.shape[:2]),
            ],
            axis=2,
        )
        compared = self._compared("asked", sheet.question, met, matches)
        weighed = np.matmul(sheet.rarity, compared)
        return np.concatenate([weighed, compared.max(axis=1)], axis=1)

    def _told(
        self,
        question: Floats,
        texts: Floats,
        is_text: npt.NDArray[np.bool_],
        similarities: Floats,
        towards: Floats,
    ) -> Floats:
        """(K, 2 * width) what each sentence's tokens make of what they find in the question."""
        shares = towards / np.maximum(towards.sum(axis=1, keepdims=True), TINY)  # 0 in the filling
        met = np.matmul(shares.transpose(0, 2, 1), question)
        best = similarities.max(axis=1)
        matches = np.stack([best, best**2], axis=2)
        compared = self._compared("told", texts, met, matches, is_text[..., None])
        compared *= is_text[..., None]
        mean = compared.sum(axis=1) / is_text.sum(axis=1, keepdims=True)
        return np.concatenate([mean, compared.max(axis=1)], axis=1)

    def _compared(
        self,
        side: str,
        own: Floats,
        met: Floats,
        matches: Floats,
        kept: npt.NDArray[np.bool_] | bool = True,
    ) -> Floats:
        """(K, tokens, width) each token beside what it met, then beside its neighbours."""
        one, other = self._seen(own), self._seen(met)
        one = np.broadcast_to(one, other.shape)
        both = np.concatenate([one, other, one * other, np.abs(one - other), matches], axis=2)
        compared = self._layer(side, both) * kept
        before, here, after = self.weights[f"{side}_beside"]
        beside = _product(compared, here) + self.biases[f"{side}_beside"]
        beside[:, 1:] += _product(compared[:, :-1], before)
        beside[:, :-1] += _product(compared[:, 1:], after)
        total: Floats = np.maximum(beside, 0) + compared
        return total

    def _seen(self, tokens: Floats) -> Floats:
        return _product(tokens, self.weights["seen"]) + self.biases["seen"]

    def _layer(self, name: str, values: Floats) -> Floats:
        layer: Floats = np.maximum(_product(values, self.weights[name]) + self.biases[name], 0)
        return layer

    def _scaled(self, name: str, features: Floats) -> Floats:
        scaled: Floats = (features - self.middles[name]) / self.spreads[name]
        return scaled.astype(np.float32)

    def write(self, path: Path) -> None:
        """Write it to a `.npz` file, in half precision."""
        kinds = (self.weights, self.biases, self.middles, self.spreads)
        halves: dict[str, Any] = {
            f"{kind}.{name}": part.astype(np.float16)
            for kind, held in zip(_KINDS, kinds, strict=True)
            for name, part in held.items()
        }
        halves["line"] = np.array([self.sharpness, self.slope, self.intercept])
        np.savez_compressed(path, **halves)

    @staticmethod
    def read(path: Path) -> Reader:
        """That of a file that `write` wrote."""
        kinds: dict[str, dict[str, Floats]] = {kind: {} for kind in _KINDS}
        with np.load(path) as held:
            sharpness, slope, intercept = held["line"].tolist()
            for key in held.files:
                kind, _, name = key.partition(".")
                if kind in kinds:
                    kinds[kind][name] = np.ascontiguousarray(held[key], np.float32)
        weights, biases, middles, spreads = kinds.values()
        return Reader(weights, biases, middles, spreads, sharpness, slope, intercept)


def _product(values: Floats, weights: Floats) -> Floats:
    """(..., outputs) of (..., inputs), all rows in one go."""
    product: Floats = values.reshape(-1, values.shape[-1]) @ weights.T
    return product.reshape(*values.shape[:-1], len(weights))


def _padded(parts: Sequence[Floats]) -> tuple[Floats, npt.NDArray[np.bool_]]:
    """(K, longest, dimension) the parts, filled up with zeros; (K, longest) what is no filling."""
    longest = max(1, *(len(part) for part in parts))
    whole = np.zeros((len(parts), longest, parts[0].shape[1]), np.float32)
    held = np.zeros((len(parts), longest), bool)
    for at, part in enumerate(parts):
        whole[at, : len(part)] = part
        held[at, : len(part)] = True
    return whole, held

"""What speaks for each sentence as an answer, as numbers that a learned weight can sum."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from askmobility.index.encoder import Encoded
from askmobility.search.details import holds
from askmobility.search.late_interaction import Interaction
from askmobility.search.question import Question
from askmobility.search.words import content_stems, stem, tokens
from askmobility.types import Passage, Span, Speaker

Floats = npt.NDArray[np.float32]

# where a sentence stands: tells which one answers, and nothing of whether any does
OF_PLACE = (
    "announces",  # it ends in a colon: what it announces follows
    "opens",  # the first sentence of its passage
    "continues",  # how much more the sentence before matches, in the same passage; 0 for no more
)
FEATURES = (
    "match",  # rarity-weighted MaxSim within the sentence
    "match_around",  # the same, with the passage's context
    "match_passage",  # the same, within the whole passage
    "match_even",  # MaxSim within the sentence, every token counting the same
    "match_before",  # "match" of the sentence before, in the same passage
    "similarity",  # cosine of the sentence's mean token vector and the question's
    "similarity_passage",  # cosine of the passage's pooled vector and the question's
    "coverage",  # rarity-weighted share of the question's terms that stand in the sentence
    "coverage_passage",  # ... in the passage or its context
    "pairs",  # share of the question's neighbouring terms that are neighbours in the sentence
    "rarest",  # whether the question's rarest term stands in the passage or its context
    "worst",  # lowest similarity that any content token of the question finds around the sentence
    "detail",  # 1: holds the detail asked for; -1: does not; 0: none is asked for
    "number",  # a number of the question stands in the sentence (1), is missing (-1), or none (0)
    "spoken",  # 1: said by somebody the question wants to hear; -1: not; 0: nobody is named
    "is_question",  # the sentence itself asks
    "is_label",  # a heading, or fewer than four words
    "length",  # log of its number of words
    "lexical",  # BM25 of the passage, as a share of the best passage's
    "opening",  # 1 / (number of the passage within its document)
    *OF_PLACE,
)
OF_ANSWERING = len(FEATURES) - len(OF_PLACE)  # the features in front that tell that too
# the columns that are read off the words, one sentence at a time
WORDED = [*range(7, 11), *range(12, 21)]


@dataclass(frozen=True, slots=True)
class SentenceWords:
    """A sentence's words, read once."""

    stems: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    count: int
    log_count: float
    asks: bool
    announces: bool


@lru_cache(maxsize=1 << 15)
def words_of(sentence: str) -> SentenceWords:
    """The stems, neighbouring stems and length of a sentence."""
    stems = content_stems(sentence)
    return SentenceWords(
        frozenset(stems),
        frozenset(pairwise(stems)),
        (count := sentence.count(" ") + 1),
        math.log(count),
        (end := sentence.rstrip("”\"' ")).endswith("?"),
        end.endswith(":"),
    )


@lru_cache(maxsize=1 << 12)
def _stems(text: str) -> frozenset[str]:
    return frozenset(content_stems(text))


def stems_of(passage: Passage) -> frozenset[str]:
    """The stems of a passage and its context."""
    return _stems(passage.text) | _stems(passage.context)


@dataclass(frozen=True, slots=True)
class Evidence:
    """The sentences of the candidate passages, and what speaks for each.

    passages: the candidates, in the order of their retrieval.
    owner: (S,) the row in `passages` of each sentence.
    spans: the S sentences, as spans of their documents.
    features: (S, len(FEATURES)).
    found: what the question's n tokens found in these sentences.
    rarity: (n,) the weight of each question token; they sum to 1.
    stems: (n,) the stem of the word that each question token belongs to, "" for none.
    readable: whether the token vectors are those that the reader was taught on.
    """

    passages: tuple[Passage, ...]
    owner: npt.NDArray[np.int64]
    spans: tuple[Span, ...]
    features: Floats
    found: Interaction
    rarity: Floats
    stems: tuple[str, ...]
    readable: bool = True

    def match(self, terms: Iterable[str]) -> Floats:
        """(S,) MaxSim within each sentence of those question tokens alone that belong to `terms`.

        All 0 where the question has none of them.
        """
        wanted = set(terms)
        chosen = np.array([stem in wanted for stem in self.stems], bool)
        weights = self.rarity * chosen
        total = float(weights.sum())
        matched: Floats = (weights / total if total > 0 else weights) @ self.found.best
        return matched


def gather(
    question: Question,
    encoded: Encoded,
    rarity: Floats,
    passages: Sequence[Passage],
    similarities: Floats,
    lexical: Floats,
    found: Interaction,
) -> Evidence:
    """Lay out what speaks for each sentence.

    rarity: (n,) of the question's tokens, not yet normalised. similarities, lexical: (P,) of the
    passages, by meaning and by words.
    """
    total = float(rarity.sum())
    weights = rarity / total if total > 0 else np.full_like(rarity, 1 / len(rarity))
    count = len(found.passage_of)
    columns = np.zeros((count, len(FEATURES)), np.float32)
    match = weights @ found.best
    columns[:, 0] = match
    columns[:, 1] = weights @ found.best_around
    columns[:, 2] = (weights @ found.best_in_passage)[found.passage_of]
    columns[:, 3] = found.best.mean(axis=0)
    same = found.passage_of[1:] == found.passage_of[:-1]
    columns[1:, 4] = np.where(same, match[:-1], 0)
    columns[:1, 21] = 1
    columns[1:, 21] = ~same
    columns[:, 22] = np.maximum(columns[:, 4] - match, 0)
    columns[:, 5] = found.pooled
    columns[:, 6] = similarities[found.passage_of]
    content = weights > 0
    columns[:, 11] = found.best_around[content].min(axis=0) if content.any() else 0
    spans = tuple(span for passage in passages for span in passage.sentences)
    terms = _Terms.of(question, encoded, rarity)
    heard = _heard(question)
    rows: list[tuple[float, ...]] = []
    for at, passage in enumerate(passages):
        about, rarest = terms.around(stems_of(passage))
        spoken = (1.0 if _is_said_by(passage, heard) else -1.0) if heard else 0.0
        opening = 1.0 / max(passage.paragraph, 1)
        for span in passage.sentences:
            text = passage.text[span.start - passage.start : span.end - passage.start]
            words = words_of(text)
            inside, pairs = terms.inside(words)
            detail, number = _detail(question, text), terms.number(words)
            label = words.count < 4 or text == passage.heading
            shape = (detail, number, spoken, words.asks, label, words.log_count)
            place = (float(lexical[at]), opening, words.announces)
            rows.append((inside, about, pairs, rarest, *shape, *place))
    if rows:
        columns[:, WORDED] = rows
    return Evidence(tuple(passages), found.passage_of, spans, columns, found, weights, terms.stems)


def _detail(question: Question, text: str) -> float:
    if question.expects == "none":
        return 0.0
    return 1.0 if holds(question.expects, text) else -1.0


def _heard(question: Question) -> list[Speaker]:
    """Those whose words the question asks for."""
    return [person.speaker for mention in question.speakers for person in mention.people]


def _is_said_by(passage: Passage, heard: Sequence[Speaker]) -> bool:
    return passage.speaker is not None and any(
        speaker == passage.speaker or (speaker.name and speaker.name == passage.speaker.name)
        for speaker in heard
    )


@dataclass(frozen=True, slots=True)
class _Terms:
    """The question's terms, each with the rarity of its rarest word piece."""

    weights: dict[str, float]
    pairs: frozenset[tuple[str, str]]
    numbers: frozenset[str]
    rarest: str
    total: float
    stems: tuple[str, ...]  # of the word that each question token belongs to

    @staticmethod
    def of(question: Question, encoded: Encoded, rarity: Floats) -> _Terms:
        stems = question.terms or content_stems(question.text)
        weights = dict.fromkeys(stems, 0.0)
        rare = rarity.tolist()
        positive = sorted(weight for weight in rare if weight > 0)
        typical = positive[len(positive) // 2] if positive else 1.0
        words = tokens(question.text)
        starts = [word.start for word in words]
        stems_of: list[str] = []
        for (start, end), weight in zip(encoded.offsets.tolist(), rare, strict=True):
            at = bisect_right(starts, start) - 1
            inside = end > start and at >= 0 and end <= words[at].end
            term = stem(words[at].text) if inside else ""
            stems_of.append(term)
            if term in weights:
                weights[term] = max(weights[term], weight)
        weights = {term: weight or typical for term, weight in weights.items()}
        return _Terms(
            weights,
            frozenset(pairwise(stems)),
            frozenset(term for term in stems if term[0].isdigit()),
            max(weights, key=lambda term: weights[term], default=""),
            sum(weights.values()),
            tuple(stems_of),
        )

    def inside(self, words: SentenceWords) -> tuple[float, float]:
        """The features "coverage" and "pairs" of a sentence."""
        pairs = len(self.pairs & words.pairs) / len(self.pairs) if self.pairs else 0.0
        return self._share(words.stems), pairs

    def around(self, stems: frozenset[str]) -> tuple[float, float]:
        """The features "coverage_passage" and "rarest" of a passage."""
        return self._share(stems), float(self.rarest in stems)

    def number(self, words: SentenceWords) -> float:
        """The feature "number" of a sentence."""
        if not self.numbers:
            return 0.0
        return 1.0 if self.numbers & words.stems else -1.0

    def _share(self, stems: frozenset[str]) -> float:
        if not self.total:
            return 0.0
        return sum(self.weights[term] for term in self.weights.keys() & stems) / self.total

"""The assistant: an index opened once, `search` and `ask`, the pipeline on one screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from askmobility.answers.wire import ranked_passage_as_json
from askmobility.errors import BadQuestion, UnknownDocument
from askmobility.index import snapshots
from askmobility.index.snapshots import Snapshot
from askmobility.search.evidence import gather
from askmobility.search.fusion import BY_WORDS, fuse, within_budget
from askmobility.search.late_interaction import interact
from askmobility.search.names import NameBook, named
from askmobility.search.question import Question, understand
from askmobility.search.ranking import Ranking, rank
from askmobility.search.rarity import rarity
from askmobility.types import Corpus, Passage

DEPTH = 100  # passages that each index is asked for: fusion can only promote what one returned
TOKEN_BUDGET = 6000  # tokens of candidate passages that late interaction reads
LONGEST_QUESTION = 1000  # characters


@dataclass(frozen=True, slots=True)
class Found:
    """Ranked passages, as `POST /api/v1/search` gives them."""

    question: str
    passages: tuple[Passage, ...]
    scores: tuple[float, ...]
    corpus: Corpus
    index: str

    def to_dict(self) -> Mapping[str, object]:
        """The JSON of `POST /api/v1/search`."""
        ranked = enumerate(zip(self.passages, self.scores, strict=True), start=1)
        return {
            "question": self.question,
            "passages": [
                ranked_passage_as_json(n, score, passage, self.corpus.document(passage.document_id))
                for n, (passage, score) in ranked
            ],
            "index": self.index,
        }


class Assistant:
    """An open index that answers questions."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self.corpus = snapshot.store
        self.snapshot_id = snapshot.id
        self._names = lru_cache(64)(self._read_names)

    @classmethod
    def open(cls, index_dir: Path) -> Assistant:
        """Open the current snapshot. Raises IndexNotFound, IndexDamaged."""
        return cls(Snapshot(snapshots.current(Path(index_dir))))

    def search(
        self,
        question: str,
        top_k: int = 10,
        documents: Sequence[str] = (),
        speakers: Sequence[str] = (),
    ) -> Found:
        """The passages that bear on the question, best first, at most `top_k`."""
        within = self._within(question, documents)
        asked = understand(question, self._names(within))
        ranking = self.rank(asked, within, speakers)
        return Found(
            question,
            ranking.passages[:top_k],
            ranking.scores[:top_k],
            self.corpus,
            self.snapshot_id,
        )

    def rank(
        self, question: Question, documents: tuple[str, ...], speakers: Sequence[str] = ()
    ) -> Ranking:
        """Retrieve by meaning and by words, fuse, and weigh every sentence of the best."""
        index = self._snapshot
        encoded = index.encoder.encode_question(question.text)
        candidates = self._candidates(question, encoded.pooled, documents, speakers)
        passages = [index.store.passage(int(ordinal)) for ordinal in candidates]
        found = interact(encoded.tokens, index.tokens.matrix(candidates))
        weight = rarity(encoded.ids, index.tokens.document_frequency, len(index.tokens))
        similarities = index.dense.similarities(encoded.pooled, candidates)
        return rank(gather(question, encoded, weight, passages, similarities, found))

    def _candidates(
        self,
        question: Question,
        pooled: npt.NDArray[np.float32],
        documents: tuple[str, ...],
        speakers: Sequence[str],
    ) -> npt.NDArray[np.int64]:
        """Ordinals of the passages to look at closely: all that are allowed, if they are few."""
        index = self._snapshot
        ranges = [index.store.ordinals(document) for document in documents] or None
        allowed = np.concatenate([np.arange(r.start, r.stop) for r in ranges]) if ranges else None
        everything = np.arange(len(index.tokens)) if allowed is None else allowed
        if len(everything) <= DEPTH and index.tokens.lengths(everything).sum() <= TOKEN_BUDGET:
            return self._said_by(everything, speakers)
        by_meaning = index.dense.search(pooled, DEPTH, ranges)
        by_words = index.lexical.search(question.text, DEPTH, documents)
        ordinals, _ = fuse(
            [
                (*by_meaning, 1.0),
                (np.array(by_words[0], np.int64), np.array(by_words[1], np.float32), BY_WORDS),
            ]
        )
        ordinals = self._said_by(ordinals, speakers)
        return ordinals[: within_budget(index.tokens.lengths(ordinals), TOKEN_BUDGET)]

    def _said_by(
        self, ordinals: npt.NDArray[np.int64], speakers: Sequence[str]
    ) -> npt.NDArray[np.int64]:
        """Those passages that one of the speakers says; all of them where none is named."""
        if not speakers:
            return ordinals
        wanted = [name.casefold() for name in speakers]
        said = [self._snapshot.store.passage(int(ordinal)).speaker for ordinal in ordinals]
        kept = [
            speaker is not None and any(name in speaker.name.casefold() for name in wanted)
            for speaker in said
        ]
        return ordinals[np.array(kept, bool)]

    def _within(self, question: str, documents: Sequence[str]) -> tuple[str, ...]:
        """The documents to look in, none for all, once the request has been found good."""
        if not question.strip():
            raise BadQuestion("The question is empty. Ask one in your own words.")
        if len(question) > LONGEST_QUESTION:
            raise BadQuestion(
                f"The question has {len(question)} characters; at most {LONGEST_QUESTION} are read."
            )
        known = set(self.corpus.document_ids)
        for document in documents:
            if document not in known:
                raise UnknownDocument(document, len(known))
        return tuple(dict.fromkeys(documents))

    def _read_names(self, documents: tuple[str, ...]) -> NameBook:
        chosen = documents or self.corpus.document_ids
        return NameBook.of(
            person
            for document in chosen
            for person in named(self.corpus.document(document), self.corpus.structure(document))
        )

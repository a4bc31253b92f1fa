"""The assistant: an index opened once, `search` and `ask`, the pipeline on one screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from askmobility.answers.composing import Judged, chat, compose, judge
from askmobility.answers.followups import standalone
from askmobility.answers.material import Material, is_one_of
from askmobility.answers.smalltalk import reply, small_talk
from askmobility.answers.suggestions import candidates
from askmobility.answers.wire import ranked_passage_as_json
from askmobility.errors import BadQuestion, UnknownDocument
from askmobility.index import snapshots
from askmobility.index.lexical import LexicalIndex
from askmobility.index.pages import Pages
from askmobility.index.snapshots import Snapshot
from askmobility.index.store import Store
from askmobility.search.evidence import gather
from askmobility.search.fusion import (
    BESIDE_MATCH,
    BESIDE_SCORE,
    BY_MATCH,
    BY_TABLES,
    BY_WORDS,
    MEANING_BESIDE_PAGE,
    PAGE_MEANING,
    PAGE_WORDS,
    WORDS_BESIDE_PAGE,
    best_first,
    fuse,
    share_of_best,
    spread,
    within_budget,
)
from askmobility.search.late_interaction import best_matching, interact, narrowed
from askmobility.search.measures import is_for_figures, worked_out_from
from askmobility.search.names import NameBook, named
from askmobility.search.question import Question, understand
from askmobility.search.ranking import Ranking, rank
from askmobility.search.rarity import rarity, weight_of_place
from askmobility.search.spelling import Lexicon, mended, near
from askmobility.search.words import bare, content_stems, content_words, folded, stem, tokens
from askmobility.settings import ANSWERS_FROM
from askmobility.types import Answer, Corpus, Passage

DEPTH = 100  # passages that each index is asked for: fusion can only promote what one returned
TOKEN_BUDGET = 3000  # tokens of candidate passages that late interaction reads
WEIGHED = 5  # passages, best matching first, whose sentences are weighed for an answer
LONGEST_QUESTION = 1000  # characters
SCOPE = 12  # documents that a group question ranges over at most
SUGGESTED = 4  # questions offered with a refusal

Scored = tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]  # ordinals of passages, their scores


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

    def __init__(self, snapshot: Snapshot, answers_from: float = ANSWERS_FROM) -> None:
        self.snapshot = snapshot
        self._answers_from = answers_from
        self.corpus = snapshot.store
        self.snapshot_id = snapshot.id
        self.names = lru_cache(64)(self._read_names)
        self._suggestions = lru_cache(64)(self._proved)
        self._english = Lexicon(snapshot.encoder.has_word, snapshot.encoder.words)

    @classmethod
    def open(cls, index_dir: Path, answers_from: float = ANSWERS_FROM) -> Assistant:
        """Open the current snapshot. Raises IndexNotFound, IndexDamaged.

        answers_from: the confidence from which a draft is shown as an answer; higher is stricter.
        """
        return cls(Snapshot(snapshots.current(Path(index_dir))), answers_from)

    def ask(
        self,
        question: str,
        history: Sequence[str] = (),
        documents: Sequence[str] = (),
        speakers: Sequence[str] = (),
        top_k: int = 8,
    ) -> Answer:
        """Answer in the documents' own words, or say that they do not.

        history: the earlier questions of the conversation, oldest first. documents, speakers: ids
        and names to keep to; none for all. top_k: how many passages may be cited.
        Raises BadQuestion, UnknownDocument.
        """
        within = self._within(question, documents)
        talk = small_talk(question)
        if talk is not None:
            return chat(question, reply(talk, self.covers()), self.snapshot_id)
        asked, reworded = self.understood(question, history, within)
        parts = [self._judge(part, within, speakers) for part in asked.parts or (asked,)]
        answer = compose(question, reworded, parts, top_k, self.snapshot_id)
        return answer if answer.outcome == "answered" else self._with_suggestions(answer, within)

    def understood(
        self, question: str, history: Sequence[str], within: tuple[str, ...]
    ) -> tuple[Question, str | None]:
        """The question as the people and words of these documents make it read.

        With it, the text that was read, where that is not the one typed: put right in its
        spelling, or made whole out of earlier questions.
        """
        names = self.names(within)
        spelt, *before = (self._spelt(text, within) for text in (question, *history))
        whole = standalone(spelt, before, names, lambda q: self._items(q, within))
        reworded = whole or (spelt if spelt != question else None)
        return understand(reworded or question, names), reworded

    def _spelt(self, question: str, within: tuple[str, ...]) -> str:
        """The question with its misspelt words put right."""
        return mended(question, self.names(within), self._words(within), self._english)

    def _words(self, documents: tuple[str, ...]) -> _Words:
        return _Words(self.snapshot.lexical, self.corpus, documents)

    def _judge(
        self, question: Question, within: tuple[str, ...], speakers: Sequence[str]
    ) -> Judged:
        """Rank for one question, in the documents of those it names, and draft the answer."""
        documents = within or self._documents_of(question)
        ranking = self.rank(question, documents, speakers)
        scope = documents or self._scope(ranking)
        material = Material.of(question, ranking, self.corpus, scope, speakers)
        return judge(material, self._answers_from)

    def _documents_of(self, question: Question) -> tuple[str, ...]:
        """The documents that name those whose words are asked for; none where that is no limit."""
        named_in = [p.document_id for mention in question.speakers for p in mention.people]
        return tuple(dict.fromkeys(named_in))[:SCOPE]

    def _scope(self, ranking: Ranking) -> tuple[str, ...]:
        """The documents that a group question ranges over: all, if few; else those ranked first."""
        everything = self.corpus.document_ids
        if len(everything) <= SCOPE:
            return tuple(everything)
        return tuple(dict.fromkeys(p.document_id for p in ranking.passages[:3]))

    def _items(self, question: str, within: tuple[str, ...]) -> list[str]:
        """What an earlier question's answer listed, for "the second one"."""
        return [point.text for point in self.ask(question, documents=within).points]

    def _with_suggestions(self, answer: Answer, within: tuple[str, ...]) -> Answer:
        return replace(answer, suggestions=self._suggestions(within or self._few()))

    def _few(self) -> tuple[str, ...]:
        return tuple(self.corpus.document_ids[:SCOPE])

    def _proved(self, documents: tuple[str, ...]) -> tuple[str, ...]:
        """Questions that these documents are proved, by asking, to answer."""
        proved: list[str] = []
        for question in candidates(self.corpus, documents):
            asked = understand(question, self.names(documents))
            if self._judge(asked, documents, ()).answers:
                proved.append(question)
            if len(proved) == SUGGESTED:
                break
        return tuple(proved)

    def covers(self) -> str:
        """One sentence on what can be asked about."""
        titles = [self.corpus.document(name).title for name in self._few()[:3]]
        more = len(self.corpus.document_ids) - len(titles)
        listed = ", ".join(f"“{title}”" for title in titles)
        return f"I have read {listed}" + (f" and {more} more documents." if more > 0 else ".")

    def search(
        self,
        question: str,
        top_k: int = 10,
        documents: Sequence[str] = (),
        speakers: Sequence[str] = (),
    ) -> Found:
        """The passages that bear on the question, best first, at most `top_k`."""
        within = self._within(question, documents)
        asked = understand(self._spelt(question, within), self.names(within))
        ranking = self.rank(asked, within, speakers, max(top_k, WEIGHED))
        return Found(
            question,
            ranking.passages[:top_k],
            ranking.scores[:top_k],
            self.corpus,
            self.snapshot_id,
        )

    def rank(
        self,
        question: Question,
        documents: tuple[str, ...],
        speakers: Sequence[str] = (),
        weighed: int = WEIGHED,
    ) -> Ranking:
        """Retrieve by meaning and by words, fuse, match, and weigh every sentence of the best.

        weighed: passages whose sentences are weighed, where not all that are allowed are.
        """
        index = self.snapshot
        question = _self_contained(question)
        encoded = index.encoder.encode_question(question.text)
        by_words = self._by_words(question, documents)
        candidates, around = self._candidates(
            encoded.pooled, question, by_words, documents, speakers
        )
        found = interact(encoded.tokens, index.tokens.matrix(candidates))
        rare = rarity(encoded.ids, index.tokens.document_frequency, len(index.tokens))
        weight = (
            rare
            * index.encoder.importance(encoded)
            * weight_of_place(question.text, encoded.offsets)
        )
        share: npt.NDArray[np.float32] = weight / max(float(weight.sum()), 1e-9)
        if around is not None and index.pages is not None:
            around += BY_MATCH * (share @ found.best_in_passage)
        if around is not None and len(candidates) > weighed:
            kept = best_matching(found, share, weighed, BESIDE_MATCH * around)
            candidates, around, found = candidates[kept], around[kept], narrowed(found, kept)
        passages = [index.store.passage(int(ordinal)) for ordinal in candidates]
        similarities = index.dense.similarities(encoded.pooled, candidates)
        lexical = share_of_best(candidates, *by_words)
        evidence = gather(question, encoded, weight, passages, similarities, lexical, found)
        evidence = replace(evidence, readable=index.encoder.is_taught)
        return rank(evidence, question.kind, 0.0 if around is None else BESIDE_SCORE * around)

    def _by_words(self, question: Question, documents: tuple[str, ...]) -> Scored:
        asked = f"{question.text} {worked_out_from(question.text)}"
        ordinals, scores = self.snapshot.lexical.search(asked, DEPTH, documents)
        return np.array(ordinals, np.int64), np.array(scores, np.float32)

    def _candidates(
        self,
        pooled: npt.NDArray[np.float32],
        question: Question,
        by_words: Scored,
        documents: tuple[str, ...],
        speakers: Sequence[str],
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32] | None]:
        """Ordinals of the passages to match, and what speaks for each beside the match.

        They are all that are allowed, if those are few; then nothing (None) speaks beside it.
        """
        index = self.snapshot
        ranges = [index.store.ordinals(document) for document in documents] or None
        allowed = np.concatenate([np.arange(r.start, r.stop) for r in ranges]) if ranges else None
        everything = np.arange(len(index.tokens)) if allowed is None else allowed
        if len(everything) <= DEPTH and index.tokens.lengths(everything).sum() <= TOKEN_BUDGET:
            return self._said_by(everything, speakers), None
        by_meaning = index.dense.search(pooled, DEPTH, ranges)
        if index.pages is None:
            ordinals, fused = fuse([(*by_meaning, 1.0), (*by_words, BY_WORDS)])
        else:
            ordinals, fused = self._by_page(
                index.pages, pooled, question, by_meaning, by_words, documents
            )
        kept = np.isin(ordinals, self._said_by(ordinals, speakers))
        ordinals, fused = ordinals[kept], fused[kept]
        most = within_budget(index.tokens.lengths(ordinals), TOKEN_BUDGET)
        around = fused[:most] if index.pages is not None else np.zeros(most, np.float32)
        return ordinals[:most], around

    def _by_page(
        self,
        pages: Pages,
        pooled: npt.NDArray[np.float32],
        question: Question,
        by_meaning: Scored,
        by_words: Scored,
        documents: tuple[str, ...],
    ) -> Scored:
        """The candidates, best first, by their pages too: their words, meaning and tables."""
        asked = f"{content_words(question.text)} {worked_out_from(question.text)}"
        on_pages, by_page_words = pages.search(asked, DEPTH, documents)
        by_page_meaning = pages.means(on_pages, self.snapshot.dense.similarities(pooled, on_pages))
        ordinals, fused = fuse(
            [
                (*by_meaning, MEANING_BESIDE_PAGE),
                (*by_words, WORDS_BESIDE_PAGE),
                (on_pages, by_page_meaning, PAGE_MEANING),
                (on_pages, by_page_words, PAGE_WORDS),
            ]
        )
        if is_for_figures(question):
            ordinals, fused = best_first(ordinals, fused + BY_TABLES * pages.tabular(ordinals))
        return spread(ordinals, fused, pages.place_on_page(ordinals))

    def _said_by(
        self, ordinals: npt.NDArray[np.int64], speakers: Sequence[str]
    ) -> npt.NDArray[np.int64]:
        """Those passages that one of the speakers says; all of them where none is named."""
        if not speakers:
            return ordinals
        said = [self.snapshot.store.passage(int(ordinal)).speaker for ordinal in ordinals]
        kept = np.array([is_one_of(speaker, speakers) for speaker in said], bool)
        said_by_them: npt.NDArray[np.int64] = ordinals[kept]
        return said_by_them

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
        people = (
            person
            for document in chosen
            for person in named(self.corpus.document(document), self.corpus.structure(document))
        )
        return NameBook.of(people, self._words(documents))


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of some documents, looked up rather than listed."""

    lexical: LexicalIndex
    store: Store
    documents: tuple[str, ...]

    def __contains__(self, word: object, /) -> bool:
        return self.lexical.knows(str(word), self.documents)

    def like(self, word: str) -> list[str]:
        """The words, as the documents have them, whose stems are near to this one's."""
        asked = stem(word)
        known = self.lexical.stems_beginning(asked[0], self.documents)
        return [w for k in known if near(asked, k) and (w := self._written(k)) is not None]

    def _written(self, known: str) -> str | None:
        """A word of this stem as a passage that has one writes it, in lower case if it may be."""
        ordinal = self.lexical.first_with(known, self.documents)
        if ordinal is None:
            return None
        passage = self.store.passage(ordinal)
        words = (token.text for token in tokens(f"{passage.text} {passage.context}"))
        found = [word[: len(bare(word))] for word in words if stem(folded(word)) == known]
        return min(found, key=str.istitle, default=None)


def _self_contained(question: Question) -> Question:
    """With the topic in its words: a part of a longer question may have taken it from the first."""
    if question.topic in question.text or not question.topic:
        return question
    if set(question.terms) <= set(content_stems(question.text)):
        return question
    return replace(question, text=f"{question.text} {question.topic}")

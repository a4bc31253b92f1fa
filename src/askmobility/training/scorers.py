"""Learn what lies on top of the vectors: how rare words are, which sentence answers, how likely.

What ranks and what chooses sentences is linear in evidence that can be named; whether a document
answers is told by small trees over such evidence and a small network that reads, together
(docs/decisions/0006 and 0007). Seeds are fixed.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from askmobility.answers import answerability
from askmobility.answers.drafting import draft
from askmobility.answers.material import Material
from askmobility.answers.reading import Page, Reader, Sheet
from askmobility.answers.trees import Trees
from askmobility.assistant import WEIGHED, Assistant
from askmobility.index.adapter import ADAPTER
from askmobility.index.builder import build_index
from askmobility.search.evidence import FEATURES, Evidence
from askmobility.search.late_interaction import narrowed
from askmobility.search.names import NameBook
from askmobility.search.question import understand
from askmobility.search.ranking import rank, weights
from askmobility.search.rarity import background
from askmobility.settings import ANSWERS_FROM
from askmobility.training.reading import Lesson, taught_reader

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Progress = Callable[[str, int, int], None]

Judged = Mapping[str, Any]  # a document or a question, as shared in JSON
Named = dict[str, float]  # weights, by what they weigh

SEED = 0
TREES = 1600
LEAVES = 4  # of each tree
RATE = 0.025  # what each tree adds of what it would correct
SHARE = 0.5  # of the examples that each tree sees
CHOICE = 0.3  # share of the evidence that each branch chooses from
LEAST = 10  # examples that each leaf stands for
OF_OTHERS = 9  # questions put to each document that belong to others
MADE_ABSENT = 0.25  # what a question made unanswerable counts for, beside one asked in earnest
OF_ANY_DOCUMENT = ("summary", "speakers", "list", "recommendation")  # categories any text answers
PREMISES = ("false_premise", "wrong_attribution")
BY_KIND = ("match", "match_before", "length")  # what each kind of question weighs in its own way


@dataclass(frozen=True, slots=True)
class Example:
    """One judged question asked of its own document.

    features: (S, len(FEATURES)) of its sentences; marked: (S,) whether each is evidence.
    kind: of the question.
    answerable: whether the document answers.
    whole: whether it does and the draft holds all that is marked.
    nearest: whether the passage ranked first does, which a refusal shows.
    sheet: what the reader sees, and `answering`, which of its pages are evidence. None where there
    is nothing to read, or where structure alone answers, refuses or corrects, so that none is read.
    counts: what it counts for beside others.
    """

    features: npt.NDArray[np.float32]
    marked: Flags
    kind: str
    answerable: bool
    whole: bool
    sheet: Sheet | None = None
    answering: tuple[bool, ...] = ()
    counts: float = 1.0
    nearest: bool = False


class Class(NamedTuple):
    """Documents with their questions, indexed by an encoder that was not taught on them.

    On documents that it was taught on, an encoder finds the evidence far too well.
    """

    assistant: Assistant
    documents: Sequence[Judged]

    @staticmethod
    def of(documents: Sequence[Judged], folder: Path, adapter: Path = ADAPTER) -> Class:
        """Index the documents in an empty folder, as files of plain text have them: untitled."""
        plain = folder / "documents.jsonl"
        rows = [{key: document[key] for key in ("id", "text")} for document in documents]
        plain.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
        build_index([plain], folder / "index", adapter=adapter)
        return Class(Assistant.open(folder / "index"), documents)


def teach_scorers(folds: Sequence[Class], progress: Progress) -> None:
    """Learn the scorers and write them.

    folds: what the encoder that ships was taught on, each part with an encoder that was not.
    """
    own = [example for part in folds for example in _asked_of_their_own(part, progress)]
    sentence, by_kind = fit_sentences(own)
    _learn(sentence=sentence, by_kind=by_kind)  # which the drafts of the next round rest on
    judged = [
        [
            *_asked_of_their_own(part, progress),
            *_asked_of_others(part),
            *with_answers_taken_away(part),
        ]
        for part in folds
    ]
    trees, reader = fit_answerability(judged, progress)
    trees.write(place_of("askmobility.answers", answerability.LEARNED))
    reader.write(place_of("askmobility.answers", answerability.READ))


def _asked_of_their_own(asked: Class, progress: Progress) -> Iterator[Example]:
    assistant, documents = asked
    for done, document in enumerate(documents, start=1):
        for question in document["questions"]:
            yield _example(material_of(assistant, document["id"], question), question)
        progress("Asking", done, len(documents))


def _asked_of_others(asked: Class) -> Iterator[Example]:
    """Questions put to documents that they do not belong to, which cannot answer them."""
    assistant, documents = asked
    chance = random.Random(SEED)
    for document in documents:
        elsewhere = [
            question
            for other in documents
            if other is not document
            for question in other["questions"]
            if not question["history"] and question["category"] not in OF_ANY_DOCUMENT
        ]
        for question in chance.sample(elsewhere, min(OF_OTHERS, len(elsewhere))):
            material = material_of(assistant, document["id"], question)
            yield _example(material, question, made_absent=True)


def with_answers_taken_away(asked: Class) -> Iterator[Example]:
    """Questions put to their own documents without the passages that answer.

    So the same words, of the same document, stand once with an answer and once without: what a data
    set lets one guess from the words alone is no help.
    """
    assistant, documents = asked
    for document in documents:
        for question in document["questions"]:
            if question["evidence"] and question["category"] not in OF_ANY_DOCUMENT:
                material = material_of(assistant, document["id"], question, 2 * WEIGHED)
                left = _without_answers(material, question)
                if left is not None:
                    yield _example(left, question, made_absent=True)


def _without_answers(material: Material, judged: Judged) -> Material | None:
    """The same material without the passages that answer; None where too little is left."""
    evidence = material.ranking.evidence
    answering = {
        int(evidence.owner[row])
        for row in material.order
        if is_marked(material.text(material.pick(row)), judged["evidence"])
    }
    kept = [at for at in range(len(evidence.passages)) if at not in answering]
    if not answering or len(kept) < 2:
        return None
    best = np.full(len(evidence.passages), -np.inf)
    np.maximum.at(best, evidence.owner, material.ranking.sentence_scores)
    kept = sorted(sorted(kept, key=lambda at: -best[at])[:WEIGHED])
    return Material.of(
        material.question,
        rank(_only(evidence, kept), material.question.kind),
        material.corpus,
        material.scope,
    )


def _only(evidence: Evidence, passages: Sequence[int]) -> Evidence:
    """The evidence of these passages alone, given as ascending rows."""
    rows = np.flatnonzero(np.isin(evidence.owner, passages))
    return replace(
        evidence,
        passages=tuple(evidence.passages[at] for at in passages),
        owner=np.searchsorted(passages, evidence.owner[rows]),
        spans=tuple(evidence.spans[row] for row in rows),
        features=evidence.features[rows],
        found=narrowed(evidence.found, np.asarray(passages)),
    )


def _example(material: Material, judged: Judged, made_absent: bool = False) -> Example:
    made = draft(material)
    spans = range(len(material.ranking.evidence.spans))
    marked = [is_marked(material.text(material.pick(row)), judged["evidence"]) for row in spans]
    answerable = judged["expect"] == "answer" and not made_absent
    whole = answerable and set(np.flatnonzero(marked)) <= set(made.rows)
    counts = MADE_ABSENT if made_absent else 1.0
    found = (material.ranking.evidence.features, np.array(marked, bool), material.question.kind)
    if not made.rows or made.reason in PREMISES:
        return Example(*found, answerable, whole, counts=counts)
    rows = answerability.rows_to_read(material, made)
    sheet = _kept(answerability.to_read(material, made))
    answering = tuple(answerable and marked[row] for row in rows)
    near = material.ranking.passages[0].text
    nearest = answerable and all(piece in near for piece in judged["evidence"])
    return Example(*found, answerable, whole, sheet, answering, counts, nearest)


def _kept(sheet: Sheet) -> Sheet:
    """The sheet with numbers of its own: the index's would keep all of its texts in memory."""
    pages = [Page(*(np.array(part) for part in page)) for page in sheet.pages]
    return sheet._replace(question=np.array(sheet.question), pages=tuple(pages))


def material_of(
    assistant: Assistant, document_id: str, judged: Judged, weighed: int = WEIGHED
) -> Material:
    """What the assistant makes of a judged question: its first part, ranked in its document."""
    within = (document_id,)
    question, _ = assistant.understood(judged["question"], judged["history"], within)
    first = question.parts[0] if question.parts else question
    ranking = assistant.rank(first, within, (), weighed)
    return Material.of(first, ranking, assistant.corpus, within)


def is_marked(text: str, evidence: Iterable[str]) -> bool:
    """Whether a sentence is, for the most part, one of the marked pieces of evidence."""
    core = text.strip("-•– \n")
    return bool(core) and any(
        core in piece or (piece in text and 2 * len(piece) >= len(text)) for piece in evidence
    )


# --- which sentence answers ------------------------------------------------------------------


def fit_sentences(judged: Sequence[Example]) -> tuple[Named, dict[str, Named]]:
    """The weight of each feature, and by kind of question what some of them count for beside it."""
    kinds = sorted({example.kind for example in judged})
    some = [FEATURES.index(name) for name in BY_KIND]
    columns = []
    for example in judged:
        same = np.array([example.kind == kind for kind in kinds], float)
        own = np.einsum("k,sf->skf", same, example.features[:, some])
        columns.append(np.hstack([example.features, own.reshape(len(own), -1)]))
    marked = [example.marked for example in judged]
    spread = _spread([example.features for example in judged])
    found = likeliest(columns, marked, np.append(spread, np.tile(spread[some], len(kinds))), 1e-3)
    every, more = np.split(found, [len(FEATURES)])
    by_kind = zip(kinds, more.reshape(len(kinds), len(some)), strict=True)
    return _named(FEATURES, every), {kind: _named(BY_KIND, extra) for kind, extra in by_kind}


def likeliest(
    columns: Sequence[npt.NDArray[np.floating]],
    marked: Sequence[Flags],
    spread: Floats,
    decay: float,
) -> Floats:
    """The weights of the columns, by maximum likelihood of a softmax over each question's rows.

    columns: of each question, (S, F). The likelihood of a question is the sum over its marked rows
    (list-wise, several right); one that has none is left out. spread: (F,) by which the columns are
    divided first. decay: of the squares of what they weigh then.
    """
    usable = [at for at, rows in enumerate(marked) if rows.any()]
    scaled = np.concatenate([columns[at] for at in usable]).astype(np.float64) / spread
    scaled -= scaled.mean(axis=0)
    is_right = np.concatenate([marked[at] for at in usable])
    sizes = np.array([len(marked[at]) for at in usable])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    owner = np.repeat(np.arange(len(sizes)), sizes)

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = scaled @ weights
        raised = np.exp(scores - np.maximum.reduceat(scores, starts)[owner])
        total = np.add.reduceat(raised, starts)
        right = np.add.reduceat(raised * is_right, starts) + 1e-12
        slope = raised / total[owner] - raised * is_right / right[owner]
        value = float(np.log(total).mean() - np.log(right).mean() + decay * weights @ weights)
        return value, slope @ scaled / len(sizes) + 2 * decay * weights

    weights: Floats = minimize(loss, np.zeros(len(spread)), jac=True, method="L-BFGS-B").x
    return weights / spread


def _spread(features: Sequence[npt.NDArray[np.floating]]) -> Floats:
    spread: Floats = np.concatenate(features).astype(np.float64).std(axis=0) + 1e-6
    return spread


def _named(names: Sequence[str], weights: Floats) -> Named:
    return {name: round(float(weight), 4) for name, weight in zip(names, weights, strict=True)}


# --- how likely a draft answers ----------------------------------------------------------------


def fit_answerability(
    folds: Sequence[Sequence[Example]], progress: Progress
) -> tuple[Trees, Reader]:
    """Trees and a reader whose scores add up to the log-odds that a draft is the answer.

    folds: examples in parts that share no document. For each part, trees and a reader that learned
    from the others score what was asked of it in earnest; a logistic regression on all these scores
    (Platt, 1999) says what each counts for. What is right is the whole answer where it is likely
    enough to be shown; else the nearest passage.
    """
    from sklearn.linear_model import LogisticRegression

    scores: list[tuple[float, float]] = []
    right: list[tuple[bool, bool]] = []
    for part in folds:
        others = [example for other in folds if other is not part for example in other]
        trees, reader = _taught(others, progress)
        for example in part:
            if example.sheet is not None and example.counts == 1:
                scores.append((trees.score(example.sheet.features), reader.score(example.sheet)))
                right.append((example.whole, example.nearest))
    whole, nearest = np.array(right).T
    line = LogisticRegression(C=np.inf).fit(scores, whole)
    shown = line.predict_proba(scores)[:, 1] >= ANSWERS_FROM
    line = LogisticRegression(C=np.inf).fit(scores, np.where(shown, whole, nearest))
    of_trees, of_reader = line.coef_[0].tolist()
    trees, reader = _taught([example for part in folds for example in part], progress)
    return (
        replace(trees, slope=of_trees, intercept=float(line.intercept_[0])),
        replace(reader, slope=of_reader),
    )


def _taught(judged: Sequence[Example], progress: Progress) -> tuple[Trees, Reader]:
    taught = lessons(judged)
    return _grown(taught), taught_reader(taught, SEED, partial(progress, "Teaching to read"))


def _grown(taught: Sequence[Lesson]) -> Trees:
    """Boosted trees (Friedman, Annals of Statistics 2001) for "the document answers"."""
    from sklearn.ensemble import GradientBoostingClassifier

    boosted = GradientBoostingClassifier(
        n_estimators=TREES,
        max_leaf_nodes=LEAVES,
        max_depth=None,
        learning_rate=RATE,
        subsample=SHARE,
        max_features=CHOICE,
        min_samples_leaf=LEAST,
        init="zero",
        random_state=SEED,
    ).fit(
        np.stack([lesson.sheet.features for lesson in taught]),
        np.array([lesson.answerable for lesson in taught], bool),
        sample_weight=np.array([lesson.counts for lesson in taught]),
    )
    return _flat([stage[0].tree_ for stage in boosted.estimators_])


def _flat(grown: Sequence[Any]) -> Trees:
    """scikit-learn's trees, their nodes one below the other, as `answers.trees` walks them."""
    sizes = [tree.node_count for tree in grown]
    first = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    own = np.concatenate([np.arange(size) for size in sizes])
    offset = np.repeat(first, sizes)
    low = np.concatenate([tree.children_left for tree in grown])
    high = np.concatenate([tree.children_right for tree in grown])
    is_leaf = low < 0
    return Trees(
        roots=first.astype(np.intp),
        feature=np.where(is_leaf, 0, np.concatenate([tree.feature for tree in grown])),
        threshold=np.where(is_leaf, 0.0, np.concatenate([tree.threshold for tree in grown])),
        low=np.where(is_leaf, own, low) + offset,
        high=np.where(is_leaf, own, high) + offset,
        value=np.where(is_leaf, np.concatenate([tree.value[:, 0, 0] for tree in grown]), 0.0)
        * RATE,
        depth=max(tree.max_depth for tree in grown),
        slope=1.0,
        intercept=0.0,
        names=answerability.FEATURES,
    )


def lessons(judged: Iterable[Example]) -> list[Lesson]:
    """What the examples have for a reader to learn from."""
    return [
        Lesson(example.sheet, example.answering, example.answerable, example.counts)
        for example in judged
        if example.sheet is not None
    ]


# --- how rare words are ------------------------------------------------------------------------


def teach_background(data: Path, index_dir: Path, progress: Progress) -> None:
    """Learn in what share of general policy passages each word piece stands, and write it."""
    build_index([data], index_dir, progress=progress)
    tokens = Assistant.open(index_dir).snapshot.tokens
    shares = tokens.document_frequency / max(len(tokens), 1)
    np.save(place_of("askmobility.search", "background.npy"), shares.astype(np.float16))
    background.cache_clear()


# --- which passage is ranked first ---------------------------------------------------------------


def teach_ranking(
    folder: Path, titles: frozenset[str], index_dir: Path, progress: Progress
) -> None:
    """Learn the weights that rank passages, from a BEIR folder's questions on these titles."""
    build_index([folder / "corpus.jsonl"], index_dir)
    assistant, nobody = Assistant.open(index_dir), NameBook.of([])
    lines = (folder / "qrels" / "test.tsv").read_text("utf-8").splitlines()[1:]
    right = dict(line.split("\t")[:2] for line in lines)
    questions = [json.loads(line) for line in (folder / "queries.jsonl").open(encoding="utf-8")]
    columns: list[npt.NDArray[np.float32]] = []
    marked: list[Flags] = []
    for done, question in enumerate(questions, start=1):
        wanted = right[question["_id"]]
        if assistant.corpus.document(wanted).title in titles:
            evidence = assistant.rank(understand(question["text"], nobody), ()).evidence
            found = np.array([p.document_id == wanted for p in evidence.passages], bool)
            columns.append(evidence.features)
            marked.append(found[evidence.owner])
        progress("Ranking", done, len(questions))
    _learn(passage=_named(FEATURES, likeliest(columns, marked, _spread(columns), 0.01)))


def _learn(**learned: Mapping[str, object]) -> None:
    path = place_of("askmobility.search", "weights.json")
    _write("askmobility.search", path.name, json.loads(path.read_text("utf-8")) | learned)
    weights.cache_clear()


def place_of(package: str, name: str) -> Path:
    """Where a learned part lies: beside the room that uses it."""
    return Path(str(files(package).joinpath(name)))


def _write(package: str, name: str, learned: Mapping[str, object]) -> None:
    place_of(package, name).write_text(json.dumps(learned, indent=1) + "\n", "utf-8")

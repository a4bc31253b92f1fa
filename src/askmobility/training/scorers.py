"""Learn what lies on top of the vectors: how rare words are, which sentence answers, how likely.

All are linear over evidence that can be named, so that what counts for and against an answer can
be read in the files that are written. Seeds do not matter: each loss is convex.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from askmobility.answers import answerability
from askmobility.answers.drafting import draft
from askmobility.answers.followups import standalone
from askmobility.answers.material import Material
from askmobility.assistant import Assistant
from askmobility.index.builder import build_index
from askmobility.search.evidence import FEATURES
from askmobility.search.names import NameBook
from askmobility.search.question import Question, understand
from askmobility.search.ranking import weights
from askmobility.search.rarity import background

Floats = npt.NDArray[np.float64]
Progress = Callable[[str, int, int], None]

Judged = Mapping[str, Any]  # a document or a question, as shared in JSON

SEED = 0
OF_OTHERS = 6  # questions put to each document that belong to other subjects
OF_ANY_DOCUMENT = ("summary", "speakers", "list", "recommendation")  # categories any text answers
PREMISES = ("false_premise", "wrong_attribution")
# evidence that can only speak for an answer, or only against it, whatever a data set's shortcuts
FOR = frozenset(
    "match match_around match_passage match_even similarity similarity_passage coverage "
    "coverage_passage pairs rarest worst detail number spoken known rarest_known lead topic focus "
    "voice detail_anywhere counted".split()
)
AGAINST = frozenset("behind topic_elsewhere stranger unplaced is_question".split())


@dataclass(frozen=True, slots=True)
class Example:
    """One judged question asked of its own document.

    features: (S, len(FEATURES)) of its sentences; marked: (S,) whether each is evidence.
    answerable, premise: whether the document answers; whether it is asked on a false premise.
    drafted: the features of its draft; refused: whether structure alone refuses or corrects it.
    """

    features: npt.NDArray[np.float32]
    marked: npt.NDArray[np.bool_]
    answerable: bool
    premise: bool
    drafted: Floats
    refused: bool


def teach_scorers(held: Path, index_dir: Path, progress: Progress) -> None:
    """Learn the scorers from documents that the encoder was not taught on, and write them.

    held: a file of documents with their questions. index_dir: an empty folder to work in.
    """
    build_index([held], index_dir)
    assistant = Assistant.open(index_dir)
    documents = [json.loads(line) for line in held.read_text("utf-8").splitlines() if line]
    judged = list(_asked_of_their_own(assistant, documents, progress))
    _learn("sentence", fit_sentences(judged))
    judged = list(_asked_of_their_own(assistant, documents, progress))
    judged += _asked_of_others(assistant, documents)
    _write("askmobility.answers", "answerability.json", fit_answerability(judged))


def _asked_of_their_own(
    assistant: Assistant, documents: Sequence[Judged], progress: Progress
) -> Iterator[Example]:
    for done, document in enumerate(documents, start=1):
        for question in document["questions"]:
            yield _example(assistant, document["id"], question)
        progress("Asking", done, len(documents))


def _asked_of_others(assistant: Assistant, documents: Sequence[Judged]) -> Iterator[Example]:
    """Questions put to documents on other subjects, which cannot answer them."""
    chance = random.Random(SEED)
    questions = [
        (document["topic"], question)
        for document in documents
        for question in document["questions"]
        if not question["history"] and question["category"] not in OF_ANY_DOCUMENT
    ]
    for document in documents:
        elsewhere = [question for topic, question in questions if topic != document["topic"]]
        for question in chance.sample(elsewhere, min(OF_OTHERS, len(elsewhere))):
            absent = {**question, "expect": "not_found", "reason": "off_topic", "evidence": []}
            yield _example(assistant, document["id"], absent)


def _example(assistant: Assistant, document_id: str, judged: Judged) -> Example:
    material = material_of(assistant, document_id, judged)
    made = draft(material)
    spans = range(len(material.ranking.evidence.spans))
    marked = [is_marked(material.text(material.pick(row)), judged["evidence"]) for row in spans]
    return Example(
        material.ranking.evidence.features,
        np.array(marked, bool),
        judged["expect"] == "answer",
        judged["reason"] in PREMISES,
        answerability.features(material, made),
        not made.picks or made.reason in PREMISES,
    )


def material_of(assistant: Assistant, document_id: str, judged: Judged) -> Material:
    """What the assistant makes of a judged question: its first part, ranked in its document."""
    within = (document_id,)
    names = assistant.names(within)
    asked, history = judged["question"], judged["history"]
    understood = standalone(asked, history, names) if history else None
    question: Question = understand(understood or asked, names)
    first = question.parts[0] if question.parts else question
    return Material.of(first, assistant.rank(first, within), assistant.corpus, within)


def is_marked(text: str, evidence: Iterable[str]) -> bool:
    """Whether a sentence is, for the most part, one of the marked pieces of evidence."""
    core = text.strip("-•– \n")
    return bool(core) and any(
        core in piece or (piece in text and 2 * len(piece) >= len(text)) for piece in evidence
    )


# --- which sentence answers ------------------------------------------------------------------


def fit_sentences(judged: Sequence[Example], decay: float = 1e-3) -> dict[str, float]:
    """The weight of each feature, by maximum likelihood of a softmax over the sentences.

    The likelihood of a question is the sum over its marked sentences (list-wise, several right).
    """
    usable = [example for example in judged if example.marked.any()]
    everything = np.concatenate([example.features for example in usable]).astype(np.float64)
    marked = np.concatenate([example.marked for example in usable])
    sizes = np.array([len(example.marked) for example in usable])
    middle, spread = everything.mean(axis=0), everything.std(axis=0) + 1e-6
    scaled = (everything - middle) / spread
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    owner = np.repeat(np.arange(len(sizes)), sizes)

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = scaled @ weights
        raised = np.exp(scores - np.maximum.reduceat(scores, starts)[owner])
        total = np.add.reduceat(raised, starts)
        right = np.add.reduceat(raised * marked, starts) + 1e-12
        slope = raised / total[owner] - raised * marked / right[owner]
        value = float(np.log(total).mean() - np.log(right).mean() + decay * weights @ weights)
        return value, slope @ scaled / len(sizes) + 2 * decay * weights

    found = minimize(loss, np.zeros(len(FEATURES)), jac=True).x / spread
    return {name: round(float(weight), 4) for name, weight in zip(FEATURES, found, strict=True)}


# --- how likely a draft answers ----------------------------------------------------------------


def fit_answerability(judged: Sequence[Example], decay: float = 0.01) -> dict[str, object]:
    """A logistic regression of "the document answers" on a draft's features.

    Evidence for an answer never counts against it, nor the other way round: what a data set
    would teach otherwise is its own shortcut.
    """
    usable = [example for example in judged if not example.refused]
    rows = np.stack([example.drafted for example in usable])
    right = np.array([example.answerable for example in usable], np.float64)
    middle, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    scaled = (rows - middle) / spread

    def loss(values: Floats) -> tuple[float, Floats]:
        weights, scores = values[:-1], scaled @ values[:-1] + values[-1]
        error = 1 / (1 + np.exp(-scores)) - right
        value = float((np.logaddexp(0, scores) - right * scores).mean() + decay * weights @ weights)
        slope = scaled.T @ error / len(right) + 2 * decay * weights
        return value, np.append(slope, error.mean())

    limits = [*map(_limits, answerability.FEATURES), (None, None)]
    found = minimize(loss, np.zeros(rows.shape[1] + 1), jac=True, bounds=limits).x
    weights = found[:-1] / spread
    names = answerability.FEATURES
    return {
        "weights": {n: round(float(w), 4) for n, w in zip(names, weights, strict=True)},
        "bias": round(float(found[-1] - weights @ middle), 4),
    }


def _limits(feature: str) -> tuple[float | None, float | None]:
    return (0.0 if feature in FOR else None, 0.0 if feature in AGAINST else None)


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
    judged: list[Example] = []
    for done, question in enumerate(questions, start=1):
        wanted = right[question["_id"]]
        if assistant.corpus.document(wanted).title in titles:
            evidence = assistant.rank(understand(question["text"], nobody), ()).evidence
            found = np.array([p.document_id == wanted for p in evidence.passages], bool)
            marked = found[evidence.owner]
            judged.append(Example(evidence.features, marked, True, False, np.empty(0), False))
        progress("Ranking", done, len(questions))
    _learn("passage", fit_sentences(judged, decay=0.01))


def _learn(task: str, learned: Mapping[str, float]) -> None:
    path = place_of("askmobility.search", "weights.json")
    _write("askmobility.search", path.name, {**json.loads(path.read_text("utf-8")), task: learned})
    weights.cache_clear()


def place_of(package: str, name: str) -> Path:
    """Where a learned part lies: beside the room that uses it."""
    return Path(str(files(package).joinpath(name)))


def _write(package: str, name: str, learned: Mapping[str, object]) -> None:
    place_of(package, name).write_text(json.dumps(learned, indent=1) + "\n", "utf-8")

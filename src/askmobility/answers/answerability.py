"""How likely it is that a draft answers the question: a learned, calibrated probability."""

from __future__ import annotations

import math
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from askmobility.answers.material import Draft, Material
from askmobility.answers.reading import SENTENCES, Reader, Sheet, laid_out
from askmobility.answers.trees import Trees
from askmobility.search.evidence import FEATURES as SENTENCE_FEATURES
from askmobility.search.evidence import OF_ANSWERING, stems_of
from askmobility.search.words import content_stems

Floats = npt.NDArray[np.float32]

_DETAIL = SENTENCE_FEATURES.index("detail")
KINDS = ("number", "when", "where", "who", "why", "how", "yesno", "statement", "list", "definition")
FEATURES = (
    *SENTENCE_FEATURES[:OF_ANSWERING],  # of the best sentence that the draft stands on
    "lead",  # how far it stands above the ten sentences that follow it
    "behind",  # how far it stands below the best sentence of all
    "known",  # rarity-weighted share of the question's terms that stand in any candidate passage
    "rarest_known",  # whether the rarest of them does
    "detail_anywhere",  # 1: a candidate holds the detail asked for; -1: none; 0: none is asked for
    "counted",  # how many of what: 1: the sentence counts that; -1: only other things; else 0
    "topic",  # MaxSim of the question's terms alone within the best sentence
    "topic_elsewhere",  # how much better they match within another sentence
    "focus",  # MaxSim of what is asked for ("how many drivers") within the best sentence
    "voice",  # somebody's words are asked for: 1 if somebody says the sentence, -1 if not, else 0
    "stranger",  # whether it asks for the words of somebody whom no document names
    "unplaced",  # ... of somebody whom no document names like that: 1 for a name, 0.5 for a role
    *(f"kind_{kind}" for kind in KINDS),
)
LEARNED = "answerability.npz"  # the trees that weigh what is named here
READ = "reader.npz"  # the network that reads
# Of what structure alone settles, how often the whole answer was there, on t1 to t4: where it
# answers (who is quoted, the headings), of 115, and where it refuses, of 129.
STRUCTURE, REFUSED = 0.83, 0.05


def features(material: Material, draft: Draft) -> Floats:
    """(len(FEATURES),) what speaks for and against a draft; there is a sentence at least."""
    evidence = material.ranking.evidence
    row = draft.rows[0] if draft.rows else material.order[0]
    best = material.score(row)
    following = [material.score(other) for other in material.order[:11] if other != row]
    rarity = _rarity(material)
    used = known_terms(material)
    rarest = max(rarity, key=lambda term: rarity[term], default="")
    return np.array(
        [
            *evidence.features[row, :OF_ANSWERING],
            best - (sum(following) / len(following) if following else best),
            material.score(material.order[0]) - best,
            share_known(material),
            float(rarest in used),
            float(evidence.features[:, _DETAIL].max()),
            _counted(material, row),
            *_topical(material, row),
            float(bool(material.question.unknown_speakers)),
            _unplaced(material),
            *(float(material.question.kind == kind) for kind in KINDS),
        ],
        dtype=np.float32,
    )


def _topical(material: Material, row: int) -> tuple[float, float, float, float]:
    """The features "topic", "topic_elsewhere", "focus" and "voice"."""
    question = material.question
    matched = material.ranking.evidence.match(question.terms)
    topic = float(matched[row])
    focus = float(material.ranking.evidence.match(question.terms[:1])[row])
    voice = 0.0
    if question.kind == "statement":
        voice = -1.0 if material.speaker(row) is None else 1.0
    return topic, float(matched.max()) - topic, focus, voice


def _unplaced(material: Material) -> float:
    """The feature "unplaced"."""
    question = material.question
    if question.speakers:
        return 0.0
    forms = {mention.form for mention in question.unplaced_speakers}
    return 1.0 if "name" in forms else 0.5 if forms else 0.0


def _counted(material: Material, row: int) -> float:
    """The feature "counted": whether a figure of the sentence is one of what is asked for."""
    question = material.question
    if question.kind != "number" or not question.terms:
        return 0.0
    document_id, sentence = material.pick(row)
    figures = [
        figure
        for figure in material.corpus.structure(document_id).figures
        if sentence.start <= figure.span.start < sentence.end
    ]
    if not figures:
        return 0.0
    counted = {stem for f in figures for stem in content_stems(f"{f.subject} {f.unit}")}
    return 1.0 if question.terms[0] in counted else -1.0


def share_known(material: Material) -> float:
    """The share of the question's terms, by rarity, that stand in any candidate passage."""
    rarity = _rarity(material)
    total = sum(rarity.values())
    return sum(rarity[term] for term in known_terms(material)) / total if total else 0.0


def known_terms(material: Material) -> frozenset[str]:
    """The question's terms that any candidate passage uses."""
    terms = frozenset(material.question.terms)
    passages = material.ranking.evidence.passages
    return frozenset(term for passage in passages for term in terms & stems_of(passage))


def _rarity(material: Material) -> dict[str, float]:
    """The weight of each of the question's terms: that of its rarest word piece."""
    evidence = material.ranking.evidence
    weights = dict.fromkeys(material.question.terms, 0.0)
    for stem, weight in zip(evidence.stems, evidence.rarity, strict=True):
        if stem in weights:
            weights[stem] = max(weights[stem], float(weight))
    return weights


def to_read(material: Material, draft: Draft) -> Sheet:
    """What the reader sees of a question and its draft."""
    rows = rows_to_read(material, draft)
    return laid_out(material.ranking.evidence, rows, features(material, draft))


def rows_to_read(material: Material, draft: Draft) -> list[int]:
    """The sentence that the draft stands on, and those that score best."""
    return [*dict.fromkeys([*draft.rows[:1], *material.order[:SENTENCES]])][:SENTENCES]


def likelihood(material: Material, draft: Draft) -> float:
    """The probability, from 0 to 1, that the documents answer and that this is the answer."""
    if draft.picks and not draft.rows:
        return STRUCTURE
    if not material.order:
        return 0.0
    trees, reader = _learned()
    sheet = to_read(material, draft)
    return 1 / (1 + math.exp(-trees.score(sheet.features) - reader.score(sheet)))


@cache
def _learned() -> tuple[Trees, Reader]:
    """What weighs named evidence, and what reads; their scores add up. Made by `make train`."""
    here = Path(__file__)
    return Trees.read(here.with_name(LEARNED)), Reader.read(here.with_name(READ))

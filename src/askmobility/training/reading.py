"""Teach the reader: the same network as `askmobility.answers.reading`, in tensors with gradients.

Learned are whether a document answers, and beside it which of the sentences read do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import torch
from torch import nn
from torch.nn import functional

from askmobility.answers.reading import NOTHING, RARITY, Reader, Sheet

SEEN = 32  # dimensions in which tokens are compared
WIDTH = 48
PAGE = 64
DRAFT = 48
DROPPED = 0.4  # of the inputs of a layer, each time
TOKENS_DROPPED = 0.2  # of a question's
BLIND = 0.1  # of the lessons, each time: without token vectors, as other encoders' are not known
EPOCHS = 9
BATCH = 32
RATE = 1e-3
DECAY = 1e-2
WARM_UP = 100  # steps
SENTENCES_SHARE = 0.5  # what the choice of sentences counts for
SHARPNESS = 2.5  # its logarithm, to begin with
LITTLE = 0.05  # added to spreads: a feature that hardly moves is not blown up

Taken = Callable[[int, int], None]


class Lesson(NamedTuple):
    """One sheet with what is right of it."""

    sheet: Sheet
    answering: tuple[bool, ...]  # by page
    answerable: bool
    counts: float  # beside others


@dataclass(frozen=True, slots=True)
class Batch:
    """Sheets side by side, filled up to the longest; which places are no filling."""

    question: torch.Tensor  # (B, n, dimension)
    is_asked: torch.Tensor
    rarity: torch.Tensor
    known: torch.Tensor
    texts: torch.Tensor  # (B, K, m, dimension)
    is_text: torch.Tensor
    contexts: torch.Tensor
    is_context: torch.Tensor
    pages: torch.Tensor  # (B, K, features)
    is_page: torch.Tensor
    answering: torch.Tensor
    features: torch.Tensor
    answerable: torch.Tensor
    counts: torch.Tensor


def side_by_side(lessons: Sequence[Lesson]) -> Batch:
    """The sheets of these lessons, filled up with zeros to the longest."""
    sheets = [lesson.sheet for lesson in lessons]
    deep = max(len(sheet.pages) for sheet in sheets)
    question, is_asked = _filled([[sheet.question] for sheet in sheets], 1)
    rarity, _ = _filled([[sheet.rarity] for sheet in sheets], 1)
    known, _ = _filled([[sheet.known] for sheet in sheets], 1)
    texts, is_text = _filled([[p.tokens for p in sheet.pages] for sheet in sheets], deep)
    contexts, is_context = _filled([[p.context for p in sheet.pages] for sheet in sheets], deep)
    pages = torch.zeros(len(sheets), deep, len(sheets[0].pages[0].features))
    answering = torch.zeros(len(sheets), deep)
    is_page = torch.zeros(len(sheets), deep, dtype=torch.bool)
    for row, lesson in enumerate(lessons):
        count = len(lesson.sheet.pages)
        pages[row, :count] = torch.from_numpy(np.stack([p.features for p in lesson.sheet.pages]))
        answering[row, :count] = torch.tensor(lesson.answering, dtype=torch.float32)
        is_page[row, :count] = True
    return Batch(
        question[:, 0],
        is_asked[:, 0],
        rarity[:, 0],
        known[:, 0],
        texts,
        is_text,
        contexts,
        is_context,
        pages,
        is_page,
        answering,
        torch.from_numpy(np.stack([sheet.features for sheet in sheets])).float(),
        torch.tensor([float(lesson.answerable) for lesson in lessons]),
        torch.tensor([lesson.counts for lesson in lessons]),
    )


def _filled(
    parts: Sequence[Sequence[npt.NDArray[np.floating]]], deep: int
) -> tuple[torch.Tensor, torch.Tensor]:
    """(B, deep, longest, ...) the parts with zeros behind, and (B, deep, longest) what is none."""
    longest = max(1, *(len(part) for row in parts for part in row))
    whole = torch.zeros(len(parts), deep, longest, *parts[0][0].shape[1:])
    held = torch.zeros(len(parts), deep, longest, dtype=torch.bool)
    for at, row in enumerate(parts):
        for to, part in enumerate(row):
            whole[at, to, : len(part)] = torch.from_numpy(part.astype(np.float32))
            held[at, to, : len(part)] = True
    return whole, held


class Network(nn.Module):
    """The reader while it learns. Names of layers are those of `Reader.weights`."""

    def __init__(self, lessons: Sequence[Lesson]) -> None:
        super().__init__()
        sheets = [lesson.sheet for lesson in lessons]
        page = np.stack([page.features for sheet in sheets for page in sheet.pages])
        draft = np.stack([sheet.features for sheet in sheets])
        self.middles = {"page": page.mean(axis=0), "draft": draft.mean(axis=0)}
        self.spreads = {
            "page": page.std(axis=0) + LITTLE,
            "draft": draft.std(axis=0) + LITTLE,
        }
        dimension = sheets[0].question.shape[1]
        self.layers = nn.ModuleDict(
            {
                "seen": nn.Linear(dimension, SEEN),
                "asked": nn.Linear(4 * SEEN + 4, WIDTH),
                "asked_beside": nn.Conv1d(WIDTH, WIDTH, 3, padding=1),
                "told": nn.Linear(4 * SEEN + 2, WIDTH),
                "told_beside": nn.Conv1d(WIDTH, WIDTH, 3, padding=1),
                "page": nn.Linear(4 * WIDTH + page.shape[1], PAGE),
                "evidence": nn.Linear(PAGE, 1),
                "draft": nn.Linear(2 * PAGE + 3 + draft.shape[1], DRAFT),
                "answer": nn.Linear(DRAFT, 1),
            }
        )
        self.log_sharpness = nn.Parameter(torch.tensor(SHARPNESS))
        self.dropped = nn.Dropout(DROPPED)

    def forward(self, batch: Batch) -> tuple[torch.Tensor, torch.Tensor]:
        """(B,) the log-odds that the draft answers, and (B, K) that each sentence does."""
        is_asked = batch.is_asked
        if self.training:
            is_asked = is_asked & (torch.rand(is_asked.shape) > TOKENS_DROPPED)
        similarities = torch.einsum("bnd,bkmd->bknm", batch.question, batch.texts)
        asked = self._asked(batch, similarities, is_asked)
        told = self._told(batch, similarities, is_asked)
        features = self._scaled("page", batch.pages)
        read = torch.cat([asked, told, features], dim=-1)
        pages = torch.relu(self.layers["page"](self.dropped(read)))
        scores = self.layers["evidence"](pages)[..., 0]
        existing = scores.masked_fill(~batch.is_page, -1e4)
        best = pages.masked_fill(~batch.is_page[..., None], 0).amax(dim=1)
        summed = torch.stack([scores[:, 0], existing.amax(dim=1), existing.logsumexp(dim=1)], dim=1)
        draft = self._scaled("draft", batch.features)
        whole = torch.cat([pages[:, 0], best, summed, draft], dim=1)
        hidden = self.dropped(torch.relu(self.layers["draft"](whole)))
        return self.layers["answer"](hidden)[:, 0], scores

    def _asked(
        self, batch: Batch, similarities: torch.Tensor, is_asked: torch.Tensor
    ) -> torch.Tensor:
        there = batch.is_text[:, :, None]
        shares = (similarities * self.log_sharpness.exp()).masked_fill(~there, -1e4).softmax(dim=3)
        met = torch.einsum("bknm,bkmd->bknd", shares, batch.texts)
        around = torch.einsum("bnd,bkcd->bknc", batch.question, batch.contexts)
        around = around.masked_fill(~batch.is_context[:, :, None], NOTHING).amax(dim=3)
        best = similarities.masked_fill(~there, NOTHING).amax(dim=3)
        matches = torch.stack(
            [
                best,
                around,
                batch.known[:, None].expand_as(best),
                batch.rarity[:, None].expand_as(best) * RARITY,
            ],
            dim=3,
        )
        kept = is_asked[:, None, :, None]
        compared = self._compared("asked", batch.question[:, None], met, matches, kept)
        weights = batch.rarity * is_asked
        weights = weights / weights.sum(dim=1, keepdim=True).clamp(min=1e-6)
        weighed = (compared * weights[:, None, :, None]).sum(dim=2)
        return torch.cat([weighed, (compared * kept).amax(dim=2)], dim=2)

    def _told(
        self, batch: Batch, similarities: torch.Tensor, is_asked: torch.Tensor
    ) -> torch.Tensor:
        there = is_asked[:, None, :, None]
        shares = (similarities * self.log_sharpness.exp()).masked_fill(~there, -1e4).softmax(dim=2)
        met = torch.einsum("bknm,bnd->bkmd", shares, batch.question)
        best = similarities.masked_fill(~there, NOTHING).amax(dim=2)
        kept = batch.is_text[..., None]
        matches = torch.stack([best, best**2], dim=3)
        compared = self._compared("told", batch.texts, met, matches, kept) * kept
        mean = compared.sum(dim=2) / kept.sum(dim=2).clamp(min=1)
        return torch.cat([mean, compared.amax(dim=2)], dim=2)

    def _compared(
        self,
        side: str,
        own: torch.Tensor,
        met: torch.Tensor,
        matches: torch.Tensor,
        kept: torch.Tensor,
    ) -> torch.Tensor:
        one, other = self.layers["seen"](own), self.layers["seen"](met)
        one = one.expand_as(other)
        both = torch.cat([one, other, one * other, (one - other).abs(), matches], dim=3)
        compared = torch.relu(self.layers[side](self.dropped(both))) * kept
        beside = self.layers[f"{side}_beside"](compared.flatten(0, 1).transpose(1, 2))
        return torch.relu(beside).transpose(1, 2).view_as(compared) + compared

    def _scaled(self, name: str, features: torch.Tensor) -> torch.Tensor:
        middle, spread = self.middles[name], self.spreads[name]
        return ((features - torch.from_numpy(middle)) / torch.from_numpy(spread)).float()

    def reader(self) -> Reader:
        """What has been learned, as it is used."""
        parts = {name: part.detach().numpy() for name, part in self.layers.named_parameters()}
        # those of a convolution have the neighbours last
        learned = {
            n: np.ascontiguousarray(np.moveaxis(p, -1, 0)) if p.ndim == 3 else p.copy()
            for n, p in parts.items()
        }
        return Reader(
            {name.removesuffix(".weight"): p for name, p in learned.items() if "weight" in name},
            {name.removesuffix(".bias"): p for name, p in learned.items() if "bias" in name},
            self.middles,
            self.spreads,
            self.log_sharpness.detach().exp().item(),
        )


def taught_reader(lessons: Sequence[Lesson], seed: int, taken: Taken) -> Reader:
    """A reader that has gone through the lessons EPOCHS times.

    taken: told after each step how many have been taken, of how many.
    """
    torch.manual_seed(seed)
    network = Network(lessons)
    steps = EPOCHS * -(-len(lessons) // BATCH)
    optimiser = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / WARM_UP) * max(0.02, 1 - step / steps)
    )
    network.train()
    for done, batch in enumerate(_batches(lessons, seed), start=1):
        optimiser.zero_grad()
        _loss(network, _blindfolded(batch)).backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        taken(done, steps)
    return network.reader()


def _batches(lessons: Sequence[Lesson], seed: int) -> Iterator[Batch]:
    chance = np.random.default_rng(seed)
    for _ in range(EPOCHS):
        order = chance.permutation(len(lessons))
        for at in range(0, len(order), BATCH):
            yield side_by_side([lessons[row] for row in order[at : at + BATCH]])


def _blindfolded(batch: Batch) -> Batch:
    """The batch with some of its lessons without token vectors."""
    sees = (torch.rand(len(batch.question)) >= BLIND).float()
    return replace(
        batch,
        question=batch.question * sees[:, None, None],
        texts=batch.texts * sees[:, None, None, None],
        contexts=batch.contexts * sees[:, None, None, None],
    )


def _loss(network: Network, batch: Batch) -> torch.Tensor:
    answered, answering = network(batch)
    surprise = functional.binary_cross_entropy_with_logits
    whole = surprise(answered, batch.answerable, reduction="none") * batch.counts
    each = surprise(answering, batch.answering, reduction="none") * batch.counts[:, None]
    return whole.mean() + SENTENCES_SHARE * each[batch.is_page].mean()

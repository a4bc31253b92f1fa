"""What one question is worth, whatever set it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

CORRECTIONS = {"false_premise", "wrong_attribution"}  # reasons of an answer that corrects


class Ratio(NamedTuple):
    """A question's share of a figure: figures are sums of `of` over sums of `out_of`."""

    of: float
    out_of: float = 1


@dataclass(frozen=True, slots=True)
class Judged:
    """One question, judged."""

    id: str
    category: str
    group: str  # questions of one group are resampled together
    ratios: Mapping[str, Ratio]
    confidence: float | None  # None where it says nothing: small talk
    answerable: bool
    correct: bool  # what it gave, or for a refusal had nearest, is the answer
    note: str = ""  # what is wrong, in words

"""Which sentences answer, and how many of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from askmobility.answers.material import Draft, Material, Pick
from askmobility.search.kinds import Kind

# how far below the best sentence another may score, and how many there may be: one fact, or several
# that belong together. Chosen for complete answers with little beside them; docs/experiments.md
ONE_FACT = (1.3, 4)
SEVERAL = (2.0, 5)
OF_SEVERAL: frozenset[Kind] = frozenset(("comparison", "list", "statement", "summary"))


def best_sentences(material: Material, rows: Iterable[int] | None = None) -> Draft:
    """The sentences that score best, the best paragraph first.

    rows: sentences of the evidence to choose among, None for all.
    """
    chosen = select(material, rows)
    return Draft(tuple(material.pick(row) for row in chosen), rows=tuple(chosen))


def select(material: Material, rows: Iterable[int] | None = None) -> list[int]:
    """The best row, and those close to it, best first."""
    allowed = None if rows is None else set(rows)
    ranked = [row for row in material.order if allowed is None or row in allowed]
    if not ranked:
        return []
    margin, most = SEVERAL if material.question.kind in OF_SEVERAL else ONE_FACT
    floor = material.score(ranked[0]) - margin
    return [row for row in ranked if material.score(row) >= floor][:most]


def in_order(material: Material, rows: Sequence[int]) -> tuple[Pick, ...]:
    """As picks, as the text runs, but the paragraph of the best sentence first."""
    owner = material.ranking.evidence.owner
    passages = list(dict.fromkeys(int(owner[row]) for row in rows))
    ordered = sorted(rows, key=lambda row: (passages.index(int(owner[row])), row))
    return tuple(material.pick(row) for row in ordered)

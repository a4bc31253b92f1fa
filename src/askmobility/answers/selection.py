"""Which sentences answer, and how many of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from askmobility.answers.material import Draft, Material, Pick
from askmobility.search.evidence import FEATURES, stems_of, words_of
from askmobility.search.kinds import Kind
from askmobility.search.words import content_stems
from askmobility.types import Statement

# how far below the best sentence another may score, and how many there may be: one fact, or several
# that belong together. Chosen for complete answers with little beside them; docs/experiments.md
ONE_FACT = (2.0, 4)
SEVERAL = (2.5, 6)
# how much further a sentence beside the best one may, where no single detail is asked for: what
# is said in two breaths scores by the words of the first
NEXT_TO_BEST = 1.0
SAID_SO = 0.72  # MaxSim of some words within a sentence, from which the sentence says as much
OF_SEVERAL: frozenset[Kind] = frozenset(("comparison", "list", "statement", "summary", "why"))
_ANNOUNCES = FEATURES.index("announces")
_TEXT = r"(?:press )?(?:report|release|document|article|text)"
_MENTIONS = re.compile(
    r"^(?:(?:who|which)\b.*?|(?:do|does|did|has|have|is|are) (?:any(?: of \w+|one|body)|"
    rf"some(?:one|body)|it|they|there|the {_TEXT})) "
    r"(?:even |also |actually )?(?:mention(?:s|ed|ing)?|talk(?:s|ed)? about|"
    r"(?:sa(?:y|ys|id) )?(?:anything|something) (?:about|on)|refer(?:s|red)? to|"
    r"use[sd]? the (?:words?|phrase|term))\b"
)
_IS_THERE = re.compile(
    r"^(?:is|are|was|were) (?P<what>.+?) (?:even |ever )?(?:mentioned|named|"
    rf"in (?:it|this|there|here|the {_TEXT}))(?: anywhere| at all)?\W*$"
)


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
    if material.question.expects != "person":  # "Jo Lee, the chair, said:" may tell who
        announces = material.ranking.evidence.features[:, _ANNOUNCES]
        ranked = [row for row in ranked if not announces[row]] or ranked
    if not ranked:
        return []
    margin, most = SEVERAL if material.question.kind in OF_SEVERAL else ONE_FACT
    best = ranked[0]
    scores = {row: material.score(row) for row in ranked}
    if material.question.expects == "none":
        for row in beside(material, best):
            if row in scores:
                scores[row] = min(scores[row] + NEXT_TO_BEST, scores[best])
    near = [row for row in ranked if scores[row] >= scores[best] - margin]
    return sorted(near, key=lambda row: -scores[row])[:most]


def beside(material: Material, row: int) -> list[int]:
    """The sentences before and after a sentence in its passage."""
    owner = material.ranking.evidence.owner
    return [at for at in (row - 1, row + 1) if 0 <= at < len(owner) and owner[at] == owner[row]]


def mentioned(material: Material) -> Draft | None:
    """The sentences that hold the words, where it is asked whether or by whom they are used.

    A refusal where no word of it is used, and no sentence says as much in other words.
    """
    question = material.question
    lower = question.text.lower()
    asked, there = _MENTIONS.match(lower), _IS_THERE.match(lower)
    if not (asked or there) or question.kind not in ("yesno", "who_said"):
        return None
    words = there["what"] if there else question.text[asked.end() if asked else 0 :]
    terms = set(content_stems(words))
    holders = [
        row
        for row in material.order
        if terms <= words_of(material.text(material.pick(row))).stems
        and (question.kind == "yesno" or material.speaker(row) is not None)
    ]
    if terms and holders:
        return Draft(in_order(material, holders[: SEVERAL[1]]))
    used = any(terms & stems_of(passage) for passage in material.ranking.passages)
    said = material.ranking.evidence.match(terms).max() >= SAID_SO
    return None if not terms or used or said else Draft((), "detail_not_given")


def in_order(material: Material, rows: Sequence[int]) -> tuple[Pick, ...]:
    """As picks, as the text runs, but what was said in one go with the best sentence first."""
    owner = material.ranking.evidence.owner

    def together(row: int) -> tuple[int, Statement | None]:
        return int(owner[row]), material.voices.statement(*material.pick(row))

    groups = list(dict.fromkeys(map(together, rows)))
    ordered = sorted(rows, key=lambda row: (groups.index(together(row)), row))
    return tuple(material.pick(row) for row in ordered)

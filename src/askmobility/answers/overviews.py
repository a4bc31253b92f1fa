"""Questions about a document as a whole: its sections, its figures, its gist."""

from __future__ import annotations

import re
from itertools import pairwise, takewhile

from askmobility.answers.material import Draft, Material, Pick
from askmobility.answers.people import SPEAKS_OF_IT, sentence_around
from askmobility.answers.selection import best_sentences
from askmobility.search.evidence import FEATURES
from askmobility.search.words import content_stems
from askmobility.types import Figure, Span, Structure

MOST_POINTS = 12  # of an overview
GIST = 8  # sentences of a summary
ENDS_SENTENCE = ".!?:…”’\"'"
COVERAGE = FEATURES.index("coverage_passage")
TOPICAL = 0.5  # share of a summary question's terms that one passage must hold to be its topic
OF_THE_TEXT = frozenset(  # what is asked of, or its news as a whole
    content_stems(
        "announcement article document finding find found gist in letter main message news paper "
        "piece point press publication release report story study text"
    )
)
_OF_A_PART = frozenset(content_stems("section chapter part bit summary quick short about called"))
_ON = re.compile(r"\b(?:about|on|regarding|concerning)\s+(?P<topic>.+)$", re.IGNORECASE)
_SECTION = re.compile(
    r"\b(?:section|chapter|part|bit)s? (?:on|about|called|headed|titled|entitled)\b|"
    r"\b(?:the|its|this|that) (?:[\w'’-]+ ){1,6}(?:section|chapter)\b",
    re.IGNORECASE,
)
OF_A_SECTION = 0.5  # share of a question's terms that the heading of a section must hold


def headings(material: Material) -> Draft | None:
    """The section headings; the one that covers a topic where the question names one."""
    question = material.question
    if question.kind != "headings":
        return None
    if "which" in question.text.lower().split()[:3] and question.terms:
        return heading_of_topic(material)
    picks = [
        Pick(document_id, Span(block.start, block.end))
        for document_id in material.scope
        for block in material.corpus.structure(document_id).blocks
        if block.kind == "heading" and block.level != 1
    ]
    return Draft(tuple(picks[:MOST_POINTS])) if picks else None


def heading_of_topic(material: Material) -> Draft | None:
    """The section heading that the best sentence under one stands under."""
    for row in material.order:
        pick = material.pick(row)
        above = [
            block
            for block in material.corpus.structure(pick.document_id).blocks
            if block.kind == "heading" and block.level != 1 and block.end <= pick.span.start
        ]
        if above:
            heading = Pick(pick.document_id, Span(above[-1].start, above[-1].end))
            return Draft((heading, pick), rows=(row,))
    return None


def section(material: Material) -> Draft | None:
    """The first sentences of the paragraphs of the one section that is asked for by its heading."""
    question = material.question
    if question.kind not in ("summary", "factoid", "statement") or not (
        _SECTION.search(question.text)
    ):
        return None
    terms = set(question.terms) - OF_THE_TEXT - _OF_A_PART
    best: list[tuple[str, int]] = []
    most = OF_A_SECTION * len(terms)
    for document_id in material.scope:
        for at, block in enumerate(material.corpus.structure(document_id).blocks):
            if block.kind == "heading" and block.level != 1:
                heading = material.text(Pick(document_id, Span(block.start, block.end)))
                shared = len(terms.intersection(content_stems(heading)))
                if shared and shared >= most:
                    best = [*(best if shared == most else ()), (document_id, at)]
                    most = shared
    return Draft(opened(material, *best[0])) if len(best) == 1 else None


def opened(material: Material, document_id: str, at: int) -> tuple[Pick, ...]:
    """The first sentences of the blocks below the heading that is the one at a number."""
    structure = material.corpus.structure(document_id)
    below_it = takewhile(lambda block: block.kind != "heading", structure.blocks[at + 1 :])
    starts = [block.start for block in below_it if block.kind != "attribution"]
    sentences = structure.sentences
    picks = [Pick(document_id, sentence_around(sentences, Span(s, s + 1))) for s in starts]
    return tuple(dict.fromkeys(picks))[:GIST]


def key_figures(material: Material) -> Draft | None:
    """The sentences that hold the documents' figures, each once, in order."""
    if material.question.kind != "figures":
        return None
    picks: dict[Pick, None] = {}
    for document_id in material.scope:
        for figure in material.corpus.structure(document_id).figures:
            if is_telling(figure):
                picks[Pick(document_id, figure.sentence)] = None
    return Draft(tuple(picks)[:MOST_POINTS]) if picks else None


def is_telling(figure: Figure) -> bool:
    """Whether a figure is more than a small count in passing."""
    return bool(figure.unit or figure.hedge) or figure.value >= 10


def gist(material: Material) -> Draft | None:
    """The first sentence of the text and of each of its sections."""
    question = material.question
    if question.kind != "summary":
        return None
    if material.order and is_on_a_topic(material):
        return best_sentences(material)
    picks = [
        Pick(document_id, span)
        for document_id in material.scope
        for span in openings(
            material.corpus.document(document_id).text, material.corpus.structure(document_id)
        )
    ]
    return Draft(tuple(picks[:GIST])) if picks else None


def is_on_a_topic(material: Material) -> bool:
    """Whether a summary is asked for of what the text says on something, and it does."""
    question, evidence = material.question, material.ranking.evidence
    if set(question.terms) <= OF_THE_TEXT:
        return False
    if evidence.features[material.order[0], COVERAGE] >= TOPICAL:
        return True
    on = _ON.search(question.text)
    terms = set(content_stems(on["topic"])) - OF_THE_TEXT if on else set()
    return bool(terms) and bool(evidence.match(terms).max() >= SPEAKS_OF_IT)


def openings(text: str, structure: Structure) -> list[Span]:
    """The points in front of the text, then its first sentence and that below each heading.

    Lines that are no sentences, such as the date above a release, say nothing of it.
    """
    blocks = [block for block in structure.blocks if block.kind != "attribution"]
    prose = [block for block in blocks if block.kind == "paragraph"]
    prose = [block for block in prose if text[block.end - 1] in ENDS_SENTENCE] or prose
    spoken = {span.start for statement in structure.statements for span in statement.spans}
    first = prose[:1]
    points = [b for b in blocks if b.kind == "item" and first and b.end <= first[0].start]
    told = {block.start for block in prose}
    sections = [
        after
        for before, after in pairwise(blocks)
        if before.kind == "heading" and after.start in told
    ]
    opening = [*(points if len(points) > 1 else ()), *first, *sections]
    starts = sorted({block.start for block in opening} - spoken)
    return [sentence_around(structure.sentences, Span(start, start + 1)) for start in starts]


def below(material: Material, pick: Pick) -> list[Pick]:
    """The sentences of the block below the heading that a pick stands in; none for other picks."""
    structure = material.corpus.structure(pick.document_id)
    for before, after in pairwise(structure.blocks):
        if before.kind == "heading" and before.start <= pick.span.start < before.end:
            inside = (s for s in structure.sentences if after.start <= s.start < after.end)
            return [Pick(pick.document_id, s) for s in inside] if after.kind != "heading" else []
    return []

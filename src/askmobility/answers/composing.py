"""Drafts to the answer that is shown: answered, corrected or refused, cited and worded."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from askmobility.answers.answerability import REFUSED, likelihood, share_known
from askmobility.answers.citing import cite, passage_of, speaker_of
from askmobility.answers.disagreement import Told, told_apart, with_other_readings
from askmobility.answers.drafting import draft
from askmobility.answers.emphasis import emphasised
from askmobility.answers.material import Draft, Material, Pick, Voices, is_one_of
from askmobility.answers.selection import SEVERAL
from askmobility.answers.wording import correction, plain_text, refusal
from askmobility.documents.passages import columns_over
from askmobility.types import Answer, Citation, Corpus, Point, Reading, Reason, Span

OFF_TOPIC = 0.4  # share of a question's terms that the documents use, below which it is off topic
NEAREST = 3  # passages shown with a refusal
MOST_ROWS = SEVERAL[1]  # of a table whose columns alone were picked


@dataclass(frozen=True, slots=True)
class Judged:
    """A draft with the probability that it answers."""

    material: Material
    draft: Draft
    likelihood: float
    answers_from: float

    @property
    def answers(self) -> bool:
        """Whether it is shown as an answer."""
        return bool(self.draft.picks) and self.likelihood >= self.answers_from


def judge(material: Material, answers_from: float) -> Judged:
    """Draft an answer and weigh it.

    answers_from: the probability of the whole answer from which the draft is shown as one.
    """
    made = draft(material)
    weight = likelihood(material, made)
    made = replace(made, picks=with_columns(material, heard(material, made.picks)))
    if not made.picks:
        weight = min(weight, REFUSED)  # by structure, whatever the words are like
    return Judged(material, made, weight, answers_from)


def heard(material: Material, picks: Sequence[Pick]) -> tuple[Pick, ...]:
    """The picks that are said by those to whom the reader keeps; all where that is nobody."""
    if not material.speakers:
        return tuple(picks)
    said_by = ((pick, speaker_of(material.corpus, material.voices, pick)) for pick in picks)
    return tuple(pick for pick, speaker in said_by if is_one_of(speaker, material.speakers))


def with_columns(material: Material, picks: Sequence[Pick]) -> tuple[Pick, ...]:
    """The picks, where rows of a table come whole and below the rows that name their columns.

    Names of columns say nothing by themselves: unless rows below them are picked, the best are.
    """
    shown: dict[Pick, None] = {}
    for pick in picks:
        table = table_around(material.corpus, pick)
        picked = next((row for row in table if row.start <= pick.span.start < row.end), pick.span)
        below = [row for row, columns in table.items() if picked in columns]
        rows = [picked]
        if below:
            starts = {row.start for row in below}
            taken = any(other.span.start in starts for other in picks)
            rows = [] if taken else best_rows(material, pick.document_id, below)
        for row in rows:
            for name in table.get(row, ()):
                shown[Pick(pick.document_id, name)] = None
            whole = Pick(pick.document_id, row)
            shown[whole if passage_of(material.corpus, whole) else pick] = None
    return tuple(shown)


def table_around(corpus: Corpus, pick: Pick) -> dict[Span, tuple[Span, ...]]:
    """The rows of the table that a pick stands in, each with those that name its columns."""
    blocks = corpus.structure(pick.document_id).blocks
    at = bisect_right(blocks, pick.span.start, key=lambda block: block.start) - 1
    first, end = at, at
    while end < len(blocks) and blocks[end].kind == "table":
        end += 1
    while first > 0 and blocks[first - 1].kind == "table":
        first -= 1
    rows = blocks[first:end]
    columns = columns_over(corpus.document(pick.document_id).text, rows)
    return {Span(row.start, row.end): over for row, over in zip(rows, columns, strict=True)}


def best_rows(material: Material, document_id: str, rows: Sequence[Span]) -> list[Span]:
    """Those of the rows of a table that score best, in order; the first where none is weighed."""
    weighed = material.rows(Pick(document_id, row) for row in rows)[:MOST_ROWS]
    starts = {material.pick(row).span.start for row in weighed}
    return [row for row in rows if row.start in starts] or [*rows[:MOST_ROWS]]


def compose(
    asked: str, interpreted_as: str | None, parts: Sequence[Judged], top_k: int, index: str
) -> Answer:
    """One answer out of the judged parts of a question (one, for most questions)."""
    good = [part for part in parts if part.answers]
    if not good:
        return refuse(asked, interpreted_as, parts[0], top_k, index)
    material = good[0].material
    picks, disputed = with_other_readings(
        [pick for part in good for pick in part.draft.picks],
        material.corpus,
        [passage for part in good for passage in part.material.ranking.passages],
        asked,
    )
    quoted = dict.fromkeys(pick.document_id for pick in picks)  # of other parts and editions too
    material = replace(material, voices=Voices.of(material.corpus, quoted))
    picks = heard(material, picks)
    emphasis = [pick for part in good for pick in emphasised(part.material, picks)]
    points, citations = cite(picks, emphasis, material.corpus, material.voices, top_k)
    if not points:
        return refuse(asked, interpreted_as, parts[0], top_k, index)
    missing = [part.material.question.text for part in parts if not part.answers]
    remarks = [part.draft.remark for part in good if part.draft.remark]
    remarks += [f"Not answered by these documents: {question}" for question in missing]
    disagreements = {told: _readings(told, points, citations) for told in disputed}
    disagreements = {told: shown for told, shown in disagreements.items() if len(shown) > 1}
    remarks += filter(None, (told_apart(told, material.corpus) for told in disagreements))
    reason = next((part.draft.reason for part in good if part.draft.reason), None)
    if reason:
        remarks.insert(0, correction(reason, points[0].speaker))
    remark = " ".join(remarks)
    return Answer(
        question=asked,
        interpreted_as=interpreted_as,
        outcome="answered",
        reason=reason,
        confidence=min(part.likelihood for part in good),
        text="\n".join([remark, plain_text(points)] if remark else [plain_text(points)]),
        points=points,
        citations=citations,
        disagreements=tuple(disagreements.values()),
        nearest=(),
        suggestions=(),
        index=index,
        remark=remark,
    )


def _readings(
    told: Sequence[Told], points: Sequence[Point], citations: Sequence[Citation]
) -> tuple[Reading, ...]:
    """Each wording of a figure, with the citation of the point that holds it."""
    documents = {citation.id: citation.document.id for citation in citations}
    return tuple(
        Reading(
            point.text[figure.span.start - point.start : figure.span.end - point.start],
            point.citation,
        )
        for document_id, figure in told
        for point in points
        if documents[point.citation] == document_id
        and point.start <= figure.span.start
        and figure.span.end <= point.end
    )


def why_not(part: Judged) -> Reason:
    """The reason for refusing a draft that is too unlikely to be the answer."""
    question = part.material.question
    if part.material.speakers:
        return "speaker_silent_on_topic" if any_of_theirs(part.material) else "speaker_not_quoted"
    if question.unknown_speakers:
        return "speaker_not_quoted"
    if question.speakers:
        heard = any(mention.quoted for mention in question.speakers)
        return "speaker_silent_on_topic" if heard else "speaker_not_quoted"
    known = share_known(part.material)
    return "off_topic" if known < OFF_TOPIC else "detail_not_given"


def any_of_theirs(material: Material) -> bool:
    """Whether those to whom the reader keeps say anything at all."""
    return any(is_one_of(s.speaker, material.speakers) for _, s in material.voices.statements)


def refuse(asked: str, interpreted_as: str | None, part: Judged, top_k: int, index: str) -> Answer:
    """An honest "these documents do not say", with the nearest passages."""
    material = part.material
    reason = part.draft.reason if not (part.draft.picks or material.speakers) else None
    reason = reason or why_not(part)
    nearest: list[Citation] = []
    for passage in material.ranking.passages[: min(NEAREST, top_k)]:
        spans = [Pick(passage.document_id, span) for span in passage.sentences]
        _, cited = cite(spans, (), material.corpus, material.voices, 1)
        nearest += [replace(citation, id=len(nearest) + 1) for citation in cited]
    return Answer(
        question=asked,
        interpreted_as=interpreted_as,
        outcome="not_found",
        reason=reason,
        confidence=part.likelihood,
        text=refusal(reason, material.question, material.speakers),
        points=(),
        citations=(),
        disagreements=(),
        nearest=tuple(nearest),
        suggestions=(),
        index=index,
    )


def chat(asked: str, words: str, index: str) -> Answer:
    """A fixed reply to small talk."""
    return Answer(asked, None, "chat", None, 1.0, words, (), (), (), (), (), index)

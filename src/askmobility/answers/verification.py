"""Check an answer, as JSON, against the documents: every point and citation, byte for byte.

The answer may come from anywhere, so nothing in it is trusted: what it claims to quote is cut out
of the documents again and compared, and whom it credits is compared with who speaks there.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from askmobility.errors import AskMobilityError
from askmobility.types import Corpus, Document, Passage, Span, Speaker

Json = Mapping[str, object]


class NotAnAnswer(AskMobilityError):
    """Something that was given to be verified and has not the shape of an answer."""

    status = 422

    def __init__(self, what: str) -> None:
        super().__init__(
            f"This is not an answer: {what}. "
            "Give what `askmobility ask --json` or POST /api/v1/query gave."
        )


@dataclass(frozen=True, slots=True)
class Verdict:
    """On one part of an answer. problem: None when it holds."""

    part: str  # "point 1", "citation 1", "nearest 2", "disagreement 1"
    problem: str | None


@dataclass(frozen=True, slots=True)
class Verification:
    """A verdict per point, citation, nearest passage and disagreement, in the answer's order."""

    verdicts: tuple[Verdict, ...]

    @property
    def holds(self) -> bool:
        """Whether every part holds; an answer without parts (small talk) does."""
        return all(verdict.problem is None for verdict in self.verdicts)

    def to_dict(self) -> dict[str, object]:
        """The JSON of `POST /api/v1/verify`."""
        verdicts = [
            {"part": verdict.part, "holds": verdict.problem is None, "problem": verdict.problem}
            for verdict in self.verdicts
        ]
        return {"holds": self.holds, "verdicts": verdicts}


def read_answer(content: bytes) -> Json:
    """The answer that JSON holds; NotAnAnswer if there is none."""
    try:
        answer = json.loads(content)
    except ValueError as error:
        raise NotAnAnswer(f"it is not JSON ({error})") from error
    if not isinstance(answer, dict):
        raise NotAnAnswer("it is not a JSON object")
    return answer


def verify_answer(answer: Json, corpus: Corpus) -> Verification:
    """Compare `answer` with the documents of `corpus`: one, or the `answers` of a conversation.

    Raises NotAnAnswer if its shape is another's.
    """
    try:
        if "answers" not in answer:
            return Verification(tuple(_verdicts(answer, corpus)))
        numbered = enumerate(_objects(answer, "answers"), 1)
        return Verification(
            tuple(
                Verdict(f"answer {number}, {verdict.part}", verdict.problem)
                for number, one in numbered
                for verdict in _verdicts(one, corpus)
            )
        )
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise NotAnAnswer(f"{type(error).__name__} at {error}") from error


def _verdicts(answer: Json, corpus: Corpus) -> Iterator[Verdict]:
    citations = {citation["id"]: citation for citation in _objects(answer, "citations")}
    for number, point in enumerate(_objects(answer, "points"), 1):
        yield Verdict(f"point {number}", _point_problem(point, citations, corpus))
    for number, citation in enumerate(_objects(answer, "citations"), 1):
        yield Verdict(f"citation {number}", _citation_problem(citation, corpus))
    for number, citation in enumerate(_objects(answer, "nearest"), 1):
        yield Verdict(f"nearest {number}", _citation_problem(citation, corpus))
    for number, disagreement in enumerate(_objects(answer, "disagreements"), 1):
        readings = _objects(disagreement, "readings")
        problems = (_reading_problem(reading, citations) for reading in readings)
        yield Verdict(f"disagreement {number}", next(filter(None, problems), None))


def _objects(parent: Json, key: str) -> list[dict[str, object]]:
    items = parent[key]
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise TypeError(f"{key!r}, which is not a list of objects")
    return items


def _point_problem(point: Json, citations: Mapping[object, Json], corpus: Corpus) -> str | None:
    citation = citations.get(point["citation"])
    if citation is None:
        return f"it cites [{point['citation']}], which is not among the citations"
    document = _document(citation, corpus)
    passage = _passage(citation, corpus)
    if document is None or passage is None:
        return "it cites a passage that the index does not hold"
    span = _span(point["start"], point["end"])
    if not point["text"] or point["text"] != document.text[span.start : span.end]:
        return f"its text is not what stands at {span.start} to {span.end} of {document.id}"
    if not (passage.start <= span.start and span.end <= passage.end):
        return "it stands outside the passage that it cites"
    cited = _span(citation["start"], citation["end"])
    if not (cited.start <= span.start and span.end <= cited.end):
        return "it stands outside the words that its citation gives"
    return _speaker_problem(point["speaker"], span, passage, corpus)


def _citation_problem(citation: Json, corpus: Corpus) -> str | None:
    document = _document(citation, corpus)
    if document is None:
        return "its document is not in the index, or is another edition of it (SHA-256)"
    passage = _passage(citation, corpus)
    if passage is None or passage.document_id != document.id:
        return f"its document has no passage {citation['passage_id']!r}"
    if (citation["passage"], citation["passage_start"]) != (passage.text, passage.start):
        return "its passage is not what stands in the document"
    span, text = _span(citation["start"], citation["end"]), document.text
    if not (passage.start <= span.start <= span.end <= passage.end):
        return "its words stand outside its passage"
    if citation["exact"] != text[span.start : span.end]:
        return f"its words are not what stands at {span.start} to {span.end} of {document.id}"
    prefix, suffix = str(citation["prefix"]), str(citation["suffix"])
    if not text[: span.start].endswith(prefix) or not text[span.end :].startswith(suffix):
        return "the words before and after it are not what stands there"
    if _credited(citation["speaker"]) != _name(passage.speaker):
        return f"its passage is of {_name(passage.speaker) or 'nobody'}, whatever it says"
    return None


def _reading_problem(reading: Json, citations: Mapping[object, Json]) -> str | None:
    citation = citations.get(reading["citation"])
    if citation is None:
        return f"it cites [{reading['citation']}], which is not among the citations"
    if str(reading["text"]) not in str(citation["passage"]):
        return f"{reading['text']!r} does not stand in the passage that it cites"
    return None


def _speaker_problem(speaker: object, span: Span, passage: Passage, corpus: Corpus) -> str | None:
    """Whoever is credited speaks there; and a speaker's own words are credited to somebody."""
    statements = [
        statement
        for statement in corpus.structure(passage.document_id).statements
        if any(start < span.end and span.start < end for start, end in statement.spans)
    ]
    heard = {statement.speaker.name for statement in statements} | {_name(passage.speaker)}
    credited = _credited(speaker)
    if credited and credited not in heard:
        return f"it credits {credited}, who does not speak there"
    own_words = {s.speaker.name for s in statements if s.kind == "direct" and s.speaker.name}
    if not credited and own_words:
        return f"it credits nobody, where {' and '.join(sorted(own_words))} speaks"
    return None


def _credited(speaker: object) -> str:
    """The name in an answer's speaker; empty for null."""
    return str(speaker["name"]) if isinstance(speaker, dict) else ""


def _name(speaker: Speaker | None) -> str:
    return speaker.name if speaker else ""


def _document(citation: Json, corpus: Corpus) -> Document | None:
    """The cited document, if it is in the corpus and its text is still the same."""
    named = citation["document"]
    if not isinstance(named, dict):
        raise TypeError("'document', which is not an object")
    document_id, sha256 = str(named["id"]), named["sha256"]
    if document_id not in corpus.document_ids:
        return None
    document = corpus.document(document_id)
    return document if document.sha256 == sha256 else None


def _passage(citation: Json, corpus: Corpus) -> Passage | None:
    document = _document(citation, corpus)
    if document is None:
        return None
    wanted = citation["passage_id"]
    return next((p for p in corpus.passages(document.id) if p.id == wanted), None)


def _span(start: object, end: object) -> Span:
    """Offsets as an answer gives them: whole numbers from 0. Out of order, they hold no words."""
    if not (type(start) is int and type(end) is int and start >= 0 and end >= 0):
        raise ValueError(f"{start!r} to {end!r}, which is no span")
    return Span(start, end)

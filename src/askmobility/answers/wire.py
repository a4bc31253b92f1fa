"""The nouns as JSON: the shapes of the API, the same on the command line and in Python."""

from __future__ import annotations

from askmobility.answers.facets import Extract, Figures, Group, Quantity
from askmobility.types import (
    Answer,
    Block,
    Citation,
    Corpus,
    Document,
    Passage,
    Point,
    Reading,
    Speaker,
    Statement,
)

Json = dict[str, object]


def answer_as_json(answer: Answer) -> Json:
    """What `POST /api/v1/query` gives back; timings and anything else that varies stay out."""
    return {
        "question": answer.question,
        "interpreted_as": answer.interpreted_as,
        "outcome": answer.outcome,
        "reason": answer.reason,
        "confidence": round(answer.confidence, 4),
        "answer": answer.text,
        "points": [point_as_json(point) for point in answer.points],
        "citations": [citation_as_json(citation) for citation in answer.citations],
        "disagreements": [
            {"readings": [reading_as_json(reading) for reading in readings]}
            for readings in answer.disagreements
        ],
        "nearest": [citation_as_json(citation) for citation in answer.nearest],
        "suggestions": list(answer.suggestions),
        "index": answer.index,
    }


def point_as_json(point: Point) -> Json:
    """One verbatim piece of the answer; `emphasis` counts from the start of its text."""
    return {
        "text": point.text,
        "citation": point.citation,
        "start": point.start,
        "end": point.end,
        "speaker": speaker_as_json(point.speaker),
        "emphasis": [[span.start, span.end] for span in point.emphasis],
    }


def citation_as_json(citation: Citation) -> Json:
    """One passage that points were taken from, with W3C text-quote and text-position selectors."""
    passage = citation.passage
    return {
        "id": citation.id,
        "passage_id": passage.id,
        "passage": passage.text,
        "passage_start": passage.start,
        "exact": citation.exact,
        "prefix": citation.prefix,
        "suffix": citation.suffix,
        "start": citation.start,
        "end": citation.end,
        "document": document_as_json(citation.document),
        "heading": passage.heading,
        "page": passage.page,
        "page_label": passage.page_label,
        "paragraph": passage.paragraph,
        "speaker": speaker_as_json(passage.speaker),
        "link": citation.link,
    }


def reading_as_json(reading: Reading) -> Json:
    """One of the ways in which the documents put a quantity."""
    return {"text": reading.text, "citation": reading.citation}


def speaker_as_json(speaker: Speaker | None) -> Json | None:
    """Name and role; None for nobody, and for a speaker whose name is not known."""
    return {"name": speaker.name, "role": speaker.role} if speaker and speaker.name else None


def document_as_json(document: Document) -> Json:
    """What is known about a document: the same object everywhere."""
    return {
        "id": document.id,
        "title": document.title,
        "publisher": document.publisher,
        "published": document.published,
        "url": document.url,
        "sha256": document.sha256,
    }


def block_as_json(block: Block) -> Json:
    """One piece of layout, as offsets into its document's text."""
    return {
        "kind": block.kind,
        "start": block.start,
        "end": block.end,
        "level": block.level,
        "page": block.page,
        "page_label": block.page_label,
    }


def whole_document_as_json(corpus: Corpus, document_id: str) -> Json:
    """What `GET /api/v1/documents/{id}` gives back; KeyError if there is no such document."""
    document = corpus.document(document_id)
    blocks = [block_as_json(block) for block in corpus.structure(document_id).blocks]
    return {
        **document_as_json(document),
        "licence": document.licence,
        "text": document.text,
        "blocks": blocks,
    }


def statement_as_json(statement: Statement, document: Document) -> Json:
    """What one person is quoted as saying: each piece verbatim, with its offsets."""
    return {
        "speaker": speaker_as_json(statement.speaker),
        "kind": statement.kind,
        "spans": [
            {"text": document.text[start:end], "start": start, "end": end}
            for start, end in statement.spans
        ],
        "document": document_as_json(document),
    }


def ranked_passage_as_json(rank: int, score: float, passage: Passage, document: Document) -> Json:
    """One passage of `POST /api/v1/search`. rank: from 1; score: comparable in one ranking only."""
    return {
        "rank": rank,
        "score": round(score, 4),
        "passage_id": passage.id,
        "passage": passage.text,
        "start": passage.start,
        "end": passage.end,
        "document": document_as_json(document),
        "heading": passage.heading,
        "page": passage.page,
        "paragraph": passage.paragraph,
        "speaker": speaker_as_json(passage.speaker),
    }


def extract_as_json(extract: Extract) -> Json:
    """Words of a document, and where they stand."""
    return {
        "text": extract.text,
        "start": extract.start,
        "end": extract.end,
        "heading": extract.heading,
        "page": extract.page,
        "paragraph": extract.paragraph,
        "speaker": speaker_as_json(extract.speaker),
    }


def group_as_json(group: Group) -> Json:
    """One list of `GET /api/v1/themes` or `/recommendations`."""
    return {
        "noun": group.noun,
        "announced": group.announced,
        "lead": extract_as_json(group.lead) if group.lead else None,
        "items": [extract_as_json(item) for item in group.items],
        "document": document_as_json(group.document),
    }


def figures_as_json(figures: Figures) -> Json:
    """What `GET /api/v1/figures` gives back."""
    return {
        "figures": [quantity_as_json(quantity) for quantity in figures.all],
        "disagreements": [
            {"readings": [quantity_as_json(quantity) for quantity in readings]}
            for readings in figures.disagreements
        ],
    }


def quantity_as_json(quantity: Quantity) -> Json:
    """One figure as worded, what it counts, and its sentence."""
    return {
        "value": quantity.figure.value,
        "unit": quantity.figure.unit,
        "hedge": quantity.figure.hedge,
        "subject": quantity.figure.subject,
        **extract_as_json(quantity.extract),
        "sentence": extract_as_json(quantity.sentence),
        "document": document_as_json(quantity.document),
    }

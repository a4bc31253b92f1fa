"""An assistant over a PDF of three pages, which a test draws, and over a plain text."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

from tests.conftest import ANSWER, DOCUMENT, STRUCTURE, SmallAssistant
from tests.documents.made import Paper

from askmobility.documents.worker import read_parts
from askmobility.index.freshness import corpus_digest
from askmobility.index.snapshots import FORMAT
from askmobility.types import Answer, Citation, Document, Passage, Point, Structure

CITED = "The tram opens in May."
TURNING = "It will link the harbour with the hospital and with both colleges of the city. "


class PagedAssistant(SmallAssistant):
    """Answers what is asked about the tram out of the PDF in `folder`, which it makes there."""

    def __init__(self, folder: Path, document_id: str = "report") -> None:
        super().__init__()
        self.file = folder / "corpus" / f"{document_id}.pdf"
        self.file.parent.mkdir(parents=True)
        draw(self.file)
        ((self.document, self.structure, self.passages),) = read_parts(self.file)
        self.corpus = PagedCorpus(self)  # type: ignore[assignment]
        self.snapshot = SimpleNamespace(folder=folder / "snapshot")
        self.snapshot.folder.mkdir()
        (self.snapshot.folder / "manifest.json").write_text(
            json.dumps({"format": FORMAT, "paths": [str(self.file.parent)]}), "utf-8"
        )
        (self.snapshot.folder / "files.json").write_text(
            json.dumps({"files": {corpus_digest([self.file]): [[document_id, document_id]]}}),
            "utf-8",
        )

    def ask(self, question: str, history: Sequence[str] = (), **limits: object) -> Answer:
        if "tram" not in question:
            return super().ask(question, history)
        start = self.document.text.index(CITED)
        end = start + len(CITED)
        passage = next(p for p in self.passages if p.start <= start < p.end)
        citation = Citation(1, passage, CITED, "", "", start, end, self.document, None)
        point = Point(CITED, 1, start, end, None)
        return replace(
            ANSWER,
            question=question,
            points=(point,),
            citations=(citation,),
            disagreements=(),
            nearest=(citation,),
        )


class PagedCorpus:
    """The PDF, and a text that has no pages."""

    def __init__(self, assistant: PagedAssistant) -> None:
        self._assistant = assistant
        self.document_ids = (assistant.document.id, "trees")

    def document(self, document_id: str) -> Document:
        return DOCUMENT if document_id == "trees" else self._assistant.document

    def structure(self, document_id: str) -> Structure:
        return STRUCTURE if document_id == "trees" else self._assistant.structure

    def passages(self, document_id: str) -> Sequence[Passage]:
        return () if document_id == "trees" else self._assistant.passages


def draw(path: Path) -> None:
    """Two pages of text, a paragraph over both, and one without."""
    pdf = Paper()
    pdf.set_title("Trams for Riverton")
    pdf.heading("Why a tram")
    pdf.paragraph(f"The bus is late. {CITED} Nobody minds.")
    pdf.paragraph(TURNING * 60)
    pdf.paragraph("It costs no more than the bus.")
    pdf.add_page()
    pdf.line(20, 20, 100, 20)
    pdf.output(str(path))

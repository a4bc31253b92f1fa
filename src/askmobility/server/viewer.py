"""A page of a PDF beside its text, the cited words marked in both; and the file itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from flask import Blueprint, Flask, Response, render_template, request, send_file

from askmobility.assistant import Assistant
from askmobility.documents.locating import Box, DrawnPage, located
from askmobility.errors import AskMobilityError, UnknownDocument
from askmobility.server import showing
from askmobility.server.api import Now
from askmobility.server.drawings import Drawings
from askmobility.server.originals import Lost, Original, original_of
from askmobility.server.pages import A_YEAR, marks_given
from askmobility.server.responding import known
from askmobility.types import Block, Document, Span, Structure

# A browser that shows a picture alone lays it out, and enlarges it, by styles of its own.
PICTURE_POLICY = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'"


class UnknownPage(AskMobilityError):
    """A page that the document does not have, or has no picture of."""

    status = 404

    def __init__(self, document: Document, number: int, why: str) -> None:
        super().__init__(f"No page {number} of {document.title!r} can be shown. {why}")


class WithoutPages(AskMobilityError):
    """A document that is not divided into pages."""

    status = 404

    def __init__(self, document: Document) -> None:
        super().__init__(f"{document.title!r} has no pages to show: it was not read from a PDF.")


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn page, and where the words asked for stand in it."""

    link: str
    width: int
    height: int
    boxes: tuple[Box, ...]
    whole: bool  # all words were found


@dataclass(frozen=True, slots=True)
class PageView:
    """One page as it is shown; without a picture, `why` says why there is none."""

    document: Document
    number: int
    of_pages: int
    label: str | None  # what is printed on it
    laid: Sequence[showing.Laid]
    marks: Sequence[Span]  # all that were asked for
    here: Sequence[Span]  # what of them stands on this page
    elsewhere: Sequence[int]  # pages that the rest stands on
    picture: Picture | None
    why: str


def add_viewer(app: Flask, now: Now, drawings: Drawings) -> None:
    """The routes that show pages. Which file is read never depends on what a request says."""
    viewer = Blueprint("viewer", __name__)

    def shown(template: str, document_id: str, number: int | None) -> Response:
        view = _view(now(), drawings, document_id, number)
        return known(Response(render_template(template, view=view)))

    @viewer.get("/documents/<path:document_id>/pages", defaults={"number": None})
    @viewer.get("/documents/<path:document_id>/pages/<int:number>")
    def page(document_id: str, number: int | None) -> Response:
        return shown("page.html", document_id, number)

    @viewer.get("/source/<path:document_id>/pages", defaults={"number": None})
    @viewer.get("/source/<path:document_id>/pages/<int:number>")
    def source_page(document_id: str, number: int | None) -> Response:
        return shown("page_source.html", document_id, number)

    @viewer.get("/documents/<path:document_id>/pages/<int:number>.png")
    def picture(document_id: str, number: int) -> Response:
        assistant = now()
        document, _ = _paged(assistant, document_id)
        try:
            original = original_of(assistant.snapshot.folder, document_id)
            drawn = drawings.page(original, number)
        except Lost as lost:
            raise UnknownPage(document, number, str(lost)) from lost
        response = Response(drawn.picture, content_type="image/png")
        response.headers["Content-Security-Policy"] = PICTURE_POLICY
        if request.args.get("v") == _version(original):
            response.headers["Cache-Control"] = f"max-age={A_YEAR}, immutable"
        return known(response)

    @viewer.get("/documents/<path:document_id>/original")
    def original(document_id: str) -> Response:
        assistant = now()
        document, _ = _paged(assistant, document_id)
        try:
            path = original_of(assistant.snapshot.folder, document_id).path
        except Lost as lost:
            raise UnknownPage(document, 1, str(lost)) from lost
        return send_file(path.absolute(), "application/pdf", as_attachment=True)

    app.register_blueprint(viewer)


def _paged(assistant: Assistant, document_id: str) -> tuple[Document, Structure]:
    """A document that has pages. Raises UnknownDocument, WithoutPages."""
    corpus = assistant.corpus
    if document_id not in corpus.document_ids:
        raise UnknownDocument(document_id, len(corpus.document_ids))
    document, structure = corpus.document(document_id), corpus.structure(document_id)
    if showing.page_of(structure, 0) is None:
        raise WithoutPages(document)
    return document, structure


def _view(
    assistant: Assistant, drawings: Drawings, document_id: str, number: int | None
) -> PageView:
    """The page with this number; without one, that of the first mark."""
    document, structure = _paged(assistant, document_id)
    marks = marks_given(len(document.text))
    if number is None:
        number = showing.page_of(structure, marks[0].start if marks else 0) or 1
    blocks = showing.on_page(structure, number)
    here = showing.marked_on(document, blocks, marks)
    drawn, picture, why = None, None, ""
    try:
        original = original_of(assistant.snapshot.folder, document_id)
        drawn = drawings.page(original, number)
        picture = _picture(document, number, here, original, drawn)
    except Lost as lost:
        why = str(lost)
    of_pages = drawn.of_pages if drawn else showing.last_page(structure)
    if not 1 <= number <= of_pages:
        raise UnknownPage(document, number, f"The last is page {of_pages}.")
    ends = (at for start, end in marks for at in (start, end - 1))
    return PageView(
        document,
        number,
        of_pages,
        _label(blocks),
        showing.page_laid_out(document, structure, number, here),
        marks,
        here,
        sorted({showing.page_of(structure, at) or 1 for at in ends} - {number}),
        picture,
        why,
    )


def _picture(
    document: Document, number: int, spans: Sequence[Span], original: Original, drawn: DrawnPage
) -> Picture:
    found = [located(drawn, document.text, span) for span in spans]
    return Picture(
        f"/documents/{quote(document.id, safe='')}/pages/{number}.png?v={_version(original)}",
        drawn.width,
        drawn.height,
        tuple(box for one in found for box in one.boxes),
        all(one.whole for one in found),
    )


def _label(blocks: Sequence[Block]) -> str | None:
    """What is printed on the page, where that is not what a viewer calls it anyway."""
    labels = (b.page_label for b in blocks if b.page_label and b.page_label != str(b.page))
    return next(labels, None)


def _version(original: Original) -> str:
    return original.digest[:12]

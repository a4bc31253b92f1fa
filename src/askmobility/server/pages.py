"""The page: forms and links, rendered here; its script only fetches what these routes give."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path

from flask import (
    Blueprint,
    Flask,
    Response,
    current_app,
    render_template,
    request,
    send_from_directory,
)
from jinja2 import StrictUndefined

from askmobility.answers import facets
from askmobility.answers.suggestions import candidates
from askmobility.assistant import Assistant
from askmobility.errors import AskMobilityError, UnknownDocument
from askmobility.server import showing, takeaway
from askmobility.server.api import Now, ask
from askmobility.server.models import QUESTION_CHARACTERS
from askmobility.server.problems import BadRequest
from askmobility.server.responding import known
from askmobility.terminal import is_numbered
from askmobility.types import Answer, Span

TURNS = 10  # of a conversation, shown and answered again by a server that keeps no state
SUGGESTED = 4
EXPLORED = 5  # documents on one page
FIGURES = 100  # sentences with figures on one page: more than that nobody reads through
MARKS = 40
A_YEAR = 365 * 24 * 3600

_MARK = re.compile(r"(\d{1,9})-(\d{1,9})")


def add_pages(app: Flask, now: Now, web: Path) -> None:
    """The routes of the page. web: the folder of templates and static files."""
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.globals.update(
        ask_link=showing.ask_link,
        citation_link=showing.citation_link,
        cited_spans=showing.cited_spans,
        full_name=showing.full_name,
        pieces=showing.pieces,
        place=showing.place,
        by_document=showing.by_document,
        draft_link=showing.draft_link,
        marks_in=showing.marks_in_passage,
        page_link=showing.page_link,
        quotation_markdown=takeaway.quotation_as_markdown,
        quotation_text=takeaway.quotation_as_text,
        summary=showing.summary,
        web_link=showing.web_link,
        numbered=is_numbered,
        quotations=showing.quotations,
        source_link=showing.source_link,
        static=_static_links(web / "static"),
        reasons=showing.REASONS,
        span=Span,
        ways=lambda found: "two" if all(len(readings) == 2 for readings in found) else "several",
        one_document=lambda answer: len({c.document.id for c in answer.citations}) == 1,
        most=QUESTION_CHARACTERS,
    )
    for name in app.jinja_env.list_templates():
        app.jinja_env.get_template(name)  # compiled now, not under the first reader
    pages = Blueprint("pages", __name__)
    _add_conversation(pages, now)
    _add_takeaways(pages, now)
    _add_documents(pages, now)
    _add_explore(pages, now)
    _add_about(pages, web / "static")
    app.register_blueprint(pages)


def error_page(status: int, detail: str) -> Response:
    """An error for who reads HTML."""
    return Response(render_template("error.html", status=status, detail=detail), status)


def _add_conversation(pages: Blueprint, now: Now) -> None:
    def converse(template: str, shown: int) -> Response:
        assistant, (earlier, question) = now(), _conversation()
        answers, problem, status = [], "", 200
        try:
            if question is not None:
                answers = _answers(assistant, earlier, question, shown)
        except AskMobilityError as error:
            problem, status = str(error), error.status
        thread = [*earlier, question] if answers and question is not None else earlier
        page = render_template(
            template,
            answers=answers,
            thread=thread,
            first=len(thread) - len(answers) + 1,
            question=question,
            problem=problem,
            draft=question if problem else request.args.get("draft", ""),
            suggestions=() if thread or problem else _suggestions(assistant),
        )
        return known(Response(page, status))

    @pages.get("/")
    def conversation() -> Response:
        return converse("conversation.html", shown=TURNS)

    @pages.get("/turn")
    def turn() -> Response:
        return converse("turn.html", shown=1)


def _add_takeaways(pages: Blueprint, now: Now) -> None:
    def taken(content: Callable[[Sequence[Answer]], str], kind: str, ending: str) -> Response:
        earlier, question = _conversation()
        if question is None:
            raise BadRequest(422, "Ask something first: there is no conversation to take away.")
        written = content(_answers(now(), earlier, question, TURNS))
        response = Response(written, content_type=f"{kind}; charset=utf-8")
        response.headers["Content-Disposition"] = f'attachment; filename="conversation.{ending}"'
        return known(response)

    @pages.get("/conversation.md")
    def as_markdown() -> Response:
        return taken(takeaway.as_markdown, "text/markdown", "md")

    @pages.get("/conversation.json")
    def as_json() -> Response:
        return taken(takeaway.as_json, "application/json", "json")


def _add_documents(pages: Blueprint, now: Now) -> None:
    def shown(template: str, document_id: str) -> Response:
        corpus = now().corpus
        if document_id not in corpus.document_ids:
            raise UnknownDocument(document_id, len(corpus.document_ids))
        document, structure = corpus.document(document_id), corpus.structure(document_id)
        marks = marks_given(len(document.text))
        laid = showing.laid_out(document, structure, marks)
        page = render_template(
            template,
            document=document,
            laid=laid,
            headings=[block for block in laid if block.kind == "heading"],
            speakers=_first_words(structure.statements),
            marks=marks,
            paged=showing.page_of(structure, 0) is not None,
        )
        return known(Response(page))

    @pages.get("/documents")
    def documents() -> Response:
        corpus = now().corpus
        listed = [corpus.document(document_id) for document_id in corpus.document_ids]
        return known(Response(render_template("documents.html", documents=listed)))

    @pages.get("/documents/<path:document_id>")
    def document(document_id: str) -> Response:
        return shown("document.html", document_id)

    @pages.get("/source/<path:document_id>")
    def source(document_id: str) -> Response:
        return shown("source.html", document_id)


def _add_explore(pages: Blueprint, now: Now) -> None:
    @pages.get("/explore")
    def explore() -> Response:
        corpus = now().corpus
        chosen = request.args.getlist("document") or corpus.document_ids[:EXPLORED]
        for document_id in chosen:
            if document_id not in corpus.document_ids:
                raise UnknownDocument(document_id, len(corpus.document_ids))
        figures = facets.figures(corpus, chosen)
        statements = [s for s in facets.statements_by(corpus) if s[1].id in chosen]
        sentences = showing.by_sentence(figures.all)
        page = render_template(
            "explore.html",
            documents=[corpus.document(document_id) for document_id in corpus.document_ids],
            chosen=chosen,
            themes=facets.themes(corpus, chosen),
            recommendations=facets.recommendations(corpus, chosen),
            figures=sentences[:FIGURES],
            more_figures=max(0, len(sentences) - FIGURES),
            disagreements=figures.disagreements,
            spans_of=lambda found: [quantity.figure.span for quantity in found],
            spans_in=lambda sentence, found: [
                Span(quantity.extract.start - sentence.start, quantity.extract.end - sentence.start)
                for quantity in found
            ],
            statements=statements,
            questions=_Questions,
        )
        return known(Response(page))


def _add_about(pages: Blueprint, static: Path) -> None:
    def plain(name: str) -> Callable[[], Response]:
        return lambda: known(Response(render_template(f"{name}.html")))

    for name in ("about", "accessibility", "privacy"):
        pages.add_url_rule(f"/{name}", name, plain(name))

    @pages.get("/api")
    def try_api() -> Response:
        spec = current_app.api_doc  # type: ignore[attr-defined]
        return known(Response(render_template("api.html", spec=spec)))

    @pages.get("/static/<path:name>")
    def static_file(name: str) -> Response:
        age = A_YEAR if request.args.get("v") else None
        return send_from_directory(static, name, max_age=age)


class _Questions:
    """What to ask about a thing that can be browsed."""

    @staticmethod
    def about(words: str) -> str:
        text = words.strip().rstrip(".:;,")
        if text[1:2].islower():
            text = text[:1].lower() + text[1:]
        return f"What do the documents say about {text}?"[:QUESTION_CHARACTERS]

    @staticmethod
    def listing(group: facets.Group) -> str:
        return f"What are the {group.noun}?"

    @staticmethod
    def of(name: str) -> str:
        return f"What did {name} say?"


def _conversation() -> tuple[list[str], str | None]:
    """The earlier questions and the one asked; None where none is."""
    earlier = [one for one in request.args.getlist("earlier") if one.strip()]
    return earlier[-20:], request.args.get("q")


def _answers(
    assistant: Assistant, earlier: Sequence[str], question: str, shown: int
) -> list[Answer]:
    """The last `shown` answers of a conversation, each in the light of the questions before it."""
    if len(question) > QUESTION_CHARACTERS:
        raise BadRequest(
            422, f"The question has {len(question)} characters; {QUESTION_CHARACTERS} are the most."
        )
    questions = [*earlier, question]
    first = max(0, len(questions) - shown)
    return [
        ask(assistant, asked, history=questions[:number])
        for number, asked in enumerate(questions)
        if number >= first
    ]


@lru_cache(maxsize=2)
def _suggestions(assistant: Assistant) -> tuple[str, ...]:
    """Questions to begin with, each of which was asked and answered."""
    corpus = assistant.corpus
    found: list[str] = []
    for question in candidates(corpus, corpus.document_ids[:EXPLORED]):
        if assistant.ask(question).outcome == "answered":
            found.append(question)
        if len(found) == SUGGESTED:
            break
    return tuple(found)


def _first_words(statements: Sequence[object]) -> dict[str, Span]:
    """Who is quoted, and where their first words stand."""
    found: dict[str, Span] = {}
    for statement in statements:
        found.setdefault(showing.full_name(statement.speaker), statement.spans[0])  # type: ignore[attr-defined]
    return found


def marks_given(length: int) -> list[Span]:
    """The spans that a link marks, as far as they lie in the text."""
    given = (_MARK.fullmatch(mark) for mark in request.args.getlist("mark")[:MARKS])
    spans = (Span(int(mark[1]), int(mark[2])) for mark in given if mark)
    return [span for span in spans if span.start < span.end <= length]


def _static_links(static: Path) -> Callable[[str], str]:
    """Links that change with the file's content, so that it may be kept for a year."""

    @lru_cache
    def link(name: str) -> str:
        digest = hashlib.sha256((static / name).read_bytes()).hexdigest()[:12]
        return f"/static/{name}?v={digest}"

    return link

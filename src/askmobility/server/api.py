"""The JSON routes: a checked request in, the assistant's own answer out."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from flask import Response, g
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag as Section
from flask_openapi3.openapi import OpenAPI
from pydantic import BaseModel

from askmobility.answers import facets, wire
from askmobility.answers.verification import verify_answer
from askmobility.assistant import Assistant
from askmobility.errors import UnknownDocument
from askmobility.server import models
from askmobility.server.responding import known, respond
from askmobility.server.watching import METRICS_TYPE, timed
from askmobility.types import Answer

Now = Callable[[], Assistant]
Responses = dict[str | int, type[BaseModel] | dict[Any, Any] | None]

_ASKING = [Section(name="Asking", description="Questions in, verbatim answers out.")]
_READING = [Section(name="Reading", description="The documents, and what can be read off them.")]
_RUNNING = [Section(name="Running", description="For who operates the server.")]
_PROBLEM = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}


def problems(*statuses: int) -> Responses:
    """What openapi.json says of the errors of a route; these can come from every one."""
    return {status: {"content": _PROBLEM} for status in (*statuses, 422, 429, 431, 500, 503)}


_BODY = problems(400, 404, 413, 415)


def add_api(app: OpenAPI, now: Now, metrics: Callable[[], bytes]) -> None:
    """The routes under /api/v1 and those for operators."""
    api = APIBlueprint("api", __name__, url_prefix="/api/v1")
    _add_asking(api, now)
    _add_documents(api, now)
    _add_facets(api, now)
    app.register_api(api)
    _add_running(app, now, metrics)


def ask(assistant: Assistant, question: str, **limits: object) -> Answer:
    """Ask, and let the log and the metrics know."""
    with timed("ask"):
        answer = assistant.ask(question, **limits)  # type: ignore[arg-type]
    g.answer = answer
    return answer


def _add_asking(api: APIBlueprint, now: Now) -> None:
    @api.post(
        "/query", tags=_ASKING, summary="Ask a question", responses={200: models.Answer, **_BODY}
    )
    def query(body: models.QueryRequest) -> Response:
        answer = ask(
            now(),
            body.question,
            history=body.history,
            documents=body.documents,
            speakers=body.speakers,
            top_k=body.top_k,
        )
        return respond(models.Answer, answer.to_dict())

    @api.get(
        "/query",
        tags=_ASKING,
        summary="Ask a question, by a link",
        responses={200: models.Answer, **problems(404, 414)},
    )
    def query_link(query: models.LinkQuery) -> Response:
        answer = ask(
            now(), query.q, documents=query.document, speakers=query.speaker, top_k=query.top_k
        )
        return respond(models.Answer, answer.to_dict())

    @api.post(
        "/search", tags=_ASKING, summary="Rank passages", responses={200: models.Ranking, **_BODY}
    )
    def search(body: models.SearchRequest) -> Response:
        with timed("search"):
            found = now().search(
                body.question,
                top_k=body.top_k,
                documents=body.documents,
                speakers=body.speakers,
            )
        return respond(models.Ranking, found.to_dict())

    @api.post(
        "/verify",
        tags=_ASKING,
        summary="Check an answer against the documents",
        responses={200: models.Verification, **_BODY},
    )
    def verify(body: models.AnswerToVerify) -> Response:
        verification = verify_answer(body.model_dump(), now().corpus)
        return respond(models.Verification, verification.to_dict())


def _add_documents(api: APIBlueprint, now: Now) -> None:
    @api.get(
        "/documents",
        tags=_READING,
        summary="List the documents",
        responses={200: models.Documents, **problems()},
    )
    def documents(query: models.NoQuery) -> Response:
        corpus = now().corpus
        listed = [wire.document_as_json(corpus.document(name)) for name in corpus.document_ids]
        return respond(models.Documents, {"documents": listed})

    @api.get(
        "/documents/<path:document_id>",
        tags=_READING,
        summary="Read a document",
        responses={200: models.WholeDocument, **problems(404)},
    )
    def document(path: models.DocumentPath, query: models.NoQuery) -> Response:
        corpus = now().corpus
        if path.document_id not in corpus.document_ids:
            raise UnknownDocument(path.document_id, len(corpus.document_ids))
        return respond(models.WholeDocument, wire.whole_document_as_json(corpus, path.document_id))


def _add_facets(api: APIBlueprint, now: Now) -> None:
    @api.get(
        "/statements",
        tags=_READING,
        summary="List who says what",
        responses={200: models.Statements, **problems()},
    )
    def statements(query: models.StatementsQuery) -> Response:
        found = facets.statements_by(now().corpus, speaker=query.speaker, role=query.role)
        listed = [wire.statement_as_json(*pair) for pair in found]
        return respond(models.Statements, {"statements": listed})

    @api.get(
        "/themes",
        tags=_READING,
        summary="List what the documents are about",
        responses={200: models.Themes, **problems()},
    )
    def themes(query: models.NoQuery) -> Response:
        groups = [wire.group_as_json(group) for group in facets.themes(now().corpus)]
        return respond(models.Themes, {"themes": groups})

    @api.get(
        "/recommendations",
        tags=_READING,
        summary="List what the documents recommend",
        responses={200: models.Recommendations, **problems()},
    )
    def recommendations(query: models.NoQuery) -> Response:
        groups = [wire.group_as_json(group) for group in facets.recommendations(now().corpus)]
        return respond(models.Recommendations, {"recommendations": groups})

    @api.get(
        "/figures",
        tags=_READING,
        summary="List the figures, and where the documents disagree on them",
        responses={200: models.Figures, **problems()},
    )
    def figures(query: models.NoQuery) -> Response:
        return respond(models.Figures, wire.figures_as_json(facets.figures(now().corpus)))


def _add_running(app: OpenAPI, now: Now, metrics: Callable[[], bytes]) -> None:
    @app.get("/healthz", tags=_RUNNING, summary="Is it alive?", responses={200: models.Alive})
    def healthz() -> Response:
        return respond(models.Alive, {"status": "ok"})

    @app.get(
        "/readyz",
        tags=_RUNNING,
        summary="Does the index answer?",
        responses={200: models.Ready, **problems()},
    )
    def readyz() -> Response:
        return respond(models.Ready, {"status": "ok", "index": now().snapshot_id})

    @app.get(
        "/metrics",
        tags=_RUNNING,
        summary="Metrics for Prometheus",
        responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}}},
    )
    def metrics_() -> Response:
        return Response(metrics(), content_type=METRICS_TYPE)

    @app.route("/openapi.json")
    def openapi() -> Response:
        content = json.dumps(app.api_doc, ensure_ascii=False, indent=1)
        return known(Response(content, content_type="application/json"))

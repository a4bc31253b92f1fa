"""The routes: read a request, call the assistant, give its JSON back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from flask import Flask, Response, request

from askmobility.answers.facets import statements_by
from askmobility.answers.verification import verify_answer
from askmobility.answers.wire import document_as_json, statement_as_json, whole_document_as_json
from askmobility.errors import UnknownDocument
from askmobility.server import problems
from askmobility.server.queries import json_object, query_in_body, query_in_url
from askmobility.settings import Settings

if TYPE_CHECKING:
    from askmobility.assistant import Assistant

BODY_BYTES = 16 * 1024
ANSWER_BYTES = 1024 * 1024  # an answer to be verified carries whole passages


def create_app(assistant: Assistant, settings: Settings) -> Flask:
    """The WSGI application over one open assistant."""
    app = Flask("askmobility.server", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = BODY_BYTES
    problems.register(app)
    _add_questions(app, assistant)
    _add_documents(app, assistant)
    _add_health(app, assistant)
    return app


def _add_questions(app: Flask, assistant: Assistant) -> None:
    @app.post("/api/v1/query")
    def query() -> Response:
        asked = query_in_body(request, with_history=True)
        answer = assistant.ask(asked.question, history=asked.history, **asked.limits)
        return _respond(answer.to_dict())

    @app.get("/api/v1/query")
    def query_link() -> Response:
        asked = query_in_url(request)
        return _respond(assistant.ask(asked.question, **asked.limits).to_dict())

    @app.post("/api/v1/search")
    def search() -> Response:
        asked = query_in_body(request, with_history=False)
        return _respond(assistant.search(asked.question, **asked.limits).to_dict())

    @app.post("/api/v1/verify")
    def verify() -> Response:
        request.max_content_length = ANSWER_BYTES
        return _respond(verify_answer(json_object(request), assistant.corpus).to_dict())


def _add_documents(app: Flask, assistant: Assistant) -> None:
    @app.get("/api/v1/documents")
    def documents() -> Response:
        corpus = assistant.corpus
        known = [document_as_json(corpus.document(known)) for known in corpus.document_ids]
        return _respond({"documents": known})

    @app.get("/api/v1/documents/<path:document_id>")
    def document(document_id: str) -> Response:
        known = assistant.corpus.document_ids
        if document_id not in known:
            raise UnknownDocument(document_id, len(known))
        return _respond(whole_document_as_json(assistant.corpus, document_id))

    @app.get("/api/v1/statements")
    def statements() -> Response:
        named, role = request.args.get("speaker"), request.args.get("role")
        found = statements_by(assistant.corpus, speaker=named, role=role)
        return _respond({"statements": [statement_as_json(*pair) for pair in found]})


def _add_health(app: Flask, assistant: Assistant) -> None:
    @app.get("/healthz")
    def alive() -> Response:
        return _respond({"status": "ok"})

    @app.get("/readyz")
    def ready() -> Response:
        return _respond({"status": "ok", "index": assistant.snapshot_id})


def _respond(found: Mapping[str, object]) -> Response:
    """JSON, the same bytes for the same value, with an ETag."""
    content = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    response = Response(content.encode("utf-8", "replace"), content_type="application/json")
    response.add_etag()
    response.make_conditional(request)
    return response

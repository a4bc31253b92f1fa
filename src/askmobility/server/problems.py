"""Every error as RFC 9457 `application/problem+json`, the unexpected included."""

from __future__ import annotations

import json
import logging
from http import HTTPStatus

from flask import Flask, Response
from werkzeug.exceptions import HTTPException

from askmobility.errors import AskMobilityError

log = logging.getLogger(__name__)


class BadRequest(AskMobilityError):
    """A request that cannot be read: `status` says in which way."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(detail)
        self.status = status


def problem(status: int, detail: str) -> Response:
    """One error as its client reads it."""
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
    }
    content = json.dumps(body, ensure_ascii=False)
    return Response(content, status, content_type="application/problem+json")


def register(app: Flask) -> None:
    """Answer every error of `app` as a problem."""

    @app.errorhandler(AskMobilityError)
    def ours(error: AskMobilityError) -> Response:
        return problem(error.status, str(error))

    @app.errorhandler(HTTPException)
    def of_http(error: HTTPException) -> Response:
        response = problem(error.code or 500, error.description or error.name)
        allowed = getattr(error, "valid_methods", None)
        if allowed:  # RFC 9110 has a 405 name the methods that would do
            response.headers["Allow"] = ", ".join(sorted(allowed))
        return response

    @app.errorhandler(Exception)
    def unexpected(error: Exception) -> Response:
        log.exception("unexpected error", exc_info=error)
        return problem(500, "Something went wrong on our side; it has been logged.")

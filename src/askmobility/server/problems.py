"""Every error as RFC 9457 `application/problem+json`, the unexpected included."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Sequence
from http import HTTPStatus

from flask import Flask, Response, request
from pydantic import ValidationError
from pydantic_core import ErrorDetails
from werkzeug.exceptions import HTTPException

from askmobility.errors import AskMobilityError

log = logging.getLogger(__name__)

Fields = Sequence[tuple[str, str]]  # a field's name, and what is wrong with it
Show = Callable[[int, str], Response]


class BadRequest(AskMobilityError):
    """A request that cannot be read: `status` says in which way."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(detail)
        self.status = status


def problem(status: int, detail: str, fields: Fields = ()) -> Response:
    """One error as a program reads it."""
    content = problem_as_json(status, detail, fields)
    return Response(content, status, content_type="application/problem+json")


def problem_as_json(status: int, detail: str, fields: Fields = ()) -> bytes:
    """The body of a problem; `fields` where single fields are to blame."""
    body: dict[str, object] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
    }
    if fields:
        body["errors"] = [{"field": name, "detail": wrong} for name, wrong in fields]
    return json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")


def invalid(error: ValidationError) -> Response:
    """The 422 for a request that is not what its model says, field by field."""
    fields = [(_name(wrong), _sentence(wrong)) for wrong in error.errors(include_url=False)]
    return problem(422, " ".join(sentence for _, sentence in fields[:3]), fields)


def register(app: Flask, show_page: Show) -> None:
    """Answer every error of `app`: as a problem, or by `show_page` to who reads HTML."""

    def show(status: int, detail: str) -> Response:
        if request.path.startswith("/api/") or not _reads_html():
            return problem(status, detail)
        return show_page(status, detail)

    @app.errorhandler(AskMobilityError)
    def ours(error: AskMobilityError) -> Response:
        return show(error.status, str(error))

    @app.errorhandler(HTTPException)
    def of_http(error: HTTPException) -> Response:
        if error.response is not None and isinstance(error.response, Response):
            return error.response
        response = show(error.code or 500, error.description or error.name)
        kept = {name: value for name, value in error.get_headers() if name in _KEPT}
        response.headers.update(kept)
        return response

    @app.errorhandler(Exception)
    def unexpected(error: Exception) -> Response:
        log.exception("unexpected error", exc_info=error)
        return show(500, "Something went wrong on our side; it has been logged.")


_KEPT = {"Allow", "Retry-After"}  # RFC 9110 has a 405 name the methods that would do


def _reads_html() -> bool:
    """Whether the client asked for HTML by name: `*/*` is a program's."""
    accepted = request.accept_mimetypes
    return accepted["text/html"] > 0 and "text/html" in accepted.to_header()


def _name(wrong: ErrorDetails) -> str:
    """The field as its sender wrote it: `history[2]`; alternatives that were tried start with #."""
    parts = [part for part in wrong["loc"] if not str(part).startswith("#")]
    dotted = [f"[{part}]" if isinstance(part, int) else f".{part}" for part in parts]
    return "".join(dotted).lstrip(".")


def _sentence(wrong: ErrorDetails) -> str:
    name, context = _name(wrong) or "the body", wrong.get("ctx", {})
    match wrong["type"]:
        case "extra_forbidden":
            return f"Unknown field {name!r}."
        case "missing":
            return f"{name!r} is missing."
        case "string_pattern_mismatch" | "string_too_short":
            return f"{name!r} is empty. Ask something in your own words."
        case "string_too_long":
            most = context["max_length"]
            return f"{name!r} has {len(str(wrong['input']))} characters; {most} are the most."
        case "too_long":
            return f"{name!r} may hold {context['max_length']} at most."
        case "string_unicode":
            return f"{name!r} is not Unicode text: it holds half of a surrogate pair."
        case _:
            return f"{name!r}: {wrong['msg'][0].lower()}{wrong['msg'][1:]}."

"""Answers as bytes: the same for the same value, with an ETag, and nothing where it is known."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Response, request
from pydantic import BaseModel

from askmobility.server.watching import timed


def respond(shape: type[BaseModel], found: Mapping[str, object]) -> Response:
    """`found` in its shape, as JSON. A value that does not fit is a bug of ours, and raises."""
    with timed("json"):
        content = shape.model_validate(found).model_dump_json(by_alias=True)
    return known(Response(content, content_type="application/json"))


def known(response: Response) -> Response:
    """`response` with an ETag; a 304 to whom holds it already."""
    response.add_etag()
    response.headers.setdefault("Cache-Control", "no-cache")  # may be kept, to be asked about again
    response.make_conditional(request)
    return response

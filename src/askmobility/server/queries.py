"""Requests read and checked: what a question may look like, and nothing else gets through."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Request

from askmobility.server.problems import BadRequest

QUESTION_CHARACTERS = 1000
HISTORY_QUESTIONS = 20
FILTERS = 100  # ids or names in one request
TOP_K = range(1, 21)


@dataclass(frozen=True, slots=True)
class Query:
    """A question and what narrows it."""

    question: str
    history: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    top_k: int | None = None

    @property
    def limits(self) -> dict[str, Any]:
        """The keyword arguments of the assistant that narrow a question."""
        narrowed: dict[str, Any] = {"documents": self.documents, "speakers": self.speakers}
        return narrowed if self.top_k is None else {**narrowed, "top_k": self.top_k}


def query_in_body(request: Request, *, with_history: bool) -> Query:
    """The query in a JSON body. BadRequest 400, 413, 415 or 422 when there is none."""
    return _query(json_object(request), with_history)


def query_in_url(request: Request) -> Query:
    """The query of a link: `?q=`, narrowed by `document=`, `speaker=` and `top_k=`."""
    names = {"q": "question", "document": "documents", "speaker": "speakers", "top_k": "top_k"}
    values: dict[str, object] = {}
    for parameter, given in request.args.lists():
        name = names.get(parameter)
        if name is None:
            raise BadRequest(422, f"Unknown parameter {parameter!r}; known are {_list(names)}.")
        values[name] = given if name in ("documents", "speakers") else given[-1]
    if str(values.get("top_k", "")).isdecimal():
        values["top_k"] = int(str(values["top_k"]))
    return _query(values, with_history=False)


def json_object(request: Request) -> dict[str, object]:
    """The JSON object in the body."""
    if not request.is_json:
        raise BadRequest(415, "Send the request as JSON, with Content-Type: application/json.")
    try:
        found = request.get_json(cache=False)
    except (ValueError, RecursionError) as error:
        raise BadRequest(400, f"The body is not JSON: {error}.") from error
    if not isinstance(found, dict):
        raise BadRequest(422, "The body must be a JSON object.")
    return found


def _query(values: Mapping[str, object], with_history: bool) -> Query:
    known = {"question", "documents", "speakers", "top_k"} | (
        {"history"} if with_history else set()
    )
    unknown = sorted(set(values) - known)
    if unknown:
        raise BadRequest(422, f"Unknown field {unknown[0]!r}; known are {_list(known)}.")
    return Query(
        question=_question(values.get("question")),
        history=_strings(values, "history", HISTORY_QUESTIONS),
        documents=_strings(values, "documents", FILTERS),
        speakers=_strings(values, "speakers", FILTERS),
        top_k=_top_k(values.get("top_k")),
    )


def _question(value: object) -> str:
    if not isinstance(value, str):
        raise BadRequest(422, "'question' must be a string.")
    if not value.strip():
        raise BadRequest(422, "'question' is empty. Ask something in your own words.")
    if len(value) > QUESTION_CHARACTERS:
        raise BadRequest(
            422, f"'question' has {len(value)} characters; {QUESTION_CHARACTERS} are the most."
        )
    return value


def _strings(values: Mapping[str, object], name: str, most: int) -> tuple[str, ...]:
    found = values.get(name, [])
    if not isinstance(found, list) or not all(isinstance(item, str) for item in found):
        raise BadRequest(422, f"{name!r} must be a list of strings.")
    if len(found) > most or any(len(item) > QUESTION_CHARACTERS for item in found):
        raise BadRequest(
            422, f"{name!r} may hold {most} strings of {QUESTION_CHARACTERS} characters at most."
        )
    return tuple(found)


def _top_k(value: object) -> int | None:
    if value is None:
        return None
    if type(value) is not int or value not in TOP_K:
        raise BadRequest(422, f"'top_k' must be a whole number from {TOP_K[0]} to {TOP_K[-1]}.")
    return value


def _list(names: Mapping[str, str] | set[str]) -> str:
    return ", ".join(sorted(names))

from __future__ import annotations

import json
from typing import Any

import pytest
from flask.testing import FlaskClient

from askmobility.server.app import create_app
from askmobility.settings import Settings

QUESTION = {"question": "Which trees?"}


@pytest.fixture
def client(assistant: Any) -> FlaskClient:
    return create_app(assistant, Settings.from_env({})).test_client()


def test_a_query_gives_the_answer_of_the_assistant(client: FlaskClient, assistant: Any) -> None:
    response = client.post("/api/v1/query", json={**QUESTION, "history": ["Hello?"]})

    assert response.status_code == 200
    assert response.json == assistant.ask("Which trees?").to_dict()
    assert assistant.asked[0] == ("Which trees?", ("Hello?",))


def test_an_abstention_is_no_error(client: FlaskClient) -> None:
    response = client.post("/api/v1/query", json={"question": "Will it rain?"})

    assert response.status_code == 200
    assert response.json["outcome"] == "not_found"


def test_a_link_asks_the_same_question(client: FlaskClient) -> None:
    linked = client.get("/api/v1/query", query_string={"q": "Which trees?"})

    assert linked.data == client.post("/api/v1/query", json=QUESTION).data


def test_the_same_question_gets_the_same_bytes_and_a_304(client: FlaskClient) -> None:
    first = client.get("/api/v1/query?q=trees")

    again = client.get("/api/v1/query?q=trees", headers={"If-None-Match": first.headers["ETag"]})

    assert again.status_code == 304
    assert client.post("/api/v1/query", json=QUESTION).headers["ETag"]


def test_a_search_ranks_passages_from_one(client: FlaskClient) -> None:
    found = client.post("/api/v1/search", json={**QUESTION, "top_k": 2}).json

    assert [passage["rank"] for passage in found["passages"]] == [1, 2]
    assert list(found) == ["question", "passages", "index"]


def test_an_answer_that_the_server_gave_is_verified(client: FlaskClient) -> None:
    answer = client.post("/api/v1/query", json=QUESTION).json

    assert client.post("/api/v1/verify", json=answer).json["holds"] is True
    answer["points"][0]["text"] = "Trees warm our streets."
    assert client.post("/api/v1/verify", json=answer).json["holds"] is False


def test_a_document_is_given_with_its_exact_text(client: FlaskClient, corpus: Any) -> None:
    found = client.get("/api/v1/documents/trees").json

    assert found["text"] == corpus.document("trees").text
    assert client.get("/api/v1/documents").json["documents"][0]["id"] == "trees"


def test_statements_are_listed_by_speaker(client: FlaskClient) -> None:
    (statement,) = client.get("/api/v1/statements?speaker=okoro").json["statements"]

    assert statement["speaker"]["name"] == "Maya Okoro"
    assert client.get("/api/v1/statements?role=mayor").json["statements"] == []


def test_health_and_readiness_answer(client: FlaskClient) -> None:
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").json["index"] == "0123abcd"


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ({}, "'question' must be a string"),
        ({"question": 7}, "'question' must be a string"),
        ({"question": " \n"}, "'question' is empty"),
        ({"question": "x" * 1001}, "1001 characters"),
        ({"question": "x", "colour": "red"}, "Unknown field 'colour'"),
        ({"question": "x", "history": "y"}, "'history' must be a list"),
        ({"question": "x", "history": ["y"] * 21}, "'history' may hold 20"),
        ({"question": "x", "documents": [1]}, "'documents' must be a list"),
        ({"question": "x", "top_k": 0}, "'top_k' must be"),
        ({"question": "x", "top_k": 21}, "'top_k' must be"),
        ({"question": "x", "top_k": True}, "'top_k' must be"),
        ({"question": "x", "top_k": "8"}, "'top_k' must be"),
        ([], "must be a JSON object"),
    ],
)
def test_a_request_that_cannot_be_answered_names_what_is_wrong(
    client: FlaskClient, body: object, why: str
) -> None:
    response = client.post("/api/v1/query", json=body)

    assert response.status_code == 422
    assert response.content_type == "application/problem+json"
    assert response.json["status"] == 422
    assert why in response.json["detail"]


def test_a_search_takes_no_history(client: FlaskClient) -> None:
    response = client.post("/api/v1/search", json={**QUESTION, "history": []})

    assert response.status_code == 422


@pytest.mark.parametrize(
    ("method", "path", "options", "status"),
    [
        ("POST", "/api/v1/query", {"data": "{", "content_type": "application/json"}, 400),
        ("POST", "/api/v1/query", {"data": b"\xff", "content_type": "application/json"}, 400),
        ("POST", "/api/v1/query", {"data": "question=x"}, 415),
        ("POST", "/api/v1/query", {"json": {"question": "x" * 20000}}, 413),
        ("GET", "/api/v1/query", {}, 422),
        ("GET", "/api/v1/query?q=x&colour=red", {}, 422),
        ("GET", "/api/v1/query?q=x&top_k=many", {}, 422),
        ("DELETE", "/api/v1/query", {}, 405),
        ("GET", "/api/v1/documents/shrubs", {}, 404),
        ("GET", "/nowhere", {}, 404),
        ("POST", "/api/v1/verify", {"json": {"points": 1}}, 422),
    ],
)
def test_every_error_is_a_problem(
    client: FlaskClient, method: str, path: str, options: dict[str, Any], status: int
) -> None:
    response = client.open(path, method=method, **options)

    assert response.status_code == status
    assert response.content_type == "application/problem+json"
    assert set(response.json) == {"type", "title", "status", "detail"}


def test_a_method_that_is_not_allowed_names_those_that_are(client: FlaskClient) -> None:
    assert "POST" in client.delete("/api/v1/query").headers["Allow"]


def test_the_unexpected_is_a_problem_too_and_keeps_its_secrets(
    client: FlaskClient, assistant: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assistant, "ask", lambda *_, **__: 1 / 0)

    response = client.post("/api/v1/query", json=QUESTION)

    assert response.status_code == 500
    assert "division" not in json.dumps(response.json)

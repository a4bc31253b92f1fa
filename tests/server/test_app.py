from __future__ import annotations

import json
from typing import Any

import pytest
from flask.testing import FlaskClient

from askmobility.server.app import create_app
from askmobility.settings import Settings
from askmobility.types import Answer

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
    ("body", "field", "why"),
    [
        ({}, "question", "'question' is missing"),
        ({"question": 7}, "question", "should be a valid string"),
        ({"question": " \n"}, "question", "'question' is empty"),
        ({"question": ""}, "question", "'question' is empty"),
        ({"question": "x" * 1001}, "question", "1001 characters; 1000 are the most"),
        ({"question": "\ud800"}, "question", "not Unicode text"),
        ({"question": "x", "colour": "red"}, "colour", "Unknown field 'colour'"),
        ({"question": "x", "history": "y"}, "history", "should be a valid list"),
        ({"question": "x", "history": ["y", 1]}, "history[1]", "should be a valid string"),
        ({"question": "x", "history": ["y"] * 21}, "history", "may hold 20 at most"),
        ({"question": "x", "top_k": 0}, "top_k", "greater than or equal to 1"),
        ({"question": "x", "top_k": 21}, "top_k", "less than or equal to 20"),
        ({"question": "x", "top_k": True}, "top_k", "should be a valid integer"),
        ({"question": "x", "top_k": "8"}, "top_k", "should be a valid integer"),
    ],
)
def test_a_request_that_cannot_be_answered_names_the_field_and_what_is_wrong(
    client: FlaskClient, body: object, field: str, why: str
) -> None:
    response = client.post("/api/v1/query", json=body)

    assert response.status_code == 422
    assert response.content_type == "application/problem+json"
    assert why in response.json["detail"]
    assert response.json["errors"][0]["field"] == field


def test_a_body_that_is_no_object_is_refused(client: FlaskClient) -> None:
    assert "JSON object" in client.post("/api/v1/query", json=[]).json["detail"]
    assert client.post("/api/v1/query", json='{"question": "x"}').status_code == 422


def test_a_search_takes_no_history(client: FlaskClient) -> None:
    response = client.post("/api/v1/search", json={**QUESTION, "history": []})

    assert response.json["detail"] == "Unknown field 'history'."


@pytest.mark.parametrize(
    ("method", "path", "options", "status"),
    [
        ("POST", "/api/v1/query", {"data": "{", "content_type": "application/json"}, 400),
        ("POST", "/api/v1/query", {"data": b"\xff", "content_type": "application/json"}, 400),
        ("POST", "/api/v1/query", {"data": "question=x"}, 415),
        ("POST", "/api/v1/query", {"json": {"question": "x" * 20000}}, 413),
        ("POST", "/api/v1/verify", {"json": {"question": "x" * 1_100_000}}, 413),
        ("GET", "/api/v1/query", {}, 422),
        ("GET", "/api/v1/query?q=x&colour=red", {}, 422),
        ("GET", "/api/v1/query?q=x&top_k=many", {}, 422),
        ("GET", "/api/v1/themes?colour=red", {}, 422),
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

    assert response.status_code == response.json["status"] == status
    assert response.content_type == "application/problem+json"
    assert set(response.json) - {"errors"} == {"type", "title", "status", "detail"}


def test_an_answer_to_verify_may_be_large(client: FlaskClient, answer: Answer) -> None:
    large = {**answer.to_dict(), "answer": "x" * 500_000}

    assert client.post("/api/v1/verify", json=large).json["holds"]


def test_a_conversation_is_verified_as_a_whole(client: FlaskClient, answer: Answer) -> None:
    good = answer.to_dict()
    wrong = {**good, "points": [{**good["points"][0], "text": "Trees heat our streets."}]}

    verification = client.post("/api/v1/verify", json={"answers": [good, wrong]}).json

    failed = [verdict["part"] for verdict in verification["verdicts"] if not verdict["holds"]]
    assert failed == ["answer 2, point 1"]


@pytest.mark.parametrize("facet", ["themes", "recommendations", "figures", "statements"])
def test_what_can_be_browsed_is_listed_and_kept_by_its_etag(
    client: FlaskClient, facet: str
) -> None:
    first = client.get(f"/api/v1/{facet}")

    again = client.get(f"/api/v1/{facet}", headers={"If-None-Match": first.headers["ETag"]})

    assert facet in first.json
    assert (again.status_code, again.data) == (304, b"")


def test_a_method_that_is_not_allowed_names_those_that_are(client: FlaskClient) -> None:
    assert "POST" in client.delete("/api/v1/query").headers["Allow"]


def test_the_unexpected_is_a_problem_too_and_keeps_its_secrets(
    client: FlaskClient, assistant: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assistant, "ask", lambda *_, **__: 1 / 0)

    response = client.post("/api/v1/query", json=QUESTION)

    assert response.status_code == 500
    assert "division" not in json.dumps(response.json)

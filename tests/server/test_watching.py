from __future__ import annotations

import json
import logging
from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient

from askmobility.server.app import create_app
from askmobility.server.watching import OneLine
from askmobility.settings import Settings

SETTINGS = Settings.from_env({})
QUESTION = {"question": "Which trees, my secret?"}


@pytest.fixture
def client(assistant: Any) -> FlaskClient:
    return create_app(assistant, SETTINGS).test_client()


def logged(caplog: pytest.LogCaptureFixture) -> dict[str, Any]:
    (line,) = (OneLine().format(record) for record in caplog.records)
    return dict(json.loads(line))


def test_times_are_in_a_header_and_not_in_the_body(client: FlaskClient) -> None:
    first, second = (client.post("/api/v1/query", json=QUESTION) for _ in range(2))

    assert first.headers["Server-Timing"].startswith("ask;dur=")
    assert first.data == second.data


def test_a_request_keeps_the_id_it_came_with(client: FlaskClient) -> None:
    def identified(given: str) -> str:
        return client.get("/healthz", headers={"X-Request-Id": given}).headers["X-Request-Id"]

    assert identified("abc-1") == "abc-1"
    assert identified("a b") != "a b"
    assert len(client.get("/healthz").headers["X-Request-Id"]) == 32


def test_a_request_is_one_line_of_log_without_its_question(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)

    client.get("/api/v1/query", query_string={"q": "my secret trees"})

    line = logged(caplog)
    assert (line["route"], line["status"], line["outcome"]) == ("/api/v1/query", 200, "answered")
    assert "secret" not in json.dumps(line)


def test_questions_are_logged_for_who_asks_for_it(
    assistant: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    app = create_app(assistant, replace(SETTINGS, log_questions=True))

    app.test_client().post("/api/v1/query", json=QUESTION)

    assert logged(caplog)["question"] == QUESTION["question"]


def test_metrics_count_requests_and_outcomes_and_hold_no_question(client: FlaskClient) -> None:
    client.post("/api/v1/query", json=QUESTION)
    client.post("/api/v1/query", json={"question": "Will it rain?"})

    metrics = client.get("/metrics").text

    assert 'askmobility_answers_total{outcome="answered",reason="none"} 1.0' in metrics
    assert 'askmobility_answers_total{outcome="not_found",reason="off_topic"} 1.0' in metrics
    assert 'route="/api/v1/query",status="200"} 2.0' in metrics
    assert "secret" not in metrics
    assert "rain" not in metrics

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient

from askmobility.server.app import create_app
from askmobility.settings import Settings

SETTINGS = Settings.from_env({})


def client_with(assistant: Any, **settings: Any) -> FlaskClient:
    return create_app(assistant, replace(SETTINGS, **settings)).test_client()


@pytest.mark.parametrize("path", ["/api/v1/documents", "/nowhere", "/healthz", "/openapi.json"])
def test_every_response_forbids_what_a_page_of_ours_never_does(assistant: Any, path: str) -> None:
    headers = client_with(assistant).get(path).headers
    policy = headers["Content-Security-Policy"]

    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert "require-trusted-types-for 'script'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "Set-Cookie" not in headers


def test_pages_of_others_may_not_call_unless_they_are_named(assistant: Any) -> None:
    theirs = {"Origin": "https://theirs.example"}
    allowed = {"cors_origins": ("https://theirs.example",)}
    name = "Access-Control-Allow-Origin"

    assert name not in client_with(assistant).get("/api/v1/themes", headers=theirs).headers
    named = client_with(assistant, **allowed).get("/api/v1/themes", headers=theirs)
    assert named.headers[name] == "https://theirs.example"
    others = {"Origin": "https://others.example"}
    assert name not in client_with(assistant, **allowed).get("/healthz", headers=others).headers


def test_a_client_that_asks_too_often_is_told_when_to_come_back(assistant: Any) -> None:
    client = client_with(assistant, rate_limit="2 per minute")

    first, _, third = (client.get("/api/v1/themes") for _ in range(3))

    assert (first.headers["RateLimit-Limit"], first.headers["RateLimit-Remaining"]) == ("2", "1")
    assert third.status_code == third.json["status"] == 429
    assert third.content_type == "application/problem+json"
    assert 0 < int(third.headers["Retry-After"]) <= 60
    assert client.get("/healthz").status_code == 200


def test_without_a_limit_none_is_counted(assistant: Any) -> None:
    assert "RateLimit-Limit" not in client_with(assistant).get("/api/v1/themes").headers

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient
from tests.conftest import DOCUMENT

from askmobility.answers import facets
from askmobility.server.app import create_app
from askmobility.settings import Settings
from askmobility.types import Figure, Span

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.fixture
def client(assistant: Any) -> FlaskClient:
    return create_app(assistant, Settings.from_env({})).test_client()


def test_each_question_is_answered_in_the_light_of_those_before_it(
    client: FlaskClient, assistant: Any
) -> None:
    client.get("/?earlier=first&earlier=second&q=third")

    assert assistant.asked[-3:] == [
        ("first", ()),
        ("second", ("first",)),
        ("third", ("first", "second")),
    ]


def test_the_fragment_answers_the_last_question_alone(client: FlaskClient, assistant: Any) -> None:
    page = client.get("/turn?earlier=first&earlier=second&q=third").text

    assert assistant.asked == [("third", ("first", "second"))]
    assert 'id="question-3"' in page
    assert "<nav" not in page


def test_a_page_that_is_known_costs_a_304(client: FlaskClient) -> None:
    first = client.get("/?q=trees")

    again = client.get("/?q=trees", headers={"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("question", ["%20", "x" * 1001])
def test_a_question_that_cannot_be_asked_is_a_422_with_its_text_kept(
    client: FlaskClient, question: str
) -> None:
    response = client.get(f"/?q={question}")

    assert response.status_code == 422
    assert "There is a problem" in response.text
    assert ">" + question.replace("%20", " ") + "</textarea>" in response.text


@pytest.mark.parametrize("path", ["/nowhere", "/documents/shrubs", "/explore?document=shrubs"])
def test_who_reads_html_gets_errors_as_pages_and_programs_as_problems(
    client: FlaskClient, path: str
) -> None:
    read, called = client.get(path, headers=BROWSER), client.get(path)

    assert (read.status_code, called.status_code) == (404, 404)
    assert read.content_type.startswith("text/html")
    assert called.content_type == "application/problem+json"


def test_the_unexpected_is_a_page_that_keeps_its_secrets(
    client: FlaskClient, assistant: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assistant, "ask", lambda *_, **__: 1 / 0)

    response = client.get("/?q=trees", headers=BROWSER)

    assert response.status_code == 500
    assert "That did not work" in response.text
    assert "division" not in response.text


def test_nothing_can_be_taken_from_a_conversation_that_was_not_held(client: FlaskClient) -> None:
    assert client.get("/conversation.md").status_code == 422


def test_static_files_are_kept_for_as_long_as_they_are_the_same(client: FlaskClient) -> None:
    page = client.get("/").text
    link = page.split('rel="stylesheet" href="')[1].split('"')[0]

    with client.get(link) as named, client.get("/static/page.css") as nameless:
        assert "max-age=31536000" in named.headers["Cache-Control"]
        assert "max-age" not in nameless.headers["Cache-Control"]
    assert client.get("/static/../templates/base.html").status_code == 404


def test_no_page_has_script_or_style_of_its_own(client: FlaskClient) -> None:
    for path in ("/", "/?q=trees", "/explore", "/documents/trees", "/api", "/about", "/privacy"):
        page = client.get(path).text
        assert "<style" not in page
        assert " style=" not in page
        assert " onclick" not in page
        assert page.count("<script") == page.count("<script src=")


def test_figures_past_the_first_hundred_sentences_are_counted_not_shown(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    extract = facets.Extract("400 trees", 0, 9, None, None, 1, None)
    figure = Figure(400.0, "", "", "trees", Span(0, 9), Span(0, 9))
    found = [
        facets.Quantity(replace(figure, sentence=Span(at, at + 9)), extract, extract, DOCUMENT)
        for at in range(103)
    ]
    monkeypatch.setattr(facets, "figures", lambda *_: facets.Figures(tuple(found), ()))

    page = client.get("/explore").text

    assert page.count("400 trees</strong>") == 100
    assert "And 3 more sentences with figures." in page

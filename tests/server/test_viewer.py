"""Pages of a PDF as the server shows them, from files that the tests draw."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from tests.documents.made import FONTS
from tests.server.paged import CITED, PagedAssistant

from askmobility.server import app as server
from askmobility.server.app import create_app
from askmobility.settings import Settings

pytestmark = [
    pytest.mark.skipif(not FONTS.is_dir(), reason="without its fonts nothing can be drawn"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),  # fpdf's files
]


@pytest.fixture
def paged(tmp_path: Path) -> PagedAssistant:
    return PagedAssistant(tmp_path)


@pytest.fixture
def client(paged: PagedAssistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    monkeypatch.setattr(server, "cache_dir", lambda: tmp_path / "cache")
    return create_app(paged, Settings.from_env({})).test_client()  # type: ignore[arg-type]


def mark(paged: PagedAssistant, words: str) -> str:
    start = paged.document.text.index(words)
    return f"mark={start}-{start + len(words)}"


def picture_link(page: str) -> str:
    found = re.search(r'<img src="([^"]*)"', page)
    assert found is not None
    return found[1]


def test_a_citation_leads_to_its_page_with_the_words_marked_in_picture_and_text(
    client: FlaskClient,
) -> None:
    answer = client.get("/?q=tram").text
    links = set(re.findall(r'class="source-link" href="([^"]*)"', answer))

    page = client.get(links.pop().replace("&amp;", "&")).text

    assert not links, "the number, the place and the nearest passage lead to the same page"
    assert f'<mark id="mark-1" tabindex="-1">{CITED}</mark>' in page
    assert page.count("<rect") == 1
    assert 'id="seen-1"' in page
    assert "Page 1 of 3" in page
    assert "Previous page" not in page
    assert "Next page" in page
    assert "were not found" not in page
    assert "Not all" not in page


def test_a_page_shows_its_own_text_alone(client: FlaskClient) -> None:
    first, second = (client.get(f"/documents/report/pages/{n}").text for n in (1, 2))

    assert "Why a tram" in first
    assert "Why a tram" not in second
    assert "It costs no more" in second
    assert "It costs no more" not in first


def test_a_page_is_called_what_is_printed_on_it_where_that_differs(
    client: FlaskClient, paged: PagedAssistant
) -> None:
    labelled = (replace(block, page_label="ix") for block in paged.structure.blocks)
    paged.structure = replace(paged.structure, blocks=tuple(labelled))

    assert "Page 1 of 3, printed as ix" in client.get("/documents/report/pages/1").text


def test_a_page_without_text_is_shown_and_says_so(client: FlaskClient) -> None:
    page = client.get("/documents/report/pages/3").text

    assert "<img" in page
    assert "No text was read off this page." in page


def test_words_that_turn_the_page_are_marked_on_both_and_each_leads_to_the_other(
    client: FlaskClient, paged: PagedAssistant
) -> None:
    (turning,) = (block for block in paged.structure.blocks if block.turns)
    marked = f"mark={turning.start}-{turning.end}"

    first = client.get(f"/documents/report/pages?{marked}").text
    second = client.get(f"/documents/report/pages/2?{marked}").text

    assert "Go to page 2" in first
    assert "Go to page 1" in second
    for page in (first, second):
        assert page.count("<mark") == 1
        assert page.count("<rect") > 3
        assert "found in the picture" not in page


def test_a_page_that_does_not_hold_the_cited_words_says_where_they_are(
    client: FlaskClient, paged: PagedAssistant
) -> None:
    page = client.get(f"/documents/report/pages/2?{mark(paged, CITED)}").text

    assert "The cited words are not on this page." in page
    assert "Go to page 1" in page
    assert "<mark" not in page
    assert "<rect" not in page


def test_the_document_leads_to_its_pages_and_they_to_it(
    client: FlaskClient, paged: PagedAssistant
) -> None:
    marked = mark(paged, CITED)
    document = client.get(f"/documents/report?{marked}").text
    source = client.get(f"/source/report?{marked}").text
    page = client.get(f"/source/report/pages?{marked}").text

    assert f"/documents/report/pages?{marked}#seen-1" in document
    assert f"/documents/report/pages?{marked}#seen-1" in source
    assert f"/documents/report?{marked}#mark-1" in page
    assert "<html" in page
    assert "masthead" not in page
    assert "/pages" not in client.get("/documents/trees").text


def test_a_picture_is_a_png_that_may_be_kept_as_long_as_its_link_is_the_same(
    client: FlaskClient,
) -> None:
    link = picture_link(client.get("/documents/report/pages/1").text)

    named, nameless = client.get(link), client.get(link.split("?")[0])
    again = client.get(link, headers={"If-None-Match": named.headers["ETag"]})

    assert named.content_type == "image/png"
    assert named.data.startswith(b"\x89PNG\r\n")
    assert "immutable" in named.headers["Cache-Control"]
    assert nameless.data == named.data
    assert nameless.headers["Cache-Control"] == "no-cache"
    assert (again.status_code, again.data) == (304, b"")


def test_the_file_itself_can_be_taken_away(client: FlaskClient, paged: PagedAssistant) -> None:
    with client.get("/documents/report/original") as response:
        assert response.data == paged.file.read_bytes()
        assert response.content_type == "application/pdf"
        assert response.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("happens", "told"),
    [
        (lambda file: file.unlink(), "The file is no longer where it was indexed."),
        (lambda file: file.write_bytes(b"%PDF-1.4 other"), "The file has changed since"),
    ],
)
def test_without_the_original_the_text_stands_alone_and_says_why(
    client: FlaskClient, paged: PagedAssistant, happens: object, told: str
) -> None:
    happens(paged.file)  # type: ignore[operator]

    page = client.get(f"/documents/report/pages?{mark(paged, CITED)}")

    assert page.status_code == 200
    assert told in page.text
    assert f">{CITED}</mark>" in page.text
    assert "Page 1 of 2" in page.text
    assert "<img" not in page.text
    assert "Download" not in page.text
    assert str(paged.file.parent) not in page.text
    assert client.get("/documents/report/pages/1.png").status_code == 404
    assert client.get("/documents/report/original").status_code == 404


def test_a_picture_that_was_drawn_is_not_shown_for_a_file_that_has_changed(
    client: FlaskClient, paged: PagedAssistant
) -> None:
    link = picture_link(client.get("/documents/report/pages/1").text)
    content = paged.file.read_bytes()
    paged.file.write_bytes(content + b"\n")

    changed = client.get(link).status_code
    paged.file.write_bytes(content)
    os.utime(paged.file, ns=(1, 1))

    assert (changed, client.get(link).status_code) == (404, 200)


@pytest.mark.parametrize(
    "path",
    [
        "/documents/report/pages/0",
        "/documents/report/pages/4",
        "/documents/report/pages/4.png",
        "/documents/report/pages/-1",
        "/documents/report/pages/one",
        "/documents/trees/pages",
        "/documents/trees/original",
        "/documents/shrubs/pages/1",
        "/documents/..%2Fcorpus%2Freport/original",
        "/documents/report.pdf/original",
    ],
)
def test_what_is_no_page_is_not_found(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_document_without_pages_is_not_said_to_be_missing(client: FlaskClient) -> None:
    told = client.get("/documents/trees/original").get_json()["detail"]

    assert told == "'Riverton plants trees' has no pages to show: it was not read from a PDF."


def test_a_page_has_no_style_of_its_own(client: FlaskClient, paged: PagedAssistant) -> None:
    page = client.get(f"/documents/report/pages?{mark(paged, CITED)}").text

    assert " style=" not in page
    assert "<style" not in page
    assert "<script" not in page


def test_an_id_with_any_characters_has_pages(tmp_path: Path) -> None:
    paged = PagedAssistant(tmp_path / "odd", "a b’s 100%")
    client = create_app(paged, Settings.from_env({})).test_client()  # type: ignore[arg-type]
    (paged.snapshot.folder / "files.json").unlink()

    page = client.get("/documents/a%20b%E2%80%99s%20100%25/pages/1").text

    assert "The index does not know which file this was read from." in page
    assert "/documents/a%20b%E2%80%99s%20100%25/pages/2" in page

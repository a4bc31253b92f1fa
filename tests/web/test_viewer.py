"""Pages of a PDF in a browser: in the panel, as a page, without a script, on a phone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.documents.made import FONTS
from tests.server.paged import CITED, PagedAssistant
from tests.web.conftest import Visit, ask, served, violations

from askmobility.server import app

pytestmark = [
    pytest.mark.skipif(not FONTS.is_dir(), reason="without its fonts nothing can be drawn"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),  # fpdf's files
]

WITHOUT_SCRIPT = {"java_script_enabled": False}
PHONE = {"viewport": {"width": 320, "height": 640}}


@pytest.fixture(scope="module")
def paged(tmp_path_factory: pytest.TempPathFactory) -> PagedAssistant:
    return PagedAssistant(tmp_path_factory.mktemp("paged"))


@pytest.fixture(scope="module")
def site(paged: PagedAssistant, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    kept = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(app, "cache_dir", lambda: kept)
        with served(paged) as address:
            yield address


def assert_marked(page: Page) -> None:
    """The words are marked in the text, and in the picture, which is there and in view."""
    expect(page.locator("mark")).to_have_text(CITED)
    expect(page.locator(".page-picture rect")).to_be_in_viewport()
    picture = page.locator(".page-picture img")
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("picture => picture.naturalWidth") > 1000
    seen, sheet = (page.locator(f".page-picture {what}").bounding_box() for what in ("rect", "img"))
    assert seen is not None
    assert sheet is not None
    assert sheet["x"] < seen["x"]
    assert seen["x"] + seen["width"] < sheet["x"] + sheet["width"]
    assert sheet["y"] < seen["y"] < sheet["y"] + sheet["height"] / 3


def test_a_citation_opens_its_page_beside_the_answer_and_gives_the_focus_back(visit: Visit) -> None:
    page = visit("/")
    ask(page, "When does the tram open?")
    citation = page.locator(".cite .source-link").first

    citation.click()

    assert_marked(page)
    expect(page.locator("#source mark")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#source")).to_have_count(0)
    expect(citation).to_be_focused()


def test_pages_are_turned_beside_the_answer(visit: Visit) -> None:
    page = visit("/?q=tram")
    citation = page.locator(".cite .source-link").first
    citation.click()
    source = page.locator("#source")

    source.get_by_role("link", name="Next page").click()
    expect(source).to_contain_text("Page 2 of 3")
    expect(source).to_contain_text("The cited words are not on this page.")
    source.get_by_role("link", name="Go to page 1").click()
    expect(source).to_contain_text("Page 1 of 3")
    source.get_by_role("link", name="The whole text").click()
    expect(source).to_contain_text("It costs no more than the bus.")
    source.get_by_role("link", name="See the page").click()
    expect(source).to_contain_text("Page 1 of 3")

    page.keyboard.press("Escape")
    expect(citation).to_be_focused()
    expect(page.locator(".turn")).to_have_count(1)


@pytest.mark.parametrize("size", [{}, PHONE], ids=["desk", "phone"])
def test_a_citation_opens_its_page_without_a_script(visit: Visit, size: dict[str, object]) -> None:
    page = visit("/?q=tram", **WITHOUT_SCRIPT, **size)

    page.locator(".cite .source-link").first.click()

    assert_marked(page)
    page.get_by_role("link", name="The cited words in the text of this page").click()
    expect(page.locator("mark")).to_be_in_viewport()
    page.get_by_role("link", name="Next page").click()
    expect(page.locator("nav[aria-label=Pages]")).to_contain_text("Page 2 of 3")
    page.get_by_role("link", name="The whole text").click()
    expect(page.locator("mark")).to_have_text(CITED)
    page.get_by_role("link", name="See the marked words on their page").click()
    assert_marked(page)


def test_the_picture_can_be_seen_alone_and_the_file_taken_away(visit: Visit) -> None:
    page = visit("/documents/report/pages/1")

    with page.expect_download() as download:
        page.get_by_role("link", name="Download the PDF").click()
    assert download.value.suggested_filename == "report.pdf"
    page.get_by_role("link", name="The picture alone").click()
    assert ".png" in page.url


def text_and_picture(page: Page) -> tuple[Locator, Locator]:
    return page.locator(".page-and-text .paper"), page.locator(".page-picture")


def test_text_stands_beside_the_picture_and_below_it_on_a_phone(visit: Visit) -> None:
    boxes = []
    for size in ({}, PHONE):
        page = visit("/documents/report/pages/1", **size)
        boxes.append([one.bounding_box() for one in text_and_picture(page)])
    (text, picture), (text_below, picture_above) = boxes

    assert text["y"] == picture["y"]
    assert text["x"] > picture["x"] + picture["width"]
    assert text_below["y"] > picture_above["y"] + picture_above["height"]


SHOWN = ["/documents/report/pages", "/documents/report/pages/2?mark=29-51", "/documents/report"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", [*SHOWN, "/documents/report/pages?mark=29-51"])
def test_axe_finds_nothing_wrong(visit: Visit, path: str, scheme: str) -> None:
    page = visit(path, color_scheme=scheme)

    assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_wrong_beside_the_answer(visit: Visit, scheme: str) -> None:
    page = visit("/?q=tram", color_scheme=scheme)
    page.locator(".cite .source-link").first.click()
    page.locator("#source mark").wait_for()

    assert violations(page) == []


@pytest.mark.parametrize("path", SHOWN)
def test_nothing_scrolls_sideways(visit: Visit, path: str) -> None:
    page = visit(path, **PHONE)

    assert page.evaluate("document.scrollingElement.scrollWidth") <= 320


def test_without_its_file_a_page_is_its_text(visit: Visit, paged: PagedAssistant) -> None:
    moved = paged.file.rename(paged.file.with_suffix(".moved"))
    try:
        page = visit("/?q=tram", **WITHOUT_SCRIPT)
        page.locator(".cite .source-link").first.click()
        expect(page.locator(".notice")).to_contain_text("The file is no longer where it was")
        expect(page.locator("mark")).to_have_text(CITED)
        expect(page.locator("img")).to_have_count(0)
    finally:
        moved.rename(paged.file)

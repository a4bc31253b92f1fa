"""A browser, and the page over a corpus small enough to know by heart, part of it hostile."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from tests.conftest import (
    ANSWER,
    DOCUMENT,
    OKORO,
    PASSAGES,
    REFUSAL,
    STRUCTURE,
    SmallAssistant,
    citation_of,
    point_of,
    span_of,
)
from werkzeug.serving import make_server

from askmobility.server.app import create_app
from askmobility.settings import Settings
from askmobility.types import (
    Answer,
    Block,
    Disagreement,
    Document,
    Figure,
    ItemList,
    Passage,
    Span,
    Structure,
)

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

POISON = (
    "<script>window.hurt = 1</script>\n"
    '<img src=x onerror="window.hurt = 1"> is what \'they\' "wrote" & meant.\n'
    "\u202eevil\u202c text </blockquote><svg onload=window.hurt=1>."
)
HOSTILE = Document(
    id='<b id="poison">/x',
    text=POISON,
    sha256=hashlib.sha256(POISON.encode()).hexdigest(),
    title="<script>window.hurt = 1</script>",
    publisher='"><img src=x onerror=window.hurt=1>',
    url="javascript:window.hurt=1",
)
HOSTILE_PASSAGE = Passage(
    id="poison#p1",
    document_id=HOSTILE.id,
    start=0,
    end=len(POISON),
    text=POISON,
    sentences=(Span(0, len(POISON)),),
    heading="<i onmouseover=window.hurt=1>heading</i>",
    speaker=replace(OKORO, name="<b>Mallory</b>", role="<script>window.hurt = 1</script>"),
    paragraph=1,
    context="",
)
TREES = replace(
    STRUCTURE,
    blocks=(
        Block("heading", *span_of("Riverton plants trees"), level=1),
        Block("paragraph", span_of("Nearly 400")[0], span_of("The budget is unchanged.")[1]),
        Block("attribution", *span_of("Maya Okoro, Leader of Riverton Council, said:")),
        Block("paragraph", span_of("“Trees cool")[0], span_of("get some.”")[1]),
        Block("heading", *span_of("The trees are:"), level=2),
        Block("item", *span_of("oak for the parks")),
        Block("item", *span_of("lime for the streets")),
    ),
    sentences=(span_of("Every ward will get some."),),
    lists=(
        ItemList(
            "themes",
            2,
            span_of("The trees are:"),
            (span_of("oak for the parks"), span_of("lime for the streets")),
        ),
    ),
)
NEARLY = Figure(
    400,
    "",
    "nearly",
    "trees",
    span_of("Nearly 400"),
    span_of("Nearly 400 trees will stand in Riverton by 2030."),
)
OVER = Figure(400, "", "over", "trees", span_of("Over 400"), span_of("Over 400 trees are ordered."))
TREES = replace(TREES, figures=(NEARLY, OVER), disagreements=(Disagreement((NEARLY, OVER)),))
LIST = replace(
    ANSWER,
    text="oak for the parks [1]",
    points=(point_of("oak for the parks", 1), point_of("lime for the streets", 1)),
    citations=(citation_of(1, PASSAGES[2], "oak for the parks\n- lime for the streets"),),
    disagreements=(),
)


def hostile(question: str) -> Answer:
    """An answer out of the hostile document."""
    citation = replace(
        citation_of(1, PASSAGES[0], "Nearly 400"),
        passage=HOSTILE_PASSAGE,
        document=HOSTILE,
        exact=POISON,
        start=0,
        end=len(POISON),
        link=HOSTILE.url,
    )
    point = replace(ANSWER.points[0], text=POISON, start=0, end=len(POISON), emphasis=(Span(0, 9),))
    said = replace(point, speaker=HOSTILE_PASSAGE.speaker)
    return replace(
        ANSWER,
        question=question,
        interpreted_as="<script>window.hurt = 1</script>",
        points=(said,),
        citations=(citation,),
        nearest=(citation,),
        suggestions=("<img src=x onerror=window.hurt=1>",),
        disagreements=(),
        remark="<script>window.hurt = 1</script>",
    )


class WebCorpus:
    """The trees, and a document that means harm."""

    document_ids = ("trees", HOSTILE.id)

    def document(self, document_id: str) -> Document:
        return {"trees": DOCUMENT, HOSTILE.id: HOSTILE}[document_id]

    def structure(self, document_id: str) -> Structure:
        return {"trees": TREES, HOSTILE.id: Structure()}[document_id]

    def passages(self, document_id: str) -> Sequence[Passage]:
        return {"trees": PASSAGES, HOSTILE.id: (HOSTILE_PASSAGE,)}[document_id]


class WebAssistant(SmallAssistant):
    """Knows lists, poison and follow-ups, too."""

    corpus = WebCorpus()  # type: ignore[assignment]

    def ask(self, question: str, history: Sequence[str] = (), **limits: Any) -> Answer:
        if "poison" in question:
            return hostile(question)
        if "list" in question or question == "What are the two themes?":
            return replace(LIST, question=question)
        if question.startswith("and "):
            understood = f"{history[-1]} {question}"
            return replace(ANSWER, question=question, interpreted_as=understood)
        return super().ask(question, history, **limits)


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    """The address of a server over the small corpus."""
    with served(WebAssistant()) as address:
        yield address


@contextmanager
def served(assistant: Any) -> Iterator[str]:
    """The address of a server over an assistant."""
    app = create_app(assistant, Settings.from_env({}))
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip(f"no {CHROMIUM} on this machine: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield browser
        browser.close()


Visit = Callable[..., Page]


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator[Visit]:
    """Opens a page of the site in a fresh context; what must never happen is checked at the end."""
    contexts, told, asked = [], [], []

    def opened(path: str = "/", **options: Any) -> Page:
        settings = {"reduced_motion": "reduce", "base_url": site, **options}
        context = browser.new_context(**settings)
        context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site)
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: told.append(str(error)))
        page.on("console", lambda message: told.append(message.text))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        assert context.cookies() == []
        for page in context.pages:
            if page.evaluate("typeof document") and page.url.startswith("http"):
                assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
                assert page.evaluate("window.hurt") is None
        context.close()
    home = urlsplit(site).netloc
    assert [url for url in asked if urlsplit(url).netloc != home] == []
    assert [line for line in told if "status of 4" not in line] == []


def violations(page: Page) -> list[str]:
    """What axe finds wrong with the page as it stands."""
    page.evaluate(AXE)
    found = page.evaluate("(rules) => axe.run({runOnly: {type: 'tag', values: rules}})", RULES)
    return [
        f"{violation['id']}: {node['html'][:200]} {node.get('failureSummary', '')}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


def ask(page: Page, question: str) -> None:
    """Ask through the form, and wait for the answer."""
    turns = page.locator(".turn").count()
    page.locator("#question").fill(question)
    page.get_by_role("button", name="Ask", exact=True).click()
    page.locator(".turn").nth(turns).wait_for()


__all__ = ["REFUSAL", "ask", "served", "violations"]

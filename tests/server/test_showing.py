from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from tests.conftest import ANSWER, DOCUMENT, OKORO, PASSAGES, STRUCTURE, TEXT, point_of, span_of

from askmobility.server import showing
from askmobility.server.showing import Piece, ask_link, laid_out, pieces, quotations, source_link
from askmobility.types import Block, Span, Speaker, Structure, Turn


def test_text_is_cut_at_its_marks_and_lost_nowhere() -> None:
    cut = pieces("over 639,000 graduates", [Span(5, 8), Span(9, 12)])

    assert cut == [Piece("over "), Piece("639,000", 1, first=True), Piece(" graduates")]


@pytest.mark.parametrize("spans", [[], [Span(3, 3)], [Span(40, 50)]])
def test_marks_that_hold_no_words_mark_nothing(spans: list[Span]) -> None:
    assert pieces("no marks", spans) == [Piece("no marks")]


def test_points_are_gathered_by_who_speaks() -> None:
    spoken, narrated = quotations(ANSWER.points)

    assert (spoken.speaker, len(spoken.points), spoken.listed) == (OKORO, 2, False)
    assert narrated.speaker is None


def test_items_are_listed_and_a_single_one_is_not() -> None:
    items = [point_of("oak for the parks", 1), point_of("lime for the streets", 1)]

    assert quotations(items)[0].listed
    assert not quotations(items[:1])[0].listed


def test_a_citation_marks_the_points_taken_from_it() -> None:
    spoken, narrated, unused = ANSWER.citations

    assert showing.cited_spans(ANSWER, spoken) == [
        span_of("Trees cool our streets."),
        span_of("Every ward will get some."),
    ]
    assert showing.cited_spans(ANSWER, unused) == [span_of("Over 400 trees are ordered.")]
    assert showing.marks_in_passage(ANSWER, narrated) == [Span(0, 48)]


def test_a_long_conversation_is_linked_without_its_oldest_questions() -> None:
    link = ask_link("last", [f"{number}" * 900 for number in range(1, 9)])

    earlier = parse_qs(urlsplit(link).query)["earlier"]
    assert len(link) <= showing.URL_CHARACTERS
    assert earlier[-1] == "8" * 900
    assert earlier[0] != "1" * 900


def test_an_id_with_any_characters_is_one_part_of_a_link() -> None:
    assert source_link("a/b?c", [Span(1, 2)]) == "/documents/a%2Fb%3Fc?mark=1-2#mark-1"


def test_the_whole_document_is_laid_out_though_no_block_holds_it_all() -> None:
    laid = laid_out(DOCUMENT, Structure(), [])

    assert "".join(piece.text for block in laid for piece in block.pieces) == TEXT


def test_blocks_are_numbered_as_passages_number_paragraphs() -> None:
    blocks = (
        Block("heading", *span_of("Riverton plants trees"), level=1),
        Block("paragraph", *span_of(PASSAGES[0].text)),
        Block("attribution", *span_of("Maya Okoro, Leader of Riverton Council, said:")),
        Block("paragraph", span_of("“Trees")[0], span_of("some.”")[1]),
        Block("item", *span_of("oak for the parks")),
        Block("item", *span_of("lime for the streets")),
        Block("paragraph", *span_of("Over 400 trees are ordered.")),
    )
    laid = laid_out(DOCUMENT, replace(STRUCTURE, blocks=blocks), [span_of("Trees cool")])

    assert [block.anchor for block in laid][:4] == [
        "heading-1",
        "paragraph-1",
        "paragraph-2",
        "paragraph-3",
    ]
    assert laid[3].speaker == "Maya Okoro"
    assert Piece("Trees cool", 1, first=True) in laid[3].pieces


def test_a_mark_over_two_blocks_is_one_mark_with_one_beginning() -> None:
    blocks = (Block("paragraph", 0, 8), Block("paragraph", 9, 21))

    laid = laid_out(DOCUMENT, Structure(blocks=blocks), [Span(4, 14)])

    marked = [piece for block in laid for piece in block.pieces if piece.mark]
    assert [(piece.mark, piece.first) for piece in marked] == [(1, True), (1, False)]


@pytest.mark.parametrize(
    ("url", "safe"),
    [("https://a.example", True), ("javascript:alert(1)", False), ("data:x", False), (None, False)],
)
def test_only_links_to_the_web_are_followed(url: str | None, safe: bool) -> None:
    assert showing.web_link(url) is safe


@pytest.mark.parametrize(
    ("speaker", "name"),
    [
        (
            Speaker("Steve Houghton", ("Councillor", "Sir", "CBE")),
            "Councillor Sir Steve Houghton CBE",
        ),
        (Speaker("", role="a spokesperson"), "a spokesperson"),
    ],
)
def test_honours_stand_where_people_put_them(speaker: Speaker, name: str) -> None:
    assert showing.full_name(speaker) == name


PAGED = Structure(
    blocks=(
        Block("paragraph", 0, 8, page=1, page_label="i"),
        Block("paragraph", 9, 40, page=1, turns=(Turn(20, 2, "ii"), Turn(30, 3, None))),
        Block("footnote", 41, 50, page=1),
        Block("paragraph", 51, 60, page=4),
    )
)


@pytest.mark.parametrize(
    ("offset", "page"), [(0, 1), (8, 1), (19, 1), (20, 2), (31, 3), (41, 1), (55, 4), (999, 4)]
)
def test_a_place_in_the_text_has_a_page(offset: int, page: int) -> None:
    assert showing.page_of(PAGED, offset) == page


def test_a_text_without_pages_has_none() -> None:
    assert showing.page_of(STRUCTURE, 5) is None
    assert showing.page_of(Structure(), 5) is None
    assert (showing.last_page(Structure()), showing.last_page(PAGED)) == (0, 4)


def test_a_page_holds_its_share_of_what_turns_it() -> None:
    shares = [[(b.start, b.end) for b in showing.on_page(PAGED, page)] for page in range(1, 6)]

    assert shares == [[(0, 8), (9, 20), (41, 50)], [(20, 30)], [(30, 40)], [(51, 60)], []]
    assert showing.on_page(PAGED, 2)[0].page_label == "ii"


def test_of_marks_a_page_holds_its_share() -> None:
    blocks = showing.on_page(PAGED, 1)

    assert showing.marked_on(DOCUMENT, blocks, [Span(5, 25), Span(45, 55), Span(52, 58)]) == [
        Span(5, 8),
        Span(9, 20),
        Span(45, 50),
    ]


def test_a_citation_with_a_page_leads_there_and_one_without_to_its_text() -> None:
    citation = ANSWER.citations[0]
    on_page = replace(citation, passage=replace(citation.passage, page=3))

    assert showing.citation_link(citation, [Span(1, 2)]) == "/documents/trees?mark=1-2#mark-1"
    assert showing.citation_link(on_page, [Span(1, 2)]) == (
        "/documents/trees/pages?mark=1-2#seen-1"
    )


def test_an_item_knows_whether_its_number_stands_in_its_text() -> None:
    text = "1. oak for the parks lime for the streets"
    blocks = (Block("item", 0, 20), Block("item", 21, len(text)))

    (listed,) = laid_out(replace(DOCUMENT, text=text), Structure(blocks=blocks), [Span(0, 20)])

    assert [item.numbered for item in listed.items] == [True, False]

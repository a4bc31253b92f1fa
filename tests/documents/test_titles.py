"""What a plain text is called when nothing beside it says so."""

from __future__ import annotations

import pytest

from askmobility.documents.structure import blocks
from askmobility.documents.titles import title_of

BODY = (
    "Every pupil in the district will be given a bus pass in the autumn, it was agreed last night."
)


def titled(*lines: str) -> str:
    text = "\n\n".join([*lines, BODY, "The pass costs nothing."])
    return title_of(text, blocks(text))


@pytest.mark.parametrize(
    "above",
    [
        ("EMBARGOED UNTIL 00:01 ON TUESDAY 14 OCTOBER 2025",),
        ("FOR IMMEDIATE RELEASE", "14 October 2025"),
        ("News release",),
        ("Press release | Tuesday 17 July 2018",),
        ("To: All members", "From: The clerk", "Date: 3 May"),
        ("By Orla Fenn",),
        ("By our harbour correspondent",),
        ("PRESS RELEASE – for immediate use",),
    ],
)
def test_what_stands_above_the_headline_is_not_the_title(above: tuple[str, ...]) -> None:
    assert titled(*above, "Free bus passes for every pupil") == "Free bus passes for every pupil"


def test_the_issuer_stands_in_front_of_what_the_text_is_about() -> None:
    assert titled("North Moor Council", "Minutes of the annual meeting") == (
        "North Moor Council: Minutes of the annual meeting"
    )


def test_issuers_give_way_to_the_headline_where_there_is_no_room() -> None:
    headline = "Free passes for pupils will cost less than the taxis they replace, members are told"
    title = titled("House of Lords", "Rural Schools and Transport Committee", headline)

    assert title.endswith(headline)
    assert len(title) <= 120


def test_a_headline_that_ends_with_a_body_is_a_headline() -> None:
    headline = "Pupils to travel free from the autumn in a first for any rural district council"

    assert titled(headline, "Bus passes cost nothing") == headline


@pytest.mark.parametrize(
    "headline",
    ["Not for the faint-hearted", "By Bus and By Tram", "For information and advice, ask a clerk"],
)
def test_what_only_begins_like_letterhead_is_a_headline(headline: str) -> None:
    assert titled(headline, "Passes cost nothing") == headline


def test_a_headline_is_taken_without_the_words_press_release() -> None:
    assert titled("Press release: Free bus passes") == "Free bus passes"


def test_a_subject_line_is_taken_without_its_label() -> None:
    assert titled("Subject: Free bus passes") == "Free bus passes"


def test_a_text_of_paragraphs_is_called_by_the_first_cut_short() -> None:
    title = titled()

    assert BODY.startswith(title.removesuffix("…"))
    assert len(title) <= 121


def test_a_text_of_letterhead_alone_still_has_a_title() -> None:
    text = "For immediate release\n\n14 October 2025"

    assert title_of(text, blocks(text)) == "For immediate release"

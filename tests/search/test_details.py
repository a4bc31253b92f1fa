"""A sentence holds the kind of detail a question asks for, or it does not."""

from __future__ import annotations

from typing import get_args

import pytest

from askmobility.search.details import holds, places_of
from askmobility.search.kinds import Detail

BARE = "they want better streets and quieter homes"


@pytest.mark.parametrize(
    ("detail", "sentence"),
    [
        ("number", "The council runs 14 libraries."),
        ("number", "Twelve people came."),
        ("count", "Nobody objected."),
        ("money", "It costs £3.50 a week."),
        ("money", "Entry is free."),
        ("money", "The fine is 60p."),
        ("percent", "Visits rose by 15 per cent."),
        ("percent", "One in four said no."),
        ("duration", "The trial lasts six months."),
        ("duration", "It takes a 45-minute walk."),
        ("duration", "We have waited for decades, and for the past year nothing moved."),
        ("date", "It opens on 14 March."),
        ("date", "The panel met in 2023."),
        ("time", "Doors open at 7.30pm."),
        ("time", "It shuts at noon."),
        ("age", "Anyone aged 16 or over may apply."),
        ("phone", "Ring 01632 960118."),
        ("url", "See www.example.org for more."),
        ("url", "Write to help@council.example.uk."),
        ("place", "The panel met in Carrow."),
        ("person", "The work was led by Maya Okoro."),
        ("title", "Its study “Moving On: trams for all” came out in May."),
        ("title", "We run the Quiet Streets scheme with them."),
    ],
)
def test_a_detail_is_found_in_the_shapes_it_has(detail: Detail, sentence: str) -> None:
    assert holds(detail, sentence)
    assert places_of(detail, sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Parents of twins pay half.",
        "The county council is responsible for roads.",
        "It is for families on low incomes.",
    ],
)
def test_a_calling_a_body_or_a_group_says_who_though_it_is_no_name(sentence: str) -> None:
    assert holds("person", sentence)
    assert places_of("person", sentence) == []


@pytest.mark.parametrize(
    ("detail", "sentence"),
    [
        ("date", "A new report is published today."),
        ("date", "It draws on a year of meetings."),
        ("percent", "The report names four themes."),
        ("percent", "Nearly one million people are out of work."),
    ],
)
def test_words_that_come_near_a_detail_are_none(detail: Detail, sentence: str) -> None:
    assert not holds(detail, sentence)


@pytest.mark.parametrize("detail", sorted({*get_args(Detail)} - {"none"}))
def test_a_sentence_without_details_holds_none(detail: Detail) -> None:
    assert not holds(detail, BARE)
    assert places_of(detail, BARE) == []


def test_where_no_detail_is_asked_for_every_sentence_will_do_and_none_is_marked() -> None:
    assert holds("none", BARE)
    assert places_of("none", "It costs £3.") == []


@pytest.mark.parametrize(
    ("detail", "sentence", "marked"),
    [
        ("count", "Nearly 639,000 graduates and 12 firms.", ["639,000", "12"]),
        ("number", "It rose from 1.5 to 2.75.", ["1.5", "2.75"]),
        ("money", "It costs £2.40, or £1.3 million over 10 years.", ["£2.40", "£1.3 million"]),
        ("money", "The £18,500 fund, £3m and 60p.", ["£18,500", "£3m", "60p"]),
        ("percent", "Visits rose by 15% and then by ten per cent.", ["15%", "ten per cent"]),
        ("count", "We met 14. Then 3, 4 left.", ["14", "3", "4"]),
        ("date", "It opens on 14 March 2031, a Friday.", ["14 March 2031", "Friday"]),
    ],
)
def test_numbers_are_marked_whole_and_once(
    detail: Detail, sentence: str, marked: list[str]
) -> None:
    assert [sentence[start:end] for start, end in places_of(detail, sentence)] == marked

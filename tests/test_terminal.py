from __future__ import annotations

import io
import json
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import DOCUMENT, span_of

from askmobility.terminal import (
    Screen,
    answer_as_text,
    harmless,
    harmless_json,
    is_numbered,
    painted,
    ranking_as_text,
    screen_of,
    statements_as_text,
    table_as_text,
    wrapped,
)
from askmobility.types import Answer, Point, Span, Speaker, Statement

PIPE = Screen(None, False)
TERMINAL = Screen(40, True)
COLOURLESS = Screen(40, False)


def unstyled(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m|\x1b\]8;;.*?\x1b\\", "", text)


def test_in_a_pipe_each_point_is_whole_on_one_line_with_its_speaker(answer: Answer) -> None:
    lines = answer_as_text(answer, PIPE).splitlines()

    assert lines[0] == "Trees cool our streets. [1] — Maya Okoro, Leader of Riverton Council"
    assert lines[2] == "Nearly 400 trees will stand in Riverton by 2030. [2]"


def test_in_a_pipe_a_citation_names_document_paragraph_heading_and_link(answer: Answer) -> None:
    lines = answer_as_text(answer, PIPE).splitlines()

    assert (
        "[1] Riverton plants trees, Riverton Council, paragraph 2 · Riverton plants trees "
        "https://riverton.example/trees#:~:text=x"
    ) in lines


def test_two_ways_of_putting_a_figure_stand_side_by_side(answer: Answer) -> None:
    assert "more than one way: Nearly 400 [2]; Over 400 [3]" in answer_as_text(answer, PIPE)


def test_a_refusal_shows_reason_nearest_passages_and_suggestions(refusal: Answer) -> None:
    for screen in (PIPE, COLOURLESS):
        shown = " ".join(answer_as_text(refusal, screen).split())
        assert "The documents say nothing about this." in shown
        assert "Nearly 400 trees will stand in Riverton by 2030." in shown
        assert "Which trees are there?" in shown


def test_a_terminal_gets_lines_no_wider_than_itself(answer: Answer, refusal: Answer) -> None:
    for found in (answer, refusal):
        lines = unstyled(answer_as_text(found, TERMINAL)).splitlines()
        assert max(map(len, lines)) <= 40


def test_a_terminal_shows_the_words_that_answer_in_bold(answer: Answer) -> None:
    assert "Trees \x1b[1mcool\x1b[0m our" in answer_as_text(answer, TERMINAL)


def test_without_colour_no_escape_reaches_the_terminal(answer: Answer) -> None:
    assert "\x1b" not in answer_as_text(answer, COLOURLESS)


def test_a_speaker_is_named_once_above_consecutive_quotations(answer: Answer) -> None:
    shown = answer_as_text(answer, COLOURLESS)

    assert shown.count("Maya Okoro") == 1
    assert shown.index("Maya Okoro") < shown.index("Trees cool") < shown.index("Every ward")


def test_items_of_a_list_get_bullets_and_sentences_do_not(answer: Answer) -> None:
    items = replace(
        answer,
        points=(
            Point("oak for the parks", 3, 0, 17, None),
            Point("lime for the streets", 3, 0, 20, None),
        ),
    )

    assert "  • oak for the parks [3]\n  • lime for the streets [3]" in answer_as_text(
        items, COLOURLESS
    )
    assert "•" not in answer_as_text(answer, COLOURLESS)


@pytest.mark.parametrize("screen", [PIPE, COLOURLESS])
def test_what_is_to_be_said_of_the_question_comes_first(answer: Answer, screen: Screen) -> None:
    corrected = replace(answer, reason="false_premise", remark="The documents say otherwise.")

    shown = answer_as_text(corrected, screen).strip()
    assert shown.startswith("The documents say otherwise.\n")
    assert "otherwise" not in answer_as_text(answer, screen)


def test_a_follow_up_is_shown_as_it_was_understood(answer: Answer) -> None:
    shown = answer_as_text(replace(answer, interpreted_as="What about limes?"), COLOURLESS)

    assert "Understood as: What about limes?" in shown


@pytest.mark.parametrize("screen", [PIPE, COLOURLESS])
def test_nothing_in_an_answer_steers_the_terminal(answer: Answer, screen: Screen) -> None:
    hostile = "\x1b]0;owned\x07 \x9b2J \u202egnp\r over"
    document = replace(answer.citations[0].document, title=hostile, publisher=hostile)
    passage = replace(answer.citations[0].passage, heading=hostile, text=hostile)
    citation = replace(answer.citations[0], document=document, passage=passage, link=hostile)
    poisoned = replace(
        answer,
        interpreted_as=hostile,
        points=(replace(answer.points[0], text=hostile, emphasis=()),),
        citations=(citation,),
        nearest=(citation,),
        suggestions=(hostile,),
    )

    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", answer_as_text(poisoned, screen))


@given(st.text())
def test_making_text_harmless_moves_no_offset(text: str) -> None:
    shown = harmless(text)

    assert len(shown) == len(text)
    assert shown.isprintable() or not re.search("[\x00-\x1f\x7f-\x9f]", shown)


@given(st.text())
def test_harmless_json_holds_the_same_value(text: str) -> None:
    shown = harmless_json(json.dumps({"a": text}, ensure_ascii=False, indent=1))

    assert json.loads(shown) == {"a": text}
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", shown)


@given(st.text(alphabet="ab \n"), st.integers(5, 30))
def test_wrapping_keeps_every_word_in_order(text: str, width: int) -> None:
    lines = [text[start:end] for start, end in wrapped(text, width)]

    assert " ".join(lines).split() == text.split()
    assert all(len(line) <= width or " " not in line for line in lines)


def test_emphasis_goes_on_over_a_line_break() -> None:
    text = "one two three"

    lines = [painted(TERMINAL, text, line, [Span(4, 13)]) for line in wrapped(text, 7)]

    assert lines == ["one \x1b[1mtwo\x1b[0m", "\x1b[1mthree\x1b[0m"]


def test_overlapping_emphasis_repeats_no_word() -> None:
    line = painted(COLOURLESS, "one two three", Span(0, 13), [Span(0, 7), Span(4, 13)])

    assert line == "one two three"


def test_a_pipe_is_not_wrapped_and_has_no_colour() -> None:
    assert screen_of(io.StringIO(), {}) == PIPE


@pytest.mark.parametrize(
    ("environment", "colour"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"NO_COLOR": ""}, True), ({"TERM": "dumb"}, False)],
)
def test_no_color_and_a_dumb_terminal_get_no_styles(
    environment: dict[str, str], colour: bool
) -> None:
    stream = io.StringIO()
    stream.isatty = lambda: True  # type: ignore[method-assign]

    assert screen_of(stream, environment).colour is colour


def test_a_table_lines_up_on_a_terminal_and_has_tabs_in_a_pipe() -> None:
    rows = [("id", "title"), ("longer", "x")]

    assert table_as_text(rows, COLOURLESS) == "id      title\nlonger  x\n"
    assert table_as_text(rows, PIPE) == "id\ttitle\nlonger\tx\n"


@pytest.mark.parametrize("item", ["1. Cap fares.", "(a) Cap fares.", "iv) Cap fares.", "2.1. Cap"])
def test_an_item_that_brings_its_number_is_known(item: str) -> None:
    assert is_numbered(item)


@pytest.mark.parametrize("item", ["Cap fares.", "2.5 million trips", "1,000 trees", "In. Out.", ""])
def test_an_item_without_a_number_of_its_own_is_known(item: str) -> None:
    assert not is_numbered(item)


def test_numbered_items_get_no_bullet_before_their_number(answer: Answer) -> None:
    texts = ("1. oak for the parks and for the long straight streets", "2. lime")
    listed = replace(
        answer, points=tuple(Point(text, 2, 0, len(text), None) for text in texts), remark=""
    )

    lines = [line.rstrip() for line in answer_as_text(listed, COLOURLESS).splitlines()]

    assert "  1. oak for the parks and for the long" in lines
    assert "  2. lime [2]" in lines


def test_a_ranking_says_each_rank_once_and_keeps_to_the_screen() -> None:
    passage = {
        "rank": 1,
        "score": 2.5,
        "passage": "Nearly 400 trees will stand in Riverton by 2030.",
        "document": {"title": "Riverton plants trees"},
        "page": None,
        "paragraph": 1,
        "heading": "Riverton plants trees",
    }

    lines = ranking_as_text({"passages": [passage]}, COLOURLESS).splitlines()

    assert lines[:2] == [" 1  Nearly 400 trees will stand in", "    Riverton by 2030."]
    assert max(map(len, lines)) <= 40


def test_a_pipe_is_told_how_a_follow_up_was_understood(answer: Answer) -> None:
    follow_up = replace(answer, interpreted_as="What does Okoro say about trees?")

    lines = answer_as_text(follow_up, PIPE).splitlines()

    assert lines[0] == "Understood as: What does Okoro say about trees?"


def test_words_whose_speaker_nothing_names_stand_alone() -> None:
    statement = Statement(Speaker(""), (span_of("Trees cool our streets."),), None)

    assert statements_as_text([(statement, DOCUMENT)], PIPE) == "Trees cool our streets.\n"

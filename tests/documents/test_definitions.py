from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askmobility.documents.definitions import definitions
from askmobility.documents.sentences import sentences
from askmobility.documents.structure import blocks
from askmobility.types import Block, Definition, Span


def read(text: str) -> tuple[Definition, ...]:
    layout = blocks(text)
    spans = [span for block in layout for span in sentences(text, block.start, block.end)]
    return definitions(text, layout, spans)


def terms(text: str) -> list[str]:
    return [found.term for found in read(text)]


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("The Port Relief Fund (PRF) replaced cash grants.", "PRF"),
        ("Public Order Protection Zones (POPZs) were made.", "POPZs"),
        ("Further and adult education (FAE) is growing.", "FAE"),
        ("Ring the LADO (local authority designated officer) first.", "LADO"),
        ("Those who are NEET (not in education, employment or training) came.", "NEET"),
        ("“Idle” means neither working nor looking for work.", "Idle"),
        ("The term economically inactive refers to people out of work.", "economically inactive"),
        ("Severe absence, meaning half of all sessions or more, rose.", "Severe absence"),
        ("By ‘left behind’ we mean more than ten miles from a station.", "left behind"),
        ("Spark – short for lighting electrician – is the job she wants.", "Spark"),
        ("A T Level is a two-year course.", "T Level"),
        ("An independent visitor (IV) is a volunteer.", "independent visitor"),
        ("The Harbour Fund is a one-off payment to tenants.", "Harbour Fund"),
        ("The bikes are run by Sallow Spokes, a workers’ co-operative.", "Sallow Spokes"),
        ("Isla Merrick, 18, an apprentice nurse, borrowed one.", "Isla Merrick"),
        ("The service, called DaleHopper, runs hourly.", "DaleHopper"),
        ("A scheme known as “Second Chance” runs there.", "Second Chance"),
    ],
)
def test_a_sentence_that_explains_a_term_defines_it_in_its_own_words(text, term):
    assert Definition(term, Span(0, len(text))) in read(text)


@pytest.mark.parametrize(
    "text",
    [
        "This means that the centre will close.",
        "It means a lot to us.",
        "The closure means that pupils must travel.",
        "The closure will be a blow.",
        "Compliance is the weak point.",
        "Safety was the biggest worry of all.",
        "Collisions fell to 117 in Carrick, a drop of 17%.",
        "It is free from 1 September, the council said.",
        "First, a laptop for every learner.",
        "I have been called “amazing” by people who left.",
        "The council (which met on Monday) agreed.",
        "Cllr Rees (PLC) was late.",
        "The means test is to go.",
        "In Leeds, the mayor was late.",
        "Usually, a bus comes.",
    ],
)
def test_remarks_are_no_definitions(text):
    assert terms(text) == []


def test_the_first_sentence_under_a_question_defines_what_it_asks_about():
    text = "What is a School Street?\n\nIt is a road that shuts at nine. It opens again at ten.\n"
    (found,) = read(text)
    assert found.term == "School Street"
    assert text[found.span.start : found.span.end] == "It is a road that shuts at nine."


def test_a_question_about_it_defines_nothing():
    assert terms("What is it?\n\nFree help for all who ask. Come and see.\n") == []


def test_lines_of_a_glossary_define_their_first_words():
    text = (
        "What we did\n\nMeetings: we held four of them.\n\n"
        "Glossary\n\n- Floor target: the least that a school must reach\n"
        "- Off-rolling – taking a pupil off the roll\n\nWhat we ask\n\nMoney: we need more of it.\n"
    )
    assert terms(text) == ["Floor target", "Off-rolling"]
    assert terms(text.replace("Glossary\n", "Words we use\n")) == ["Floor target", "Off-rolling"]


def test_title_with_a_word_for_glossaries_makes_none_of_the_whole_text():
    text = (
        "A review after two terms\n\nIt went well, by and large.\n\nWhat next\n\nCost: it is low.\n"
    )
    assert terms(text) == []


def test_rows_of_a_glossary_define_their_first_cells_and_the_names_of_its_columns_do_not():
    text = (
        "Glossary\n\nTerm | Meaning\nHub | a place where routes meet\nLTP | Local Transport Plan\n"
    )
    layout = [
        replace(block, level=1) if text.startswith("Term", block.start) else block
        for block in blocks(text)
    ]
    found = definitions(text, layout, [Span(block.start, block.end) for block in layout])
    assert [one.term for one in found] == ["Hub", "LTP"]


@pytest.mark.parametrize("kind", ["heading", "paragraph"])
def test_term_alone_in_a_glossary_is_defined_by_what_stands_below_it(kind):
    text = "Glossary\n\nHub\n\nA place where routes meet.\n\nThanks\n\nTo you all for it.\n"
    kinds = [("heading", 2), (kind, 3), ("paragraph", 0), ("heading", 2), ("paragraph", 0)]
    starts = [text.index(line) for line in text.split("\n\n")]
    layout = [
        Block(kind, start, start + len(line.strip()), level)
        for (kind, level), start, line in zip(kinds, starts, text.split("\n\n"), strict=True)
    ]
    (found,) = definitions(text, layout, [Span(block.start, block.end) for block in layout])
    assert (found.term, text[slice(*found.span)]) == ("Hub", "A place where routes meet.")


WORDS = """The A An SMC ( ) means is a an the called “ ” , – : What ? Glossary of and
Social Mobility Commission not in term \n - . we mean refers to"""


@given(st.lists(st.sampled_from(WORDS.split(" ")), max_size=50).map(" ".join) | st.text())
def test_definitions_are_sentences_of_the_text_in_order(text):
    layout = blocks(text)
    spans = [span for block in layout for span in sentences(text, block.start, block.end)]
    found = definitions(text, layout, spans)
    assert all(one.span in spans and one.term.strip() for one in found)
    assert [one.span for one in found] == sorted(one.span for one in found)

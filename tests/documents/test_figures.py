from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askmobility.documents.figures import (
    contradict,
    disagreements,
    figures,
    number_in_words,
    quantity,
    same_quantity,
)
from askmobility.documents.sentences import sentences
from askmobility.types import Figure


def read(text: str) -> tuple[Figure, ...]:
    return figures(text, sentences(text, 0, len(text)))


def only(text: str) -> Figure:
    (figure,) = read(text)
    return figure


def pairs(text: str) -> list[list[str]]:
    return [
        [text[reading.span.start : reading.span.end] for reading in found.readings]
        for found in disagreements(read(text), text)
    ]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("two", 2),
        ("twenty-one", 21),
        ("three hundred and five", 305),
        ("half a million", 500_000),
        ("a hundred", 100),
        ("two hundred thousand", 200_000),
        ("several", None),
    ],
)
def test_numbers_in_words_have_their_value(words, value):
    assert number_in_words(words) == value


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("It helped 12,500 pupils.", 12_500, ""),
        ("It helped 1.2 million pupils.", 1_200_000, ""),
        ("It cost £1.4m.", 1_400_000, "GBP"),
        ("It cost £28 million a year.", 28_000_000, "GBP a year"),
        ("It cost £350 per pupil.", 350, "GBP a pupil"),
        ("Passes reached 64%.", 64, "%"),
        ("Passes reached 64 per cent.", 64, "%"),
        ("Half of them left.", 50, "%"),
        ("Two thirds of them left.", 200 / 3, "%"),
        ("One in five pupils left.", 20, "%"),
        ("The ride takes 27 minutes.", 27, "minutes"),
        ("The ride takes fifty-five minutes.", 55, "minutes"),
        ("She works 16 hours a week.", 16, "hours a week"),
        ("It closes in ten working days.", 10, "working days"),
        ("The path is 3.4km long.", 3.4, "km"),
    ],
)
def test_a_figure_has_its_value_and_its_unit(text, value, unit):
    figure = only(text)
    assert figure.value == pytest.approx(value)
    assert figure.unit == unit


@pytest.mark.parametrize(
    ("text", "hedge", "worded"),
    [
        ("Nearly 900 pupils left.", "nearly", "Nearly 900"),
        ("A bill of just under £212,000 was paid.", "just under", "just under £212,000"),
        ("It needs at least 315 hours.", "at least", "at least 315 hours"),
        ("The number of pupils exceeds 900.", "exceeds", "exceeds 900"),
        ("We paid 30 grants or more.", "", "30"),
        ("We paid 30 or more grants.", "or more", "30 or more"),
        ("There were 40+ teams.", "at least", "40+"),
        ("It ran over two years.", "", "two years"),
    ],
)
def test_a_hedge_belongs_to_the_figure_as_it_is_worded(text, hedge, worded):
    figure = only(text)
    assert figure.hedge == hedge
    assert text[figure.span.start : figure.span.end] == worded


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Over 900 pupils were late.", "pupils"),
        ("The number of young people who are late has reached 900.", "young people late"),
        ("The pass rate was 64%.", "pass rate"),
        ("Students spend at least 315 hours (45 days) in training.", "students spend"),
        ("They spend 315 hours (45 days) of placement at work.", "placement"),
    ],
)
def test_a_figure_counts_the_words_behind_it_or_those_that_govern_it(text, subject):
    assert read(text)[0].subject == subject


def test_a_range_is_two_figures_hedged_as_its_ends():
    low, high = read("It will cost between £25,000 and £60,000 a year.")
    assert (low.hedge, low.value, high.hedge, high.value) == ("between", 25_000, "to", 60_000)
    low, high = read("Fees rose by 10 to 15%.")
    assert (low.value, low.unit, high.value, high.unit) == (10, "%", 15, "%")


@pytest.mark.parametrize(
    "text",
    [
        "It met on 12 July 2024.",
        "It met on July 12.",
        "It met in 2024 and in 2023/24.",
        "It opens at 9.15am and shuts at 17:30.",
        "Ring 01632 960 118.",
        "This is the 21st report.",
        "See section 12 and pages 3 to 5.",
        "It is for Years 7 to 9 and Level 3.",
        "It is for those aged 16 to 24.",
        "It is for 16- to 24-year-olds.",
        "Kieran Boateng, 19, was late.",
        "1. The report is noted.",
        "3.1 The report is noted.",
        "One of them left.",
        "They took the A14 to postcode LS1 4AP.",
    ],
)
def test_dates_times_ages_labels_and_numbering_are_no_figures(text):
    assert read(text) == ()


def test_the_same_count_hedged_to_both_sides_is_a_disagreement():
    text = (
        "Nearly 40,000 UK nurses claiming support live there. "
        "Recent data show that over 40,000 nurses are now claiming support."
    )
    assert pairs(text) == [["Nearly 40,000", "over 40,000"]]


def test_a_subject_before_its_figure_is_compared_with_one_behind_it():
    text = (
        "Almost 2 million ‘idle’ young people live there. "
        "The number of young people who are ‘idle’ now exceeds 2 million."
    )
    assert pairs(text) == [["Almost 2 million", "exceeds 2 million"]]


def test_every_place_where_a_reading_stands_is_given():
    text = (
        "Nearly 40,000 nurses left. Over 40,000 nurses left. Parliament heard it. "
        "Nearly 40,000 nurses left."
    )
    assert pairs(text) == [["Nearly 40,000", "Over 40,000", "Nearly 40,000"]]


@pytest.mark.parametrize(
    "text",
    [
        "The fund is worth £1.4m. The fund is worth £1.4 million.",
        "Nearly 400 homes are planned in Leeds. More than 400 homes are planned in York.",
        "Nearly 400 residents came to the fair. More than 400 residents signed the petition.",
        "In 2022 nearly 900 pupils left. In 2023 over 900 pupils left.",
        "Almost half of women agreed. More than half of men agreed.",
        "The rate was nearly 60% last year. The rate is now over 60%.",
        "About 900 pupils left. More than 900 pupils left.",
        "At least 900 pupils left. Up to 900 pupils left.",
        "Nearly 1,200 jobs will go. The firm said 1,187 jobs will go.",
        "Classes have over 30 pupils in Year 5. Classes have under 30 pupils in Year 6.",
        "The target was just over 500 homes. Just under 500 homes were built.",
        "The bridge cost nearly £3m. The road cost over £3m.",
        "It takes nearly two hours by bus. It takes over two hours on foot.",
        "Over 500 adults and nearly 500 children came.",
        "It ran in 33 settings. The other 31 settings waited.",
        "Grants cost between £20 and £30. Grants cost over £30.",
        "Nearly 400 pupils left, compared to 380 before. Over 400 pupils left, up from 390.",
        "Shared rates were 3.4% (2031: 1.0%) for us. Shared rates were 3.5% (2031: 0.4%) for us.",
        "Town bus fares rose 6.2% and 8.2%, respectively. Town bus fares rose 6.4% in all.",
        "We sold 260 senior loan notes and 269 senior loan notes. We hold 280 senior loan notes.",
    ],
)
def test_figures_of_other_things_years_places_or_mere_rounding_do_not_disagree(text):
    assert pairs(text) == []


def test_plain_values_disagree_only_if_much_else_is_the_same():
    assert pairs("The centre helped 640 veterans. The charity met 655 veterans.") == []
    alike = (
        "The town centre helped 640 homeless armed forces veterans. "
        "We learnt that 655 homeless armed forces veterans came."
    )
    assert pairs(alike) == [["640", "655"]]


def test_figures_of_two_documents_can_be_compared():
    one, other = "Nearly 40,000 nurses left.", "Over 40,000 nurses left the service."
    a, b = quantity(only(one), one), quantity(only(other), other)
    assert same_quantity(a, b)
    assert contradict(a, b)
    assert not same_quantity(a, replace(b, unit="%"))


WORDS = """nearly over between and to about £ 1 12,000 3.5 m million % per cent pupils of the in
Leeds 2023 half a third one five hours ( ) . , – “ ” Year \n"""
TEXTS = st.lists(st.sampled_from(WORDS.split(" ")), max_size=60).map(" ".join) | st.text()


@given(TEXTS)
def test_figures_are_ordered_slices_inside_their_sentences(text):
    spans = sentences(text, 0, len(text))
    found = figures(text, spans)
    for figure in found:
        assert figure.sentence in spans
        assert figure.sentence.start <= figure.span.start < figure.span.end <= figure.sentence.end
        assert figure.subject == figure.subject.lower()
    assert all(one.span.end <= other.span.start for one, other in pairwise(found))


@given(TEXTS)
def test_readings_of_a_disagreement_are_figures_of_the_text_in_order(text):
    found = read(text)
    for disagreement in disagreements(found, text):
        assert len(disagreement.readings) > 1
        assert set(disagreement.readings) <= set(found)
        starts = [reading.span.start for reading in disagreement.readings]
        assert starts == sorted(starts)

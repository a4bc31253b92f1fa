"""Where the documents put one figure two ways, both are shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from askmobility.answers.disagreement import told_apart, with_other_readings
from askmobility.answers.drafting import draft
from askmobility.answers.material import Pick
from askmobility.documents.analysis import analyse
from askmobility.documents.passages import passages
from askmobility.documents.readers import source
from askmobility.types import Document, Passage, Span, Structure

pytestmark = pytest.mark.slow

NEARLY = "Nearly 12,000 passengers are expected to cross in the first month."
OVER = "Over 12,000 passengers are expected in the first month."
TICKET = "A single ticket will cost £2.40, and children under 12 will travel free."


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ("does the document contradict itself?", [NEARLY, OVER]),
        ("which figures disagree about passengers?", [NEARLY, OVER]),
        ("does it contradict itself about tickets?", []),
        ("does it contradict itself, over or under?", [NEARLY, OVER]),
        ("12,000 passengers - just under or just over that?", [NEARLY, OVER]),
    ],
)
def test_what_is_put_in_several_ways_can_be_asked_for(
    material_of: Any, words: Any, question: str, shown: list[str]
) -> None:
    assert words(draft(material_of(question)).picks) == shown


def test_over_or_under_a_figure_that_nothing_disputes_is_asked_as_anything_is(
    material_of: Any, words: Any
) -> None:
    quoted = words(draft(material_of("Is a single ticket over or under £2.40?")).picks)
    assert quoted[0] == TICKET


@pytest.mark.parametrize(("quoted", "other"), [(NEARLY, OVER), (OVER, NEARLY)])
def test_after_one_reading_of_a_figure_comes_the_other(
    port_ellery: Any, pick_of: Any, words: Any, quoted: str, other: str
) -> None:
    picks, found = with_other_readings([pick_of(quoted), pick_of(TICKET)], port_ellery.corpus)

    assert words(picks) == [quoted, other, TICKET]
    assert len(found) == 1


def test_both_readings_stay_where_they_were_quoted(
    port_ellery: Any, pick_of: Any, words: Any
) -> None:
    picks, found = with_other_readings(
        [pick_of(OVER), pick_of(TICKET), pick_of(NEARLY)], port_ellery.corpus
    )

    assert words(picks) == [OVER, TICKET, NEARLY]
    assert len(found) == 1


@pytest.mark.parametrize(("year", "count"), [("2024", 1), ("2023", 0), ("June", 1)])
def test_figures_of_another_year_than_is_asked_for_are_no_disagreement_about_it(
    shelved: Any, year: str, count: int
) -> None:
    corpus = shelved(
        a="The council spent £3.5 million on cycle lanes in 2024.\n",
        b="The council spent £3.2 million on cycle lanes in 2024. In 2023 it spent £2.1 million.\n",
    )
    whole = Pick("b", Span(0, len(corpus.document("b").text) - 1))

    _, found = with_other_readings(
        [whole], corpus, corpus.passages("a"), f"what was spent on cycle lanes in {year}"
    )

    assert len(found) == count


def test_what_nothing_disputes_stays_as_it_is(port_ellery: Any, pick_of: Any) -> None:
    picks = [pick_of(TICKET)]

    assert with_other_readings(picks, port_ellery.corpus) == (tuple(picks), ())


class Shelf:
    """A few documents of one sentence each, by id: (title, text)."""

    def __init__(self, **texts: tuple[str, str]) -> None:
        self.sources = {name: source(name, text, {"title": t}) for name, (t, text) in texts.items()}
        self.document_ids = tuple(self.sources)

    def document(self, document_id: str) -> Document:
        return self.sources[document_id].document

    def structure(self, document_id: str) -> Structure:
        return analyse(self.sources[document_id])

    def passages(self, document_id: str) -> Sequence[Passage]:
        return passages(self.document(document_id), self.structure(document_id))


def differing(**texts: tuple[str, str]) -> list[str]:
    """What is said of the differences, where the first document is quoted and all are near."""
    shelf = Shelf(**texts)
    first, *others = shelf.document_ids
    quoted = Pick(first, Span(0, len(shelf.document(first).text)))
    nearby = [passage for name in others for passage in shelf.passages(name)]
    picks, found = with_other_readings([quoted], shelf, nearby)
    assert len(picks) == 1 + len(found)
    return [told_apart(readings, shelf) for readings in found]


HOMES = "There are {} empty homes in the county."


def test_two_documents_that_cannot_both_be_right_are_both_named() -> None:
    assert differing(
        leaflet=("Homes leaflet", HOMES.format("nearly 12,000")),
        report=("Homes report 2031", HOMES.format("over 12,000")),
    ) == [
        "The documents differ: “nearly 12,000” in Homes leaflet; "
        "“over 12,000” in Homes report 2031."
    ]


def test_editions_of_one_report_differ_however_far_the_figure_has_moved() -> None:
    assert differing(
        new=("State of the county 2032", HOMES.format("19,400")),
        old=("State of the county 2031", HOMES.format("12,100")),
    ) == [
        "The documents differ: “12,100” in State of the county 2031; "
        "“19,400” in State of the county 2032."
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Oak report", HOMES.format("19,400")), ("Elm report", HOMES.format("12,100"))),
        (("Annual report 2031", HOMES.format("19,400")), ("Annual report 2032", HOMES.format("9"))),
        (
            ("State of the county 2031", HOMES.format("19,400")),
            ("State of the county 2032", "There are 12,100 empty shops in the county."),
        ),
        (
            ("State of the county 2031", "In 2030 there were 19,400 empty homes in the county."),
            ("State of the county 2032", "In 2031 there were 12,100 empty homes in the county."),
        ),
        (("Homes leaflet", HOMES.format("19,400")), ("Homes report", HOMES.format("about 19,000"))),
        (
            ("Leaflet", HOMES.format("nearly 900")),
            ("Report", "Empty homes in the county | over 900"),
        ),
    ],
)
def test_what_may_be_two_things_or_times_is_no_difference(
    one: tuple[str, str], other: tuple[str, str]
) -> None:
    assert differing(one=one, other=other) == []

"""What is read off a document as a whole: headings, sections, figures, the gist."""

from __future__ import annotations

import re
from typing import Any

import pytest

from askmobility.answers.drafting import draft
from askmobility.answers.overviews import is_telling, openings
from askmobility.types import Block, Figure, Span, Statement, Structure
from askmobility.types import Speaker as Somebody


@pytest.mark.slow
def test_headings_are_those_of_every_document_but_no_title(material_of: Any, words: Any) -> None:
    assert words(draft(material_of("What are the section headings?")).picks) == [
        "How the ferry will be run",
        "What happens next",
        "Opening hours",
        "Book fines",
    ]


@pytest.mark.slow
def test_the_section_on_a_topic_is_named_with_the_sentence_that_shows_it(
    material_of: Any, words: Any
) -> None:
    made = draft(material_of("Which section is about late books?"))

    assert words(made.picks) == ["Book fines", "Fines for late books were abolished last year."]


@pytest.mark.slow
@pytest.mark.parametrize(
    "question", ["what does the section on book fines say", "quick gist of the book fines section"]
)
def test_a_section_asked_for_by_its_heading_is_opened(
    material_of: Any, words: Any, question: str
) -> None:
    made = draft(material_of(question))

    assert "Fines for late books were abolished last year." in words(made.picks)
    assert {pick.document_id for pick in made.picks} == {made.picks[0].document_id}
    assert made.rows == ()


@pytest.mark.slow
def test_key_figures_are_sentences_each_once_in_order_of_the_text(
    material_of: Any, words: Any
) -> None:
    made = draft(material_of("What are the key figures?"))

    shown = words(made.picks)
    assert "A single ticket will cost £2.40, and children under 12 will travel free." in shown
    assert "The extra hours will cost £18,500 a year." in shown
    assert len(shown) == len(set(shown))
    ferry = [pick for pick in made.picks if pick.document_id == "ferry-release"]
    assert ferry == sorted(ferry)


@pytest.mark.slow
def test_a_summary_opens_each_section_in_the_narrators_words(material_of: Any, words: Any) -> None:
    shown = words(draft(material_of("Summarise it")).picks)

    assert shown[:3] == [
        "Port Ellery Council will bring back the harbour ferry next spring, after a gap of "
        "eleven years.",
        "The boats will run on batteries charged at the fish quay.",
        "Residents can comment on the timetable until 14 March.",
    ]


def test_a_section_that_opens_with_a_quotation_opens_no_summary() -> None:
    sentences = (Span(0, 5), Span(5, 9), Span(10, 20), Span(20, 30))
    blocks = (
        Block("heading", 0, 5, level=1),
        Block("paragraph", 5, 9),
        Block("heading", 10, 20, level=2),
        Block("paragraph", 20, 30),
    )
    spoken = (Statement(Somebody("Ann Lee"), (Span(20, 30),), None),)

    text = "Ships Go. Now.  Soon Two boat."

    assert openings(text, Structure(blocks, sentences)) == [Span(5, 9), Span(20, 30)]
    assert openings(text, Structure(blocks, sentences, spoken)) == [Span(5, 9)]


def test_a_summary_gives_the_points_in_front_and_no_line_that_is_no_sentence() -> None:
    text = "Ferry back\n3 May 2025\n- It is quiet\n- It is cheap\nThe ferry is back."
    lines = [(m.start(), m.end()) for m in re.finditer(r"[^\n]+", text)]
    kinds = ("heading", "paragraph", "item", "item", "paragraph")
    blocks = tuple(Block(k, a, b) for k, (a, b) in zip(kinds, lines, strict=True))
    sentences = tuple(Span(a, b) for a, b in lines)

    shown = openings(text, Structure(blocks, sentences))

    assert [text[a:b] for a, b in shown] == ["- It is quiet", "- It is cheap", "The ferry is back."]


@pytest.mark.parametrize(
    ("value", "unit", "hedge", "telling"),
    [(3, "", "", False), (3, "%", "", True), (3, "", "nearly", True), (10, "", "", True)],
)
def test_a_small_bare_count_is_no_key_figure(
    value: float, unit: str, hedge: str, telling: bool
) -> None:
    assert is_telling(Figure(value, unit, hedge, "boats", Span(0, 1), Span(0, 9))) is telling


@pytest.mark.slow
def test_a_summary_of_a_topic_keeps_to_it(material_of: Any, words: Any) -> None:
    shown = words(draft(material_of("Sum up the bit about charging the batteries")).picks)

    assert shown[0] == "The boats will run on batteries charged at the fish quay."

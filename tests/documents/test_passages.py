from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from askmobility.documents.analysis import analyse
from askmobility.documents.passages import columns_over, passages
from askmobility.documents.readers import Source, source
from askmobility.types import Passage

PROSE = "The tram opens in May and will run every ten minutes from six in the morning."


def a_source(text: str, title: str = "The tram") -> Source:
    return source("tram", text, {"title": title})


def cut(text: str) -> tuple[Passage, ...]:
    given_source = a_source(text)
    return passages(given_source.document, analyse(given_source))


def texts(text: str) -> list[str]:
    return [passage.text for passage in cut(text)]


def test_heading_opens_the_passage_below_it():
    assert texts(f"Why a tram\n{PROSE}\nWhat it costs\n{PROSE}") == [
        f"Why a tram\n{PROSE}",
        f"What it costs\n{PROSE}",
    ]


def test_heading_without_a_body_of_its_own_is_a_passage():
    assert texts(f"The tram\n\nWhy a tram\n{PROSE}")[0] == "The tram"


def test_attribution_line_belongs_to_the_passage_of_its_quotation_and_the_heading_does_not():
    text = f"Why\n\n{PROSE}\n\nVoices\n\nJo Lee, Mayor of Northam, said:\n“We are glad.”"
    *_, heading, quotation = cut(text)
    assert (heading.text, heading.speaker) == ("Voices", None)
    assert quotation.text == "Jo Lee, Mayor of Northam, said:\n“We are glad.”"
    assert quotation.speaker.name == "Jo Lee"


def test_nobodys_words_share_a_passage_with_narration():
    text = f"{PROSE} “It is late,” said Jo Lee. It costs £4.\n\n{PROSE}"
    speakers = [p.speaker.name if p.speaker else None for p in cut(text)]
    assert speakers == [None, "Jo Lee", None, None]


def test_document_of_one_paragraph_is_one_passage_whoever_speaks_in_it():
    text = f"{PROSE} “It is late,” said Jo Lee. {PROSE * 12}"
    (passage,) = cut(text)
    assert (passage.text, passage.speaker, passage.id) == (text, None, "tram#p1")


def test_lead_in_and_its_short_items_are_one_passage():
    text = f"{PROSE}\n\nWe ask for:\n- a bus\n- a tram\n\n{PROSE}"
    assert texts(text)[1] == "We ask for:\n- a bus\n- a tram"


def test_long_paragraph_is_split_at_sentences_into_parts_that_are_numbered():
    text = f"{PROSE}\n\n" + " ".join([PROSE] * 20)
    first, *parts = cut(text)
    assert first.id == "tram#p1"
    assert [part.id for part in parts] == ["tram#p2.1", "tram#p2.2"]
    assert all(len(part.text) <= 1200 and part.paragraph == 2 for part in parts)


def test_context_is_title_heading_and_speaker():
    text = f"The tram\n\n{PROSE}\n\nVoices\n\n{PROSE}\n\nJo Lee, Mayor of Northam, said: “Good.”"
    assert cut(text)[-1].context == "The tram\nVoices\nJo Lee, Mayor of Northam, said:"


def test_page_of_a_passage_is_that_of_its_first_block():
    given_source = a_source(f"{PROSE}\n\n{PROSE}")
    layout = tuple(
        replace(block, page=number, page_label=f"{number}a")
        for number, block in enumerate(given_source.blocks, start=1)
    )
    paged = Source(given_source.document, layout)
    found = passages(paged.document, analyse(paged))
    assert [(p.page, p.page_label) for p in found] == [(1, "1a"), (2, "2a")]


def columns(text: str, marked: int = 0) -> list[list[str]]:
    """What names the columns over each row; marked: how many rows the document marks as such."""
    rows = [
        replace(block, level=1) if number < marked else block
        for number, block in enumerate(a_source(text).blocks)
    ]
    return [[text[slice(*name)] for name in names] for names in columns_over(text, rows)]


def test_rows_above_the_first_figures_or_label_name_the_columns_of_those_below():
    assert columns("Year | 2032 | 2033\nTrips | 410 | 420\nCost | £4 | £5") == [
        [],
        ["Year | 2032 | 2033"],
        ["Year | 2032 | 2033"],
    ]
    assert columns("Jo Lee | Chair\nTom Ash | Clerk\nAnn Vale | Member") == [[], [], []]


def test_rows_that_a_document_marks_name_the_columns_whatever_they_hold():
    rows = "Name | Role\nJo Lee | Chair\nTom Ash | Clerk"
    assert columns(rows, marked=1) == [[], ["Name | Role"], ["Name | Role"]]


PIECES = st.sampled_from(
    [
        *(PROSE, "Jo Lee, Mayor of Northam, said:", "“We are glad.", "It is.”", "Why a tram"),
        *("- a bus", "\n", "\n\n", "\r\n", "1. Notes", "We ask for:", "a | b | c", "Ends", "’"),
        *("\x00", "\x1c", "\u2028", "\ufeff", "‘a,’ said Tom Ash, 40."),
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join) | st.text(max_size=150))
def test_every_sentence_lies_in_exactly_one_passage_and_every_passage_is_an_exact_slice(text):
    given_source = a_source(text)
    structure = analyse(given_source)
    found = passages(given_source.document, structure)
    assert [span for passage in found for span in passage.sentences] == list(structure.sentences)
    assert all(p.text == text[p.start : p.end] for p in found)
    assert all(p.start == p.sentences[0].start and p.end == p.sentences[-1].end for p in found)
    assert all(before.end <= after.start for before, after in pairwise(found))
    assert len({p.id for p in found}) == len(found)
    assert all(p.paragraph >= 1 for p in found)

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askmobility.documents.structure import BULLET, blocks


def read(text: str) -> list[tuple[str, str]]:
    return [(block.kind, text[block.start : block.end]) for block in blocks(text)]


def kinds(text: str) -> list[str]:
    return [kind for kind, _ in read(text)]


PROSE = "The tram opens in May and will run every ten minutes from six in the morning."


def test_paragraphs_without_blank_lines_are_told_from_headings_by_their_shape():
    text = f"{PROSE}\nWhy a tram\n{PROSE}\nWhat it costs\n{PROSE}"
    assert kinds(text) == ["paragraph", "heading", "paragraph", "heading", "paragraph"]


def test_heading_straight_after_a_quotation_is_a_heading():
    text = f"Jo Lee, Mayor of Northam, said:\n“We are glad of it.”\nWhat it costs\n{PROSE}"
    assert kinds(text) == ["attribution", "paragraph", "heading", "paragraph"]


@pytest.mark.parametrize(
    "line",
    [
        "Mayor of Northam Jo Lee said:",
        "Jo Lee MBE, Principal of Northam College commented:",
        "Councillor Sir Tom Ash CBE, Leader of Northam Council, said:",
        "Commenting on the plan, Dr Ruth Vale told the panel:",
    ],
)
def test_line_that_only_names_a_speaker_is_an_attribution(line):
    assert read(f"{line}\n“We are glad.”")[0] == ("attribution", line)


def test_line_that_quotes_after_the_colon_is_a_paragraph():
    assert kinds("Jo Lee, Mayor of Northam, said: “We are glad.”") == ["paragraph"]


def test_bullet_is_left_out_of_an_item_and_a_number_kept():
    text = "We ask for:\n- a bus\n• a tram\n* a ferry\n– a train\n\n1. Pay the fare.\n(b) walk;\n"
    assert [piece for kind, piece in read(text) if kind == "item"] == [
        *("a bus", "a tram", "a ferry", "a train"),
        *("1. Pay the fare.", "(b) walk;"),
    ]


def test_recommendations_keep_the_number_they_are_known_by():
    text = "Recommendations\nR1. Extend the trial.\nR2. Count again."
    assert read(text)[1:] == [("item", "R1. Extend the trial."), ("item", "R2. Count again.")]


def test_numbered_line_over_a_paragraph_is_a_heading_and_in_a_list_an_item():
    text = f"1. Purpose\n\n{PROSE}\n\n2. Background\n\n{PROSE}\n\n1. notes the report;\n2. agrees."
    assert kinds(text) == ["heading", "paragraph", "heading", "paragraph", "item", "item"]


@pytest.mark.parametrize("line", ["‘We’ll see that it is spent.’", "Jo Lee asks: ‘Who drives?’"])
def test_short_line_that_ends_in_speech_is_no_heading(line):
    text = f"{line}\n\nTrams run every day of the week from six in the morning."
    assert kinds(text) == ["paragraph", "paragraph"]


def test_line_over_bullets_is_a_heading():
    text = f"{PROSE}\n\nWhat did not work\n- the evenings\n- the forms"
    assert kinds(text) == ["paragraph", "heading", "item", "item"]


def test_questions_over_their_answers_are_headings():
    text = f"Who can apply?\n{PROSE}\n\nHow is it paid?\n{PROSE}"
    assert kinds(text) == ["heading", "paragraph", "heading", "paragraph"]


def test_lines_of_a_list_without_bullets_are_items_after_a_colon():
    text = f"{PROSE}\n\nThe hub will offer:\none-to-one coaching\nfree laptops\na clothes rail"
    assert kinds(text) == ["paragraph", "paragraph", "item", "item", "item"]


def test_run_of_short_lines_below_a_heading_by_itself_is_a_list():
    items = "Residents of Northam\nTrainees in their first year\nCarers"
    assert kinds(f"{PROSE}\n\nWho can apply\n\n{items}\n\nWhat it costs\n\n{PROSE}") == [
        "paragraph",
        "heading",
        *["item"] * 3,
        "heading",
        "paragraph",
    ]


@pytest.mark.parametrize(
    "lines",
    ["Northam\nAyton", f"Northam\nAyton\n{PROSE}", "Tel: 40\nFax: 41\nAyton", "3 May 2024\nA\nB"],
)
def test_lines_of_an_address_of_particulars_or_with_a_sentence_are_no_list(lines):
    assert "item" not in kinds(f"{PROSE}\n\nWho can apply\n\n{lines}\n\n{PROSE}")


@pytest.mark.parametrize(
    "line", ["3 February 2025", "Dear Sir or Madam", "ENDS", "Yours sincerely"]
)
def test_dates_salutations_and_end_marks_are_no_headings(line):
    assert read(f"{line}\n\n{PROSE}")[0] == ("paragraph", line)


def test_signature_of_a_letter_is_no_heading():
    text = (
        f"Dear Minister,\n\n{PROSE}\n\nYours sincerely,\n\nCllr Jo Lee\nLeader\n\ncc: all members."
    )
    assert ("paragraph", "Cllr Jo Lee") in read(text)


def test_lines_broken_at_a_fixed_width_are_joined():
    words = "the quick brown fox jumps over the lazy dog and then it runs back home again " * 6
    lines, line = [], ""
    for word in words.split():
        if len(line) + 1 + len(word) > 60:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    wrapped = "\n".join([*lines, line + "."])
    text = f"A short heading\n{wrapped}\n\nAnother heading\n{wrapped}"
    assert kinds(text) == ["heading", "paragraph", "heading", "paragraph"]


def test_rows_with_bars_or_tabs_are_a_table():
    assert kinds("Measure | 2023 | 2024\nTrams\t4\t5\n") == ["table", "table"]


def test_level_of_a_heading_is_its_number_deep_and_the_first_is_the_title():
    text = f"The tram\n\n{PROSE}\n\n2. Background\n\n{PROSE}\n\n2.1 Before the war\n\n{PROSE}"
    assert [block.level for block in blocks(text) if block.kind == "heading"] == [1, 2, 3]


@given(st.text(alphabet=st.sampled_from("aZ .:?-•1)\n\r\t“”|\x00\x0b\u2028"), max_size=200))
def test_blocks_are_in_order_and_leave_out_only_bullets_and_white_space(text):
    layout = blocks(text)
    assert all(before.end <= after.start for before, after in pairwise(layout))
    outside, at = [], 0
    for block in layout:
        outside.append(text[at : block.start])
        at = block.end
        assert text[block.start : block.end].strip() == text[block.start : block.end] != ""
    for gap in [*outside, text[at:]]:
        assert gap.strip() == "" or BULLET.match(gap.strip() + " x")

"""Words drawn in red are cited: all that is red lies in their boxes, and nothing else does."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from fpdf import FPDF
from PIL import Image
from tests.documents.made import FONTS, Paper

from askmobility.documents.drawing import drawn
from askmobility.documents.locating import RUNS, DrawnPage, Located, located
from askmobility.documents.readers import read_file
from askmobility.types import Span

pytestmark = [
    pytest.mark.skipif(not FONTS.is_dir(), reason="without its fonts nothing can be drawn"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),  # fpdf's files
]

BLACK, RED = (0, 0, 0), (220, 0, 0)
NEAR = 3  # pixels: an accent or a tail may stand out of its line


def line(pdf: FPDF, x: float, y: float, *parts: tuple[str, tuple[int, int, int]]) -> None:
    """Words in their colours, one after the other on one line."""
    pdf.set_font("Serif", size=11)
    for words, colour in parts:
        pdf.set_text_color(*colour)
        pdf.text(x, y, words)
        x += pdf.get_string_width(words)


def written(folder: Path, pdf: FPDF, change: Callable[[object], None] | None = None) -> Path:
    """The file of a document whose first page is changed as pdfium can change it."""
    path = folder / "report.pdf"
    pdf.output(str(path))
    if change is not None:
        document = pypdfium2.PdfDocument(path.read_bytes())
        page = document[0]
        change(page)
        page.close()
        document.save(path)
        document.close()
    return path


def cited(path: Path, words: str, number: int = 1) -> tuple[DrawnPage, Located]:
    """The page, and where on it the words stand that stand once in the document's text."""
    (source,) = read_file(path)
    text = source.document.text
    assert text.count(words) == 1, text
    start = text.index(words)
    page = drawn(path, number)
    return page, located(page, text, Span(start, start + len(words)))


def assert_red_is_marked(page: DrawnPage, found: Located) -> None:
    pixels = np.asarray(Image.open(io.BytesIO(page.picture)).convert("RGB")).astype(int)
    assert pixels.shape[:2] == (page.height, page.width)
    dark = pixels.sum(axis=2) < 3 * 200
    red = dark & (pixels[:, :, 0] > pixels[:, :, 1] + 60)
    inside, well_inside = (np.zeros(dark.shape, bool) for _ in range(2))
    for left, top, right, bottom in found.boxes:
        inside[max(0, top - NEAR) : bottom + NEAR, max(0, left - NEAR) : right + NEAR] = True
        well_inside[top + NEAR : bottom - NEAR, left + NEAR : right - NEAR] = True
    assert found.boxes
    assert red.any()
    assert not (red & ~inside).any(), "cited words without a mark"
    assert not (dark & ~red & well_inside).any(), "marked words that are not cited"
    assert (red & inside).sum() > 0


def sentence(pdf: FPDF) -> None:
    line(pdf, 40, 100, ("The bus is late. ", BLACK), ("The tram opens in May.", RED))
    line(pdf, 40, 106, ("It is red.", RED), (" Nobody minds.", BLACK))


CITED = "The tram opens in May. It is red."


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_words_are_marked_on_a_page_that_is_shown_turned(tmp_path, turn):
    pdf = Paper()
    sentence(pdf)
    page, found = cited(written(tmp_path, pdf, lambda page: page.set_rotation(turn)), CITED)

    assert (page.width < page.height) == (turn % 180 == 0)
    assert_red_is_marked(page, found)
    assert found.whole
    assert len(found.boxes) == 2


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_words_that_are_drawn_on_their_side_are_marked_line_by_line(tmp_path, turn):
    pdf = Paper()
    with pdf.rotation(turn, 105, 148):
        sentence(pdf)
    page, found = cited(written(tmp_path, pdf), CITED)

    assert_red_is_marked(page, found)
    assert len(found.boxes) == 2


def test_words_are_marked_where_a_cropped_and_turned_page_shows_them(tmp_path):
    pdf = Paper()
    sentence(pdf)

    def cropped(page):
        page.set_cropbox(80, 400, 400, 700)
        page.set_rotation(90)

    page, found = cited(written(tmp_path, pdf, cropped), CITED)

    assert (page.width, page.height) == (600, 640)
    assert_red_is_marked(page, found)


def test_words_outside_the_picture_are_not_marked_and_missed(tmp_path):
    pdf = Paper()
    sentence(pdf)
    path = written(tmp_path, pdf, lambda page: page.set_cropbox(0, 0, 400, 200))

    _, found = cited(path, CITED)

    assert found == Located((), whole=False)


def test_words_that_go_on_in_the_next_column_are_marked_in_both(tmp_path):
    pdf = Paper()
    for number in range(8):
        line(
            pdf,
            110,
            40 + 5 * number,
            (f"right line {number} has words", RED if not number else BLACK),
        )
    for number in range(8):
        line(
            pdf,
            20,
            40 + 5 * number,
            (f"left line {number} has words", RED if number == 7 else BLACK),
        )
    page, found = cited(written(tmp_path, pdf), "left line 7 has words right line 0 has words")

    assert_red_is_marked(page, found)
    assert found.whole


def test_word_divided_by_a_hyphen_is_marked_on_both_lines(tmp_path):
    pdf = Paper()
    line(pdf, 20, 40, ("This is what the ", BLACK), ("commis-", RED))
    line(pdf, 20, 45, ("sion", RED), (" found, and said so in long words.", BLACK))
    page, found = cited(written(tmp_path, pdf), "commission")

    assert_red_is_marked(page, found)
    assert len(found.boxes) == 2


def test_words_around_a_notes_mark_are_marked(tmp_path):
    pdf = Paper()
    line(pdf, 20, 40, ("In all, 639,000", RED))
    line(pdf, 20, 45, ("were counted", RED), (", and everybody who was asked agreed to it.", BLACK))
    pdf.set_font("Serif", size=6)
    pdf.set_text_color(*BLACK)
    pdf.text(20 + 30.2, 38, "1")
    page, found = cited(written(tmp_path, pdf), "In all, 639,000 were counted")

    assert_red_is_marked(page, found)
    assert found.whole


def test_row_is_marked_cell_by_cell_though_the_table_is_drawn_in_columns(tmp_path):
    pdf = Paper()
    names, figures = (
        [f"Line number {n}" for n in range(1, 9)],
        ["7.10", "7.10", "9.00", "7.10", "1.50", "2.50", "3.50", "4.50"],
    )
    for x, column in ((20, names), (100, figures), (140, figures[::-1])):
        for number, cell in enumerate(column):
            line(pdf, x, 40 + 5 * number, (cell, RED if number == 3 else BLACK))
    page, found = cited(written(tmp_path, pdf), "Line number 4 | 7.10 | 1.50")

    assert_red_is_marked(page, found)
    assert len(found.boxes) == 3


def test_of_the_same_words_twice_those_are_marked_that_stand_where_the_text_has_them(tmp_path):
    pdf = Paper()
    line(pdf, 20, 40, ("The tram is late, as the bus is on Mondays.", BLACK))
    line(
        pdf,
        20,
        45,
        ("Nobody knows why the tram ", BLACK),
        ("is late", RED),
        (" on Sundays.", BLACK),
    )
    path = written(tmp_path, pdf)
    (source,) = read_file(path)
    text = source.document.text
    start = text.rindex("is late")
    page = drawn(path, 1)

    assert_red_is_marked(page, located(page, text, Span(start, start + len("is late"))))


def test_ligatures_are_found_as_letters(tmp_path):
    pdf = Paper()
    line(pdf, 20, 40, ("The ", BLACK), ("ﬁrst oﬃce ﬂoats", RED), (" on the river.", BLACK))
    page, found = cited(written(tmp_path, pdf), "first office floats")

    assert_red_is_marked(page, found)


def test_a_letter_that_may_be_anywhere_is_not_marked(tmp_path):
    pdf = Paper()
    line(pdf, 20, 40, ("a b a c a d", BLACK))
    page = drawn(written(tmp_path, pdf), 1)

    assert located(page, "a", Span(0, 1)) == Located((), whole=False)


def test_words_that_are_not_on_the_page_are_missed_and_the_others_marked(tmp_path):
    pdf = Paper()
    line(pdf, 20, 40, ("The tram opens in May.", RED))
    page = drawn(written(tmp_path, pdf), 1)
    text = "The tram opens in May. Elsewhere"

    found = located(page, text, Span(0, len(text)))

    assert not found.whole
    assert_red_is_marked(page, found)


def test_a_large_page_is_drawn_smaller(tmp_path):
    pdf = FPDF(format=(4000, 3000))
    pdf.add_page()
    path = tmp_path / "poster.pdf"
    pdf.output(str(path))

    page = drawn(path, 1)

    assert page.width * page.height <= 2_505_000
    assert page.width > page.height


def test_words_that_are_scattered_over_a_page_beyond_measure_are_given_up():
    drawn_words = "a b " * 1000
    page = DrawnPage(1, 100, 100, drawn_words, ((1, 1, 5, 5),) * len(drawn_words), b"")
    text = "a | b | " * 1000

    found = located(page, text, Span(0, len(text)))

    assert not found.whole
    assert len(found.boxes) <= RUNS

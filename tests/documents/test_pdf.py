"""Files that the tests draw, and what a reader of them sees."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2
import pytest
from fpdf import FPDF
from fpdf.enums import AccessPermission
from PIL import Image

from askmobility.documents.analysis import analyse
from askmobility.documents.passages import passages
from askmobility.documents.readers import Source, read_file
from askmobility.errors import DocumentUnreadable

_spec = importlib.util.spec_from_file_location("made", Path(__file__).with_name("made.py"))
assert _spec is not None
assert _spec.loader is not None
made = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(made)

pytestmark = [
    pytest.mark.skipif(not made.FONTS.is_dir(), reason="without its fonts nothing can be drawn"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),  # fpdf's files
]

PROSE = (
    "The tram opens in May and will run every ten minutes from six in the morning until late at "
    "night. It will link the harbour with the hospital and the two colleges of the city, and it "
    "costs no more than the bus does. "
)


def read(folder: Path, pdf: FPDF) -> Source:
    path = folder / "report.pdf"
    pdf.output(str(path))
    (source,) = read_file(path)
    return source


def shown(source: Source) -> list[tuple[str, str]]:
    text = source.document.text
    return [(b.kind, text[b.start : b.end]) for b in source.blocks]


def paper(head: str = "") -> FPDF:
    pdf: FPDF = made.Paper(head)
    return pdf


def lines(pdf: FPDF, x: float, y: float, words: list[str], size: float = 11) -> None:
    """Draw lines of text below each other."""
    pdf.set_font("Serif", size=size)
    for number, line in enumerate(words):
        pdf.text(x, y + number * size * 0.48, line)


def test_headings_paragraphs_and_items_are_told_by_their_type(tmp_path):
    pdf = paper()
    pdf.heading("Why a tram")
    pdf.paragraph(PROSE)
    pdf.paragraph("• It is quick.")
    pdf.paragraph("• It is cheap.")
    assert shown(read(tmp_path, pdf)) == [
        ("heading", "Why a tram"),
        ("paragraph", PROSE.strip()),
        ("item", "It is quick."),
        ("item", "It is cheap."),
    ]


def test_paragraphs_that_name_themselves_stay_apart_though_nothing_stands_between(tmp_path):
    named = [
        (
            f"Recommendation {number}: The city should build it as soon",
            "as it can, and faster than it has built any of the others.",
        )
        for number in (1, 2, 3)
    ]
    pdf = paper()
    pdf.paragraph(PROSE * 8)
    pdf.add_page()
    lines(pdf, 20, 30, [line for both in named for line in both])
    told = [text for kind, text in shown(read(tmp_path, pdf)) if kind == "paragraph"]
    assert told[-3:] == [" ".join(both) for both in named]


def test_columns_are_read_one_after_the_other_below_what_spans_them(tmp_path):
    pdf = paper()
    lines(
        pdf,
        20,
        20,
        ["A line that runs over the whole width of the page, above both columns of it."],
    )
    left = [f"left line {n} with some words in it" for n in range(8)]
    right = [f"right line {n} with some words in it" for n in range(8)]
    lines(pdf, 20, 35, left)
    lines(pdf, 110, 36.5, right)
    text = read(tmp_path, pdf).document.text
    order = [text.index(line) for line in ("whole width", *left, *right)]
    assert order == sorted(order)


def test_paragraph_goes_on_over_pages_and_its_passages_know_theirs(tmp_path):
    pdf = paper("The annual report")
    pdf.paragraph(PROSE * 30)
    source = read(tmp_path, pdf)
    (block,) = source.blocks
    assert source.document.text == (PROSE * 30).strip()
    assert [turn.page for turn in block.turns] == [2]
    found = passages(source.document, analyse(source))
    pages = [p.page for p in found]
    assert pages == sorted(pages)
    assert set(pages) == {1, 2}
    pdfium = pypdfium2.PdfDocument(tmp_path / "report.pdf")
    drawn = [" ".join(page.get_textpage().get_text_range().split()) for page in pdfium]
    for passage in found:
        assert passage.text == source.document.text[passage.start : passage.end]
        assert passage.text[:40] in drawn[passage.page - 1]
        assert passage.page_label == str(passage.page)
    pdfium.close()


def test_running_heads_feet_and_page_numbers_are_in_no_block(tmp_path):
    pdf = paper("The annual report")
    for _ in range(4):
        pdf.paragraph(PROSE * 3)
        pdf.add_page()
    pdf.paragraph(PROSE)
    text = read(tmp_path, pdf).document.text
    assert "annual report" not in text
    assert "Page" not in text


def test_word_divided_at_the_end_of_a_line_is_mended_and_a_compound_keeps_its_hyphen(tmp_path):
    pdf = paper()
    words = [
        "It is a long-term plan, and the commis-",
        "sion will look at it as a long-",
        "term one.",
    ]
    lines(pdf, 20, 20, words)
    text = read(tmp_path, pdf).document.text
    assert text == "It is a long-term plan, and the commission will look at it as a long-term one."


def test_footnote_is_kept_apart_and_its_mark_is_no_part_of_a_figure(tmp_path):
    pdf = paper()
    lines(
        pdf, 20, 20, ["In all, 639,000", "were counted, and everybody who was asked agreed to it."]
    )
    pdf.set_font("Serif", size=6)
    pdf.text(20 + 30.2, 18, "1")
    lines(pdf, 20, 270, ["1 Counted in May, at noon, and on one day only."], size=8)
    found = shown(read(tmp_path, pdf))
    assert found == [
        ("paragraph", "In all, 639,000 were counted, and everybody who was asked agreed to it."),
        ("footnote", "1 Counted in May, at noon, and on one day only."),
    ]


def test_table_is_read_in_rows_and_cited_under_its_columns(tmp_path):
    pdf = paper()
    pdf.paragraph(PROSE)
    rows = [
        ("Line", "2022", "2023"),
        *((f"Line number {n}", f"{n}4,100", f"{n}5,200") for n in range(1, 40)),
    ]
    pdf.set_font("Serif", size=10)
    for row in rows:
        for x, cell in zip((20, 100, 140), row, strict=True):
            pdf.text(x, pdf.get_y() + 5, cell)
        pdf.set_y(pdf.get_y() + 5)
    source = read(tmp_path, pdf)
    assert [words for kind, words in shown(source) if kind == "table"] == [
        " | ".join(r) for r in rows
    ]
    *_, last = passages(source.document, analyse(source))
    assert "Line number 39 | 394,100 | 395,200" in last.text
    assert last.context.endswith("Line | 2022 | 2023")


def drawn(pdf, rows):
    """Rows of (place, words) below each other."""
    pdf.set_font("Serif", size=10)
    for row in rows:
        for x, words in row:
            pdf.text(x, pdf.get_y() + 5, words)
        pdf.set_y(pdf.get_y() + 5)


def test_line_over_the_columns_of_a_table_is_its_first_row_though_a_label_follows(tmp_path):
    pdf = paper()
    pdf.paragraph(PROSE)
    columns = [(100, "10 July 2022"), (140, "10 July 2023")]
    drawn(pdf, [columns, [(20, "Trips:")], [(20, "Trams"), (105, "4,100"), (145, "5,200")]])
    assert shown(read(tmp_path, pdf))[-3:] == [
        ("table", "10 July 2022 | 10 July 2023"),
        ("table", "Trips:"),
        ("table", "Trams | 4,100 | 5,200"),
    ]


def test_bullets_and_numbers_set_far_from_their_words_mark_items_and_no_table(tmp_path):
    pdf = paper()
    pdf.paragraph(PROSE)
    drawn(pdf, [[(20, mark), (35, words)] for mark, words in (("•", "a tram"), ("•", "a bus"))])
    drawn(
        pdf, [[(20, mark), (35, words)] for mark, words in (("(1)", "a train"), ("(2)", "a car"))]
    )
    assert shown(read(tmp_path, pdf))[-4:] == [
        ("item", "a tram"),
        ("item", "a bus"),
        ("item", "(1) a train"),
        ("item", "(2) a car"),
    ]


def test_ligatures_become_letters(tmp_path):
    pdf = paper()
    pdf.paragraph("The ﬁrst oﬃce ﬂoats.")
    assert read(tmp_path, pdf).document.text == "The first office floats."


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_page_drawn_on_its_side_is_read_as_it_is_meant(tmp_path, turn):
    pdf = paper()
    with pdf.rotation(turn, 105, 148):
        lines(
            pdf,
            40,
            120,
            ["The tram opens in May and will run", "every ten minutes from six o’clock."],
        )
    expected = "The tram opens in May and will run every ten minutes from six o’clock."
    assert read(tmp_path, pdf).document.text == expected


def test_text_from_right_to_left_keeps_the_order_of_its_words(tmp_path):
    pdf = paper()
    pdf.add_font("Sans", "", str(made.FONTS / "DejaVuSans.ttf"))
    pdf.set_font("Sans", size=12)
    pdf.cell(0, 10, "שלום לכל תושבי העיר"[::-1])  # as it is seen, from left to right
    assert read(tmp_path, pdf).document.text == "שלום לכל תושבי העיר"


def test_metadata_and_outline_tell_the_title_and_the_levels(tmp_path):
    pdf = paper()
    pdf.set_title("Trams for Northam")
    pdf.start_section("Chapter one", level=0)
    pdf.heading("Chapter one")
    pdf.paragraph(PROSE)
    pdf.start_section("In detail", level=1)
    pdf.heading("In detail")
    pdf.paragraph(PROSE)
    source = read(tmp_path, pdf)
    assert source.document.title == "Trams for Northam"
    assert [b.level for b in source.blocks if b.kind == "heading"] == [1, 2]


def test_file_name_in_the_metadata_is_no_title(tmp_path):
    pdf = paper()
    pdf.set_title("Microsoft Word - final_v3.docx")
    pdf.heading("Why a tram")
    pdf.paragraph(PROSE)
    assert read(tmp_path, pdf).document.title == "Why a tram"


def covered(tmp_path, author, *lines):
    pdf = paper()
    pdf.set_author(author)
    pdf.set_creation_date(datetime(2024, 3, 20, tzinfo=UTC))
    for line in lines:
        pdf.paragraph(line, size=16)
        pdf.ln(10)
    pdf.add_page()
    pdf.paragraph(PROSE)
    document = read(tmp_path, pdf).document
    return document.publisher, document.published


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("March 2024", "2024-03"),
        ("12 March 2024", "2024-03-12"),
        ("March 12, 2024", "2024-03-12"),
        ("Published: 1st March 2024", "2024-03-01"),
        ("Minutes of the meeting of 12 March 2024", None),
        ("March 2030", None),
        ("31 February 2024", None),
    ],
)
def test_publisher_and_date_are_those_that_the_cover_gives(tmp_path, line, published):
    found = covered(tmp_path, "Northam Council", "Trams for Northam", "Northam Council", line)
    assert found == ("Northam Council", published)


@pytest.mark.parametrize("author", ["Jo Lee", "Filing Services Group", "anonymous", "Trams"])
def test_author_whom_the_cover_does_not_name_or_who_is_no_body_is_no_publisher(tmp_path, author):
    assert covered(tmp_path, author, "Trams for Northam", "by Jo Lee") == (None, None)


def test_date_of_something_else_or_one_of_several_is_no_date_of_publication(tmp_path):
    for lines in (
        ("Accounts", "31 March 2024"),
        ("Trams for the year ended", "31 March 2024"),
        ("Trams", "January 2024", "March 2024"),
        ("Trams", "March 2024", PROSE * 4),
    ):
        assert covered(tmp_path, "", *lines) == (None, None)


def bad_files(folder: Path) -> Iterator[tuple[bytes, str]]:
    pdf = paper()
    pdf.paragraph(PROSE)
    pdf.output(str(folder / "good.pdf"))
    good = (folder / "good.pdf").read_bytes()
    yield good[:200], "it is damaged, or has no pages"
    yield b"Hello", "it is no PDF"
    yield b"", "it is empty"
    locked = FPDF()
    locked.add_page()
    locked.set_encryption("owner", "user", permissions=AccessPermission.none())
    yield bytes(locked.output()), "it is encrypted"
    blank, drawn, scan = FPDF(), FPDF(), FPDF()
    for bare in (blank, drawn, scan):
        bare.add_page()
    drawn.line(10, 10, 90, 90)
    scan.image(Image.new("RGB", (9, 9)), 10, 10)
    empty = bytes(blank.output())
    yield empty, "its pages are empty"
    yield empty.replace(b"/Kids [3 0 R]", b"/Kids [1 0 R]"), "its pages are damaged"
    yield bytes(drawn.output()), "it holds drawings and no text"
    yield bytes(scan.output()), "it is a scan without text"


def test_each_bad_file_is_one_line_of_what_why_and_what_to_do(tmp_path):
    for content, complaint in bad_files(tmp_path):
        path = tmp_path / "bad.pdf"
        path.write_bytes(content)
        with pytest.raises(DocumentUnreadable, match=f"bad.pdf: {complaint}") as raised:
            list(read_file(path))
        assert "\n" not in str(raised.value)

from __future__ import annotations

import zipfile

import docx
import pytest
from docx.oxml import parse_xml

from askmobility.documents.readers import read_file
from askmobility.errors import DocumentUnreadable


def read(tmp_path, document):
    path = tmp_path / "plan.docx"
    document.save(str(path))
    (source,) = read_file(path)
    return source


def a_plan():
    document = docx.Document()
    document.core_properties.title = "The tram plan"
    document.add_paragraph("A tram for Northam", "Title")
    document.add_heading("Why", 1)
    paragraph = document.add_paragraph("It opens in ")
    paragraph.add_run("May").bold = True
    paragraph.add_run(".\tAll welcome.")
    document.add_paragraph("a bus", "List Bullet")
    document.add_paragraph("first", "List Number")
    document.add_paragraph("second", "List Number")
    document.add_paragraph().add_run("In bold").bold = True
    table = document.add_table(2, 2)
    for cell, words in zip(
        [c for row in table.rows for c in row.cells], ["Year", "Trips", "2023", "400"], strict=True
    ):
        cell.text = words
    document.add_paragraph("Jo Lee, Mayor of Northam, said:")
    return document


def test_styles_and_numbering_become_blocks(tmp_path):
    source = read(tmp_path, a_plan())
    text = source.document.text
    assert [(b.kind, b.level, text[b.start : b.end]) for b in source.blocks] == [
        ("heading", 1, "A tram for Northam"),
        ("heading", 2, "Why"),
        ("paragraph", 0, "It opens in May. All welcome."),
        ("item", 1, "a bus"),
        ("item", 1, "1. first"),
        ("item", 1, "2. second"),
        ("heading", 5, "In bold"),
        ("table", 0, "Year | Trips"),
        ("table", 0, "2023 | 400"),
        ("attribution", 0, "Jo Lee, Mayor of Northam, said:"),
    ]
    assert source.document.title == "The tram plan"


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def words_of(source):
    return [source.document.text[b.start : b.end] for b in source.blocks]


def a_box(words):
    """A text box as Word writes it: once as it is, once for versions of before 2010."""
    held = f"<w:txbxContent><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:txbxContent>"
    return parse_xml(
        f'<w:r xmlns:w="{W}" xmlns:mc="{MC}"><mc:AlternateContent><mc:Choice>{held}</mc:Choice>'
        f"<mc:Fallback>{held}</mc:Fallback></mc:AlternateContent></w:r>"
    )


def a_control(*held, prompt=False):
    """A content control around elements."""
    control = parse_xml(
        f'<w:sdt xmlns:w="{W}"><w:sdtPr>{"<w:showingPlcHdr/>" * prompt}</w:sdtPr>'
        "<w:sdtContent/></w:sdt>"
    )
    held[0].addprevious(control)
    control[1].extend(held)


def test_text_box_is_read_once_behind_what_it_is_anchored_in(tmp_path):
    document = docx.Document()
    document.add_heading("Why", 1)
    document.add_paragraph("It opens in May.")._p.append(a_box("Trams are cheap."))
    document.add_paragraph("It runs all night.")
    assert words_of(read(tmp_path, document)) == [
        "Why",
        "It opens in May.",
        "Trams are cheap.",
        "It runs all night.",
    ]


def test_content_controls_are_read_in_place_and_prompts_are_not(tmp_path):
    document = docx.Document()
    document.add_heading("Why", 1)
    first = document.add_paragraph("It opens in ")
    a_control(first.add_run("May")._r)
    first.add_run(".")
    a_control(first._p)
    a_control(document.add_paragraph("Click here to enter text.")._p, prompt=True)
    table = document.add_table(2, 2)
    for cell, words in zip(table._cells, ("Year", "Trips", "2023", "400"), strict=True):
        cell.text = words
    a_control(table.rows[1].cells[1]._tc)
    a_control(table.rows[1]._tr)
    assert words_of(read(tmp_path, document)) == [
        "Why",
        "It opens in May.",
        "Year | Trips",
        "2023 | 400",
    ]


def test_frame_of_one_cell_holds_blocks_and_a_table_in_a_cell_is_read_once(tmp_path):
    document = docx.Document()
    document.add_heading("Why", 1)
    frame = document.add_table(1, 1).cell(0, 0)
    frame.paragraphs[0].text = "Key points"
    frame.add_paragraph("a bus", "List Bullet")
    outer = document.add_table(1, 2)
    outer.cell(0, 0).text = "Fares"
    outer.cell(0, 1).add_table(1, 1).cell(0, 0).text = "£4"
    source = read(tmp_path, document)
    assert [b.kind for b in source.blocks] == ["heading", "paragraph", "item", "table"]
    assert words_of(source)[1:] == ["Key points", "a bus", "Fares | £4"]


def test_first_row_alone_in_bold_and_a_repeated_one_name_the_columns(tmp_path):
    document = docx.Document()
    document.add_heading("Who", 1)
    for bold in (True, False):
        table = document.add_table(2, 2)
        for cell, words in zip(table._cells, ("Name", "Role", "Jo Lee", "Chair"), strict=True):
            cell.text = words
        for cell in table.rows[0].cells if bold else ():
            cell.paragraphs[0].runs[0].bold = True
        document.add_paragraph("They meet in May.")
    table.rows[0]._tr.get_or_add_trPr().append(parse_xml(f'<w:tblHeader xmlns:w="{W}"/>'))
    levels = [b.level for b in read(tmp_path, document).blocks if b.kind == "table"]
    assert levels == [1, 0, 1, 0]


def test_paragraphs_without_any_style_are_read_by_the_shape_of_their_lines(tmp_path):
    document = docx.Document()
    for line in ("Why a tram", "The tram opens in May and runs every ten minutes.", "- cheap"):
        document.add_paragraph(line)
    assert [b.kind for b in read(tmp_path, document).blocks] == ["heading", "paragraph", "item"]


def test_file_that_would_unpack_to_far_more_than_it_is_gets_refused(tmp_path):
    path = tmp_path / "bomb.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as parts:
        for number in range(3):
            parts.writestr(f"word/{number}.xml", b"\0" * (100 << 20))
    assert path.stat().st_size < 1 << 20
    with pytest.raises(DocumentUnreadable, match="unpacked it would hold 300 MB"):
        list(read_file(path))


def test_truncated_file_is_an_error(tmp_path):
    path = tmp_path / "plan.docx"
    a_plan().save(str(path))
    path.write_bytes(path.read_bytes()[:-500])
    with pytest.raises(DocumentUnreadable, match="damaged"):
        list(read_file(path))


def test_spreadsheet_is_no_word_document(tmp_path):
    path = tmp_path / "sheet.docx"
    with zipfile.ZipFile(path, "w") as parts:
        parts.writestr("xl/workbook.xml", "<workbook/>")
    with pytest.raises(DocumentUnreadable, match=r"it is no Word document.* Save it as \.docx"):
        list(read_file(path))


def test_file_whose_main_part_is_other_xml_is_an_error(tmp_path):
    whole, path = tmp_path / "whole.docx", tmp_path / "plan.docx"
    a_plan().save(str(whole))
    with zipfile.ZipFile(whole) as parts, zipfile.ZipFile(path, "w") as target:
        for name in parts.namelist():
            part = parts.read(name)
            if name == "word/document.xml":
                part = part.replace(b"w:document", b"w:letter")
            target.writestr(name, part)
    with pytest.raises(DocumentUnreadable, match="it has no body"):
        list(read_file(path))

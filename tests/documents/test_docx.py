from __future__ import annotations

import zipfile

import docx
import pytest

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
        read_file(path)


def test_truncated_file_is_an_error(tmp_path):
    path = tmp_path / "plan.docx"
    a_plan().save(str(path))
    path.write_bytes(path.read_bytes()[:-500])
    with pytest.raises(DocumentUnreadable, match="damaged"):
        read_file(path)


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
        read_file(path)

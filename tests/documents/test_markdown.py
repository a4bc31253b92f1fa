from __future__ import annotations

import pytest

from askmobility.documents.analysis import analyse
from askmobility.documents.readers import read_file

TEXT = """---
title: "The tram plan"
date: 2024-05-01
publisher: Northam Council
---
# A tram for Northam

A *fine* tram[^1] with `code`.
It **opens** in May.

1. First
2. Second

   More of the second.
   - nested

> Quoted words.

| Year | Trips |
|------|------:|
| 2023 | 400 |

Jo Lee, Mayor of Northam, said:

“We are glad.”

[^1]: A note.
"""


def read(tmp_path, text):
    path = tmp_path / "tram.md"
    path.write_text(text, "utf-8")
    (source,) = read_file(path)
    return source


def test_marks_become_blocks_and_only_the_words_stay(tmp_path):
    source = read(tmp_path, TEXT)
    text = source.document.text
    assert [(b.kind, b.level, text[b.start : b.end]) for b in source.blocks] == [
        ("heading", 1, "A tram for Northam"),
        ("paragraph", 0, "A fine tram with code. It opens in May."),
        ("item", 1, "1. First"),
        ("item", 1, "2. Second"),
        ("paragraph", 0, "More of the second."),
        ("item", 2, "nested"),
        ("paragraph", 0, "Quoted words."),
        ("table", 1, "Year | Trips"),
        ("table", 0, "2023 | 400"),
        ("attribution", 0, "Jo Lee, Mayor of Northam, said:"),
        ("paragraph", 0, "“We are glad.”"),
        ("footnote", 0, "A note."),
    ]


@pytest.mark.parametrize("below", ["> -- ", "> — ", ">\n> — "])
def test_quotation_is_credited_to_the_person_in_its_last_line(tmp_path, below):
    source = read(tmp_path, f"# Homes\n\n> They are\n> warm.\n{below}Jo Lee, tenant\n\nMore come.")
    (statement,) = analyse(source).statements
    assert (statement.speaker.name, statement.speaker.role) == ("Jo Lee", "tenant")
    assert [source.document.text[a:b] for a, b in statement.spans] == ["They are warm."]


def test_front_matter_tells_title_date_and_publisher_and_the_file_beside_wins(tmp_path):
    (tmp_path / "tram.toml").write_text('title = "Trams"', "utf-8")
    document = read(tmp_path, TEXT).document
    assert (document.title, document.published) == ("Trams", "2024-05-01")
    assert document.publisher == "Northam Council"


def test_title_is_the_heading_where_nothing_else_gives_one(tmp_path):
    assert read(tmp_path, "# The plan\n\nIt is a plan for all of us.").document.title == "The plan"

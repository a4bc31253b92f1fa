"""Markdown to pieces: markdown-it makes HTML of it, which is read as any other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

from askmobility.documents.content import Content, composed
from askmobility.documents.encodings import decoded
from askmobility.documents.html import pieces_of

PARSER = MarkdownIt("commonmark").enable("table").use(footnote_plugin)
FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*$", re.DOTALL | re.MULTILINE)
LINE = re.compile(
    r"^(title|publisher|date|published|url|licen[cs]e):[ \t]*(\S.*?)[ \t\r]*$", re.MULTILINE
)
SPELLED = {"date": "published", "license": "licence"}
ISO_DATE = re.compile(r"\d{4}(?:-\d{2}){0,2}")


def read(path: Path) -> Content:
    """The words of a Markdown file without its marks. Raises Unreadable, OSError."""
    written = decoded(path.read_bytes())
    front = FRONT_MATTER.match(written)
    rendered = PARSER.render(written[front.end() :] if front else written)
    text, blocks = composed(pieces_of(rendered))
    return Content(text, blocks, dict(front_matter(front[1])) if front else {})


def front_matter(lines: str) -> Iterator[tuple[str, str]]:
    """What `key: value` lines above the text say of it; a date only where it is ISO 8601."""
    for key, value in LINE.findall(lines):
        name, said = SPELLED.get(key, key), value.strip("\"'")
        if name != "published" or ISO_DATE.fullmatch(said):
            yield name, said

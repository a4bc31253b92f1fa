"""Files of every format, made by the tests from one plain text."""

from __future__ import annotations

from html import escape
from pathlib import Path

import docx

from askmobility.documents.structure import blocks

FONTS = Path("/usr/share/fonts/truetype/dejavu")


def as_markdown(path: Path, text: str) -> Path:
    """The text with its headings and items marked as Markdown marks them."""
    marks = {"heading": "## ", "item": "- "}
    parts = [marks.get(b.kind, "") + text[b.start : b.end] for b in blocks(text)]
    path.write_text("\n\n".join(parts), "utf-8")
    return path


def as_html(path: Path, text: str) -> Path:
    """The text as the article of a page that has a menu and a footer."""
    tags = {"heading": "<h2>{}</h2>", "item": "<ul><li>{}</li></ul>"}
    parts = [
        tags.get(b.kind, "<p>{}</p>").format(escape(text[b.start : b.end])) for b in blocks(text)
    ]
    path.write_text(
        "<html><body><nav><a href='/'>Home</a></nav><main>"
        + "\n".join(parts)
        + "</main><footer>Cookies</footer></body></html>",
        "utf-8",
    )
    return path


def as_docx(path: Path, text: str) -> Path:
    """The text with Word's own styles."""
    styles = {"heading": "Heading 2", "item": "List Bullet"}
    document = docx.Document()
    for block in blocks(text):
        document.add_paragraph(text[block.start : block.end], styles.get(block.kind))
    document.save(str(path))
    return path

"""Files of every format, made by the tests from one plain text."""

from __future__ import annotations

from html import escape
from pathlib import Path

import docx
from fpdf import FPDF

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


def as_pdf(path: Path, text: str) -> Path:
    """The text as A4 pages with headings in larger type, a running head and page numbers."""
    pdf = Paper("The running head")
    for block in blocks(text):
        words = text[block.start : block.end]
        if block.kind == "heading":
            pdf.heading(words)
        else:
            pdf.paragraph(f"• {words}" if block.kind == "item" else words)
    pdf.output(str(path))
    return path


class Paper(FPDF):
    """A document that breaks its pages by itself; head: what runs above every page."""

    def __init__(self, head: str = "") -> None:
        super().__init__()
        self.head = head
        self.add_font("Serif", "", str(FONTS / "DejaVuSerif.ttf"))
        self.add_font("Serif", "B", str(FONTS / "DejaVuSerif-Bold.ttf"))
        self.set_auto_page_break(True, margin=25)
        self.add_page()

    def header(self) -> None:
        if self.head:
            self.set_font("Serif", size=9)
            self.cell(0, 10, self.head, new_x="LMARGIN", new_y="NEXT")

    def footer(self) -> None:
        if self.head:
            self.set_y(-15)
            self.set_font("Serif", size=9)
            self.cell(0, 10, f"Page {self.page_no()}", align="C")

    def heading(self, words: str) -> None:
        self.set_font("Serif", "B", 14)
        self.multi_cell(0, 7, words, align="L", new_x="LMARGIN", new_y="NEXT")
        self.ln(2)

    def paragraph(self, words: str, size: float = 11) -> None:
        self.set_font("Serif", size=size)
        self.multi_cell(0, 5.5, words, align="L", new_x="LMARGIN", new_y="NEXT")
        self.ln(3)

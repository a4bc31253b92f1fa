"""HTML to pieces, by selectolax: the article of a page, without what stands around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

from askmobility.documents.content import (
    BULLET,
    Content,
    Piece,
    Unreadable,
    composed,
    one_line,
    row,
)
from askmobility.documents.encodings import decoded
from askmobility.documents.html_metadata import known_of
from askmobility.types import BlockKind, QuotePart

CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
HEAD_BYTES = 8192
ENOUGH = 0.4  # of a page's paragraphs: less, and what is marked as its article is a teaser
DEEPEST = 500  # a browser stops at 512
LISTED_LINKS = 3  # a list of as many links into the page itself is its table of contents

SILENT = frozenset(
    "script style noscript template svg math iframe object embed canvas audio video button select "
    "textarea input datalist nav aside dialog head title img".split()
)
BLOCKS = frozenset(
    "address article blockquote body caption center dd details div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main ol p pre section summary "
    "table tbody td tfoot th thead tr ul".split()
)
HEADINGS = {f"h{level}": level for level in range(1, 7)}
SURROUNDINGS = frozenset("navigation banner contentinfo complementary search alert".split())
SURROUNDING_CLASS = re.compile(
    r"(?:[\w-]*[-_])?(?:nav|navbar|navigation|menu|breadcrumbs?|cookies?(?:[-_]\w+)*|pagination|"
    r"sidebar|skip-?links?|contents-list|newsletter|share|sharing|share-links|social-(?:links|"
    r"icons|media|share|sharing)|related(?:-\w+)?|feedback|comments?(?:-area|-list|-form)?|"
    r"visually-hidden|sr-only|screen-reader-text)",
    re.IGNORECASE,
)
ARTICLES = (
    "main article, [role=main] article",
    "main, [role=main]",
    "article",
    "#content, #main-content, #main, .entry-content, .post-content, .article-body",
)
NOTES = re.compile(r"(?:foot|end)notes?(?:-list)?")
BACK_LINK = re.compile(r"(?:foot|end)note-back(?:ref|link)?|reversefootnote|doc-backlink")
SOURCE = re.compile(r"(?:--|[—–―])\s*[^\W\d_]")  # how the line below a quotation begins
SOURCE_LINE = re.compile(rf"\n[ \t]*(?={SOURCE.pattern}[^\n]{{0,120}}\s*\Z)")
SAID = re.compile(r"\w\W*[.!?…,;:—–-]\W*\Z|\A\s*\Z")
TO_A_NOTE = re.compile(r"#(?:fn|_?ftn|footnote|endnote|note)", re.IGNORECASE)


def read(path: Path) -> Content:
    """The article of a saved page, and what the page says of itself. Raises Unreadable, OSError."""
    content = path.read_bytes()
    declared = CHARSET.search(content[:HEAD_BYTES])
    page = LexborHTMLParser(decoded(content, declared[1].decode("ascii") if declared else None))
    article = article_of(page)
    found = list(pieces_below(article))
    known = known_of(page, article)
    if not found:
        raise Unreadable(
            "it holds no text, unless a script writes it",
            "Open it in a browser, and save what it shows as text or PDF.",
        )
    if "title" in known and not any(piece.level == 1 for piece in found[:3]):
        found.insert(0, Piece("heading", known["title"], 1))
    text, blocks = composed(found)
    return Content(text, blocks, known)


def pieces_of(markup: str) -> list[Piece]:
    """The pieces of markup that is all article."""
    body = LexborHTMLParser(markup).body
    return [] if body is None else list(pieces_below(body))


def article_of(page: LexborHTMLParser) -> LexborNode:
    """The element that holds the article: the closest around it that the page marks as one."""
    body = page.body
    assert body is not None, "the parser makes one where there is none"
    whole = paragraphs_length(body)
    for selector in ARTICLES:
        longest = max(page.css(selector), key=paragraphs_length, default=None)
        if longest is not None and paragraphs_length(longest) > ENOUGH * whole:
            return longest
    return body


def paragraphs_length(node: LexborNode) -> int:
    """How many characters of running text stands in an element."""
    return sum(len(one.text()) for one in node.css("p, li, blockquote"))


def pieces_below(root: LexborNode) -> Iterator[Piece]:
    """Every block inside an element, in order."""
    walk = _Walk()
    for node, entering in steps(root):
        if node.tag in BLOCKS or is_source(node):
            yield from walk.enter(node) if entering else walk.leave(node)
        elif entering and node.tag == "-text":
            walk.add(node.text_content or "")
        elif entering and node.tag == "br":
            walk.add_break()


def steps(root: LexborNode) -> Iterator[tuple[LexborNode, bool]]:
    """Enter and leave every element in order, silent ones left out."""
    node, entering, depth = root, True, 0
    while True:
        skipped = entering and depth > 0 and is_silent(node)
        if not skipped:
            yield node, entering
        child = node.child if entering and not skipped else None
        if child is not None:
            node, entering, depth = child, True, depth + 1
            if depth > DEEPEST:
                raise Unreadable(
                    f"its elements are nested more than {DEEPEST} deep",
                    "Save the page again, or its text alone.",
                )
            continue
        if entering and not skipped:
            yield node, False
        if depth == 0:
            return
        following, parent = node.next, node.parent
        if following is not None:
            node, entering = following, True
        elif parent is not None:
            node, entering, depth = parent, False, depth - 1


def is_silent(node: LexborNode) -> bool:
    """Whether an element holds no words of the article."""
    tag = node.tag
    if tag == "-text":
        return False
    if tag in SILENT or tag is None or tag.startswith(("-", "!")):
        return True
    attributes = node.attributes
    if tag == "sup" and (link := node.css_first("a[href]")) is not None:
        return TO_A_NOTE.search(link.attributes.get("href") or "") is not None
    if tag == "a":
        return any(map(BACK_LINK.fullmatch, names_of(node)))
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    if "display:none" in (attributes.get("style") or "").replace(" ", ""):
        return True
    if tag in ("ul", "ol") and not inside(node, "li") and is_contents(node):
        return True
    if tag in ("header", "footer") or attributes.get("role") in SURROUNDINGS:
        return not inside(node, "blockquote") and node.css_first("h1") is None
    return any(map(SURROUNDING_CLASS.fullmatch, names_of(node))) and not node.css_first("h1, h2")


def names_of(node: LexborNode) -> list[str]:
    """The classes, the id and the role of an element."""
    attributes = node.attributes
    return [
        *(attributes.get("class") or "").split(),
        *(attributes.get(n) or "" for n in ("id", "role")),
    ]


def inside(node: LexborNode, tag: str) -> bool:
    """Whether an element stands directly in one of this kind."""
    return node.parent is not None and node.parent.tag == tag


def is_contents(node: LexborNode) -> bool:
    """Whether a list only links to places on its own page."""
    links = node.css("li a")
    return (
        len(links) >= LISTED_LINKS
        and all((link.attributes.get("href") or "").startswith("#") for link in links)
        and sum(len(link.text()) for link in links) > 0.8 * len(one_line(node.text()))
    )


def is_source(node: LexborNode) -> bool:
    """Whether an element only says whose words the quotation around or before it is."""
    tag = node.tag
    if tag == "footer":
        return inside(node, "blockquote")
    if tag == "figcaption" and inside(node, "figure"):
        before = node.prev
        while before is not None and before.tag != "blockquote":
            before = before.prev
        return before is not None
    before = node.prev
    told = before is None or before.tag in BLOCKS or SAID.search(before.text()[-40:])
    return tag == "cite" and bool(told) and ends_quotation(node)


def ends_quotation(node: LexborNode) -> bool:
    """Whether an element is the last that a quotation holds."""
    around: LexborNode | None = node
    while around is not None and around.tag not in ("blockquote", "footer"):
        after = around.next
        while after is not None and not after.text().strip():
            after = after.next
        around = around.parent if after is None else None
    return around is not None and around.tag == "blockquote"


class _Walk:
    """Where in the article we are, and the words since the last block began or ended."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.lists: list[int | None] = []  # the next number of every open list; None for bullets
        self.heading = 0
        self.begins_item = False
        self.notes = 0  # elements open that hold notes
        self.quotes = self.sources = 0  # elements open that hold a quotation, or whose it is
        self.begins_quote = False
        self.quoted = False  # whether the block before is of a quotation
        self.tables: list[bool] = []  # every open table: whether it holds data, not layout
        self.cells: list[str] = []
        self.in_terms = False  # whether a list of terms is open
        self.explained = False  # whether the last of them is

    def add(self, words: str) -> None:
        """Take in running text; its own line ends mean nothing."""
        lines = SOURCE_LINE.split(words) if self.quotes else [words]
        self.words.append("\n".join(re.sub(r"\s+", " ", line) for line in lines))

    def add_break(self) -> None:
        """Take in the end of a line."""
        self.words.append("\n")

    def enter(self, node: LexborNode) -> Iterator[Piece]:
        """A block begins: what stood before it is complete."""
        tag = node.tag
        if self.in_data:
            self.words.append(" ")
            return
        if self.in_terms:
            self.words.append(" ")
            if tag == "dt" and self.explained:
                yield self.explanation()
            return
        yield from self.complete()
        self.notes += is_notes(node)
        self.quotes += tag == "blockquote"
        self.begins_quote |= tag == "blockquote"
        self.sources += is_source(node)
        if tag in HEADINGS:
            self.heading = HEADINGS[tag]
        elif tag in ("ul", "ol"):
            self.lists.append(int_or_one(node.attributes.get("start")) if tag == "ol" else None)
        elif tag == "li":
            self.begins_item = True
        elif tag == "table":
            self.tables.append(holds_data(node))
        elif tag == "dl":
            self.in_terms = not self.notes and holds_terms(node)

    def leave(self, node: LexborNode) -> Iterator[Piece]:
        """A block ends."""
        tag = node.tag
        if self.in_data and tag != "table":
            yield from self.leave_in_table(node)
            return
        if self.in_terms:
            yield from self.leave_in_terms(node)
            return
        yield from self.complete()
        self.notes -= is_notes(node)
        self.quotes -= tag == "blockquote"
        self.sources -= is_source(node)
        if tag in HEADINGS:
            self.heading = 0
        elif tag in ("ul", "ol") and self.lists:
            self.lists.pop()
        elif tag == "li":
            self.begins_item = False
        elif tag == "table":
            self.tables.pop()

    def leave_in_table(self, node: LexborNode) -> Iterator[Piece]:
        """A part of a table of data ends; what else ends inside a cell only parts words."""
        tag = node.tag
        if tag in ("td", "th"):
            self.cells.append("".join(self.words))
            self.words.clear()
        elif tag == "tr":
            yield Piece("table", row(self.cells), level=int(names_columns(node)))
            self.cells.clear()
            self.words.clear()
        elif tag == "caption":
            yield from self.complete()
        else:
            self.words.append(" ")

    def leave_in_terms(self, node: LexborNode) -> Iterator[Piece]:
        """A part of a list of terms ends, or the list."""
        tag = node.tag
        if tag in ("dt", "dd"):
            self.cells.append("".join(self.words))
            self.words.clear()
            self.explained = tag == "dd"
        elif tag == "dl":
            yield self.explanation()
            self.in_terms = False
        else:
            self.words.append(" ")

    def explanation(self) -> Piece:
        """A term and what it means, as one row."""
        piece = Piece("table", row(self.cells), level=2)
        self.cells.clear()
        self.words.clear()
        self.explained = False
        return piece

    @property
    def in_data(self) -> bool:
        """Whether a cell of a table of data is open."""
        return bool(self.tables) and self.tables[-1]

    def complete(self) -> Iterator[Piece]:
        """The block that the words make; two line breaks in a row begin another one."""
        text = "".join(self.words)
        text = SOURCE_LINE.sub("\n\n", text) if self.quotes else text
        self.words.clear()
        for part in re.split(r"\n" if self.sources else r"\n\s*\n", text):
            lines = "\n".join(filter(None, map(one_line, part.split("\n"))))
            if lines:
                quote = self.part_of_quotation(lines)
                self.quoted = quote in ("begins", "goes on")
                yield replace(self.piece(lines), quote=quote)

    def part_of_quotation(self, text: str) -> QuotePart:
        """What a block is of a quotation. A line that a dash begins says whose it is."""
        if self.sources or (self.quoted and SOURCE.match(text)):
            return "source"
        if not self.quotes or self.heading:
            return ""
        begins, self.begins_quote = self.begins_quote, False
        return "begins" if begins else "goes on"

    def piece(self, text: str) -> Piece:
        """One block of the kind that the open elements say."""
        kind: BlockKind = "paragraph"
        if self.heading:
            return Piece("heading", one_line(text), self.heading)
        if self.notes:
            kind = "footnote"
        elif self.begins_item and self.lists:
            return self.item(text)
        return Piece(kind, text)

    def item(self, text: str) -> Piece:
        """The first block of a list item, with its number where it has one."""
        self.begins_item = False
        number = self.lists[-1]
        if number is None:
            return Piece("item", text, len(self.lists), mark=BULLET)
        self.lists[-1] = number + 1
        return Piece("item", f"{number}. {text}", len(self.lists))


def is_notes(node: LexborNode) -> bool:
    """Whether an element holds footnotes."""
    return any(NOTES.fullmatch(name.removeprefix("doc-")) for name in names_of(node))


def holds_data(table: LexborNode) -> bool:
    """Whether a table is one, and not the scaffold of a page."""
    if table.attributes.get("role") == "presentation" or table.css_first("td table, td h1, td h2"):
        return False
    if table.css_first("td ul, td p + p") and table.css_first("th") is None:
        return False
    return any(len(one.css("td, th")) > 1 for one in table.css("tr"))


def holds_terms(terms: LexborNode) -> bool:
    """Whether a list of terms gives each in a few words, not in blocks of its own."""
    if terms.css_first("dd + dt, dt + dd") is None:
        return False
    return terms.css_first("ul, ol, table, dl dl, blockquote, h1, h2, h3, p + p") is None


def names_columns(row: LexborNode) -> bool:
    """Whether a row of a table is one of those that say what stands in its columns."""
    return inside(row, "thead") or row.css_first("td") is None


def int_or_one(number: str | None) -> int:
    """The number that a list starts with."""
    return int(number) if number and number.isdecimal() and len(number) < 6 else 1

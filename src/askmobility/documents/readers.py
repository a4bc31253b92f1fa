"""Files to documents: the exact text, its digest, and what is known about it."""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from askmobility.documents.content import Content, Unreadable, one_line
from askmobility.documents.encodings import decoded
from askmobility.documents.structure import blocks
from askmobility.documents.titles import title_of
from askmobility.errors import DocumentUnreadable
from askmobility.types import Block, Document

METADATA_KEYS = ("title", "publisher", "published", "url", "licence")
LARGEST = 256 << 20  # bytes
LINE = "Each line is one object with `_id`, `title` and `text`."
NAMED_LINES = 5  # of those that are no document, at most
NO_TEXT = ("it holds no text", "Remove it, or put a version with text in its place.")
SAVE_AS = "Save it as .docx or PDF."
READ_PICTURE = "Run it through text recognition (OCR), or remove it."
KINDS = (  # what the first bytes give away, which ending is right for it, what to do about others
    ("a PDF", b"%PDF-", ".pdf", "Rename it to end in .pdf."),
    ("a zip archive", b"PK\x03\x04", ".docx", "Unpack it, or if Word made it, rename it to .docx."),
    ("a packed file", b"\x1f\x8b", "", "Unpack it."),
    ("a picture", b"\x89PNG", "", READ_PICTURE),
    ("a picture", b"\xff\xd8\xff", "", READ_PICTURE),
    ("a picture", b"GIF8", "", READ_PICTURE),
    ("a Rich Text document", b"{\\rtf", "", SAVE_AS),
    ("a document of an Office before 2007", b"\xd0\xcf\x11\xe0", ".docx", SAVE_AS),
)
WEB_PAGE = re.compile(rb"\s*(?:<!doctype html|<html)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Source:
    """A document as read, with its layout: what a file format marks, or what its lines show."""

    document: Document
    blocks: tuple[Block, ...]


def read_file(path: Path) -> Iterator[Source]:
    """Every document in one file, in order. The file's ending says how it is read.

    Raises DocumentUnreadable, naming the file, what is wrong and what to do about it; where only
    some of its documents are, once the others are read.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        known = ", ".join(sorted(READERS))
        raise DocumentUnreadable(
            path, f"no reader for files ending in {path.suffix!r}", f"Readable are: {known}."
        )
    try:
        check(path)
        yield from reader(path)
    except Unreadable as error:
        raise DocumentUnreadable(path, error.what, error.remedy) from error
    except OSError as error:
        raise DocumentUnreadable(
            path, error.strerror or "it cannot be opened", "Check the path and its permissions."
        ) from error


def check(path: Path) -> None:
    """Raises Unreadable where the size or the first bytes say that reading is of no use."""
    size = path.stat().st_size
    if size > LARGEST:
        raise Unreadable(
            f"it has {size >> 20} MB, and at most {LARGEST >> 20} are read",
            "Split it and try again.",
        )
    if not path.is_file():
        raise Unreadable("it is not a regular file", "Copy what it holds into one.")
    with path.open("rb") as file:
        opening = file.read(1024)
    ending = path.suffix.lower()
    for kind, mark, right, remedy in KINDS:
        if opening.startswith(mark) and ending != right:
            raise Unreadable(f"it is {kind}, whatever its ending says", remedy)
    if WEB_PAGE.match(opening) and ending in (".pdf", ".docx"):
        raise Unreadable(
            "it is a web page, whatever its ending says",
            "Download it again, or rename it to end in .html.",
        )
    if not opening:
        raise Unreadable("it is empty", "Copy it again, or remove it.")


def read_text(path: Path) -> tuple[Source, ...]:
    """One plain text file: its text as it stands, line ends included."""
    text = exact_text(path)
    if not text.strip("\ufeff \t\r\n\f"):
        raise Unreadable(*NO_TEXT)
    return (source(name_of(path), text, metadata(path)),)


def read_pdf(path: Path) -> tuple[Source, ...]:
    """One PDF, with its pages."""
    from askmobility.documents.pdf import read

    return (read_by(read, path),)


def read_html(path: Path) -> tuple[Source, ...]:
    """The article of one saved web page."""
    from askmobility.documents.html import read

    return (read_by(read, path),)


def read_docx(path: Path) -> tuple[Source, ...]:
    """One Word document."""
    from askmobility.documents.docx import read

    return (read_by(read, path),)


def read_markdown(path: Path) -> tuple[Source, ...]:
    """One Markdown file, without its marks."""
    from askmobility.documents.markdown import read

    return (read_by(read, path),)


def read_by(read: Callable[[Path], Content], path: Path) -> Source:
    """The document that a format's reader finds in a file; `name.toml` beside it wins."""
    content = read(path)
    if not content.blocks:
        raise Unreadable(*NO_TEXT)
    known = {**content.known, **metadata(path)}
    return source(name_of(path), content.text, known, content.blocks)


def name_of(path: Path) -> str:
    """A document's id: its file's name without the ending, on one line."""
    return one_line("".join(c if c.isprintable() else " " for c in path.stem)) or "document"


def read_jsonl(path: Path) -> Iterator[Source]:
    """One document a line, as BEIR writes its corpora: `_id` (or `id`), `title`, `text`.

    Other keys are ignored. A `name.toml` beside the file holds for every document in it, so
    it may not give a title. Lines that are no document are named at the end.
    """
    known = metadata(path)
    if "title" in known:
        raise DocumentUnreadable(
            path.with_suffix(".toml"),
            f"`title` would be the title of every document in {path.name}",
            "Give each line its own `title` instead.",
        )
    seen: set[str] = set()
    bad: list[str] = []
    for number, line in enumerate(exact_text(path).split("\n"), start=1):
        if not line.strip():
            continue
        try:
            one = document_in(line, known)
            if one.document.id in seen:
                raise Unreadable(f"the id {one.document.id!r} has been used before", LINE)
        except Unreadable as error:
            bad.append(f"line {number}: {error.what}")
            continue
        seen.add(one.document.id)
        yield one
    if len(bad) > 1 and not seen and is_json(exact_text(path)):
        raise Unreadable("it is one piece of JSON, not one a line", LINE)
    if bad:
        more = [f"and {len(bad) - NAMED_LINES} more"] if len(bad) > NAMED_LINES else []
        rest = f"Its other lines ({len(seen)}) are read. " if seen else ""
        raise Unreadable("; ".join([*bad[:NAMED_LINES], *more]), rest + LINE)
    if not seen:
        raise Unreadable(*NO_TEXT)


READERS: Mapping[str, Callable[[Path], Iterable[Source]]] = {
    ".txt": read_text,
    ".jsonl": read_jsonl,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".xhtml": read_html,
    ".docx": read_docx,
    ".pdf": read_pdf,
}


def source(
    document_id: str,
    text: str,
    known: Mapping[str, str],
    layout: tuple[Block, ...] | None = None,
) -> Source:
    """A document of this text; without a title in `known` it takes one from the text.

    layout: None for a plain text, whose lines show it.
    """
    layout = blocks(text) if layout is None else layout
    document = Document(
        id=document_id,
        text=text,
        sha256=hashlib.sha256(text.encode("utf-8")).hexdigest(),
        title=known.get("title") or title_of(text, layout) or document_id,
        publisher=known.get("publisher"),
        published=known.get("published"),
        url=known.get("url"),
        licence=known.get("licence"),
    )
    return Source(document, layout)


def exact_text(path: Path) -> str:
    """The characters of a text file, without a byte order mark, line ends untouched."""
    return decoded(path.read_bytes())


def metadata(path: Path) -> Mapping[str, str]:
    """What `name.toml` beside `name.*` says of the document; empty without such a file."""
    beside = path.with_suffix(".toml")
    if not beside.is_file():
        return {}
    try:
        known = tomllib.loads(exact_text(beside))
    except Unreadable as error:
        raise DocumentUnreadable(beside, error.what, error.remedy) from error
    except tomllib.TOMLDecodeError as error:
        raise DocumentUnreadable(
            beside, f"it is not TOML: {error}", 'Write lines such as `title = "..."`.'
        ) from error
    for key, value in known.items():
        if key not in METADATA_KEYS:
            raise DocumentUnreadable(
                beside, f"unknown key `{key}`", f"Known are: {', '.join(METADATA_KEYS)}."
            )
        if not isinstance(value, str):
            raise DocumentUnreadable(
                beside, f"`{key}` is not a string", f'Write it in quotes: {key} = "{value}".'
            )
    return known


def document_in(line: str, known: Mapping[str, str]) -> Source:
    """The document that a line of JSON holds. Raises Unreadable."""
    try:
        record = json.loads(line)
    except json.JSONDecodeError as error:
        raise Unreadable(f"not JSON: {error.msg}", LINE) from error
    except (ValueError, RecursionError) as error:  # numbers too long, lists too deep
        raise Unreadable("not JSON of a sensible size", LINE) from error
    if not isinstance(record, dict):
        raise Unreadable("not a JSON object", LINE)
    document_id = field(record, "id" if "id" in record and "_id" not in record else "_id")
    title = field(record, "title") if record.get("title") else ""
    own = {**known, "title": title} if title else known
    return source(document_id, field(record, "text"), own)


def is_json(text: str) -> bool:
    """Whether a text is JSON as a whole."""
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def field(record: Mapping[str, object], key: str) -> str:
    """The string under `key` of one line. Raises Unreadable."""
    value = record.get(key)
    if value is None:
        raise Unreadable(f"`{key}` is missing", LINE)
    if not isinstance(value, str):
        raise Unreadable(f"`{key}` is not a string", LINE)
    if key != "text" and not value.strip():
        raise Unreadable(f"`{key}` is empty", LINE)
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        raise Unreadable(f"`{key}` holds half of a character pair", LINE) from error
    return value

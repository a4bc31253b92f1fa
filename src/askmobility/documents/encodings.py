"""Bytes to text, in whichever encoding they tell that they are in."""

from __future__ import annotations

import codecs
import re

from askmobility.documents.content import Unreadable

MARKS = (  # the longer before the shorter that it begins with
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
ASCII = bytes(range(128))
FEW = 0.1  # of the bytes are not ASCII: the accents, quotes and dashes of a Western text
WESTERN = "cp1252"
STRAYS = {0xDC00 + byte: bytes([byte]).decode(WESTERN, "replace") for byte in range(0x80, 0x100)}
SAMPLE = 4096  # bytes
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x7f\ufffe\uffff]")
REMEDY = "Save the file as UTF-8 and try again."


def decoded(content: bytes, declared: str | None = None) -> str:
    """The text of a file, line ends untouched, without a byte order mark.

    declared: an encoding that the file itself names, believed if it fits.
    Raises Unreadable where the bytes are no text, or in no encoding that can be told.
    """
    text = first_that_fits(content, declared)
    if text is None or sum(1 for _ in CONTROL.finditer(text[:SAMPLE])) > len(text[:SAMPLE]) // 50:
        raise Unreadable("it is not text, or not in an encoding that can be told", REMEDY)
    return text


def first_that_fits(content: bytes, declared: str | None) -> str | None:
    """The text in the likeliest encoding that fits all of the bytes; None if none does."""
    marked = next((name for mark, name in MARKS if content.startswith(mark)), None)
    if marked is not None:
        text = in_encoding(content, marked)
        if text is None:
            name = marked.removesuffix("-sig").upper()
            raise Unreadable(f"it begins as {name} and does not go on so", REMEDY)
        return text
    sides = sides_with_nulls(content[:SAMPLE])
    for encoding in (sides, "utf-8"):
        if encoding and (text := in_encoding(content, encoding)) is not None:
            return text
    text = mostly_utf_8(content) or (in_encoding(content, declared) if declared else None)
    if text is not None:
        return text
    foreign = len(content.translate(None, delete=ASCII))
    western = in_encoding(content, WESTERN) if foreign < FEW * len(content) else None
    return western if western is not None else detected(content)


def in_encoding(content: bytes, encoding: str) -> str | None:
    """The text, or None where the encoding is unknown, no encoding of text, or does not fit."""
    try:
        return content.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def mostly_utf_8(content: bytes) -> str | None:
    """The text where it is UTF-8 but for stray bytes, which are read as Western; else None.

    Other encodings hardly ever make a character of UTF-8, so there must be as many as strays.
    """
    text = content.decode("utf-8", "surrogateescape")
    strays = sum("\udc80" <= c <= "\udcff" for c in text)
    foreign = len(text) - sum(map(str.isascii, text))
    return text.translate(STRAYS) if foreign >= 2 * strays else None


def sides_with_nulls(sample: bytes) -> str | None:
    """UTF-16 without a mark: Western text in it has a zero in nearly every other byte."""
    pairs = len(sample) // 2
    for name, zeros in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[::2])):
        if pairs > 1 and zeros.count(0) > 0.7 * pairs:
            return name
    return None


def detected(content: bytes) -> str | None:
    """What statistics of letters make of it."""
    from charset_normalizer import from_bytes  # slow to import, and rarely asked

    best = from_bytes(content[: 64 * SAMPLE]).best()
    return None if best is None else in_encoding(content, best.encoding)

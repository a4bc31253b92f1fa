"""A page of a PDF as a picture, and where each of its characters stands in it, by pypdfium2."""

from __future__ import annotations

import ctypes
import math
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from askmobility.documents.content import Unreadable
from askmobility.documents.locating import Box, DrawnPage
from askmobility.documents.pdf import LIGATURES, character, opened
from askmobility.errors import DocumentUnreadable

SCALE = 2.0  # pixels a point: sharp where a page is shown as wide as a hand
PIXELS = 2_500_000  # of a picture at most: a larger page is drawn smaller
CHARACTERS = 20_000  # of a page at most that words are looked for in


def drawn(path: Path, number: int) -> DrawnPage:
    """Page `number`, counted from 1. Raises DocumentUnreadable, OSError."""
    try:
        document = opened(path)
    except Unreadable as error:
        raise DocumentUnreadable(path, error.what, error.remedy) from error
    try:
        if not 1 <= number <= len(document):
            raise DocumentUnreadable(
                path, f"it has no page {number}", f"Its last is {len(document)}."
            )
        try:
            return _drawn(document[number - 1], len(document))
        except pypdfium2.PdfiumError as error:
            raise DocumentUnreadable(
                path, f"its page {number} is damaged", "Export it again."
            ) from error
    finally:
        document.close()


def _drawn(page: Any, of_pages: int) -> DrawnPage:
    bitmap = page.render(scale=_scale(*page.get_size()), rev_byteorder=True)
    found = list(_characters(page, bitmap))
    return DrawnPage(
        of_pages,
        bitmap.width,
        bitmap.height,
        "".join(text for text, _ in found),
        tuple(box for _, box in found),
        _png(bitmap),
    )


def _scale(width: float, height: float) -> float:
    return min(SCALE, math.sqrt(PIXELS / max(width * height, 1.0)))


def _characters(page: Any, bitmap: Any) -> Iterator[tuple[str, Box]]:
    """Every character in the order that pdfium reads them, ligatures as letters, and its box."""
    text_page = page.get_textpage()
    placed = bitmap.get_posconv(page)  # knows how the page is turned and cropped
    bounds = pdfium.FS_RECTF()
    for index in range(min(text_page.count_chars(), CHARACTERS)):
        code = pdfium.FPDFText_GetUnicode(text_page, index)
        pdfium.FPDFText_GetLooseCharBox(text_page, index, ctypes.byref(bounds))
        xs, ys = zip(
            placed.to_bitmap(bounds.left, bounds.top),
            placed.to_bitmap(bounds.right, bounds.bottom),
            strict=True,
        )
        box = (min(xs), min(ys), max(xs), max(ys))
        for letter in character(code).translate(LIGATURES):
            yield letter, box


def _png(bitmap: Any) -> bytes:
    """Eight bits a colour, every row as it is: text on white packs well without a filter."""
    pixels, length = bytes(bitmap.buffer), 3 * bitmap.width
    rows = b"".join(
        b"\0" + pixels[at : at + length]
        for at in range(0, bitmap.height * bitmap.stride, bitmap.stride)
    )
    head = struct.pack(">IIBBBBB", bitmap.width, bitmap.height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(content))
        + kind
        + content
        + struct.pack(">I", zlib.crc32(kind + content))
        for kind, content in chunks
    )

"""Files broken at random: each is read, or refused in one line, by every reader."""

from __future__ import annotations

import importlib.util
import random
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from askmobility.documents.readers import read_file
from askmobility.errors import DocumentUnreadable

_spec = importlib.util.spec_from_file_location("made", Path(__file__).with_name("made.py"))
assert _spec is not None
assert _spec.loader is not None
made = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(made)

pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")

TEXT = (
    "Why a tram\nThe tram opens in May and runs every ten minutes.\n- It is quick.\n- It is cheap\n"
    "Jo Lee, Mayor of Northam, said:\n“We are glad that it comes.”\n"
)
WRITERS = {"md": "as_markdown", "html": "as_html", "docx": "as_docx", "pdf": "as_pdf"}
INPUTS = 150  # of each format


def broken(content: bytes, chance: random.Random) -> bytes:
    """The bytes with some of them changed, cut out, repeated or cut off."""
    found = bytearray(content)
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(len(found))
        kind = chance.random()
        if kind < 0.5:
            found[at] = chance.randrange(256)
        elif kind < 0.7:
            del found[at : at + chance.randint(1, 60)]
        elif kind < 0.95:
            found[at:at] = found[max(0, at - chance.randint(1, 90)) : at]
        else:
            del found[max(at, 20) :]
        found = found or bytearray(b"x")
    return bytes(found)


def variants(path: Path, chance: random.Random) -> Iterator[bytes]:
    """Broken copies of a file; of a .docx also sound archives of broken parts."""
    content = path.read_bytes()
    for number in range(INPUTS):
        if path.suffix != ".docx" or number % 3 == 0:
            yield broken(content, chance)
            continue
        copy = path.with_name("inside.zip")
        with zipfile.ZipFile(path) as parts, zipfile.ZipFile(copy, "w") as target:
            for name in parts.namelist():
                part = parts.read(name)
                hit = name == "word/document.xml" or chance.random() < 0.1
                target.writestr(name, broken(part, chance) if hit else part)
        yield copy.read_bytes()


@pytest.mark.parametrize("ending", WRITERS)
def test_broken_file_is_read_or_refused_in_one_line(tmp_path, ending):
    if ending == "pdf" and not made.FONTS.is_dir():
        pytest.skip("without its fonts nothing can be drawn")
    whole = getattr(made, WRITERS[ending])(tmp_path / f"whole.{ending}", TEXT)
    path = tmp_path / f"broken.{ending}"
    for content in variants(whole, random.Random(6)):
        path.write_bytes(content)
        try:
            (source,) = read_file(path)
        except DocumentUnreadable as error:
            assert "\n" not in str(error)  # noqa: PT017
        else:
            assert all(source.document.text[b.start : b.end].strip() for b in source.blocks)

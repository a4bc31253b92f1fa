"""The same text in every format says the same."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from askmobility.documents.analysis import analyse
from askmobility.documents.readers import Source, read_file
from askmobility.settings import default_corpus_dir

_spec = importlib.util.spec_from_file_location("made", Path(__file__).with_name("made.py"))
assert _spec is not None
assert _spec.loader is not None
made = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(made)

TEXTS = sorted(default_corpus_dir().glob("*.txt"))


def said(source: Source) -> list[object]:
    """Who says what, whatever the white space."""
    text = source.document.text
    return [
        (s.speaker, s.kind, [text[a:b].split() for a, b in s.spans])
        for s in analyse(source).statements
    ]


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem[:20])
@pytest.mark.parametrize("ending", ["md", "html", "docx", "pdf"])
def test_same_statements_by_the_same_speakers_in_every_format(tmp_path, path, ending):
    write = {
        "md": made.as_markdown,
        "html": made.as_html,
        "docx": made.as_docx,
        "pdf": made.as_pdf,
    }[ending]
    (plain,) = read_file(path)
    (other,) = read_file(write(tmp_path / f"press.{ending}", plain.document.text))
    assert said(other) == said(plain)

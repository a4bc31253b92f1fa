from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from askmobility.documents.readers import read_file
from askmobility.errors import DocumentUnreadable


def written(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


def test_text_is_kept_exactly_with_its_windows_line_ends(tmp_path):
    text = "A title\r\n\r\nOne  sentence.\tAnother.\r\n"
    (source,) = read_file(written(tmp_path, "report.txt", text))
    assert source.document.text == text
    assert source.document.id == "report"
    assert source.document.sha256 == hashlib.sha256(text.encode("utf-8")).hexdigest()


def test_byte_order_mark_is_no_part_of_the_text(tmp_path):
    (source,) = read_file(written(tmp_path, "a.txt", b"\xef\xbb\xbfHello there."))
    assert source.document.text == "Hello there."


def test_bytes_that_are_not_utf8_are_an_error_that_names_file_and_remedy(tmp_path):
    path = written(tmp_path, "a.txt", "caf\u00e9".encode("latin-1"))
    with pytest.raises(DocumentUnreadable, match=r"a\.txt: byte 3 is not UTF-8\. Save the file"):
        read_file(path)


def test_missing_file_is_an_error_that_names_it(tmp_path):
    with pytest.raises(DocumentUnreadable, match=r"gone\.txt: No such file"):
        read_file(tmp_path / "gone.txt")


def test_unknown_ending_is_an_error_that_lists_the_readable_ones(tmp_path):
    with pytest.raises(DocumentUnreadable, match=r"\.jsonl.*\.txt"):
        read_file(written(tmp_path, "a.xyz", "x"))


def test_metadata_beside_the_text_is_taken_over_and_any_key_may_be_missing(tmp_path):
    written(tmp_path, "a.toml", 'title = "The plan"\nurl = "https://example.org/"\n')
    (source,) = read_file(written(tmp_path, "a.txt", "Some text."))
    document = source.document
    assert (document.title, document.url) == ("The plan", "https://example.org/")
    assert (document.publisher, document.published, document.licence) == (None, None, None)


@pytest.mark.parametrize(
    ("toml", "complaint"),
    [
        ('titel = "The plan"', "unknown key `titel`"),
        ("published = 2024-01-02", "`published` is not a string"),
        ("title =", "not TOML"),
    ],
)
def test_wrong_metadata_is_an_error_that_names_the_key(tmp_path, toml, complaint):
    written(tmp_path, "a.toml", toml)
    with pytest.raises(DocumentUnreadable, match=f"a.toml: .*{complaint}"):
        read_file(written(tmp_path, "a.txt", "Some text."))


def test_title_is_the_heading_a_text_opens_with(tmp_path):
    text = "A new tram for Northam\n\nThe tram opens in May and runs every ten minutes."
    (source,) = read_file(written(tmp_path, "a.txt", text))
    assert source.document.title == "A new tram for Northam"


def test_long_first_line_is_shortened_to_a_title_at_a_word(tmp_path):
    (source,) = read_file(written(tmp_path, "a.txt", "The tram is late. " * 20))
    assert source.document.title.endswith("…")
    assert len(source.document.title) <= 121


def test_empty_text_is_called_after_its_file(tmp_path):
    (source,) = read_file(written(tmp_path, "empty.txt", " \n"))
    assert source.document.title == "empty"
    assert source.blocks == ()


def test_jsonl_gives_one_document_a_line_under_either_spelling_of_its_id(tmp_path):
    lines = [
        {"_id": "a", "title": "First", "text": "One.", "metadata": {"year": 2024}},
        {"id": "b", "text": "Two."},
    ]
    path = written(tmp_path, "c.jsonl", "\n\n".join(json.dumps(line) for line in lines) + "\n")
    first, second = (source.document for source in read_file(path))
    assert (first.id, first.title, first.text) == ("a", "First", "One.")
    assert (second.id, second.title, second.text) == ("b", "Two.", "Two.")


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("{", "not JSON"),
        ("[]", "not a JSON object"),
        ('{"_id": "b"}', "`text` is missing"),
        ('{"text": "x"}', "`id` is missing"),
        ('{"_id": 7, "text": "x"}', "`_id` is missing or not a string"),
        ('{"_id": "a", "text": "x"}', "the id 'a' has been used before"),
        ('{"_id": "b", "text": "\\ud800"}', "`text` holds half of a character pair"),
    ],
)
def test_bad_line_of_jsonl_is_an_error_that_gives_its_number(tmp_path, line, complaint):
    path = written(tmp_path, "c.jsonl", '{"_id": "a", "text": "One."}\n' + line + "\n")
    with pytest.raises(DocumentUnreadable, match=rf"c\.jsonl: line 2: {complaint}"):
        read_file(path)


def test_publisher_beside_a_jsonl_holds_for_all_its_documents_but_a_title_is_refused(tmp_path):
    path = written(tmp_path, "c.jsonl", '{"_id": "a", "text": "x"}\n{"_id": "b", "text": "y"}')
    written(tmp_path, "c.toml", 'publisher = "Northam Council"')
    assert {s.document.publisher for s in read_file(path)} == {"Northam Council"}
    written(tmp_path, "c.toml", 'title = "All"')
    with pytest.raises(DocumentUnreadable, match="title of every document"):
        read_file(path)

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


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_text_in_another_encoding_is_read_as_it_was_written(tmp_path, encoding):
    text = "The café’s “plan” – £4 a day – is open to all who live in Northam.\n"
    (source,) = read_file(written(tmp_path, "a.txt", text.encode(encoding)))
    assert source.document.text == text


def test_cyrillic_in_an_old_encoding_is_told_by_its_letters(tmp_path):
    text = "Трамвай откроется в мае и будет ходить каждые десять минут. Он стоит дорого.\n" * 4
    (source,) = read_file(written(tmp_path, "a.txt", text.encode("cp1251")))
    assert source.document.text == text


@pytest.mark.parametrize("stray", [b"\x96", b"\x92", b"\xe9"])
def test_stray_bytes_of_another_program_change_nothing_else_of_a_text_in_utf_8(tmp_path, stray):
    text = "“The café opens” – in May. It’s £4 a head.\n"
    path = written(tmp_path, "a.txt", text.encode() + b"Open 9 " + stray + b" 5.\n" + text.encode())
    (source,) = read_file(path)
    assert source.document.text == f"{text}Open 9 {stray.decode('cp1252')} 5.\n{text}"


def test_bytes_that_are_no_text_are_an_error_that_names_file_and_remedy(tmp_path):
    path = written(tmp_path, "a.txt", bytes(range(32)) * 40)
    with pytest.raises(DocumentUnreadable, match=r"a\.txt: it is not text.*Save the file as UTF-8"):
        list(read_file(path))


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("a.txt", b"%PDF-1.7 ...", r"it is a PDF, whatever its ending says\. Rename it to end in"),
        ("a.md", b"PK\x03\x04....", "it is a zip archive, .* if Word made it, rename it"),
        ("a.txt", b"\xd0\xcf\x11\xe0....", "Office before 2007, .* Save it as .docx or PDF"),
        ("a.txt", b"{\\rtf1 Hello}", "it is a Rich Text document"),
        ("a.pdf", b"GIF89a", r"it is a picture, .* Run it through text recognition \(OCR\)"),
        ("a.txt", b"\x1f\x8b\x08", "it is a packed file, whatever its ending says. Unpack it"),
        ("a.pdf", b"<!DOCTYPE html><p>", "it is a web page, .* rename it to end in .html"),
        ("a.txt", b"\xff\xfea", "it begins as UTF-16 and does not go on so"),
        ("a.html", b"<title>T</title><script>f()</script>", "no text, unless a script writes it"),
        ("a.jsonl", b'[{"_id": "a",\n"text": "x"}]', "it is one piece of JSON, not one a line"),
        ("a.html", b"", "it is empty"),
        ("a.md", b"<!-- nothing -->", "it holds no text"),
        ("a.docx", b"PK\x03\x04....", "it is damaged .it breaks off"),
        ("a.txt", b"\xef\xbb\xbf", "it holds no text"),
        ("a.txt", b" \r\n\t\n", "it holds no text"),
        ("a.docx", b"hello", "it is no Word document"),
        ("a.docx", b"\xd0\xcf\x11\xe0....", "protected by a password"),
    ],
)
def test_file_that_is_not_what_it_is_called_is_one_line_of_what_and_why(
    tmp_path, name, content, complaint
):
    with pytest.raises(DocumentUnreadable, match=complaint) as raised:
        list(read_file(written(tmp_path, name, content)))
    assert "\n" not in str(raised.value)


def test_name_with_a_line_break_stays_one_line_in_errors_and_ids(tmp_path):
    with pytest.raises(DocumentUnreadable, match=r"a\\nb\.html: it is empty"):
        list(read_file(written(tmp_path, "a\nb.html", b"")))
    (source,) = read_file(written(tmp_path, "a\nb.txt", "The tram opens."))
    assert source.document.id == "a b"


def test_huge_file_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(1 << 30)
    with pytest.raises(DocumentUnreadable, match="it has 1024 MB, and at most 256 are read"):
        list(read_file(path))


def test_missing_file_is_an_error_that_names_it(tmp_path):
    with pytest.raises(DocumentUnreadable, match=r"gone\.txt: No such file"):
        list(read_file(tmp_path / "gone.txt"))


def test_unknown_ending_is_an_error_that_lists_the_readable_ones(tmp_path):
    with pytest.raises(DocumentUnreadable, match=r"\.jsonl.*\.txt"):
        list(read_file(written(tmp_path, "a.xyz", "x")))


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
        list(read_file(written(tmp_path, "a.txt", "Some text.")))


def test_title_is_the_heading_a_text_opens_with(tmp_path):
    text = "A new tram for Northam\n\nThe tram opens in May and runs every ten minutes."
    (source,) = read_file(written(tmp_path, "a.txt", text))
    assert source.document.title == "A new tram for Northam"


def test_long_first_line_is_shortened_to_a_title_at_a_word(tmp_path):
    (source,) = read_file(written(tmp_path, "a.txt", "The tram is late. " * 20))
    assert source.document.title.endswith("…")
    assert len(source.document.title) <= 121


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
        ('{"text": "x"}', "`_id` is missing"),
        ('{"_id": 7, "text": "x"}', "`_id` is not a string"),
        ('{"_id": " ", "text": "x"}', "`_id` is empty"),
        ('{"_id": "a", "text": "x"}', "the id 'a' has been used before"),
        ('{"_id": "b", "text": "\\ud800"}', "`text` holds half of a character pair"),
        ("[" * 100_000, "not JSON"),
    ],
)
def test_bad_line_of_jsonl_is_named_with_its_number_and_the_others_are_read(
    tmp_path, line, complaint
):
    good = [json.dumps({"_id": name, "text": "One."}) for name in "ac"]
    reading = read_file(written(tmp_path, "c.jsonl", "\n".join([good[0], line, good[1]])))
    assert [next(reading).document.id for _ in range(2)] == ["a", "c"]
    with pytest.raises(DocumentUnreadable, match=rf"c\.jsonl: line 2: {complaint}.*other lines"):
        next(reading)


def test_of_many_bad_lines_of_jsonl_the_first_are_named_and_the_others_counted(tmp_path):
    with pytest.raises(DocumentUnreadable, match=r"line 1: .*; line 5: .*; and 7 more\. Each line"):
        list(read_file(written(tmp_path, "c.jsonl", "{\n" * 12)))


def test_jsonl_without_a_line_is_an_error(tmp_path):
    with pytest.raises(DocumentUnreadable, match="no text"):
        list(read_file(written(tmp_path, "c.jsonl", "\n\n")))


def test_publisher_beside_a_jsonl_holds_for_all_its_documents_but_a_title_is_refused(tmp_path):
    path = written(tmp_path, "c.jsonl", '{"_id": "a", "text": "x"}\n{"_id": "b", "text": "y"}')
    written(tmp_path, "c.toml", 'publisher = "Northam Council"')
    assert {s.document.publisher for s in read_file(path)} == {"Northam Council"}
    written(tmp_path, "c.toml", 'title = "All"')
    with pytest.raises(DocumentUnreadable, match="title of every document"):
        list(read_file(path))

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest
from fpdf import FPDF

from askmobility.documents import worker
from askmobility.documents.worker import Worker
from askmobility.errors import DocumentUnreadable

TEXT = "The tram opens in May. It will run every ten minutes."


def written(folder: Path, name: str, content: str) -> Path:
    path = folder / name
    path.write_text(content, "utf-8")
    return path


def test_documents_come_back_as_they_are_read_in_this_process(tmp_path):
    path = written(tmp_path, "tram.txt", TEXT)
    with Worker() as reader:
        assert list(reader.parts(path)) == list(worker.read_parts(path))


def test_process_started_ahead_has_loaded_what_reading_takes(tmp_path):
    path = written(tmp_path, "tram.txt", TEXT)
    with Worker() as reader:
        reader.start()
        ahead = reader._running()
        assert ahead.args[-1] == "--to-read"
        assert list(reader.parts(path)) == list(worker.read_parts(path))
        assert reader._running() is ahead


def test_unreadable_file_is_told_in_its_own_words_and_the_next_one_is_read(tmp_path):
    bad, good = written(tmp_path, "bad.jsonl", "{"), written(tmp_path, "tram.txt", TEXT)
    with Worker() as reader:
        with pytest.raises(DocumentUnreadable, match=r"bad\.jsonl: line 1: not JSON"):
            list(reader.parts(bad))
        assert [document.id for document, _, _ in reader.parts(good)] == ["tram"]


def test_file_that_takes_too_long_is_given_up_and_the_next_one_is_read(tmp_path):
    slow = written(tmp_path, "slow.html", "<div>" * 60_000)
    good = written(tmp_path, "tram.txt", TEXT)
    with Worker(seconds=-5) as reader:  # seconds that its size allows it come on top
        began = time.monotonic()
        with pytest.raises(DocumentUnreadable, match=r"slow\.html: reading it took longer than"):
            list(reader.parts(slow))
        assert time.monotonic() - began < 10
    with Worker() as reader:
        assert [document.id for document, _, _ in reader.parts(good)] == ["tram"]


def test_what_is_done_with_a_document_is_no_time_of_reading(tmp_path, monkeypatch):
    clock, granted = iter(range(0, 1000, 10)), []

    class Timer(threading.Timer):
        def __init__(self, seconds, end):
            granted.append(seconds)
            super().__init__(1000, end)

    monkeypatch.setattr(worker.time, "monotonic", lambda: next(clock))  # 10 s a look
    monkeypatch.setattr(worker.threading, "Timer", Timer)
    path = written(tmp_path, "two.jsonl", '{"_id": "a", "text": "One."}\n')
    with Worker(seconds=100) as reader:
        for _ in reader.parts(path):
            next(clock)  # this much passes elsewhere
            next(clock)

    assert [round(seconds) for seconds in granted] == [100, 90], "only the wait itself counts"


def test_process_that_dies_takes_one_file_with_it(tmp_path):
    slow = written(tmp_path, "slow.html", "<div>" * 60_000)
    good = written(tmp_path, "tram.txt", TEXT)
    with Worker() as reader:
        threading.Timer(0.5, reader._running().kill).start()
        with pytest.raises(DocumentUnreadable, match=r"slow\.html: reading it broke the reader"):
            list(reader.parts(slow))
        assert [document.id for document, _, _ in reader.parts(good)] == ["tram"]


def test_reader_left_in_the_middle_of_a_file_starts_afresh_with_the_next(tmp_path):
    two = written(
        tmp_path, "two.jsonl", '{"_id": "a", "text": "One."}\n{"_id": "b", "text": "Two."}'
    )
    good = written(tmp_path, "tram.txt", TEXT)
    with Worker() as reader:
        parts = reader.parts(two)
        next(parts)
        parts.close()
        assert [document.id for document, _, _ in reader.parts(good)] == ["tram"]


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """A PDF of one empty page."""
    pdf = FPDF()
    pdf.add_page()
    pdf.output(str(tmp_path / "report.pdf"))
    return tmp_path / "report.pdf"


def test_page_comes_back_as_it_is_drawn_in_this_process(report):
    with Worker() as reader:
        assert [reader.page(report, 1)] == list(worker.draw_page(report, 1))


@pytest.mark.parametrize(
    ("content", "number", "told"),
    [(None, 2, "it has no page 2"), (None, 0, "it has no page 0"), (b"%PDF-1.7", 1, "is damaged")],
)
def test_page_that_is_not_there_is_told_and_the_next_one_is_drawn(
    tmp_path, report, content, number, told
):
    bad = report
    if content is not None:
        bad = tmp_path / "bad.pdf"
        bad.write_bytes(content)
    with Worker() as reader:
        with pytest.raises(DocumentUnreadable, match=told):
            reader.page(bad, number)
        assert reader.page(report, 1).of_pages == 1


def test_page_that_takes_too_long_to_draw_is_given_up(tmp_path):
    pdf = FPDF()
    pdf.add_page()
    pdf._out("q 0 0 500 500 re W n " + "0 0 500 800 re B 9 9 m 300 500 90 70 300 9 c S " * 400_000)
    pdf.output(str(tmp_path / "slow.pdf"))
    with Worker(seconds=1) as reader:
        began = time.monotonic()
        with pytest.raises(DocumentUnreadable, match=r"slow\.pdf: reading it took longer than 1 s"):
            reader.page(tmp_path / "slow.pdf", 1)
        assert time.monotonic() - began < 10

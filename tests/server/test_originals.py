from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from askmobility.index.freshness import corpus_digest
from askmobility.index.snapshots import FORMAT
from askmobility.server.originals import Lost, original_of


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Two PDFs of one name, and a secret beside the folder."""
    for folder, content in (
        ("corpus/2022", b"%PDF-a"),
        ("corpus/2023", b"%PDF-b"),
        (".", b"%PDF-c"),
    ):
        (tmp_path / folder).mkdir(parents=True, exist_ok=True)
        (tmp_path / folder / "report.pdf").write_bytes(content)
    return tmp_path / "corpus"


@pytest.fixture
def snapshot(tmp_path: Path, corpus: Path) -> Path:
    folder = tmp_path / "snapshot"
    folder.mkdir()
    files = {
        corpus_digest([corpus / "2022" / "report.pdf"]): [["report", "report"]],
        corpus_digest([corpus / "2023" / "report.pdf"]): [["report", "report-2"]],
    }
    (folder / "files.json").write_text(json.dumps({"files": files}), "utf-8")
    (folder / "manifest.json").write_text(
        json.dumps({"format": FORMAT, "paths": [str(corpus)]}), "utf-8"
    )
    return folder


def test_of_files_with_one_name_the_content_decides(snapshot: Path, corpus: Path) -> None:
    assert original_of(snapshot, "report").path == corpus / "2022" / "report.pdf"
    assert original_of(snapshot, "report-2").path == corpus / "2023" / "report.pdf"


def test_a_file_that_was_moved_within_its_folder_is_found(snapshot: Path, corpus: Path) -> None:
    (corpus / "2022").rename(corpus / "archive")

    assert original_of(snapshot, "report").path == corpus / "archive" / "report.pdf"


def test_a_file_that_was_touched_is_still_the_same(snapshot: Path, corpus: Path) -> None:
    os.utime(corpus / "2022" / "report.pdf", ns=(1, 1))

    assert original_of(snapshot, "report").path.is_file()


@pytest.mark.parametrize(
    ("happens", "document_id", "told"),
    [
        (
            lambda folder: (folder / "2022" / "report.pdf").write_bytes(b"%PDF-x"),
            "report",
            "changed",
        ),
        (lambda folder: folder.rename(folder.with_name("gone")), "report", "no longer"),
        (lambda folder: None, "../report", "does not know"),
        (lambda folder: None, "2022/report", "does not know"),
        (lambda folder: None, "report.pdf", "does not know"),
    ],
)
def test_what_is_no_original_any_more_is_lost_in_words_without_a_path(
    snapshot: Path, corpus: Path, happens: Callable[[Path], object], document_id: str, told: str
) -> None:
    happens(corpus)

    with pytest.raises(Lost, match=told) as lost:
        original_of(snapshot, document_id)

    assert "/" not in str(lost.value)


def test_a_snapshot_that_has_just_been_replaced_says_to_ask_again(snapshot: Path) -> None:
    (snapshot / "manifest.json").unlink()

    with pytest.raises(Lost, match="ask again"):
        original_of(snapshot, "report")

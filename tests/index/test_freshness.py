"""An index is stale when its files hold anything else than when it was built."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import Any

import pytest

from askmobility.index import snapshots
from askmobility.index.freshness import (
    corpus_digest,
    document_files,
    is_stale,
    left_alone,
    looks,
    wait_for_change,
)


def test_folders_are_searched_for_readable_files_but_hidden_ones_and_readmes(
    tmp_path: Path,
) -> None:
    wanted = ["a.txt", "b.PDF", "deep/c.html", "d.docx", "e.md"]
    for name in [*wanted, ".f.txt", ".git/g.txt", "README.md", "deep/readme.txt", "h.png"]:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x", "utf-8")

    found = [str(file.relative_to(tmp_path)) for file in document_files([tmp_path])]
    assert sorted(found) == sorted(wanted)


def test_a_file_named_outright_is_taken_whatever_it_is_called(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text("x", "utf-8")

    assert document_files([readme, readme]) == [readme]


def test_waiting_ends_once_a_new_file_has_been_left_alone(tmp_path: Path) -> None:
    before = looks([tmp_path])
    waiting = threading.Thread(target=wait_for_change, args=([tmp_path], before, 0.05))
    waiting.start()
    waiting.join(0.2)
    assert waiting.is_alive()

    (tmp_path / "a.txt").write_text("x", "utf-8")
    waiting.join(5)
    assert not waiting.is_alive()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "b.txt").write_text("B.\n", "utf-8")
    (folder / "a.txt").write_text("A.\n", "utf-8")
    return folder


def digest(folder: Path) -> str:
    return corpus_digest(document_files([folder]))


def test_files_are_found_in_folders_of_folders_in_a_stable_order(folder: Path) -> None:
    (folder / "deep").mkdir()
    (folder / "deep" / "c.TXT").write_text("C.\n", "utf-8")

    found = document_files([folder])

    assert [str(file.relative_to(folder)) for file in found] == ["a.txt", "b.txt", "deep/c.TXT"]


def test_files_named_twice_are_taken_once_in_the_order_they_were_named(folder: Path) -> None:
    found = document_files([folder / "b.txt", folder, folder / "b.txt"])

    assert found == [folder / "b.txt", folder / "a.txt"]


def test_what_was_not_touched_is_not_stale(folder: Path) -> None:
    before = digest(folder)
    os.utime(folder / "a.txt", (0, 0))

    assert digest(folder) == before


def test_a_corpus_elsewhere_with_the_same_content_is_the_same(folder: Path, tmp_path: Path) -> None:
    before = digest(folder)
    folder.rename(tmp_path / "moved")

    assert digest(tmp_path / "moved") == before


def test_a_name_that_is_no_text_does_not_matter(folder: Path) -> None:
    before = digest(folder)
    (folder / os.fsdecode(b"broken-\xff.txt")).write_text("A broken name.\n", "utf-8")

    assert digest(folder) != before


@pytest.mark.parametrize("change", ["text", "name", "metadata", "more", "fewer"])
def test_every_change_of_content_shows(folder: Path, change: str) -> None:
    before = digest(folder)
    match change:
        case "text":
            (folder / "a.txt").write_text("A!\n", "utf-8")
        case "name":
            (folder / "b.txt").rename(folder / "c.txt")
        case "metadata":
            (folder / "a.toml").write_text('title = "A"\n', "utf-8")
        case "more":
            (folder / "c.txt").write_text("C.\n", "utf-8")
        case "fewer":
            (folder / "b.txt").unlink()

    assert digest(folder) != before


def test_a_file_that_may_not_be_opened_counts_by_its_name(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = digest(folder)
    closed = folder / "a.txt"
    opened = Path.open

    def refuse(path: Path, *arguments: Any) -> Any:
        if path == closed:
            raise PermissionError(13, "Permission denied")
        return opened(path, *arguments)

    monkeypatch.setattr(Path, "open", refuse)
    assert digest(folder) not in (before, corpus_digest([folder / "b.txt"]))


@pytest.mark.slow
def test_an_index_is_stale_once_its_documents_have_changed(
    documents: Path, small_index: Path
) -> None:
    snapshot = snapshots.current(small_index)

    assert not is_stale(snapshot, [documents])
    (documents / "library.txt").write_text("The library is shut.\n", "utf-8")
    assert is_stale(snapshot, [documents])


def test_what_nothing_reads_is_counted_by_its_ending(folder: Path) -> None:
    for name in ("old.doc", "older.DOC", "LICENCE", "README", ".hidden.doc", "a.toml"):
        (folder / name).write_text("x", "utf-8")
    (folder / "elsewhere").symlink_to(folder.parent)
    (folder / "nowhere.txt").symlink_to(folder / "gone.txt")
    os.mkfifo(folder / "pipe.txt")
    (folder / ".hidden").mkdir()
    (folder / ".hidden" / "nowhere").symlink_to(folder / "gone")

    assert left_alone([folder]) == {
        ".doc": 2,
        "without an ending": 1,
        "linked folders": 1,
        "broken links": 1,
        "special files": 1,
    }

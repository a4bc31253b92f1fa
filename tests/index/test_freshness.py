from __future__ import annotations

import threading
from pathlib import Path

from askmobility.index.freshness import document_files, looks, wait_for_change


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

from __future__ import annotations

from pathlib import Path

from askmobility.index.freshness import document_files


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

from __future__ import annotations

import os
from pathlib import Path

import pytest

from askmobility.documents.locating import DrawnPage
from askmobility.errors import DocumentUnreadable
from askmobility.index.freshness import corpus_digest
from askmobility.server import drawings
from askmobility.server.drawings import Drawings
from askmobility.server.originals import Lost, Original

PAGE = DrawnPage(1, 2, 2, "a", ((0, 0, 1, 1),), b"picture" * 100)


@pytest.fixture
def original(tmp_path: Path) -> Original:
    file = tmp_path / "report.pdf"
    file.write_bytes(b"%PDF-")
    return Original(file, corpus_digest([file]))


class Drawer:
    """Stands in for the process that draws; notes what it was asked."""

    asked: list[int]

    def __init__(self, seconds: float) -> None:
        pass

    def __enter__(self) -> Drawer:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def page(self, path: Path, number: int) -> DrawnPage:
        self.asked.append(number)
        if number > 9:
            raise DocumentUnreadable(path, "drawing it broke", "Export it again.")
        if number == 9:
            path.write_bytes(b"%PDF-2")
        return PAGE


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    monkeypatch.setattr(drawings, "Worker", Drawer)
    asked: list[int] = []
    monkeypatch.setattr(Drawer, "asked", asked, raising=False)
    return asked


def test_a_page_is_drawn_once_for_every_process(
    tmp_path: Path, original: Original, asked: list[int]
) -> None:
    assert Drawings(tmp_path / "kept").page(original, 1) == PAGE
    assert Drawings(tmp_path / "kept").page(original, 1) == PAGE
    assert asked == [1]


def test_those_not_looked_at_for_longest_make_room(
    tmp_path: Path, original: Original, asked: list[int]
) -> None:
    some = Drawings(tmp_path / "kept", kept_bytes=2000)  # two pages

    for number in (1, 2):
        some.page(original, number)
        os.utime(tmp_path / "kept" / f"{original.digest}-{number}", ns=(number, number))
    some.page(original, 1)
    some.page(original, 3)

    kept = sorted(file.name[-2:] for file in (tmp_path / "kept").iterdir())
    assert kept == ["-1", "-3"]
    assert asked == [1, 2, 3]


def test_a_page_that_cannot_be_drawn_is_tried_once(
    tmp_path: Path, original: Original, asked: list[int]
) -> None:
    some = Drawings(tmp_path / "kept")

    for _ in range(2):
        with pytest.raises(Lost, match=r"^This page cannot be drawn\.$"):
            some.page(original, 10)

    assert asked == [10]


def test_a_file_that_is_replaced_while_it_is_drawn_is_not_kept(
    tmp_path: Path, original: Original, asked: list[int]
) -> None:
    with pytest.raises(Lost, match="has changed"):
        Drawings(tmp_path / "kept").page(original, 9)

    assert not (tmp_path / "kept").exists()


def test_what_another_version_kept_is_drawn_again(
    tmp_path: Path, original: Original, asked: list[int]
) -> None:
    some = Drawings(tmp_path / "kept")
    some.page(original, 1)
    (kept,) = (tmp_path / "kept").iterdir()
    kept.write_bytes(b"\x92other")

    assert some.page(original, 1) == PAGE
    assert asked == [1, 1]


def test_a_disk_that_takes_nothing_costs_a_drawing_each_time(
    tmp_path: Path, original: Original, asked: list[int]
) -> None:
    (tmp_path / "kept").write_text("a file where the folder would be")
    some = Drawings(tmp_path / "kept")

    assert some.page(original, 1) == some.page(original, 1) == PAGE
    assert asked == [1, 1]

"""Two short documents, indexed with the real model once for all the tests of this room."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from askmobility.index import snapshots
from askmobility.index.builder import build_index
from askmobility.index.encoder import Encoder
from askmobility.index.snapshots import Snapshot

FERRIES = (
    "Ferries return to Port Ellery\n\n"
    "The ferry crosses the harbour six times a day. A ticket costs £3.\n\n"
    "Children travel free of charge until September.\n"
)
LIBRARY = (
    "The library opens late\n\nThe library in Mill Street stays open until nine on Thursdays.\n"
)


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    """A folder with the two documents, to be changed at will."""
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "ferries.txt").write_text(FERRIES, "utf-8")
    (folder / "library.txt").write_text(LIBRARY, "utf-8")
    return folder


@pytest.fixture(scope="session")
def small_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the two documents, to be read only."""
    folder = tmp_path_factory.mktemp("small")
    for name, text in (("ferries.txt", FERRIES), ("library.txt", LIBRARY)):
        (folder / name).write_text(text, "utf-8")
    build_index([folder], folder / "index")
    return folder / "index"


@pytest.fixture
def index_dir(small_index: Path, tmp_path: Path) -> Path:
    """The same index, to be changed at will: replace its files, never write into them."""
    return Path(shutil.copytree(small_index, tmp_path / "index", copy_function=os.link))


@pytest.fixture(scope="session")
def snapshot(small_index: Path) -> Snapshot:
    return Snapshot(snapshots.current(small_index))


@pytest.fixture(scope="session")
def encoder(snapshot: Snapshot) -> Encoder:
    return snapshot.encoder

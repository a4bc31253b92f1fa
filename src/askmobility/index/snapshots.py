"""Snapshots: complete, immutable, named by a digest of what is in them; one of them is current.

index/CURRENT             the id of the live snapshot, replaced atomically
index/snapshots/<id>/     manifest.json, documents.sqlite, dense.faiss, lexical/, tokens/,
                          digests.npy, encoder/, and pages/ where documents have pages
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from askmobility.errors import IndexDamaged, IndexNotFound, IndexOutdated
from askmobility.index.dense import DenseIndex
from askmobility.index.encoder import Encoder
from askmobility.index.lexical import LexicalIndex
from askmobility.index.pages import Pages
from askmobility.index.store import Store
from askmobility.index.token_vectors import TokenVectors

FORMAT = 7  # of the snapshot: raise it when an older one, or its encoder, can no longer be read
KEPT = 2  # the live snapshot, and the one before it for whoever still has it open
ABANDONED_SECONDS = 24 * 3600  # after which an unfinished snapshot is no build's any more

Opened = TypeVar("Opened")


class Snapshot:
    """One open snapshot: everything that a question needs, memory-mapped."""

    def __init__(self, folder: Path) -> None:
        """Raises IndexDamaged where a part is missing, broken or does not fit the others."""
        self.folder = folder
        self.id = folder.name
        self.manifest = read_manifest(folder)
        self.store = self._part("documents.sqlite", Store)
        self.dense = self._part("dense.faiss", DenseIndex)
        self.lexical = self._part("lexical", LexicalIndex)
        self.pages = self._part("pages", Pages) if self.manifest.get("paged") else None
        self.tokens = self._part("tokens", TokenVectors)
        self.encoder = self._part("encoder", Encoder)
        self.digests: npt.NDArray[np.uint8] = self._part("digests.npy", np.load)
        counts = {self.manifest["passages"], len(self.dense), len(self.tokens), len(self.digests)}
        if self.pages is not None:
            counts.add(len(self.pages))
        if len(counts) > 1 or self.manifest["documents"] != len(self.store.document_ids):
            raise IndexDamaged(folder, "its parts differ in how much they hold")

    def _part(self, name: str, open_: Callable[[Path], Opened]) -> Opened:
        try:
            return open_(self.folder / name)
        except IndexDamaged:
            raise
        except Exception as error:  # each library has its own for a file that is not what it was
            raise IndexDamaged(self.folder, f"{name} does not open ({error})") from error


def read_manifest(folder: Path) -> Mapping[str, Any]:
    """What the snapshot says of itself. Raises IndexDamaged, IndexOutdated."""
    manifest = manifest_of_any_format(folder)
    written_in = manifest["format"]
    if written_in != FORMAT:
        what = f"it is in format {written_in}, and this version reads {FORMAT}"
        raise IndexOutdated(folder, what)
    return manifest


def manifest_of_any_format(folder: Path) -> Mapping[str, Any]:
    """What a snapshot of this or another version says of itself. Raises IndexDamaged."""
    try:
        manifest: Mapping[str, Any] = json.loads((folder / "manifest.json").read_text("utf-8"))
        manifest["format"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexDamaged(folder, f"its manifest does not read ({error})") from error
    return manifest


def current(index_dir: Path) -> Path:
    """The folder of the live snapshot. Raises IndexNotFound where there is none."""
    try:
        name = (index_dir / "CURRENT").read_text("utf-8").strip()
    except OSError as error:
        raise IndexNotFound(index_dir) from error
    folder = index_dir / "snapshots" / name
    if not name or not folder.is_dir():
        raise IndexNotFound(index_dir)
    return folder


def publish(index_dir: Path, write: Callable[[Path], str]) -> Path:
    """Let `write` fill a new folder and return its id; check it, then make it the current one.

    Killed at any moment, or refused by a full disk, it leaves the old snapshot answering.
    """
    snapshots = index_dir / "snapshots"
    snapshots.mkdir(parents=True, exist_ok=True)
    _forget_abandoned(snapshots)
    partial = Path(tempfile.mkdtemp(prefix=".partial-", dir=snapshots))
    try:
        partial.chmod(0o755)
        name = write(partial)
        Snapshot(partial)
        _sync(partial)
        folder = snapshots / name
        with _alone_in(snapshots):
            if _opens(folder):  # same content, maybe answering: it stays; its files may be new
                for told in partial.glob("*.json"):
                    os.replace(told, folder / told.name)
            else:
                shutil.rmtree(folder, ignore_errors=True)
                os.replace(partial, folder)
            _point_to(index_dir, name)
            _forget_old(snapshots, folder)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return folder


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Waits until no other build, in this process or another, is publishing into the folder."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)  # and with it the lock


def _opens(folder: Path) -> bool:
    try:
        Snapshot(folder)
    except IndexDamaged:
        return False
    return True


def _point_to(index_dir: Path, name: str) -> None:
    beside = index_dir / f".CURRENT-{os.getpid()}"
    beside.write_text(name + "\n", "utf-8")
    _sync_file(beside)
    os.replace(beside, index_dir / "CURRENT")


def _sync(folder: Path) -> None:
    for file in folder.rglob("*"):
        if file.is_file():
            _sync_file(file)


def _sync_file(file: Path) -> None:
    descriptor = os.open(file, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _forget_abandoned(snapshots: Path) -> None:
    """Remove what killed builds left; what another build is writing now stays."""
    for partial in snapshots.glob(".partial-*"):
        with suppress(FileNotFoundError):  # that build has just finished
            if time.time() - partial.stat().st_mtime > ABANDONED_SECONDS:
                shutil.rmtree(partial, ignore_errors=True)


def _forget_old(snapshots: Path, live: Path) -> None:
    others = [folder for folder in snapshots.glob("[!.]*") if folder.is_dir() and folder != live]
    others.sort(key=lambda folder: folder.stat().st_mtime, reverse=True)
    for folder in others[KEPT - 1 :]:
        shutil.rmtree(folder, ignore_errors=True)

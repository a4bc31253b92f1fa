"""Which files an index is built from, and whether they changed since."""

from __future__ import annotations

import hashlib
import os
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

from askmobility.documents.readers import READERS
from askmobility.index.snapshots import read_manifest


def is_stale(snapshot: Path, paths: Sequence[Path]) -> bool:
    """Whether these files and folders hold anything else than when the snapshot was built."""
    return bool(read_manifest(snapshot)["corpus"] != corpus_digest(document_files(paths)))


def document_files(paths: Iterable[Path]) -> list[Path]:
    """The files to read, each once, in a stable order.

    Of a folder, hidden ones are left out, and a README, which tells of the folder.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            found |= {e: None for e in _in_sight(path) if _has_reader(e) and e.is_file()}
        else:
            found[path] = None
    return list(found)


def left_alone(paths: Iterable[Path]) -> Counter[str]:
    """How many files of which ending, and linked folders, nothing reads in these folders."""
    return Counter(
        kind
        for path in paths
        if path.is_dir()
        for entry in _in_sight(path)
        if (kind := _unread(entry))
    )


def _unread(entry: Path) -> str:
    """What an entry of a folder is that is neither read nor looked into, else ""."""
    if entry.is_file():
        known = _has_reader(entry) or entry.suffix.lower() == ".toml"
        return "" if known else entry.suffix.lower() or "without an ending"
    if entry.is_symlink():
        return "linked folders" if entry.is_dir() else "broken links"
    if entry.is_dir():
        return "" if os.access(entry, os.R_OK | os.X_OK) else "closed folders"
    return "special files"


def _has_reader(file: Path) -> bool:
    return file.suffix.lower() in READERS


def _in_sight(folder: Path) -> list[Path]:
    """All that is in a folder and its folders, in order, but what is hidden, and READMEs."""
    return [
        entry
        for entry in sorted(folder.rglob("*"))
        if not any(part.startswith(".") for part in entry.relative_to(folder).parts)
        and entry.stem.lower() != "readme"
    ]


def corpus_digest(files: Sequence[Path]) -> str:
    """Names the files' content and their metadata's, wherever they lie."""
    digest = hashlib.sha256()
    for file in files:
        for part in (file, file.with_suffix(".toml")):
            if part.is_file():
                try:
                    with part.open("rb") as stream:
                        content = hashlib.file_digest(stream, "sha256").hexdigest()
                except OSError:  # whoever reads it tells why
                    content = ""
                digest.update(os.fsencode(part.name) + f"\0{content}\0".encode())
    return digest.hexdigest()


Looks = tuple[tuple[str, int, int], ...]


def looks(paths: Sequence[Path]) -> Looks:
    """Name, size and time of change of every file: quick to compare, and nothing is read."""
    found = []
    for file in document_files(path for path in paths if path.exists()):
        for part in (file, file.with_suffix(".toml")):
            try:
                state = part.stat()
            except OSError:  # no such file, or it has gone this moment
                continue
            found.append((str(part), state.st_size, state.st_mtime_ns))
    return tuple(found)


def wait_for_change(paths: Sequence[Path], before: Looks, seconds: float = 1.0) -> None:
    """Return once the files look other than `before`, and have stopped changing.

    seconds: between two looks; a file that is still being copied has changed at the next one.
    """
    last = before
    while True:
        time.sleep(seconds)
        now = looks(paths)
        if now == last != before:
            return
        last = now


@lru_cache(1)
def readers_digest() -> str:
    """Names the code that reads documents: what other code has read off a file may differ."""
    here = Path(__file__).parents[1]
    digest = hashlib.sha256()
    for module in [*sorted((here / "documents").glob("*.py")), here / "types.py"]:
        digest.update(module.read_bytes())
    return digest.hexdigest()

"""The file that a document was read from, as long as it is still the one that was indexed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from askmobility.documents.readers import name_of
from askmobility.errors import IndexDamaged
from askmobility.index.freshness import corpus_digest, document_files
from askmobility.index.snapshots import read_manifest

ENDING = ".pdf"  # of the files whose pages can be shown


@dataclass(frozen=True, slots=True)
class Original:
    """A file that holds what it held when it was indexed."""

    path: Path
    digest: str  # of its name, its content and what its metadata say


class Lost(Exception):
    """Why there is no original to show: a sentence for the reader, without the server's paths."""


def original_of(snapshot: Path, document_id: str) -> Original:
    """The PDF that a document of a snapshot was read from. Raises Lost where it is so no more.

    snapshot: its folder. Only files below the paths that the snapshot was built from are looked
    at, and the content decides which of them it is.
    """
    try:
        paths = [Path(path) for path in read_manifest(snapshot)["paths"]]
    except IndexDamaged as error:  # two builds later it is gone from disk, though it still answers
        raise Lost("The index has just been replaced; ask again in a moment.") from error
    known = _files(snapshot).get(document_id)
    if known is None:
        raise Lost("The index does not know which file this was read from.")
    digest, name = known
    named = [
        file
        for file in document_files(path for path in paths if path.exists())
        if file.suffix.lower() == ENDING and name_of(file) == name
    ]
    for file in named:
        original = Original(file, digest)
        if is_unchanged(original):
            return original
    if named:
        raise Lost("The file has changed since it was indexed.")
    raise Lost("The file is no longer where it was indexed.")


def is_unchanged(original: Original) -> bool:
    """Whether the file is still the same; one that looks the same is not read again."""
    try:
        state = original.path.stat()
    except OSError:  # it has just gone
        return False
    return _digest(original.path, state.st_size, state.st_mtime_ns) == original.digest


@lru_cache(1024)
def _digest(file: Path, size: int, changed: int) -> str:
    return corpus_digest([file])


@lru_cache(4)
def _files(snapshot: Path) -> Mapping[str, tuple[str, str]]:
    """For each document its file's digest, and the id that the file's name gives it."""
    try:
        files = json.loads((snapshot / "files.json").read_text("utf-8"))["files"]
    except (OSError, ValueError, KeyError):
        return {}
    return {
        document_id: (digest, own_id)
        for digest, ids in files.items()
        for own_id, document_id in ids
    }

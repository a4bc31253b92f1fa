"""Documents, what was read off them, and their passages: one SQLite row per document."""

from __future__ import annotations

import sqlite3
import threading
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import msgspec

from askmobility.types import Document, Passage, Structure

_SCHEMA = """
create table documents (
    position integer primary key,
    id text not null unique,
    first integer not null,     -- ordinal of its first passage
    document blob not null,
    structure blob not null,
    passages blob not null
)"""
_DOCUMENTS_KEPT = 256  # decoded documents that one process keeps at hand

_encode = msgspec.msgpack.encode
_document = msgspec.msgpack.Decoder(Document)
_structure = msgspec.msgpack.Decoder(Structure)
_passages = msgspec.msgpack.Decoder(tuple[Passage, ...])


def write_store(
    path: Path, rows: Iterable[tuple[Document, Structure, Sequence[Passage]]]
) -> tuple[int, int]:
    """Write a new store; passages are numbered from 0 in the order given.

    Returns how many documents and how many passages it holds. Raises sqlite3.IntegrityError
    where two documents share an id.
    """
    connection = sqlite3.connect(path)
    documents = ordinal = 0
    with connection:
        connection.execute(_SCHEMA)
        for document, structure, passages in rows:
            blobs = _encode(document), _encode(structure), _encode(tuple(passages))
            connection.execute(
                "insert into documents values (?, ?, ?, ?, ?, ?)",
                (documents, document.id, ordinal, *blobs),
            )
            documents, ordinal = documents + 1, ordinal + len(passages)
    connection.close()
    return documents, ordinal


class Store:
    """An open store: a `types.Corpus` that decodes a document when it is first asked for."""

    def __init__(self, path: Path) -> None:
        """Raises sqlite3.DatabaseError where the file is not a store."""
        self._lock = threading.Lock()
        self._connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
        rows = self._connection.execute("select id, first from documents order by position")
        self._ids: list[str] = []
        self._first: list[int] = []
        for document_id, first in rows:
            self._ids.append(document_id)
            self._first.append(first)
        self._first.append(self._count())
        self._position: Mapping[str, int] = {name: at for at, name in enumerate(self._ids)}
        self._read_document = lru_cache(_DOCUMENTS_KEPT)(self._decode_document)
        self._read_structure = lru_cache(_DOCUMENTS_KEPT)(self._decode_structure)
        self._read_passages = lru_cache(_DOCUMENTS_KEPT)(self._decode_passages)

    @property
    def document_ids(self) -> Sequence[str]:
        """Every document's id, in the order of indexing."""
        return self._ids

    def document(self, document_id: str) -> Document:
        """The document; KeyError if there is none."""
        return self._read_document(self._position[document_id])

    def structure(self, document_id: str) -> Structure:
        """What was read off it; KeyError if there is no such document."""
        return self._read_structure(self._position[document_id])

    def passages(self, document_id: str) -> Sequence[Passage]:
        """Its passages, in order of the text; KeyError if there is no such document."""
        return self._read_passages(self._position[document_id])

    def ordinals(self, document_id: str) -> range:
        """The ordinals of its passages."""
        position = self._position[document_id]
        return range(self._first[position], self._first[position + 1])

    def passage(self, ordinal: int) -> Passage:
        """The passage with this ordinal, counted from 0 over the whole store."""
        position = bisect_right(self._first, ordinal) - 1
        return self._read_passages(position)[ordinal - self._first[position]]

    def _count(self) -> int:
        """How many passages there are in all: those before the last document, and its own."""
        return self._first[-1] + len(self._decode_passages(len(self._ids) - 1)) if self._ids else 0

    def _blob(self, column: str, position: int) -> bytes:
        with self._lock:
            row = self._connection.execute(
                f"select {column} from documents where position = ?", (position,)
            ).fetchone()
        blob: bytes = row[0]
        return blob

    def _decode_document(self, position: int) -> Document:
        return _document.decode(self._blob("document", position))

    def _decode_structure(self, position: int) -> Structure:
        return _structure.decode(self._blob("structure", position))

    def _decode_passages(self, position: int) -> tuple[Passage, ...]:
        return _passages.decode(self._blob("passages", position))

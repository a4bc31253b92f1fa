"""Documents come back from the store as they went in."""

from __future__ import annotations

import hashlib
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from askmobility.index.store import Store, write_store
from askmobility.types import Block, Document, Passage, Span, Speaker, Statement, Structure

OKORO = Speaker("Maya Okoro", ("Cllr",), "Leader", "Riverton Council")


def part(name: str, *sentences: str) -> tuple[Document, Structure, tuple[Passage, ...]]:
    """A document with one passage for each sentence, all of them Maya Okoro's."""
    text = "\n".join(sentences)
    document = Document(name, text, hashlib.sha256(text.encode()).hexdigest(), name.title())
    passages: list[Passage] = []
    at = 0
    for number, sentence in enumerate(sentences, 1):
        span = Span(at, at + len(sentence))
        passages.append(
            Passage(
                f"{name}#p{number}", name, *span, sentence, (span,), None, OKORO, number, "context"
            )
        )
        at = span.end + 1
    spans = tuple(passage.sentences[0] for passage in passages)
    structure = Structure(
        blocks=tuple(Block("paragraph", *span) for span in spans),
        sentences=spans,
        statements=(Statement(OKORO, spans, None),) if spans else (),
    )
    return document, structure, tuple(passages)


PARTS = (part("trees", "Oak 🌳.", "Lime."), part("empty"), part("ferries", "“Six a day.”"))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    assert write_store(tmp_path / "store", PARTS) == (3, 3)
    return Store(tmp_path / "store")


def test_documents_structures_and_passages_come_back_as_they_were(store: Store) -> None:
    assert list(store.document_ids) == ["trees", "empty", "ferries"]
    for document, structure, passages in PARTS:
        assert store.document(document.id) == document
        assert store.structure(document.id) == structure
        assert store.passages(document.id) == passages


def test_passages_are_numbered_over_all_documents_in_order(store: Store) -> None:
    everything = [passage for _, _, passages in PARTS for passage in passages]

    assert [store.passage(ordinal) for ordinal in range(3)] == everything
    assert [store.ordinals(name) for name in store.document_ids] == [
        range(0, 2),
        range(2, 2),
        range(2, 3),
    ]


def test_an_unknown_document_is_a_key_error(store: Store) -> None:
    for read in (store.document, store.structure, store.passages, store.ordinals):
        with pytest.raises(KeyError):
            read("nowhere")


def test_many_threads_may_read_at_once(store: Store) -> None:
    names = ["trees", "empty", "ferries"] * 40
    with ThreadPoolExecutor(8) as threads:
        read = list(threads.map(lambda name: store.document(name).id, names))

    assert read == names


def test_two_documents_of_one_id_are_refused(tmp_path: Path) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        write_store(tmp_path / "store", [PARTS[0], PARTS[0]])


def test_a_store_without_documents_holds_none(tmp_path: Path) -> None:
    assert write_store(tmp_path / "store", []) == (0, 0)
    assert list(Store(tmp_path / "store").document_ids) == []


def test_what_is_no_store_does_not_open(tmp_path: Path) -> None:
    (tmp_path / "store").write_bytes(b"not a database" * 100)

    with pytest.raises(sqlite3.DatabaseError):
        Store(tmp_path / "store")


def test_reading_leaves_nothing_beside_the_file(store: Store, tmp_path: Path) -> None:
    store.passage(0)

    assert [file.name for file in tmp_path.iterdir()] == ["store"]

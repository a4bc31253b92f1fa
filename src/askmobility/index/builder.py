"""Files in, a published snapshot out. Only new or changed passages are encoded."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import time
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

import msgspec
import numpy as np
import numpy.typing as npt

from askmobility.documents.readers import READERS
from askmobility.documents.worker import LimitReached, Part, Worker
from askmobility.errors import AskMobilityError, DocumentUnreadable, UnknownDocument
from askmobility.index import snapshots
from askmobility.index.adapter import ADAPTER
from askmobility.index.dense import write_dense
from askmobility.index.encoder import FILES, Encoder
from askmobility.index.export import encoder_folder
from askmobility.index.freshness import corpus_digest, document_files, readers_digest
from askmobility.index.lexical import write_lexical
from askmobility.index.pages import write_pages
from askmobility.index.snapshots import Snapshot
from askmobility.index.store import Store, write_store
from askmobility.index.token_vectors import StoredTokens, TokenWriter, stored
from askmobility.settings import cache_dir
from askmobility.types import Passage

AHEAD = 256  # passages under way while more are read
_FILES = "files.json"  # in a snapshot: which documents came out of which files

Progress = Callable[[str, int, int], None]  # what is done, how much of it, out of how many


class NothingToIndex(AskMobilityError):
    """No document in any of the paths given."""

    def __init__(self, paths: Sequence[Path], skipped: Sequence[tuple[Path, str]]) -> None:
        why = "".join(f"\n  {what}" for _, what in skipped)
        super().__init__(
            f"No document to index in {', '.join(map(str, paths))}. "
            f"Files that can be read end in {', '.join(sorted(READERS))}.{why}"
        )


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did."""

    snapshot_id: str
    documents: int
    passages: int
    encoded: int  # passages encoded by this build
    reused: int  # passages whose vectors were taken from the snapshot before
    skipped: tuple[tuple[Path, str], ...]  # files left out, and why
    seconds: float


def build_index(
    paths: Sequence[Path],
    index_dir: Path,
    *,
    model: str | None = None,
    removed: Collection[str] = (),
    progress: Progress = lambda what, done, total: None,
    adapter: Path = ADAPTER,
    worker: Worker | None = None,
) -> BuildReport:
    """Make the index hold exactly the documents in these files and folders.

    removed: ids of documents to leave out, whatever the files hold.
    adapter: what training adds to the model that comes with us.
    worker: what reads files, where it has been started already; it is stopped once all are read.

    Folders are searched for files that a reader exists for; a file named outright must have one.
    Raises NothingToIndex, ModelUnusable; a file that cannot be read is skipped and reported.
    """
    started = time.perf_counter()
    files = document_files(paths)
    if not files:  # told before an encoder is exported for nothing
        raise NothingToIndex(paths, ())
    digest = corpus_digest(files)
    previous = _previous(index_dir)
    reading = _Reading(paths, removed, previous, progress, worker or Worker())
    counts: dict[str, int] = {}

    def write(partial: Path) -> str:
        folder = encoder_folder(
            model, cache_dir() / "encoders", lambda message: progress(message, 0, 0), adapter
        )
        encoder = Encoder(folder)
        parts = _Parts(reading.parts(files))
        if parts.are_none():
            raise NothingToIndex(paths, reading.skipped)
        with _Encoding(encoder, _of_encoder(previous, folder), partial) as encoding:
            write_store(partial / "documents.sqlite", encoding.alongside(parts))
            _write_words(partial, parts.paged)
            encoding.finish(lambda done: progress("Encoding", done, parts.passages))
        _link_encoder(folder, partial / "encoder")
        manifest = parts.manifest(encoding.encoder.model, folder.name) | {
            "paths": [str(path.resolve()) for path in paths],
            "removed": sorted(removed),
            "corpus": digest,
        }
        _write_json(partial / "manifest.json", manifest)
        _write_json(partial / _FILES, reading.known())
        counts.update(encoded=encoding.encoded, reused=encoding.reused)
        return parts.snapshot_id(folder.name)

    published = snapshots.publish(index_dir, write)
    manifest = snapshots.read_manifest(published)
    return BuildReport(
        published.name,
        manifest["documents"],
        manifest["passages"],
        counts["encoded"],
        counts["reused"],
        tuple(reading.skipped),
        time.perf_counter() - started,
    )


def remove_document(
    document_id: str,
    index_dir: Path,
    *,
    model: str | None = None,
    progress: Progress = lambda what, done, total: None,
) -> BuildReport:
    """Take one document out of the index, and keep it out of updates; its file stays where it is.

    Raises IndexNotFound, UnknownDocument, NothingToIndex.
    """
    manifest = snapshots.read_manifest(snapshots.current(index_dir))
    if document_id not in manifest["sha256"]:
        raise UnknownDocument(document_id, manifest["documents"])
    paths = [Path(path) for path in manifest["paths"]]
    removed = {*manifest.get("removed", ()), document_id}
    return build_index(paths, index_dir, model=model, removed=removed, progress=progress)


class _Reading:
    """Files to documents: those that have not changed come out of the snapshot before."""

    def __init__(
        self,
        paths: Sequence[Path],
        removed: Collection[str],
        previous: Snapshot | None,
        progress: Progress,
        worker: Worker,
    ) -> None:
        self.skipped: list[tuple[Path, str]] = []
        self.read: dict[str, list[tuple[str, str]]] = {}  # file's digest: own ids, ids in the index
        self._paths = paths
        self._removed = removed
        self._previous = previous
        self._known, self._broke_before = _known_files(previous)
        self.broke: dict[str, str] = {}  # file's digest: what came of reading it
        self._progress = progress
        self._worker = worker
        self._taken: set[str] = set()
        self._texts: dict[str, Path] = {}
        self._keeps: dict[Path, dict[str, str]] = {}  # own ids, ids in the index before

    def known(self) -> dict[str, object]:
        """What the next build need not find out again."""
        return {"readers": readers_digest(), "files": self.read, "broke": self.broke}

    def parts(self, files: Sequence[Path]) -> Iterator[Part]:
        """Every document of every file, one at a time; what is left out is noted in `skipped`."""
        self._reserve(files)
        with self._worker as worker:
            for done, file in enumerate(files, start=1):
                try:
                    yield from self._of_file(file, worker)
                except AskMobilityError as error:
                    self.skipped.append((file, str(error)))
                self._progress("Reading", done, len(files))

    def _reserve(self, files: Sequence[Path]) -> None:
        """Let every document of the snapshot before keep its id, whatever is read before it."""
        if self._previous is None:
            return
        digests = self._previous.manifest["sha256"]
        met: set[str] = set()
        for file in files:
            key = corpus_digest([file])
            if key in met or key not in self._known or _leads_out(file, self._paths):
                continue
            met.add(key)
            self._keeps[file] = dict(self._known[key])
            for unique in self._keeps[file].values():
                self._taken.add(unique)
                self._texts.setdefault(digests[unique], file)

    def _of_file(self, file: Path, worker: Worker) -> Iterator[Part]:
        if _leads_out(file, self._paths):
            raise DocumentUnreadable(
                file, "it is a link out of its folder", "Copy the file itself there."
            )
        key = corpus_digest([file])
        if key in self._broke_before:  # it may have taken minutes
            what = self.broke[key] = self._broke_before[key]
            raise DocumentUnreadable(
                file, f"{what} when it was tried", "It is tried again once it has changed."
            )
        kept = self._known.get(key)
        twin = None
        ids: list[tuple[str, str]] = []
        for part in self._read(file, key, worker) if kept is None else self._kept(kept):
            own_id = part[0].id
            first = self._texts.setdefault(part[0].sha256, file)
            if first != file:
                twin = first
                continue
            before = self._keeps.get(file, {})
            unique = before.get(own_id) or _unique(own_id, self._taken)
            ids.append((own_id, unique))
            if unique not in self._removed:
                yield _named(part, unique)
        if twin is not None:
            what = "a document in it" if ids else "it"
            raise DocumentUnreadable(
                file, f"{what} says the same as {twin}", "Once is enough: remove one."
            )
        if not any(unique in self._removed for _, unique in ids):
            self.read[key] = ids

    def _read(self, file: Path, key: str, worker: Worker) -> Iterator[Part]:
        try:
            yield from worker.parts(file)
        except LimitReached as error:
            self.broke[key] = error.what
            raise

    def _kept(self, ids: Sequence[tuple[str, str]]) -> Iterator[Part]:
        assert self._previous is not None
        store = self._previous.store
        for own_id, stored_id in ids:
            part = store.document(stored_id), store.structure(stored_id), store.passages(stored_id)
            yield _named((part[0], part[1], tuple(part[2])), own_id)


def _known_files(
    snapshot: Snapshot | None,
) -> tuple[dict[str, list[tuple[str, str]]], dict[str, str]]:
    """What the same readers made of every file before, by its digest.

    The ids of its documents; for those that broke their reader or reached its limits, how.
    """
    if snapshot is None:
        return {}, {}
    try:
        known = json.loads((snapshot.folder / _FILES).read_text("utf-8"))
    except (OSError, ValueError):
        return {}, {}
    if known["readers"] != readers_digest():
        return {}, {}
    return known["files"], known.get("broke", {})


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, indent=1, ensure_ascii=False), "utf-8")


def _leads_out(file: Path, paths: Sequence[Path]) -> bool:
    """Whether a file that was found in a folder is a link to somewhere else."""
    folders = [path.resolve() for path in paths if path.is_dir()]
    return file.is_symlink() and not (
        file in paths or any(file.resolve().is_relative_to(folder) for folder in folders)
    )


def _named(part: Part, document_id: str) -> Part:
    """The same document under another id."""
    document, structure, passages = part
    if document.id == document_id:
        return part
    renamed = (
        replace(p, document_id=document_id, id=document_id + p.id.removeprefix(document.id))
        for p in passages
    )
    return replace(document, id=document_id), structure, tuple(renamed)


def _unique(name: str, taken: set[str]) -> str:
    """The name, or with a number behind it where it is taken; it is taken from now on."""
    unique, number = name, 1
    while unique in taken:
        number += 1
        unique = f"{name}-{number}"
    taken.add(unique)
    return unique


class _Parts:
    """Documents on their way to the store: what the manifest needs to know is noted in passing."""

    def __init__(self, parts: Iterator[Part]) -> None:
        self._first = next(parts, None)
        self._rest = parts
        self._digest = hashlib.sha256()
        self.sha256: dict[str, str] = {}
        self.passages = 0
        self.paged = False  # whether any passage is on a page

    def are_none(self) -> bool:
        """Whether there is no document at all."""
        return self._first is None

    def __iter__(self) -> Iterator[Part]:
        for part in chain(filter(None, [self._first]), self._rest):
            self._digest.update(msgspec.msgpack.encode(part))
            self.sha256[part[0].id] = part[0].sha256
            self.passages += len(part[2])
            self.paged |= any(passage.page is not None for passage in part[2])
            yield part

    def manifest(self, model: str, encoder: str) -> dict[str, object]:
        """What the manifest says of the documents, and of what they are encoded with."""
        return {
            "format": snapshots.FORMAT,
            "documents": len(self.sha256),
            "passages": self.passages,
            "paged": self.paged,
            "model": model,
            "encoder": encoder,
            "sha256": self.sha256,
        }

    def snapshot_id(self, encoder: str) -> str:
        """The same for the same documents in the same order, read off alike, and encoder."""
        whole = f"{snapshots.FORMAT} {encoder} {self._digest.hexdigest()}"
        return hashlib.sha256(whole.encode()).hexdigest()[:16]


Vectors = tuple[bytes, StoredTokens, npt.NDArray[np.float32]]


class _Encoding:
    """Vectors of passages, written as they come: taken from the snapshot before where nothing
    changed, else computed.

    As many are encoded side by side as there are cores, each in a run of its own, so that their
    number changes no vector.
    """

    def __init__(self, encoder: Encoder, previous: Snapshot | None, partial: Path) -> None:
        self.encoder = encoder
        self.encoded = self.reused = 0
        self._partial = partial
        self._previous = previous
        self._known: dict[bytes, int] = {}
        if previous is not None:
            self._known = {row.tobytes(): at for at, row in enumerate(previous.digests)}
            self._vectors = previous.dense.vectors()
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
        self._pool = ThreadPoolExecutor(cores)
        self._waiting: deque[Future[Vectors]] = deque()
        self._writer = TokenWriter(partial / "tokens", encoder.vocabulary_size)
        self._pooled: list[npt.NDArray[np.float32]] = []
        self._digests: list[bytes] = []

    def __enter__(self) -> _Encoding:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(cancel_futures=True)

    def alongside(self, parts: Iterable[Part]) -> Iterator[Part]:
        """The parts, whose passages are encoded while the next are read."""
        for part in parts:
            for passage in part[2]:
                self._waiting.append(self._begun(passage))
                if len(self._waiting) > AHEAD:
                    self._write_next()
            yield part

    def finish(self, progress: Callable[[int], None]) -> None:
        """Write what is still under way, and what can only be written at the end."""
        while self._waiting:
            self._write_next()
            progress(len(self._digests))
        self._writer.close()
        pooled = np.array(self._pooled, np.float32).reshape(-1, self.encoder.dimension)
        write_dense(self._partial / "dense.faiss", pooled)
        digests = np.frombuffer(b"".join(self._digests), np.uint8).reshape(-1, 16)
        np.save(self._partial / "digests.npy", digests)

    def _write_next(self) -> None:
        key, tokens, vector = self._waiting.popleft().result()
        self._writer.add(tokens)
        self._pooled.append(vector)
        self._digests.append(key)

    def _begun(self, passage: Passage) -> Future[Vectors]:
        shown = f"{passage.context}\n{passage.text}" if passage.context else passage.text
        starts = [sentence.start - passage.start for sentence in passage.sentences]
        key = _passage_digest(shown, starts)
        at = self._known.get(key)
        if at is None or self._previous is None:
            self.encoded += 1
            shift = len(shown) - len(passage.text)
            return self._pool.submit(self._computed, key, shown, shift, starts)
        self.reused += 1
        known: Future[Vectors] = Future()
        known.set_result((key, self._previous.tokens.stored(at), self._vectors[at]))
        return known

    def _computed(self, key: bytes, shown: str, shift: int, starts: Sequence[int]) -> Vectors:
        encoded = self.encoder.encode_passage(shown)
        return key, stored(encoded, shift, starts), encoded.pooled


def _passage_digest(shown: str, starts: Sequence[int]) -> bytes:
    return hashlib.sha256(f"{starts}\0{shown}".encode("utf-8", "surrogatepass")).digest()[:16]


def _previous(index_dir: Path) -> Snapshot | None:
    """The current snapshot, if there is one that can be opened."""
    try:
        return Snapshot(snapshots.current(index_dir))
    except AskMobilityError:
        return None  # none, or damaged: everything is read and encoded again


def _of_encoder(snapshot: Snapshot | None, folder: Path) -> Snapshot | None:
    """The snapshot, if its vectors are of this encoder."""
    same = snapshot is not None and snapshot.manifest["encoder"] == folder.name
    return snapshot if same else None


def _write_words(partial: Path, paged: bool) -> None:
    """The indexes over the words of the store's passages, read again: all would be too many."""
    store = Store(partial / "documents.sqlite")

    def passages() -> Iterator[Passage]:
        return (p for document in store.document_ids for p in store.passages(document))

    write_lexical(
        partial / "lexical",
        ((passage.document_id, passage.context, passage.text) for passage in passages()),
    )
    if paged:
        write_pages(partial / "pages", passages())


def _link_encoder(source: Path, target: Path) -> None:
    """Hard links where the file system allows, copies elsewhere."""
    target.mkdir()
    for name in FILES:
        try:
            os.link(source / name, target / name)
        except OSError:
            shutil.copy2(source / name, target / name)

"""Files in, a published snapshot out. Only new or changed passages are encoded."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec
import numpy as np
import numpy.typing as npt

from askmobility.documents.analysis import analyse
from askmobility.documents.passages import passages as passages_of
from askmobility.documents.readers import READERS, Source, read_file
from askmobility.errors import AskMobilityError
from askmobility.index import snapshots
from askmobility.index.dense import write_dense
from askmobility.index.encoder import FILES, Encoder
from askmobility.index.export import encoder_folder
from askmobility.index.freshness import corpus_digest, document_files
from askmobility.index.lexical import write_lexical
from askmobility.index.snapshots import Snapshot
from askmobility.index.store import write_store
from askmobility.index.token_vectors import StoredTokens, TokenWriter, stored
from askmobility.settings import cache_dir
from askmobility.types import Document, Passage, Structure

Progress = Callable[[str, int, int], None]  # what is done, how much of it, out of how many
Part = tuple[Document, Structure, tuple[Passage, ...]]


class NothingToIndex(AskMobilityError):
    """No document in any of the paths given."""

    def __init__(self, paths: Sequence[Path], skipped: Sequence[tuple[Path, str]]) -> None:
        why = "".join(f"\n  {path}: {what}" for path, what in skipped)
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
    progress: Progress = lambda what, done, total: None,
) -> BuildReport:
    """Make the index hold exactly the documents in these files and folders.

    Folders are searched for files that a reader exists for; a file named outright must have one.
    Raises NothingToIndex, ModelUnusable; a file that cannot be read is skipped and reported.
    """
    started = time.perf_counter()
    files = document_files(paths)
    digest = corpus_digest(files)
    sources, skipped = _read(files, progress)
    if not sources:
        raise NothingToIndex(paths, skipped)
    parts = list(_analysed(sources, progress))
    folder = encoder_folder(
        model, cache_dir() / "encoders", lambda message: progress(message, 0, 0)
    )
    encoding = _Encoding(Encoder(folder), _previous(index_dir, folder.name), progress)

    def write(partial: Path) -> str:
        _write_parts(partial, parts, encoding)
        _link_encoder(folder, partial / "encoder")
        manifest = {
            "format": snapshots.FORMAT,
            "documents": len(parts),
            "passages": sum(len(part[2]) for part in parts),
            "model": encoding.encoder.model,
            "encoder": folder.name,
            "paths": [str(path.resolve()) for path in paths],
            "corpus": digest,
            "sha256": {document.id: document.sha256 for document, _, _ in parts},
        }
        (partial / "manifest.json").write_text(
            json.dumps(manifest, indent=1, ensure_ascii=False), "utf-8"
        )
        return _snapshot_id(parts, folder.name)

    published = snapshots.publish(index_dir, write)
    return BuildReport(
        published.name,
        len(parts),
        encoding.encoded + encoding.reused,
        encoding.encoded,
        encoding.reused,
        tuple(skipped),
        time.perf_counter() - started,
    )


def _read(files: Sequence[Path], progress: Progress) -> tuple[list[Source], list[tuple[Path, str]]]:
    sources: list[Source] = []
    skipped: list[tuple[Path, str]] = []
    taken: set[str] = set()
    for done, file in enumerate(files, start=1):
        try:
            for source in read_file(file):
                document = replace(source.document, id=_unique(source.document.id, taken))
                taken.add(document.id)
                sources.append(Source(document, source.blocks))
        except AskMobilityError as error:
            skipped.append((file, str(error)))
        progress("Reading", done, len(files))
    return sources, skipped


def _unique(name: str, taken: set[str]) -> str:
    if name not in taken:
        return name
    number = 2
    while f"{name}-{number}" in taken:
        number += 1
    return f"{name}-{number}"


def _analysed(sources: Sequence[Source], progress: Progress) -> Iterator[Part]:
    for done, source in enumerate(sources, start=1):
        structure = analyse(source)
        yield source.document, structure, tuple(passages_of(source.document, structure))
        progress("Structuring", done, len(sources))


class _Encoding:
    """Vectors of passages: taken from the snapshot before where nothing changed, else computed."""

    def __init__(self, encoder: Encoder, previous: Snapshot | None, progress: Progress) -> None:
        self.encoder = encoder
        self.encoded = self.reused = 0
        self._progress = progress
        self._previous = previous
        self._known: dict[bytes, int] = {}
        if previous is not None:
            self._known = {row.tobytes(): at for at, row in enumerate(previous.digests)}
            self._vectors = previous.dense.vectors()

    def vectors(
        self, passages: Sequence[Passage]
    ) -> Iterator[tuple[bytes, StoredTokens, npt.NDArray[np.float32]]]:
        """For each passage the digest of what is encoded, its tokens and its pooled vector."""
        for passage in passages:
            shown = f"{passage.context}\n{passage.text}" if passage.context else passage.text
            starts = [sentence.start - passage.start for sentence in passage.sentences]
            key = _passage_digest(shown, starts)
            at = self._known.get(key)
            if at is not None and self._previous is not None:
                self.reused += 1
                tokens, pooled = self._previous.tokens.stored(at), self._vectors[at]
            else:
                encoded = self.encoder.encode_passage(shown)
                self.encoded += 1
                shift = len(shown) - len(passage.text)
                tokens, pooled = stored(encoded, shift, starts), encoded.pooled
            self._progress("Encoding", self.encoded + self.reused, len(passages))
            yield key, tokens, pooled


def _passage_digest(shown: str, starts: Sequence[int]) -> bytes:
    return hashlib.sha256(f"{starts}\0{shown}".encode("utf-8", "surrogatepass")).digest()[:16]


def _previous(index_dir: Path, encoder: str) -> Snapshot | None:
    """The current snapshot, if its vectors are of the same encoder."""
    try:
        snapshot = Snapshot(snapshots.current(index_dir))
    except AskMobilityError:
        return None  # none, or damaged: everything is encoded again
    return snapshot if snapshot.manifest["encoder"] == encoder else None


def _write_parts(partial: Path, parts: Sequence[Part], encoding: _Encoding) -> None:
    write_store(partial / "documents.sqlite", parts)
    passages = [passage for part in parts for passage in part[2]]
    write_lexical(
        partial / "lexical",
        ((passage.document_id, passage.context, passage.text) for passage in passages),
    )
    pooled = np.zeros((len(passages), encoding.encoder.dimension), np.float32)
    digests = np.zeros((len(passages), 16), np.uint8)
    writer = TokenWriter(partial / "tokens", encoding.encoder.vocabulary_size)
    for at, (key, tokens, vector) in enumerate(encoding.vectors(passages)):
        writer.add(tokens)
        pooled[at] = vector
        digests[at] = np.frombuffer(key, np.uint8)
    writer.close()
    write_dense(partial / "dense.faiss", pooled)
    np.save(partial / "digests.npy", digests)


def _link_encoder(source: Path, target: Path) -> None:
    """Hard links where the file system allows, copies elsewhere."""
    target.mkdir()
    for name in FILES:
        try:
            os.link(source / name, target / name)
        except OSError:
            shutil.copy2(source / name, target / name)


def _snapshot_id(parts: Sequence[Part], encoder: str) -> str:
    digest = hashlib.sha256(f"{snapshots.FORMAT} {encoder}".encode())
    for part in parts:
        digest.update(msgspec.msgpack.encode(part))
    return digest.hexdigest()[:16]

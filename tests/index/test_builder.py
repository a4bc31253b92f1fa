"""Files in, a snapshot out; only what is new is encoded."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest

from askmobility.documents.worker import LimitReached, Part, Worker
from askmobility.index import builder, snapshots
from askmobility.index.builder import BuildReport, NothingToIndex, build_index
from askmobility.index.encoder import FILES
from askmobility.index.snapshots import Snapshot

pytestmark = pytest.mark.slow


class Built(NamedTuple):
    """An index built for the tests, and what was told about it."""

    folder: Path
    report: BuildReport
    told: dict[str, list[tuple[int, int]]]
    snapshot: Snapshot


def opened(index_dir: Path) -> Snapshot:
    return Snapshot(snapshots.current(index_dir))


def vectors_of(snapshot: Snapshot, document_id: str) -> list[tuple[bytes, bytes]]:
    """The token and pooled vectors of every passage of a document."""
    pooled = snapshot.dense.vectors()
    return [
        (snapshot.tokens.stored(ordinal).vectors.tobytes(), pooled[ordinal].tobytes())
        for ordinal in snapshot.store.ordinals(document_id)
    ]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Two documents, a third of the same name, and a file that cannot be read: indexed once."""
    folder = tmp_path_factory.mktemp("built") / "documents"
    (folder / "old").mkdir(parents=True)
    (folder / "ferries.txt").write_text("The ferry crosses six times a day.\n", "utf-8")
    (folder / "old" / "ferries.txt").write_text("Last year there was no ferry.\n", "utf-8")
    (folder / "library.txt").write_text("The library is open.\n\nIt lends books.\n", "utf-8")
    (folder / "broken.jsonl").write_text("{not json", "utf-8")
    told: dict[str, list[tuple[int, int]]] = {}
    report = build_index(
        [folder],
        folder.parent / "index",
        progress=lambda what, done, total: told.setdefault(what, []).append((done, total)),
    )
    return Built(folder, report, told, opened(folder.parent / "index"))


def test_the_report_counts_what_was_done(built: Built) -> None:
    store = built.snapshot.store
    passages = sum(len(store.passages(document)) for document in store.document_ids)

    report = built.report
    assert report.snapshot_id == built.snapshot.id
    assert (report.documents, report.passages) == (3, passages)
    assert (report.encoded, report.reused) == (passages, 0)
    assert passages == len(built.snapshot.tokens) == len(built.snapshot.dense) >= 3


def test_the_manifest_says_what_the_snapshot_was_made_from(built: Built) -> None:
    manifest, store = built.snapshot.manifest, built.snapshot.store

    assert manifest["documents"] == 3
    assert manifest["model"] == built.snapshot.encoder.model
    assert manifest["paths"] == [str(built.folder.resolve())]
    assert manifest["sha256"] == {name: store.document(name).sha256 for name in store.document_ids}


def test_two_files_of_one_name_get_ids_of_their_own(built: Built) -> None:
    store = built.snapshot.store

    assert list(store.document_ids) == ["ferries", "library", "ferries-2"]
    assert store.document("ferries-2").text == "Last year there was no ferry.\n"


def test_a_file_that_cannot_be_read_is_skipped_and_named(built: Built) -> None:
    assert [path.name for path, _ in built.report.skipped] == ["broken.jsonl"]
    assert "broken.jsonl" in built.report.skipped[0][1]


def test_progress_runs_up_to_the_whole_of_each_step(built: Built) -> None:
    passages = built.report.passages

    assert built.told["Reading"] == [(n, 4) for n in (1, 2, 3, 4)]
    assert built.told["Encoding"] == [(n, passages) for n in range(1, passages + 1)]


def test_snapshots_share_one_encoder_on_the_disk(built: Built, snapshot: Snapshot) -> None:
    one, other = (s.folder / "encoder" for s in (built.snapshot, snapshot))

    assert all((one / name).samefile(other / name) for name in FILES)


def test_the_same_documents_elsewhere_are_the_same_snapshot_and_nothing_is_encoded(
    documents: Path, index_dir: Path, snapshot: Snapshot
) -> None:
    report = build_index([documents], index_dir)

    assert report.snapshot_id == snapshot.id
    assert (report.encoded, report.reused) == (0, report.passages)
    assert opened(index_dir).manifest["paths"] == [str(documents.resolve())]


def test_an_updated_index_is_the_same_as_one_built_anew_and_encodes_less(
    documents: Path, index_dir: Path, tmp_path: Path, snapshot: Snapshot
) -> None:
    (documents / "a-first-one.txt").write_text("An aardvark! " * 50 + "\n", "utf-8")
    update = build_index([documents], index_dir)
    anew = build_index([documents], tmp_path / "anew")

    assert update.snapshot_id == anew.snapshot_id != snapshot.id
    assert (update.reused, anew.reused) == (len(snapshot.tokens), 0)
    assert update.encoded == anew.encoded - update.reused > 0
    one, other = opened(index_dir), opened(tmp_path / "anew")
    np.testing.assert_array_equal(one.dense.vectors(), other.dense.vectors())
    np.testing.assert_array_equal(one.tokens.document_frequency, other.tokens.document_frequency)
    np.testing.assert_array_equal(one.digests, other.digests)
    for document in ("ferries", "library"):  # now at another place, beside another document
        assert vectors_of(one, document) == vectors_of(snapshot, document)
        assert vectors_of(other, document) == vectors_of(snapshot, document)


def test_only_the_changed_paragraph_of_a_document_is_encoded_again(tmp_path: Path) -> None:
    file = tmp_path / "ferries.txt"
    file.write_text(
        "Ferries return\n\nThe ferry crosses six times a day and is never late.\n\n"
        + "Ferries need repair. " * 40
        + "\n\nA ticket costs £3.\n",
        "utf-8",
    )
    first = build_index([file], tmp_path / "index")
    file.write_text(file.read_text("utf-8").replace("never late", "often late"), "utf-8")

    second = build_index([file], tmp_path / "index")

    assert second.encoded == 1
    assert second.reused == first.passages - 1 > 0


def test_a_document_taken_away_is_gone_and_nothing_is_encoded(
    documents: Path, index_dir: Path
) -> None:
    (documents / "library.txt").unlink()

    report = build_index([documents], index_dir)

    assert (report.documents, report.encoded) == (1, 0)
    assert list(opened(index_dir).store.document_ids) == ["ferries"]


def test_a_document_keeps_its_id_where_a_copy_or_another_of_its_name_comes_before_it(
    documents: Path, index_dir: Path, snapshot: Snapshot
) -> None:
    ferries = (documents / "ferries.txt").read_bytes()
    (documents / "copy of ferries.txt").write_bytes(ferries)
    (documents / "early").mkdir()
    (documents / "early" / "library.txt").write_text("Early in the day it is shut.\n", "utf-8")

    report = build_index([documents], index_dir)

    kept = opened(index_dir).manifest["sha256"]
    assert kept.items() > snapshot.manifest["sha256"].items()
    assert kept.keys() == {"ferries", "library", "library-2"}
    ((path, why),) = report.skipped
    assert path.name == "copy of ferries.txt"
    assert f"it says the same as {documents / 'ferries.txt'}" in why
    assert build_index([documents], index_dir).snapshot_id == report.snapshot_id


def test_where_files_cannot_be_linked_the_encoder_is_copied(
    documents: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(source: object, target: object) -> None:
        raise OSError("another file system")

    monkeypatch.setattr(os, "link", refuse)
    build_index([documents], tmp_path / "index")

    folder = opened(tmp_path / "index").folder / "encoder"
    assert all((folder / name).stat().st_nlink == 1 for name in FILES)


def test_without_any_document_the_old_index_stays_and_the_error_names_the_paths(
    index_dir: Path, tmp_path: Path
) -> None:
    live = snapshots.current(index_dir)
    (tmp_path / "empty").mkdir()

    with pytest.raises(NothingToIndex, match=r"empty.*\.txt"):
        build_index([tmp_path / "empty"], index_dir, model="no such model")
    assert snapshots.current(index_dir) == live


def test_a_file_that_broke_its_reader_is_not_read_again_until_it_changes(
    built: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[str] = []

    class Impatient(Worker):
        def parts(self, path: Path) -> Iterator[Part]:
            if path.suffix != ".html":
                return super().parts(path)
            tried.append(path.name)
            raise LimitReached(path, "reading it took longer than 1 s")

    monkeypatch.setattr(builder, "Worker", Impatient)
    folder, index_dir = tmp_path / "documents", tmp_path / "index"
    shutil.copytree(built.folder, folder)
    build_index([folder], index_dir)  # the same documents before it comes
    (folder / "slow.html").write_text("<p>Slow.", "utf-8")
    reports = [build_index([folder], index_dir) for _ in range(3)]
    (folder / "slow.html").write_text("<p>Still slow.", "utf-8")
    build_index([folder], index_dir)

    assert tried == ["slow.html", "slow.html"]
    for report in reports:
        (line,) = (line for path, line in report.skipped if path.name == "slow.html")
        assert "slow.html: reading it took longer than 1 s" in line


def test_two_builds_at_once_both_succeed(documents: Path, tmp_path: Path) -> None:
    with ThreadPoolExecutor(2) as threads:
        builds = [threads.submit(build_index, [documents], tmp_path / "index") for _ in range(2)]
    reports = [build.result() for build in builds]

    assert {report.snapshot_id for report in reports} == {opened(tmp_path / "index").id}


def test_an_index_whose_manifest_is_broken_is_built_anew(documents: Path, index_dir: Path) -> None:
    manifest = snapshots.current(index_dir) / "manifest.json"
    content = manifest.read_text("utf-8")
    manifest.unlink()
    manifest.write_text(content[:-20], "utf-8")

    assert build_index([documents], index_dir).reused == 0
    opened(index_dir)

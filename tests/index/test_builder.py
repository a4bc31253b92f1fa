"""Files in, a snapshot out; only what is new is encoded."""

from __future__ import annotations

import json
import os
import threading
from pathlib import Path

import numpy as np
import pytest

from askmobility.index import snapshots
from askmobility.index.builder import BuildReport, NothingToIndex, build_index
from askmobility.index.encoder import FILES
from askmobility.index.snapshots import Snapshot

pytestmark = pytest.mark.slow


def opened(index_dir: Path) -> Snapshot:
    return Snapshot(snapshots.current(index_dir))


def vectors_of(snapshot: Snapshot, document_id: str) -> list[tuple[bytes, bytes]]:
    """The token and pooled vectors of every passage of a document."""
    pooled = snapshot.dense.vectors()
    return [
        (snapshot.tokens.stored(ordinal).vectors.tobytes(), pooled[ordinal].tobytes())
        for ordinal in snapshot.store.ordinals(document_id)
    ]


def test_the_report_counts_what_was_done(documents: Path, tmp_path: Path) -> None:
    report = build_index([documents], tmp_path / "index")

    snapshot = opened(tmp_path / "index")
    passages = sum(len(snapshot.store.passages(d)) for d in ("ferries", "library"))
    assert report == BuildReport(
        snapshot.id, 2, passages, passages, 0, (), pytest.approx(report.seconds)
    )
    assert passages == len(snapshot.tokens) == len(snapshot.dense) > 2


def test_the_manifest_says_what_the_snapshot_was_made_from(documents: Path, tmp_path: Path) -> None:
    build_index([documents], tmp_path / "index")

    snapshot = opened(tmp_path / "index")
    assert snapshot.manifest["documents"] == 2
    assert snapshot.manifest["model"] == snapshot.encoder.model
    assert snapshot.manifest["paths"] == [str(documents.resolve())]
    assert snapshot.manifest["sha256"] == {
        name: snapshot.store.document(name).sha256 for name in ("ferries", "library")
    }


def test_the_same_documents_make_the_same_snapshot_wherever_they_lie(
    documents: Path, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    documents.rename(elsewhere)
    one = build_index([elsewhere], tmp_path / "one").snapshot_id
    (tmp_path / "third").mkdir()
    for file in elsewhere.iterdir():
        os.link(file, tmp_path / "third" / file.name)
    other = build_index([tmp_path / "third"], tmp_path / "other").snapshot_id

    assert one == other


def test_a_changed_document_makes_another_snapshot(documents: Path, tmp_path: Path) -> None:
    one = build_index([documents], tmp_path / "index").snapshot_id
    (documents / "library.txt").write_text("The library is shut.\n", "utf-8")

    assert build_index([documents], tmp_path / "index").snapshot_id != one


def test_only_new_passages_are_encoded(documents: Path, tmp_path: Path) -> None:
    first = build_index([documents], tmp_path / "index")
    (documents / "tram.txt").write_text("The tram runs on Sundays too.\n", "utf-8")

    second = build_index([documents], tmp_path / "index")

    assert (second.encoded, second.reused) == (1, first.encoded)
    assert build_index([documents], tmp_path / "index").encoded == 0


def test_only_the_changed_paragraph_of_a_document_is_encoded_again(
    documents: Path, tmp_path: Path
) -> None:
    file = documents / "ferries.txt"
    file.write_text(
        "Ferries return\n\nThe ferry crosses six times a day and is never late.\n\n"
        + "Ferries need repair. " * 40
        + "\n\nA ticket costs £3.\n",
        "utf-8",
    )
    first = build_index([documents], tmp_path / "index")
    file.write_text(file.read_text("utf-8").replace("never late", "often late"), "utf-8")

    second = build_index([documents], tmp_path / "index")

    assert second.encoded == 1
    assert second.reused == first.passages - 1


def test_a_document_taken_away_is_gone_and_nothing_is_encoded(
    documents: Path, tmp_path: Path
) -> None:
    build_index([documents], tmp_path / "index")
    (documents / "library.txt").unlink()

    report = build_index([documents], tmp_path / "index")

    assert (report.documents, report.encoded) == (1, 0)
    assert list(opened(tmp_path / "index").store.document_ids) == ["ferries"]


def test_a_passages_vectors_depend_on_nothing_but_the_passage(
    documents: Path, tmp_path: Path
) -> None:
    build_index([documents], tmp_path / "both")
    build_index([documents / "library.txt"], tmp_path / "alone")
    (documents / "a-first-one.txt").write_text("An aardvark! " * 50 + "\n", "utf-8")
    build_index([documents], tmp_path / "both")  # reused, and at another place
    build_index([documents], tmp_path / "anew")

    alone = vectors_of(opened(tmp_path / "alone"), "library")
    assert alone == vectors_of(opened(tmp_path / "both"), "library")
    assert alone == vectors_of(opened(tmp_path / "anew"), "library")


def test_an_updated_index_is_the_same_as_one_built_anew(documents: Path, tmp_path: Path) -> None:
    build_index([documents], tmp_path / "updated")
    (documents / "tram.txt").write_text("The tram runs on Sundays too.\n", "utf-8")
    build_index([documents], tmp_path / "updated")
    build_index([documents], tmp_path / "anew")

    updated, anew = opened(tmp_path / "updated"), opened(tmp_path / "anew")
    assert updated.id == anew.id
    np.testing.assert_array_equal(updated.dense.vectors(), anew.dense.vectors())
    np.testing.assert_array_equal(updated.tokens.document_frequency, anew.tokens.document_frequency)
    np.testing.assert_array_equal(updated.digests, anew.digests)


def test_snapshots_share_one_encoder_on_the_disk(documents: Path, tmp_path: Path) -> None:
    build_index([documents], tmp_path / "one")
    build_index([documents], tmp_path / "other")

    one, other = (opened(tmp_path / name).folder / "encoder" for name in ("one", "other"))
    assert all((one / name).samefile(other / name) for name in FILES)


def test_where_files_cannot_be_linked_the_encoder_is_copied(
    documents: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(source: object, target: object) -> None:
        raise OSError("another file system")

    monkeypatch.setattr(os, "link", refuse)
    build_index([documents], tmp_path / "index")

    folder = opened(tmp_path / "index").folder / "encoder"
    assert all((folder / name).stat().st_nlink == 1 for name in FILES)


def test_two_files_of_one_name_get_ids_of_their_own(documents: Path, tmp_path: Path) -> None:
    (documents / "old").mkdir()
    (documents / "old" / "ferries.txt").write_text("Last year there was no ferry.\n", "utf-8")

    build_index([documents], tmp_path / "index")

    store = opened(tmp_path / "index").store
    assert list(store.document_ids) == ["ferries", "library", "ferries-2"]
    assert store.document("ferries-2").text == "Last year there was no ferry.\n"


def test_a_file_that_cannot_be_read_is_skipped_and_named(documents: Path, tmp_path: Path) -> None:
    (documents / "broken.jsonl").write_text("{not json", "utf-8")

    report = build_index([documents], tmp_path / "index")

    assert report.documents == 2
    assert [path.name for path, _ in report.skipped] == ["broken.jsonl"]
    assert "broken.jsonl" in report.skipped[0][1]


def test_without_any_document_the_old_index_stays_and_the_error_names_the_paths(
    documents: Path, index_dir: Path, tmp_path: Path
) -> None:
    live = snapshots.current(index_dir)
    (tmp_path / "empty").mkdir()

    with pytest.raises(NothingToIndex, match=r"empty.*\.txt"):
        build_index([tmp_path / "empty"], index_dir)
    assert snapshots.current(index_dir) == live


def test_progress_runs_up_to_the_whole_of_each_step(documents: Path, tmp_path: Path) -> None:
    told: dict[str, list[tuple[int, int]]] = {}
    report = build_index(
        [documents],
        tmp_path / "index",
        progress=lambda what, done, total: told.setdefault(what, []).append((done, total)),
    )

    assert told["Reading"] == told["Structuring"] == [(1, 2), (2, 2)]
    assert told["Encoding"] == [(n, report.passages) for n in range(1, report.passages + 1)]


def test_two_builds_at_once_both_succeed(documents: Path, tmp_path: Path) -> None:
    reports: list[BuildReport] = []
    builds = [
        threading.Thread(
            target=lambda: reports.append(build_index([documents], tmp_path / "index"))
        )
        for _ in range(2)
    ]
    for build in builds:
        build.start()
    for build in builds:
        build.join()

    assert {report.snapshot_id for report in reports} == {opened(tmp_path / "index").id}
    assert len(reports) == 2


def test_an_index_whose_manifest_is_broken_is_built_anew(documents: Path, index_dir: Path) -> None:
    manifest = snapshots.current(index_dir) / "manifest.json"
    facts = json.loads(manifest.read_text("utf-8"))
    manifest.unlink()
    manifest.write_text(json.dumps(facts)[:-20], "utf-8")

    assert build_index([documents], index_dir).reused == 0
    opened(index_dir)

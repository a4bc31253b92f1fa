"""Whatever happens to a build, the index answers; whatever happens to a snapshot, it says so."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from askmobility.errors import IndexDamaged, IndexNotFound
from askmobility.index import snapshots
from askmobility.index.builder import build_index
from askmobility.index.snapshots import FORMAT, KEPT, Snapshot

pytestmark = pytest.mark.slow

QUESTION = "How much is a ferry ticket?"


class Zygote:
    """A warm process whose children build, and die as they are told."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, Path(__file__).with_name("zygote.py")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def build(self, documents: Path, index_dir: Path, at: str = "", limit: int = 0) -> str:
        """How the build ended: "done", "failed" or "killed"."""
        task = {"paths": str(documents), "index": str(index_dir), "at": at, "limit": limit}
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(task) + "\n")
        self._process.stdin.flush()
        return self._process.stdout.readline().strip()

    def close(self) -> None:
        self._process.communicate(timeout=60)


@pytest.fixture(scope="module")
def zygote() -> Iterator[Zygote]:
    zygote = Zygote()
    yield zygote
    zygote.close()


def answer_from(index_dir: Path) -> str:
    from askmobility.assistant import Assistant

    return json.dumps(Assistant.open(index_dir).ask(QUESTION).to_dict(), ensure_ascii=False)


def folders(index_dir: Path) -> set[str]:
    """The finished snapshots."""
    return {f.name for f in (index_dir / "snapshots").iterdir() if not f.name.startswith(".")}


@pytest.mark.parametrize("at", ["Reading 1", "before move 1", "after move 1"])
def test_a_build_killed_before_its_snapshot_is_current_leaves_the_old_one_answering(
    zygote: Zygote, index_dir: Path, documents: Path, at: str
) -> None:
    before, answered = snapshots.current(index_dir), answer_from(index_dir)
    (documents / "ferries.txt").write_text("The ferry is free of charge now.\n", "utf-8")

    assert zygote.build(documents, index_dir, at) == "killed"

    assert snapshots.current(index_dir) == before
    assert answer_from(index_dir) == answered


def test_a_build_killed_after_its_snapshot_became_current_leaves_the_new_one_answering(
    zygote: Zygote, index_dir: Path, documents: Path
) -> None:
    (documents / "ferries.txt").write_text("A ferry ticket costs £4 now.\n", "utf-8")

    assert zygote.build(documents, index_dir, "after move 2") == "killed"

    assert "£4" in answer_from(index_dir)


def test_the_live_snapshot_answers_while_it_is_built_again(
    zygote: Zygote, index_dir: Path, documents: Path
) -> None:
    answered = answer_from(index_dir)

    assert zygote.build(documents, index_dir, "before move 1") == "killed"

    assert answer_from(index_dir) == answered


def test_after_a_killed_build_the_next_one_succeeds(
    zygote: Zygote, index_dir: Path, documents: Path
) -> None:
    answered = answer_from(index_dir)
    (documents / "ferries.txt").write_text("A ferry ticket costs £4 now.\n", "utf-8")

    assert zygote.build(documents, index_dir, "Encoding 1") == "killed"
    assert answer_from(index_dir) == answered
    assert zygote.build(documents, index_dir) == "done"
    assert "£4" in answer_from(index_dir)


def test_what_a_killed_build_left_is_removed_once_no_build_can_be_writing_it(
    index_dir: Path,
) -> None:
    abandoned = index_dir / "snapshots" / ".partial-abandoned"
    writing = index_dir / "snapshots" / ".partial-writing"
    for partial in (abandoned, writing):
        (partial / "tokens").mkdir(parents=True)
    os.utime(abandoned, (0, 0))

    snapshots.publish(index_dir, lambda partial: copy_of(index_dir, partial))

    assert not abandoned.exists()
    assert writing.exists()


def copy_of(index_dir: Path, partial: Path) -> str:
    """Fill a folder with the live snapshot's parts, as a build of the same documents would."""
    live = snapshots.current(index_dir)
    shutil.copytree(live, partial, copy_function=os.link, dirs_exist_ok=True)
    return live.name


@pytest.mark.parametrize("limit", [2_000, 60_000])
def test_a_full_disk_leaves_the_old_index_whole(
    zygote: Zygote, index_dir: Path, documents: Path, limit: int
) -> None:
    answered, before = answer_from(index_dir), folders(index_dir)
    (documents / "new.txt").write_text(f"{'The tram runs on time. ' * 60}\n\n" * 12, "utf-8")

    assert zygote.build(documents, index_dir, limit=limit) == "failed"

    assert folders(index_dir) == before
    assert not list((index_dir / "snapshots").glob(".partial-*")), "it takes no room any more"
    assert answer_from(index_dir) == answered


def test_a_snapshot_that_does_not_open_never_becomes_current(index_dir: Path) -> None:
    live = snapshots.current(index_dir)

    def write(partial: Path) -> str:
        copy_of(index_dir, partial)
        (partial / "dense.faiss").unlink()
        return "broken"

    with pytest.raises(IndexDamaged, match=r"dense\.faiss"):
        snapshots.publish(index_dir, write)
    assert snapshots.current(index_dir) == live
    assert folders(index_dir) == {live.name}


def test_the_live_snapshot_and_the_one_before_are_kept(index_dir: Path, documents: Path) -> None:
    built = [snapshots.current(index_dir).name]
    for day in ("Monday", "Tuesday"):
        (documents / "ferries.txt").write_text(f"No ferry on {day}.\n", "utf-8")
        built.append(build_index([documents], index_dir).snapshot_id)

    assert folders(index_dir) == set(built[-KEPT:])
    assert snapshots.current(index_dir).name == built[-1]


@pytest.mark.parametrize("damage", ["missing", "cut short"])
@pytest.mark.parametrize(
    "part",
    [
        "documents.sqlite",
        "dense.faiss",
        "lexical/meta.json",
        "lexical/*.store",
        "lexical/*.term",
        "tokens/vectors.int8",
        "tokens/passages.npy",
        "digests.npy",
        "encoder/graph.onnx",
        "encoder/tokenizer.json",
        "manifest.json",
    ],
)
def test_a_damaged_part_is_an_error_that_names_it_and_the_remedy(
    index_dir: Path, part: str, damage: str
) -> None:
    folder = snapshots.current(index_dir)
    (file,) = folder.glob(part)
    content = file.read_bytes()
    file.unlink()
    if damage == "cut short":
        file.write_bytes(content[: len(content) // 2])

    with pytest.raises(IndexDamaged, match="`askmobility index`") as error:
        Snapshot(folder)
    assert str(folder) in str(error.value)
    assert re.sub(r"[/.].*", "", part) in str(error.value)


def test_parts_of_different_snapshots_do_not_pass_for_one(
    index_dir: Path, press_release_index: Path
) -> None:
    folder, other = snapshots.current(index_dir), snapshots.current(press_release_index)
    (folder / "dense.faiss").unlink()
    shutil.copy(other / "dense.faiss", folder / "dense.faiss")

    with pytest.raises(IndexDamaged, match="differ in how much they hold"):
        Snapshot(folder)


def test_a_snapshot_of_another_format_says_which_and_what_to_do(index_dir: Path) -> None:
    manifest = snapshots.current(index_dir) / "manifest.json"
    facts = json.loads(manifest.read_text("utf-8"))
    manifest.unlink()
    manifest.write_text(json.dumps(facts | {"format": FORMAT + 1}), "utf-8")

    with pytest.raises(
        IndexDamaged, match=rf"format {FORMAT + 1}, and this version reads {FORMAT}.*index`"
    ):
        Snapshot(manifest.parent)


def test_a_damaged_snapshot_is_replaced_when_its_documents_are_indexed_again(
    index_dir: Path, documents: Path
) -> None:
    folder = snapshots.current(index_dir)
    (folder / "tokens" / "vectors.int8").unlink()

    assert build_index([documents], index_dir).encoded > 0
    assert snapshots.current(index_dir) == folder
    Snapshot(folder)


@pytest.mark.parametrize("current", [None, "", "\n", "0123456789abcdef\n"])
def test_without_a_live_snapshot_the_error_names_the_folder_and_the_command(
    tmp_path: Path, current: str | None
) -> None:
    if current is not None:
        (tmp_path / "CURRENT").write_text(current, "utf-8")

    with pytest.raises(IndexNotFound, match="`askmobility index`") as error:
        snapshots.current(tmp_path)
    assert str(tmp_path) in str(error.value)


FROM_A_COPY = """
import sys

class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"torch", "sentence_transformers", "transformers", "nltk"}:
            raise ImportError(f"{name} is not on this machine")

sys.meta_path.insert(0, Absent())
import json
from pathlib import Path
from askmobility.assistant import Assistant
answer = Assistant.open(Path(sys.argv[1])).ask(sys.argv[2])
print(json.dumps(answer.to_dict(), ensure_ascii=False))
"""


def test_a_copy_elsewhere_answers_the_same_without_torch_or_nltk(
    small_index: Path, tmp_path: Path
) -> None:
    copy = shutil.copytree(small_index, tmp_path / "copy")

    ran = subprocess.run(
        [sys.executable, "-c", FROM_A_COPY, copy, QUESTION],
        capture_output=True,
        text=True,
        check=True,
    )

    assert ran.stdout.strip() == answer_from(small_index)

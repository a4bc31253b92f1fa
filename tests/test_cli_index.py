"""The default index keeps itself; one that was named is only ever touched by `index`."""

from __future__ import annotations

import json
import signal
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from askmobility import cli, settings
from askmobility.index import builder, freshness

pytestmark = pytest.mark.slow


class Ran(NamedTuple):
    code: int
    out: str
    err: str


@pytest.fixture
def corpus_dir(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "trees.txt").write_text("Riverton plants oak trees along its streets.\n", "utf-8")
    return folder


@pytest.fixture
def run(
    corpus_dir: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Callable[..., Ran]:
    """Run one command where the default corpus and index lie in a temporary folder."""
    monkeypatch.delenv("ASKMOBILITY_INDEX", raising=False)
    monkeypatch.setattr(settings, "default_corpus_dir", lambda: corpus_dir)
    monkeypatch.setattr(settings, "default_index_dir", lambda: tmp_path / "index")

    def run(*arguments: str) -> Ran:
        with pytest.raises(SystemExit) as left:
            cli.main(list(arguments))
        return Ran(int(left.value.code or 0), *capsys.readouterr())

    return run


def test_the_default_index_is_built_when_it_is_first_needed(run: Callable[..., Ran]) -> None:
    first, second = run("documents"), run("documents")

    assert first.out.startswith("trees\t")
    assert "No index yet" in first.err
    assert second == (0, first.out, "")


def test_the_default_index_follows_its_documents(run: Callable[..., Ran], corpus_dir: Path) -> None:
    run("documents")
    (corpus_dir / "buses.txt").write_text("Riverton runs more buses at night.\n", "utf-8")

    ran = run("documents")

    assert "changed" in ran.err
    assert [line.split("\t")[0] for line in ran.out.splitlines()] == ["buses", "trees"]


def test_a_default_index_of_another_version_is_built_again(
    run: Callable[..., Ran], tmp_path: Path
) -> None:
    run("documents")
    manifest = next((tmp_path / "index" / "snapshots").glob("*/manifest.json"))
    told = json.loads(manifest.read_text("utf-8"))
    manifest.write_text(json.dumps({**told, "format": told["format"] - 1}), "utf-8")

    ran = run("documents")

    assert "another version" in ran.err
    assert (ran.code, ran.out[:6]) == (0, "trees\t")


def test_a_default_index_of_other_files_keeps_to_them(
    run: Callable[..., Ran], corpus_dir: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.txt"
    other.write_text("Riverton opens a library.\n", "utf-8")
    run("index", str(other))
    (corpus_dir / "trees.txt").write_text("Something else.\n", "utf-8")

    assert run("documents").out.startswith("other\t")
    other.unlink()
    assert run("documents").out.startswith("other\t"), "its document is gone, the index is not"


def test_a_named_index_that_is_missing_is_an_error_that_names_the_remedy(
    run: Callable[..., Ran], tmp_path: Path
) -> None:
    ran = run("documents", "--index", str(tmp_path / "none"))

    assert (ran.code, ran.out) == (2, "")
    assert str(tmp_path / "none") in ran.err
    assert "`askmobility index`" in ran.err


def test_a_named_index_is_not_brought_up_to_date_unasked(
    run: Callable[..., Ran], corpus_dir: Path, tmp_path: Path
) -> None:
    named = ["--index", str(tmp_path / "named")]
    run("index", *named)
    (corpus_dir / "buses.txt").write_text("Riverton runs more buses at night.\n", "utf-8")

    assert run("documents", *named).out.count("\n") == 1
    assert "stale" in run("status", *named).out
    run("index", *named)
    assert run("documents", *named).out.count("\n") == 2
    assert "up to date" in run("status", *named).out


def test_indexing_says_what_it_encoded_and_what_it_kept(
    run: Callable[..., Ran], corpus_dir: Path
) -> None:
    assert json.loads(run("index", "--json").out)["encoded"] == 1
    again = json.loads(run("index", "--json").out)
    assert (again["encoded"], again["reused"]) == (0, 1)


def test_a_file_that_cannot_be_read_is_named_and_the_others_are_indexed(
    run: Callable[..., Ran], corpus_dir: Path
) -> None:
    (corpus_dir / "broken.jsonl").write_text("{", "utf-8")

    ran = run("index")

    assert ran.code == 0
    assert ran.err.count("\n") == 1
    assert "broken.jsonl" in ran.err
    assert ran.out.startswith("1 documents")
    assert run("index", "--strict").code == 2


def test_a_line_that_breaks_later_takes_no_other_document_with_it(
    run: Callable[..., Ran], corpus_dir: Path
) -> None:
    lines = ['{"_id": "bus", "text": "The bus is late."}', '{"_id": "tram", "text": "It is new."}']
    (corpus_dir / "all.jsonl").write_text("\n".join(lines), "utf-8")
    assert run("index", "--strict").code == 0
    (corpus_dir / "all.jsonl").write_text("\n".join([lines[0], lines[1][:-2]]), "utf-8")

    ran = run("index", "--strict")

    assert ran.code == 2
    assert "all.jsonl: line 2: not JSON" in ran.err
    assert [line.split("\t")[0] for line in run("documents").out.splitlines()] == ["bus", "trees"]


def test_indexing_what_is_not_there_is_bad_usage(run: Callable[..., Ran]) -> None:
    assert run("index", "nowhere").code == 2


def test_status_of_an_index_whose_documents_are_gone_says_so(
    run: Callable[..., Ran], tmp_path: Path
) -> None:
    other = tmp_path / "other.txt"
    other.write_text("Riverton opens a library.\n", "utf-8")
    run("index", str(other))
    other.unlink()

    assert json.loads(run("status", "--json").out)["freshness"] == "orphaned"


def test_a_set_is_scored_against_the_default_index_and_the_run_is_saved(
    run: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "runs_dir", lambda: tmp_path / "runs")
    row = {"id": "g1", "question": "What does Riverton plant?", "category": "factoid"}
    row |= {"must": ["oak trees"], "must_not": [], "speaker": None, "expect": "answer"}
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps(row), "utf-8")

    ran = run("eval", str(gold))

    (saved,) = (tmp_path / "runs").iterdir()
    assert ran.code == 0
    assert ran.out.startswith("gold: 1 questions")
    assert ran.err.endswith(f"Saved in {saved}\n")
    assert json.loads(saved.read_text("utf-8"))["conditions"]["manifest"]["documents"] == 1


def test_what_is_no_set_of_questions_is_a_mistake(
    run: Callable[..., Ran], corpus_dir: Path
) -> None:
    assert run("eval", str(corpus_dir / "trees.txt")).code == 2


def test_a_removed_document_stays_out_of_updates_and_comes_back_with_the_next_index(
    run: Callable[..., Ran], corpus_dir: Path
) -> None:
    (corpus_dir / "buses.txt").write_text("Riverton runs more buses at night.\n", "utf-8")
    run("index")

    assert run("remove", "trees").err == "trees is out of the index; 1 documents remain.\n"
    (corpus_dir / "trams.txt").write_text("Riverton has a tram.\n", "utf-8")
    assert [line.split("\t")[0] for line in run("documents").out.splitlines()] == ["buses", "trams"]
    assert run("index").out.startswith("3 documents")
    assert run("remove", "ferries").code == 2


def test_the_same_content_twice_is_indexed_once_and_said_so(
    run: Callable[..., Ran], corpus_dir: Path
) -> None:
    (corpus_dir / "twin.txt").write_bytes((corpus_dir / "trees.txt").read_bytes())

    ran = run("index")

    assert ran.out.startswith("1 documents")
    assert f"twin.txt: it says the same as {corpus_dir / 'trees.txt'}" in ran.err


@pytest.fixture
def watch(run: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Watch until the changes that are given have been made, one whenever it waits for one."""

    def watch(*arguments: str, changes: Sequence[Callable[[], object]] = ()) -> None:
        left = iter(changes)

        def wait(*_: object) -> None:
            change = next(left, None)
            if change is None:
                raise KeyboardInterrupt
            change()

        monkeypatch.setattr(freshness, "wait_for_change", wait)
        with monkeypatch.context() as patch:
            patch.setattr(signal, "signal", lambda *_: None)
            assert run("watch", *arguments).code == 130

    return watch


def test_watching_follows_what_comes_and_goes(
    run: Callable[..., Ran], watch: Callable[..., None], corpus_dir: Path
) -> None:
    buses = corpus_dir / "buses.txt"
    watch(
        changes=[
            lambda: buses.write_text("Riverton runs more buses at night.\n", "utf-8"),
            (corpus_dir / "trees.txt").unlink,
        ]
    )

    assert [line.split("\t")[0] for line in run("documents").out.splitlines()] == ["buses"]


def test_watching_outlives_a_mistake_of_ours(
    run: Callable[..., Ran],
    watch: Callable[..., None],
    corpus_dir: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    digest = freshness.corpus_digest
    built = builder.corpus_digest

    def broken(files: Sequence[Path]) -> str:
        if any(file.name == "odd.txt" for file in files):
            raise UnicodeError("a mistake of ours")
        return digest(files)

    assert built is digest
    monkeypatch.setattr(builder, "corpus_digest", broken)
    odd = corpus_dir / "odd.txt"
    buses = corpus_dir / "buses.txt"
    watch(
        changes=[
            lambda: odd.write_text("Odd.\n", "utf-8"),
            odd.unlink,
            lambda: buses.write_text("Riverton runs more buses at night.\n", "utf-8"),
        ]
    )

    assert "buses" in run("documents").out


def test_watching_keeps_to_what_the_index_was_built_from_and_to_what_was_removed(
    run: Callable[..., Ran], watch: Callable[..., None], tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    for name in ("ferries", "trams"):
        (other / f"{name}.txt").write_text(f"Riverton has {name}.\n", "utf-8")
    run("index", str(other))
    run("remove", "ferries")

    watch(changes=[lambda: (other / "taxis.txt").write_text("Riverton has taxis.\n", "utf-8")])

    ids = [line.split("\t")[0] for line in run("documents").out.splitlines()]
    assert ids == ["taxis", "trams"]


def test_watching_named_paths_indexes_exactly_those(
    run: Callable[..., Ran], watch: Callable[..., None], tmp_path: Path
) -> None:
    run("index")
    other = tmp_path / "other.txt"
    other.write_text("Riverton opens a library.\n", "utf-8")

    watch(str(other))

    assert run("documents").out.startswith("other\t")


def test_watching_outlives_files_that_cannot_be_indexed(
    run: Callable[..., Ran], watch: Callable[..., None], corpus_dir: Path
) -> None:
    trees = corpus_dir / "trees.txt"
    watch(
        changes=[
            lambda: trees.write_text("", "utf-8"),
            lambda: trees.write_text("Riverton plants limes.\n", "utf-8"),
        ]
    )

    assert run("documents").out.startswith("trees\tRiverton plants limes.")

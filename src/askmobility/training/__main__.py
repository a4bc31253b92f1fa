"""`python -m askmobility.training FOLDER`: learn all that is learned, from FOLDER/*.jsonl."""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from askmobility.index.adapter import ADAPTER
from askmobility.training.encoder import LESSONS, train_encoder
from askmobility.training.examples import read_taught
from askmobility.training.general import general_documents
from askmobility.training.scorers import Class, teach_background, teach_ranking, teach_scorers

FOLDS = 4  # parts, each read by an encoder taught on the others, to teach the scorers


def main() -> None:
    """Read the documents, train, and write what was learned beside the room that uses it."""
    parser = argparse.ArgumentParser(
        prog="python -m askmobility.training", description=main.__doc__
    )
    parser.add_argument("folder", type=Path, help="where the .jsonl files with documents lie")
    parser.add_argument(
        "--general",
        type=Path,
        metavar="FOLDER",
        help="a BEIR folder with answers (SQuAD): every other title is taught as well, and the "
        "weights that rank passages are learned on them; without it these stay as they are",
    )
    arguments = parser.parse_args()
    files = sorted(arguments.folder.glob("*.jsonl"))
    if not files:
        parser.error(f"there is no .jsonl file in {arguments.folder}")
    documents = [json.loads(line) for file in files for line in file.open(encoding="utf-8")]
    general, titles = general_documents(arguments.general) if arguments.general else ([], None)
    digests = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}
    digests |= {"general": _digest(general)} if general else {}
    taught = [*documents, *general]
    with tempfile.TemporaryDirectory() as work, _progress() as bar:
        folder = Path(work)

        def teach(rows: Sequence[Mapping[str, Any]], target: Path, what: str, lessons: int) -> None:
            read = read_taught(_write(folder / "taught.jsonl", rows))
            train_encoder(read, digests, target, _shown(bar, what), lessons)

        folds: list[Class] = []
        for at in range(FOLDS):
            others = [row for number, row in enumerate(taught) if number % FOLDS != at]
            place = folder / f"fold-{at}"
            place.mkdir()
            teach(others, place / "adapter", f"Teaching encoder {at + 1} for the scorers", 1)
            folds.append(Class.of(documents[at::FOLDS], place, place / "adapter"))
        teach(taught, ADAPTER, "Teaching the encoder", LESSONS)
        everything = _write(folder / "all.jsonl", documents)
        teach_background(everything, folder / "index", _shown(bar, "Counting words"))
        if titles is not None:
            teach_ranking(
                arguments.general, titles, folder / "general", _shown(bar, "Teaching to rank")
            )
        teach_scorers(folds, _shown(bar, "Teaching the scorers"))


def _write(path: Path, documents: Iterable[Mapping[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(d) + "\n" for d in documents), "utf-8")
    return path


def _digest(documents: Iterable[Mapping[str, Any]]) -> str:
    return hashlib.sha256(json.dumps(list(documents)).encode()).hexdigest()


def _progress() -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    return Progress(*columns, TimeRemainingColumn(), console=Console(stderr=True))


def _shown(bar: Progress, task: str) -> Any:
    """A callback that moves one bar."""
    number = bar.add_task(task)
    return lambda what, done, of: bar.update(number, completed=done, total=of)


if __name__ == "__main__":
    main()

"""`python -m askmobility.training FOLDER`: learn all that is learned, from FOLDER/*.jsonl."""

from __future__ import annotations

import argparse
import hashlib
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from askmobility.training.encoder import train_encoder
from askmobility.training.examples import read_taught


def main() -> None:
    """Read the documents, train, and write what was learned beside the room that uses it."""
    parser = argparse.ArgumentParser(
        prog="python -m askmobility.training", description=main.__doc__
    )
    parser.add_argument("folder", type=Path, help="where the .jsonl files with documents lie")
    folder: Path = parser.parse_args().folder
    files = sorted(folder.glob("*.jsonl"))
    if not files:
        parser.error(f"there is no .jsonl file in {folder}")
    documents = [document for file in files for document in read_taught(file)]
    data = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeRemainingColumn(), console=Console(stderr=True)) as bar:
        tasks = {what: bar.add_task(what) for what in ("Teaching the encoder",)}
        train_encoder(
            documents,
            data,
            progress=lambda what, done, of: bar.update(tasks[what], completed=done, total=of),
        )


if __name__ == "__main__":
    main()

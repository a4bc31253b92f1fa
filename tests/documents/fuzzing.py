"""Files broken at random through every reader: each is read, or refused in one line.

    python -m tests.documents.fuzzing [INPUTS] [FOLDER]      (`make fuzz` runs it)

INPUTS: 20,000 where it is not given, from a fixed seed. FOLDER: files to start from beside those
that are made of our own documents. Processes of their own read them in batches, under the limits of
the reading process; one that dies, takes too long or writes a file fails, and is named.
"""

from __future__ import annotations

import faulthandler
import importlib.util
import json
import os
import random
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from askmobility.documents.readers import READERS
from askmobility.documents.worker import as_unreadable, limit_memory, read_parts
from askmobility.errors import DocumentUnreadable

INPUTS, BATCH = 20_000, 500
SECONDS = 20  # that one input may take
LARGEST = 128 << 10  # bytes of a file to start from: reading is what takes the time
CORPUS = Path(__file__).parents[2] / "corpus"
WRITERS = {".md": "as_markdown", ".html": "as_html", ".docx": "as_docx", ".pdf": "as_pdf"}
TELLING = (  # what parsers take for more than it is
    *(b"<table>", b"<![CDATA[", b"&#x110000;", b"endobj", b"stream\n", b"9999999999", b"-1"),
    *(b"\xff\xfe", b"\x00", b"\xed\xa0\x80", b'{"_id": ', b"\\u0000", b"| a | b |\n", b"```"),
)


def main(inputs: int, folder: Path | None) -> None:
    """Run all batches and print what came of them; exit with 1 where any input failed."""
    told: Counter[str] = Counter()
    failed: list[str] = []
    with tempfile.TemporaryDirectory() as scratch:
        starts = Path(scratch) / "starts"
        seeds(starts, folder)
        for first in range(0, inputs, BATCH):
            numbers = range(first, min(first + BATCH, inputs))
            while numbers:
                done, counts, problem = batch(numbers, starts, Path(scratch) / "work")
                told.update(counts)
                failed += problem
                numbers = range(done, numbers.stop)
    print(f"{inputs} inputs: " + ", ".join(f"{what} {n}" for what, n in sorted(told.items())))
    if failed:
        sys.exit("\n".join(failed))


def seeds(starts: Path, folder: Path | None) -> None:
    """The files to start from: our own documents in every format, and what the folder holds."""
    starts.mkdir()
    made = beside("made")
    for path in sorted(CORPUS.glob("*.txt")):
        text = path.read_text("utf-8")
        (starts / path.name).write_text(text, "utf-8")
        line = json.dumps({"_id": path.stem, "title": "Ours", "text": text})
        (starts / f"{path.stem}.jsonl").write_text(f"{line}\n{line[:9]}b{line[9:]}\n", "utf-8")
        for ending, writer in WRITERS.items():
            if ending != ".pdf" or made.FONTS.is_dir():
                getattr(made, writer)(starts / f"{path.stem}{ending}", text)
    for path in sorted(folder.iterdir()) if folder else []:
        if path.suffix in READERS and path.stat().st_size <= LARGEST:
            (starts / path.name).write_bytes(path.read_bytes())


def beside(name: str) -> ModuleType:
    """A module of this folder, which is no package."""
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def batch(numbers: range, starts: Path, work: Path) -> tuple[int, dict[str, int], list[str]]:
    """Read inputs in a process: (the next one to read, what became of them, what is wrong)."""
    work.mkdir(exist_ok=True)
    command = [sys.executable, __file__, "--batch", str(numbers.start), str(numbers.stop)]
    process = subprocess.run([*command, starts, work], capture_output=True, text=True, check=False)
    lines = process.stdout.splitlines()
    counts: dict[str, int] = dict(Counter(line.split(": ")[1] for line in lines if ": " in line))
    failed = [f"{line} ({starts})" for line in lines if ": written" in line or ": broken" in line]
    left = sorted(path.name for path in work.iterdir() if path.stem not in ("input", "inside"))
    failed += [f"files left: {left}"] if left else []
    if process.returncode == 0:
        return numbers.stop, counts, failed
    last = int(lines[-1].split(": ")[0].removeprefix("input ")) if lines else numbers.start
    how = "took too long" if "Timeout" in process.stderr else f"died ({process.returncode})"
    return last + 1, counts, [*failed, f"input {last} {how}:\n{process.stderr[-2000:]}"]


# --- in the process that reads -------------------------------------------------------------------


def read_batch(first: int, last: int, starts: Path, work: Path) -> None:
    """Read the inputs of these numbers; a line for each, before and after."""
    limit_memory()
    watch = Watch()
    files = sorted(starts.iterdir())
    for number in range(first, last):
        chance = random.Random(number)
        start = files[number % len(files)]
        path = work / f"input{start.suffix}"
        path.write_bytes(variant(start, files, chance, work))
        print(f"input {number}", flush=True)
        faulthandler.dump_traceback_later(SECONDS, exit=True)
        watch.on = True
        outcome = read(path)
        watch.on = False
        faulthandler.cancel_dump_traceback_later()
        wrote = f"\ninput {number}: written {watch.seen}" if watch.seen else ""
        watch.seen.clear()
        print(f"input {number}: {outcome}{wrote}", flush=True)


def read(path: Path) -> str:
    """What becomes of one input, as the reading process would have it."""
    try:
        for document, structure, passages in read_parts(path):
            text = document.text
            spans = [*structure.blocks, *passages]
            if not all(0 <= one.start < one.end <= len(text) for one in spans):
                return "broken: a span outside the text"
            if not all(passage.text == text[passage.start : passage.end] for passage in passages):
                return "broken: a passage that is no slice"
    except Exception as error:
        told = str(as_unreadable(path, error))
        if "\n" in told:
            return f"broken: refused in several lines {told!r}"
        if not isinstance(error, DocumentUnreadable | MemoryError):
            return f"broken: an error that no reader foresees, {error!r}"
        return "refused"
    return "read"


class Watch:
    """Notes what is written, started or connected to while it is on."""

    def __init__(self) -> None:
        self.on = False
        self.seen: list[str] = []
        sys.addaudithook(self._note)

    def _note(self, event: str, arguments: tuple[Any, ...]) -> None:
        if not self.on:
            return
        if event == "open":
            name, _, flags = arguments
            writes = isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
            if writes and name != os.devnull:
                self.seen.append(f"{event} {name}")
        elif event.startswith(("os.remove", "os.rename", "os.mkdir", "subprocess", "socket.con")):
            self.seen.append(f"{event} {arguments}")


def variant(start: Path, files: Sequence[Path], chance: random.Random, work: Path) -> bytes:
    """A broken copy of a file; of a .docx mostly a sound archive of broken parts."""
    content = start.read_bytes()
    if start.suffix != ".docx" or chance.random() < 0.3:
        return broken(content, chance, files)
    copy = work / "inside.zip"
    with zipfile.ZipFile(start) as parts, zipfile.ZipFile(copy, "w") as target:
        for name in parts.namelist():
            part = parts.read(name)
            hit = name == "word/document.xml" or chance.random() < 0.1
            target.writestr(name, broken(part, chance, files) if hit else part)
    return copy.read_bytes()


def broken(content: bytes, chance: random.Random, files: Sequence[Path]) -> bytes:
    """The bytes with some of them changed, cut out, repeated, cut off, or put in from elsewhere."""
    found = bytearray(content)
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(len(found))
        kind = chance.random()
        if kind < 0.35:
            found[at] = chance.randrange(256)
        elif kind < 0.5:
            del found[at : at + chance.randint(1, 60)]
        elif kind < 0.7:
            found[at:at] = found[max(0, at - chance.randint(1, 90)) : at] * chance.choice(
                (1, 1, 50)
            )
        elif kind < 0.85:
            found[at:at] = chance.choice(TELLING)
        elif kind < 0.95:
            other = chance.choice(files).read_bytes()
            begin = chance.randrange(len(other))
            found[at:at] = other[begin : begin + chance.randint(1, 400)]
        else:
            del found[max(at, 20) :]
        found = found or bytearray(b"x")
    return bytes(found)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--batch"]:
        read_batch(int(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4]), Path(sys.argv[5]))
    else:
        main(
            int(sys.argv[1]) if len(sys.argv) > 1 else INPUTS,
            Path(sys.argv[2]) if len(sys.argv) > 2 else None,
        )

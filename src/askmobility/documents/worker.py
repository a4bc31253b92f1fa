"""Reads files in a process of its own, under limits, so that a bad one takes nothing with it.

    python -m askmobility.documents.worker [--to-read]

Tasks come in on standard input, a JSON list a line: what to do, a path, and what else it takes;
frames go out on standard output: one letter for the kind (P a part of what was asked for, E what is
wrong, D done with this task), eight bytes of length, the content. What a task takes is imported
when the first one comes; with --to-read, what reading takes is at once.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO

import msgspec

from askmobility.documents.locating import DrawnPage
from askmobility.errors import DocumentUnreadable
from askmobility.types import Document, Passage, Structure

Part = tuple[Document, Structure, tuple[Passage, ...]]

MEMORY = 3 << 29  # bytes of address space that reading one file may take
SECONDS, SECONDS_PER_MB = 60.0, 30.0  # that it may take
PART, ERROR, DONE = b"P", b"E", b"D"
REMEDY = "It may be damaged: open it, save it again, and try once more."

_part = msgspec.msgpack.Decoder(Part)
_page = msgspec.msgpack.Decoder(DrawnPage)


class FileUnread(DocumentUnreadable):
    """What the reading process found wrong with a file, in its words."""

    def __init__(self, message: str) -> None:
        Exception.__init__(self, message)


class LimitReached(DocumentUnreadable):
    """A file that takes longer or more memory to read than it may, or breaks its reader."""

    def __init__(self, path: Path, what: str) -> None:
        super().__init__(path, what, REMEDY)
        self.what = what


class Worker:
    """A reading process that is started when it is needed, and again after one has died."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Worker:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._stop()

    def start(self) -> None:
        """Have the process load what reading takes, while the caller does something else."""
        self._running("--to-read")

    def parts(self, path: Path) -> Iterator[Part]:
        """Every document in one file, with what is read off it and its passages, in order.

        Raises DocumentUnreadable, also where reading takes too long, too much memory, or crashes.
        """
        limit = self._seconds
        if path.is_file():
            limit += SECONDS_PER_MB * path.stat().st_size / (1 << 20)
        yield from map(_part.decode, self._done(limit, "parts", path))

    def page(self, path: Path, number: int) -> DrawnPage:
        """One page of a PDF, drawn. number: counted from 1.

        Raises DocumentUnreadable, also where there is no such page, or where drawing it takes too
        long, too much memory, or crashes.
        """
        (content,) = self._done(self._seconds, "page", path, number)
        return _page.decode(content)

    def _done(self, limit: float, task: str, path: Path, *rest: object) -> Iterator[bytes]:
        """What comes back of a task that may keep us waiting for `limit` seconds."""
        process = self._running()
        waits = _Waits(process, limit)
        complete = False
        try:
            yield from self._answers([task, os.fspath(path), *rest], process, waits)
            complete = True
        except FileUnread:
            complete = True
            raise
        except EOFError:
            what = "reading it broke the reader, or took more memory than it may"
            if waits.ended:
                what = f"reading it took longer than {limit:.0f} s"
            raise LimitReached(path, what) from None
        finally:
            if not complete:
                self._stop()

    def _answers(
        self, task: Sequence[object], process: subprocess.Popen[bytes], waits: _Waits
    ) -> Iterator[bytes]:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(json.dumps(task).encode("ascii") + b"\n")
            process.stdin.flush()
        except OSError as error:
            raise EOFError from error
        while True:
            with waits:
                kind, content = read_frame(process.stdout)
                if kind == ERROR:
                    read_frame(process.stdout)  # that it is done
            if kind == DONE:
                return
            if kind == ERROR:
                raise FileUnread(content.decode("utf-8"))
            yield content

    def _running(self, *options: str) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "askmobility.documents.worker", *options],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        return self._process

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()


class _Waits:
    """Ends a process once we have waited for it, all times together, as long as we may.

    What is done with its answers in between does not count.
    """

    def __init__(self, process: subprocess.Popen[bytes], seconds: float) -> None:
        self.ended = False
        self._process = process
        self._left = seconds

    def __enter__(self) -> None:
        self._since = time.monotonic()
        self._timer = threading.Timer(max(self._left, 0.0), self._end)
        self._timer.daemon = True
        self._timer.start()

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        self._left -= time.monotonic() - self._since

    def _end(self) -> None:
        self.ended = True
        self._process.kill()


def read_frame(stream: IO[bytes]) -> tuple[bytes, bytes]:
    """The next frame's kind and content. Raises EOFError where the stream ends before it does."""
    head = stream.read(9)
    size = int.from_bytes(head[1:], "big")
    content = stream.read(size) if len(head) == 9 else b""
    if len(head) < 9 or len(content) < size:
        raise EOFError
    return head[:1], content


def write_frame(stream: IO[bytes], kind: bytes, content: bytes = b"") -> None:
    """Send one frame."""
    stream.write(kind + len(content).to_bytes(8, "big") + content)
    stream.flush()


def serve(tasks: IO[bytes], frames: IO[bytes]) -> None:
    """Do every task that is set, until there are no more."""
    for line in tasks:
        task, name, *rest = json.loads(line)
        path = Path(name)
        try:
            for part in TASKS[task](path, *rest):
                write_frame(frames, PART, msgspec.msgpack.encode(part))
        except Exception as error:
            write_frame(frames, ERROR, str(as_unreadable(path, error)).encode("utf-8", "replace"))
        write_frame(frames, DONE)


def as_unreadable(path: Path, error: Exception) -> DocumentUnreadable:
    """What is wrong with a file, whichever error a library has for it."""
    if isinstance(error, DocumentUnreadable):
        return error
    if isinstance(error, MemoryError):
        return DocumentUnreadable(path, "reading it takes too much memory", "Split it.")
    return DocumentUnreadable(path, f"reading it failed ({type(error).__name__})", REMEDY)


def read_parts(path: Path) -> Iterator[Part]:
    """Every document in one file, read, analysed and cut into passages, in this process."""
    from askmobility.documents.analysis import analyse
    from askmobility.documents.passages import passages
    from askmobility.documents.readers import read_file

    for source in read_file(path):
        structure = analyse(source)
        yield source.document, structure, passages(source.document, structure)


def draw_page(path: Path, number: int) -> Iterator[DrawnPage]:
    """One page of a PDF, drawn in this process."""
    from askmobility.documents.drawing import drawn

    yield drawn(path, number)


TASKS: Mapping[str, Callable[..., Iterator[object]]] = {"parts": read_parts, "page": draw_page}


def limit_memory() -> None:
    """Let this process have no more than its share, where the system can see to that."""
    try:
        import resource
    except ImportError:  # Windows
        return
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    share = MEMORY if most == resource.RLIM_INFINITY else min(MEMORY, most)
    resource.setrlimit(resource.RLIMIT_AS, (share, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    """Serve standard input; what a library prints is kept out of the frames."""
    limit_memory()
    frames = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    if "--to-read" in sys.argv:
        import askmobility.documents.analysis
        import askmobility.documents.passages  # noqa: F401
    serve(sys.stdin.buffer, frames)


if __name__ == "__main__":
    main()

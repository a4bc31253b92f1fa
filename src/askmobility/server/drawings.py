"""Pages of PDFs as pictures: drawn in a process of its own, kept on disk within bounds."""

from __future__ import annotations

import logging
import os
import tempfile
import threading
from contextlib import suppress
from pathlib import Path

import msgspec

from askmobility.documents.locating import DrawnPage
from askmobility.documents.worker import Worker
from askmobility.errors import DocumentUnreadable
from askmobility.server.originals import Lost, Original, is_unchanged

log = logging.getLogger(__name__)

SECONDS = 10.0  # that drawing one page may take
KEPT_BYTES = 256 << 20  # of pages on disk: those not looked at for longest go first
FAILURES = 1000  # remembered, so that a page that breaks is not drawn again and again

_page = msgspec.msgpack.Decoder(DrawnPage)


class Drawings:
    """The pages drawn so far, in a folder that several processes may share."""

    def __init__(self, folder: Path, kept_bytes: int = KEPT_BYTES) -> None:
        self._folder = folder
        self._kept_bytes = kept_bytes
        self._drawing = threading.Lock()  # one page at a time: the others' requests come first
        self._failed: dict[str, None] = {}

    def page(self, original: Original, number: int) -> DrawnPage:
        """A page, counted from 1. Raises Lost where it cannot be drawn."""
        name = f"{original.digest}-{number}"
        kept = self._kept(name)
        if kept is not None:
            return kept
        if not self._drawing.acquire(timeout=SECONDS):
            raise Lost("Other pages are being drawn; ask for this one again in a moment.")
        try:
            return self._kept(name) or self._drawn(original, number, name)
        finally:
            self._drawing.release()

    def _drawn(self, original: Original, number: int, name: str) -> DrawnPage:
        if name not in self._failed:
            try:
                with Worker(SECONDS) as worker:
                    page = worker.page(original.path, number)
            except DocumentUnreadable as error:
                log.warning("page not drawn", extra={"problem": str(error)})
                if len(self._failed) >= FAILURES:
                    self._failed.clear()
                self._failed[name] = None
        if name in self._failed:
            raise Lost("This page cannot be drawn.")
        if not is_unchanged(original):  # it was replaced while it was read
            raise Lost("The file has changed since it was indexed.")
        self._keep(name, page)
        return page

    def _kept(self, name: str) -> DrawnPage | None:
        file = self._folder / name
        try:
            page = _page.decode(file.read_bytes())
            os.utime(file)
        except (OSError, msgspec.DecodeError):  # not there, or of another version
            return None
        return page

    def _keep(self, name: str, page: DrawnPage) -> None:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=self._folder, delete=False) as file:
                file.write(msgspec.msgpack.encode(page))
            os.replace(file.name, self._folder / name)
            self._forget_oldest()
        except OSError as error:  # a full disk: it is drawn again next time
            log.warning("page not kept", extra={"problem": str(error)})

    def _forget_oldest(self) -> None:
        looks = [(file.stat().st_mtime_ns, file.stat().st_size, file) for file in self._files()]
        total = sum(size for _, size, _ in looks)
        for _, size, file in sorted(looks):
            if total <= self._kept_bytes:
                return
            with suppress(FileNotFoundError):  # another process was quicker
                file.unlink()
            total -= size

    def _files(self) -> list[Path]:
        return [file for file in self._folder.iterdir() if file.is_file()]

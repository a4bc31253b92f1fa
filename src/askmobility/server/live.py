"""The assistant over the current snapshot: a new one is opened beside the old, then takes over."""

from __future__ import annotations

import logging
import threading
import time
from pathlib import Path

from askmobility.assistant import Assistant
from askmobility.errors import AskMobilityError
from askmobility.index import snapshots
from askmobility.settings import ANSWERS_FROM

log = logging.getLogger(__name__)

LOOK_EVERY_SECONDS = 1.0


class LiveAssistant:
    """Gives the assistant to ask now. Who holds an older one finishes with it."""

    def __init__(self, index_dir: Path, answers_from: float = ANSWERS_FROM) -> None:
        """Raises IndexNotFound, IndexDamaged."""
        self._index_dir = index_dir
        self._answers_from = answers_from
        self._assistant = Assistant.open(index_dir, answers_from)
        self._opening = threading.Lock()
        self._look_at = time.monotonic() + LOOK_EVERY_SECONDS

    def now(self) -> Assistant:
        """The assistant over the newest snapshot that is open; it never waits for one."""
        if time.monotonic() >= self._look_at and self._opening.acquire(blocking=False):
            self._look_at = time.monotonic() + LOOK_EVERY_SECONDS
            threading.Thread(target=self._look, daemon=True).start()
        return self._assistant

    def _look(self) -> None:
        try:
            if snapshots.current(self._index_dir).name != self._assistant.snapshot_id:
                self._assistant = Assistant.open(self._index_dir, self._answers_from)
                log.info("snapshot", extra={"index": self._assistant.snapshot_id})
        except AskMobilityError as error:  # the one that is open still answers
            log.warning("snapshot", extra={"problem": str(error)})
        finally:
            self._opening.release()

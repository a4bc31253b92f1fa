"""Builds that die on the way, each in a process of its own, forked from this one once it is warm.

Standard input: one JSON object a line, with `paths`, `index`, `at` (see `_prepare`), `limit`
(bytes that a file may have, or null). Standard output: how each build ended, a line each.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
from pathlib import Path

from askmobility.documents import sentences  # noqa: F401  (warm: Punkt is loaded once)
from askmobility.index import builder, snapshots


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _progress(at: str) -> builder.Progress:
    def progress(what: str, done: int, total: int) -> None:
        if at == f"{what} {done}":
            _die()

    return progress


def _prepare(at: str) -> None:
    """Die at a step of the progress ("Encoding 2"), or around a move ("before move 1")."""
    moved = 0
    move = os.replace

    def replace(source: object, target: object) -> None:
        nonlocal moved
        moved += 1
        if at == f"before move {moved}":
            _die()
        move(source, target)  # type: ignore[type-var]
        if at == f"after move {moved}":
            _die()

    snapshots.os.replace = replace  # type: ignore[assignment]


def _build(task: dict[str, object]) -> None:
    if task["limit"]:
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(str(task["limit"])),) * 2)
    _prepare(str(task["at"]))
    builder.build_index(
        [Path(str(task["paths"]))], Path(str(task["index"])), progress=_progress(str(task["at"]))
    )


def _ending(task: dict[str, object]) -> str:
    child = os.fork()
    if not child:
        try:
            _build(task)
        except BaseException as error:
            print(f"{type(error).__name__}: {error}"[:500], file=sys.stderr, flush=True)
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    return {0: "done", 1: "failed", -signal.SIGKILL: "killed"}.get(code, str(code))


for line in sys.stdin:
    print(_ending(json.loads(line)), flush=True)

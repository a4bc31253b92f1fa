"""An application on a production WSGI server, by several processes, until it is told to stop."""

from __future__ import annotations

import gc
import ipaddress
import logging
import os
import signal
import socket
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from http import HTTPStatus
from pathlib import Path
from typing import Any

from flask import Flask
from gunicorn import util
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from gunicorn.http.errors import LimitRequestHeaders, LimitRequestLine, ParseException
from gunicorn.workers.gthread import ThreadWorker
from limits import parse

from askmobility.errors import AskMobilityError
from askmobility.server.problems import problem_as_json
from askmobility.settings import Settings

log = logging.getLogger(__name__)

THREADS = 4  # of one worker: a slow client keeps one busy, not the worker
PATIENCE_SECONDS = 30  # for open requests, when told to stop
KEPT_OPEN_SECONDS = 30  # a connection that asks nothing: a reader comes back sooner than that
RATE_LIMIT = "120 per minute"  # for each client, where others than this machine can reach us
STOPPING = (signal.SIGTERM, signal.SIGINT, signal.SIGQUIT)
SHARED_MEMORY = Path("/dev/shm")  # workers beat there: a slow disk must not look like a hung one

LOG = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "askmobility.server.watching.OneLine"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"level": "INFO", "handlers": ["stderr"]},
    "loggers": {"gunicorn.error": {"level": "WARNING", "propagate": True, "handlers": []}},
}


class CannotListen(AskMobilityError):
    """An address that is taken, not ours, or not to be had."""

    def __init__(self, host: str, port: int, why: str) -> None:
        super().__init__(
            f"Cannot listen on {host}:{port}: {why}. "
            "Name another address with `--host` and `--port`."
        )


class BadRateLimit(AskMobilityError):
    """A limit that says nothing."""

    def __init__(self, limit: str) -> None:
        super().__init__(
            f"ASKMOBILITY_RATE_LIMIT is {limit!r}. Write it as in {RATE_LIMIT!r}, or 'off'."
        )


def serve_index(
    settings: Settings, host: str, port: int, workers: int, on_ready: Callable[[str], None]
) -> None:
    """Serve the index of `settings`, each worker over its own open assistant, until SIGTERM.

    The workers map the same files into memory, and each follows the index by itself.
    """
    with tempfile.TemporaryDirectory(prefix="askmobility-metrics-") as metrics:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = metrics  # read when prometheus_client is imported
        from askmobility.server.app import create_app
        from askmobility.server.live import LiveAssistant

        settings = replace(settings, rate_limit=rate_limit(settings.rate_limit, host))
        serve_forever(
            lambda: create_app(LiveAssistant(settings.index_dir, settings.answers_from), settings),
            host,
            port,
            on_ready,
            workers,
        )


def serve_forever(
    make_app: Callable[[], Flask],
    host: str,
    port: int,
    on_ready: Callable[[str], None],
    workers: int = 1,
) -> None:
    """Serve until SIGTERM or Ctrl-C; open requests are finished first.

    make_app: called in every worker. port: 0 takes any that is free. on_ready: told the address
    once connections are taken.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listening = socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        number = error.errno or 0  # negative for a name that is not found
        why = os.strerror(number) if number > 0 else str(error.strerror)
        raise CannotListen(host, port, why) from error
    shown = f"[{host}]" if family == socket.AF_INET6 else host
    address = f"http://{shown}:{listening.getsockname()[1]}"
    options = {
        "bind": f"fd://{listening.fileno()}",
        "workers": workers,
        "worker_class": _Worker,
        "threads": THREADS,
        "graceful_timeout": PATIENCE_SECONDS,
        "keepalive": KEPT_OPEN_SECONDS,
        "limit_request_line": 8190,
        "worker_tmp_dir": str(SHARED_MEMORY) if SHARED_MEMORY.is_dir() else None,
        "logconfig_dict": LOG,
        "control_socket_disable": True,  # a file in the home directory, for a tool that we lack
        "when_ready": lambda _: on_ready(address),
        "worker_exit": _leave,
    }
    _Server(make_app, options).run()


def _leave(_: object, worker: _Worker) -> None:
    """End a worker at once, with the status it was leaving with.

    onnxruntime starts a thread when it is imported, and joins it when the process ends: a forked
    process does not have it, and would abort or hang. Nor is what its parent opened its to close.
    """
    if int(worker.pid) == os.getpid():
        leaving = sys.exc_info()[1]
        status = leaving.code if isinstance(leaving, SystemExit) else 1
        os._exit(status if isinstance(status, int) else 1)


def rate_limit(wanted: str | None, host: str) -> str | None:
    """What each client may ask; None for no limit, the default where only this machine can ask.

    wanted: from ASKMOBILITY_RATE_LIMIT, "off" for none. Raises BadRateLimit.
    """
    if wanted:
        try:
            return None if wanted == "off" else str(parse(wanted))
        except ValueError as error:
            raise BadRateLimit(wanted) from error
    try:
        loopback = ipaddress.ip_address(host).is_loopback
    except ValueError:
        loopback = host == "localhost"
    return None if loopback else RATE_LIMIT


class _Arbiter(Arbiter):
    """Gunicorn's, but a worker that is told to stop while it is being born is not deaf to it.

    Until it has handlers of its own, a forked worker has the arbiter's, which would only note the
    signal in the worker's copy of the arbiter's queue: so it waits until the worker has its own.
    """

    def spawn_worker(self) -> int:
        before = signal.pthread_sigmask(signal.SIG_BLOCK, STOPPING)
        try:
            return int(super().spawn_worker())
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


class _Worker(ThreadWorker):
    """Gunicorn's, with our errors: its own are HTML, and it logs addresses, questions included."""

    def init_signals(self) -> None:
        super().init_signals()
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPPING)  # see _Arbiter

    def handle_error(
        self, req: object, client: socket.socket, addr: object, exc: BaseException
    ) -> None:
        """Answer a request that cannot even be read, as every error is answered."""
        status = next((status for kind, status in _UNREADABLE if isinstance(exc, kind)), 500)
        log.warning("unreadable request", extra={"status": status, "problem": type(exc).__name__})
        phrase = HTTPStatus(status).phrase
        content = problem_as_json(status, f"The request cannot be read: {phrase.lower()}.")
        head = (
            f"HTTP/1.1 {status} {phrase}\r\nConnection: close\r\n"
            f"Content-Type: application/problem+json\r\nContent-Length: {len(content)}\r\n\r\n"
        )
        try:
            util.write_nonblock(client, head.encode() + content)
        except OSError:  # nobody is there any more
            log.debug("unreadable request", extra={"problem": "its sender has gone"})


_UNREADABLE = ((LimitRequestLine, 414), (LimitRequestHeaders, 431), (ParseException, 400))


class _Server(BaseApplication):
    """Gunicorn, set up from here rather than from its command line."""

    def __init__(self, make_app: Callable[[], Flask], options: dict[str, Any]) -> None:
        self._make_app, self._options = make_app, options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def run(self) -> None:
        _Arbiter(self).run()

    def load(self) -> Flask:  # type: ignore[override]  # Flask is WSGI, typed its own way
        app = self._make_app()
        gc.freeze()  # what an open index holds stays: no collection need look at it again
        return app

"""An application on a production WSGI server, until it is told to stop."""

from __future__ import annotations

import os
import signal
import socket
import sys
from collections.abc import Callable

from flask import Flask
from waitress import create_server

from askmobility.errors import AskMobilityError


class CannotListen(AskMobilityError):
    """An address that is taken, not ours, or not to be had."""

    def __init__(self, host: str, port: int, why: str) -> None:
        super().__init__(
            f"Cannot listen on {host}:{port}: {why}. "
            "Name another address with `--host` and `--port`."
        )


def serve_forever(app: Flask, host: str, port: int, on_ready: Callable[[str], None]) -> None:
    """Serve `app` until SIGTERM or Ctrl-C; open requests are finished first.

    port: 0 takes any that is free. on_ready: told the address once connections are taken.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listening = socket.create_server((host, port), family=family)
    except OSError as error:
        number = error.errno or 0  # negative for a name that is not found
        why = os.strerror(number) if number > 0 else str(error.strerror)
        raise CannotListen(host, port, why) from error
    server = create_server(app, sockets=[listening], ident=None)
    shown = f"[{host}]" if family == socket.AF_INET6 else host
    on_ready(f"http://{shown}:{listening.getsockname()[1]}")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    server.run()

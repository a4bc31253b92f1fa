from __future__ import annotations

import json
import socket
import subprocess
import sys
import urllib.error
import urllib.request

import pytest
from flask import Flask

from askmobility.server.serving import BadRateLimit, CannotListen, rate_limit, serve_forever


def test_a_port_that_is_taken_is_named_in_the_error() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        with pytest.raises(CannotListen, match=rf"127\.0\.0\.1:{port}.*--port"):
            serve_forever(lambda: Flask("empty"), "127.0.0.1", port, on_ready=pytest.fail)


def test_a_host_that_is_not_ours_is_an_error_to_put_right() -> None:
    with pytest.raises(CannotListen):
        serve_forever(lambda: Flask("empty"), "host.invalid", 0, on_ready=pytest.fail)


def test_a_server_told_to_stop_while_its_workers_start_stops_at_once() -> None:
    code = (
        "import random; random.random = lambda: 0.0  # gunicorn waits that long after each fork\n"
        "from flask import Flask; from askmobility.server.serving import serve_forever\n"
        "told = lambda address: print(address, flush=True)\n"
        "serve_forever(lambda: Flask('empty'), '127.0.0.1', 0, told, workers=2)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True
    ) as served:
        assert served.stdout is not None
        served.stdout.readline()
        served.terminate()
        assert served.wait(timeout=20) == 0  # a deaf worker is waited for half a minute


def test_the_server_answers_where_it_says_refuses_with_problems_and_stops_when_told() -> None:
    code = (
        "from flask import Flask; from askmobility.server.serving import serve_forever\n"
        "app = Flask('empty'); app.get('/')(lambda: 'here')\n"
        "serve_forever(lambda: app, '127.0.0.1', 0, lambda url: print(url, flush=True), workers=2)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True
    ) as served:
        assert served.stdout is not None
        address = served.stdout.readline().strip()
        with urllib.request.urlopen(address, timeout=10) as response:
            assert response.read() == b"here"
        long = f"{address}/?q={'x' * 9000}"
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(long, timeout=10)
        assert refused.value.headers["Content-Type"] == "application/problem+json"
        assert json.load(refused.value)["status"] == 414
        served.terminate()
        assert served.wait(timeout=10) == 0


@pytest.mark.parametrize(
    ("wanted", "host", "limit"),
    [
        (None, "127.0.0.1", None),
        (None, "localhost", None),
        (None, "::1", None),
        (None, "0.0.0.0", "120 per minute"),
        (None, "askmobility.example", "120 per minute"),
        ("9/second", "127.0.0.1", "9 per 1 second"),
        ("off", "0.0.0.0", None),
    ],
)
def test_requests_are_limited_where_others_can_reach_us_or_as_somebody_wants(
    wanted: str | None, host: str, limit: str | None
) -> None:
    assert rate_limit(wanted, host) == limit


def test_a_limit_that_says_nothing_is_an_error_to_put_right() -> None:
    with pytest.raises(BadRateLimit, match=r"'a lot'.*120 per minute"):
        rate_limit("a lot", "127.0.0.1")

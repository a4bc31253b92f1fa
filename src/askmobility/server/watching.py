"""What an operator sees of a request: its id, its times, one line of log, and the metrics."""

from __future__ import annotations

import json
import logging
import os
import re
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from flask import Flask, Response, g, request
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from askmobility.types import Answer

log = logging.getLogger("askmobility.requests")

_REQUEST_ID = re.compile(r"[\w.-]{1,64}", re.ASCII)
_SECONDS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5)
METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8"


def watch(app: Flask, *, log_questions: bool) -> Callable[[], bytes]:
    """Give every request of `app` an id, times and a line of log.

    Returns what gives the metrics in Prometheus's format: of all workers, where there are several.
    """
    registry = CollectorRegistry()
    requests = Counter(
        "askmobility_requests", "Requests", ["method", "route", "status"], registry=registry
    )
    seconds = Histogram(
        "askmobility_request_seconds", "Seconds", ["route"], buckets=_SECONDS, registry=registry
    )
    answers = Counter("askmobility_answers", "Answers", ["outcome", "reason"], registry=registry)

    @app.before_request
    def begin() -> None:
        g.began = time.perf_counter()
        g.times = {}
        given = request.headers.get("X-Request-Id", "")
        g.request_id = given if _REQUEST_ID.fullmatch(given) else uuid.uuid4().hex

    @app.after_request
    def end(response: Response) -> Response:
        total = time.perf_counter() - g.began
        times = {**g.times, "total": total}
        response.headers["Server-Timing"] = ", ".join(
            f"{name};dur={1000 * took:.2f}" for name, took in times.items()
        )
        response.headers["X-Request-Id"] = g.request_id
        route = request.url_rule.rule if request.url_rule else "none"
        requests.labels(request.method, route, response.status_code).inc()
        seconds.labels(route).observe(total)
        answer: Answer | None = g.get("answer")
        if answer:
            answers.labels(answer.outcome, answer.reason or "none").inc()
        log.info("request", extra=_line(response, route, total, answer, log_questions))
        return response

    return lambda: generate_latest(_whole(registry))


@contextmanager
def timed(name: str) -> Iterator[None]:
    """Count what is done inside under `name` in the Server-Timing header."""
    began = time.perf_counter()
    try:
        yield
    finally:
        g.times[name] = g.times.get(name, 0.0) + time.perf_counter() - began


class OneLine(logging.Formatter):
    """A record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Its time, level and message, and whatever came in `extra`."""
        extra = {name: value for name, value in vars(record).items() if name not in _OF_A_RECORD}
        line = {
            "time": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
            **extra,
        }
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=True, default=str)


_OF_A_RECORD = set(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


def _line(
    response: Response, route: str, total: float, answer: Answer | None, log_questions: bool
) -> dict[str, object]:
    line: dict[str, object] = {
        "request_id": g.request_id,
        "method": request.method,
        "route": route,
        "status": response.status_code,
        "ms": round(1000 * total, 2),
    }
    if answer:
        line["outcome"] = answer.reason or answer.outcome
        if log_questions:
            line["question"] = answer.question
    return line


def _whole(registry: CollectorRegistry) -> CollectorRegistry:
    """The metrics of every worker that shares our folder; without one, our own."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return registry
    whole = CollectorRegistry()
    MultiProcessCollector(whole)  # type: ignore[no-untyped-call]
    return whole

"""The server under load from a second process, and what one request costs beyond `Assistant.ask`.

    python -m tests.benchmarks.load [--index DIR] [--seconds 60]        (`make load` runs it)

32 connections ask the questions of `tests/eval/press_release.jsonl` of two workers; then one asks
them of the idle server, by turns with `Assistant.ask` in a process of its own, so that what else
the machine does falls on both. The tables are Markdown on standard output.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from askmobility.settings import default_index_dir

QUESTIONS = Path(__file__).parents[1] / "eval" / "press_release.jsonl"
CONNECTIONS = 32
WORKERS = 2
IDLE_REQUESTS = 300
TICKS = os.sysconf("SC_CLK_TCK")
BLOCK = 50
ASKING = """
import json, sys, time
from pathlib import Path
from askmobility.assistant import Assistant
assistant = Assistant.open(Path(sys.argv[1]))
for line in sys.stdin:
    took, began = [], time.process_time()
    for question in json.loads(line):
        at = time.perf_counter()
        assistant.ask(question)
        took.append(time.perf_counter() - at)
    print(json.dumps([took, time.process_time() - began]), flush=True)
"""


class Served(NamedTuple):
    """A running server: where it listens, and its workers."""

    host: str
    port: int
    workers: list[int]  # process ids


class Cost(NamedTuple):
    """Of some questions: the seconds that each took, and processor seconds in all."""

    took: list[float]
    processor: float


class Client:
    """One connection, kept open, asking one question after the other."""

    def __init__(self, served: Served) -> None:
        self._served = served
        self.took: list[float] = []
        self.errors = 0

    async def open(self) -> None:
        """Connect."""
        self._reader, self._writer = await asyncio.open_connection(
            self._served.host, self._served.port
        )

    async def ask(self, question: str) -> None:
        """One `POST /api/v1/query`, timed until its last byte is here."""
        body = json.dumps({"question": question}).encode()
        head = (
            f"POST /api/v1/query HTTP/1.1\r\nHost: {self._served.host}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        began = time.perf_counter()
        self._writer.write(head.encode() + body)
        answered = await self._reader.readuntil(b"\r\n\r\n")
        length = next(
            int(line.split(b":")[1])
            for line in answered.splitlines()
            if line.lower().startswith(b"content-length")
        )
        await self._reader.readexactly(length)
        self.took.append(time.perf_counter() - began)
        self.errors += b" 200 " not in answered.split(b"\r\n")[0]

    def close(self) -> None:
        """Hang up."""
        self._writer.close()


def main() -> None:
    """Measure, and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--index", type=Path, default=default_index_dir())
    parser.add_argument("--seconds", type=float, default=60)
    options = parser.parse_args()
    questions = [json.loads(line)["question"] for line in QUESTIONS.read_text("utf-8").splitlines()]
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}\n")
    with serving(options.index) as served:
        asyncio.run(_load(served, questions, options.seconds))
        print()
        _idle(served, questions, options.index)


@contextmanager
def serving(index_dir: Path) -> Iterator[Served]:
    """A server of ours in processes of its own, stopped at the end as an operator stops it."""
    code = "from askmobility.cli import main; main()"
    arguments = ["serve", "--port", "0", "--workers", str(WORKERS), "--index", str(index_dir)]
    with subprocess.Popen(
        [sys.executable, "-c", code, *arguments], stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        address = urlsplit(process.stderr.readline().split()[-1])
        drained = subprocess.Popen(["cat"], stdin=process.stderr, stdout=subprocess.DEVNULL)
        assert address.hostname is not None
        assert address.port is not None
        served = Served(address.hostname, address.port, [])
        try:
            asyncio.run(_ask_in_turn(served, ["warm"] * 20))
            yield served._replace(workers=_children(process.pid))
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=40)
            drained.wait()


async def _load(served: Served, questions: Sequence[str], seconds: float) -> None:
    clients = [Client(served) for _ in range(CONNECTIONS)]
    until = time.perf_counter() + seconds

    async def keep_asking(client: Client, first: int) -> None:
        await client.open()
        for question in islice(cycle(questions), first, None):
            if time.perf_counter() >= until:
                break
            await client.ask(question)
        client.close()

    await asyncio.gather(*(keep_asking(client, 5 * n) for n, client in enumerate(clients)))
    took = sorted(1000 * one for client in clients for one in client.took)
    cuts = statistics.quantiles(took, n=100)
    print(f"| {CONNECTIONS} connections, {WORKERS} workers, {seconds:.0f} s | |\n|---|---|")
    print(f"| requests per second | {len(took) / seconds:.0f} |")
    print(f"| p50, p95, p99, ms | {cuts[49]:.0f}, {cuts[94]:.0f}, {cuts[98]:.0f} |")
    print(f"| errors | {sum(client.errors for client in clients)} of {len(took)} |")
    memory = ", ".join(f"{_megabytes(pid):.0f}" for pid in served.workers)
    own = ", ".join(f"{_megabytes(pid, 'Private'):.0f}" for pid in served.workers)
    print(f"| memory of each worker, MB (its own alone) | {memory} ({own}) |")


def _idle(served: Served, questions: Sequence[str], index_dir: Path) -> None:
    asked, alone = Cost([], 0.0), Cost([], 0.0)
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    command = [sys.executable, "-c", ASKING, str(index_dir)]
    with subprocess.Popen(command, **pipes) as process:  # type: ignore[call-overload]
        _alone(process, questions[:BLOCK])  # warm
        for first in range(0, IDLE_REQUESTS, BLOCK):
            block = list(islice(cycle(questions), first, first + BLOCK))
            before = sum(map(_processor_seconds, served.workers))
            took = asyncio.run(_ask_in_turn(served, block))
            cost = sum(map(_processor_seconds, served.workers)) - before
            asked = Cost(asked.took + took, asked.processor + cost)
            took, cost = _alone(process, block)
            alone = Cost(alone.took + took, alone.processor + cost)
        process.stdin.close()
    ours, theirs = (1000 * statistics.median(one.took) for one in (asked, alone))
    ours_cost, theirs_cost = (1000 * one.processor / IDLE_REQUESTS for one in (asked, alone))
    print("| one request, idle server | request | `Assistant.ask` | beyond it |\n|---|---|---|---|")
    print(f"| p50, ms | {ours:.1f} | {theirs:.1f} | {ours - theirs:.1f} |")
    beyond = ours_cost - theirs_cost
    print(f"| processor time, ms | {ours_cost:.1f} | {theirs_cost:.1f} | {beyond:.1f} |")


def _alone(process: subprocess.Popen[str], questions: Sequence[str]) -> Cost:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps(questions) + "\n")
    process.stdin.flush()
    return Cost(*json.loads(process.stdout.readline()))


async def _ask_in_turn(served: Served, questions: Sequence[str]) -> list[float]:
    client = Client(served)
    await client.open()
    for question in questions:
        await client.ask(question)
    client.close()
    return client.took


def _children(pid: int) -> list[int]:
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _megabytes(pid: int, what: str = "Rss") -> float:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith(what)) / 1024


def _processor_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


if __name__ == "__main__":
    main()

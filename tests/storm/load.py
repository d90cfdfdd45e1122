"""Five hundred people in attempts at once, against the server as in production, client on the same machine.

Usage: python -m tests.storm.load, with PEOPLE (500), SECONDS (45), DB (sqlite or postgresql) from the
environment; DATABASE_URL as for the crash test. Exits with 1 on an error, or when the slowest twentieth of
saved answers takes longer than the aim times SLACK.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import resource
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from tests.courses import RIGHT
from tests.storm import server
from tests.storm.crash import database_server
from tests.storm.learner import OTHER, QUIZ
from tests.storm.place import Place, Someone, fresh_place

THINK = 10.0, 15.0
"""Seconds between two answers of a person."""
OPENING, BURST, HANDING_IN = 15.0, 5.0, 15.0
"""Seconds in which everybody opens the paper, answers once at the same time, hands in."""
AIM, SLACK = 300.0, 3.0
"""Milliseconds for the 95th percentile of a saved answer; the run fails beyond the aim times SLACK."""


@dataclass
class Figures:
    """Milliseconds of each request by kind, and what went wrong."""

    took: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: list[str] = field(default_factory=list)

    def line(self, kind: str) -> str:
        """Return a row of the table."""
        values = sorted(self.took[kind])
        parts = [
            f"{values[min(len(values) - 1, int(len(values) * share))]:.0f}" for share in (0.5, 0.95, 0.99)
        ]
        return f"| {kind} | {len(values)} | {' | '.join(parts)} | {values[-1]:.0f} |"

    def slow(self, kind: str) -> float:
        """Return the 95th percentile in milliseconds."""
        values = sorted(self.took[kind])
        return values[int(len(values) * 0.95)]


class Sitting:
    """One person with a paper before them."""

    def __init__(self, port: int, someone: Someone, figures: Figures, rng: random.Random) -> None:
        self._port, self._someone, self._figures, self._rng = port, someone, figures, rng
        self._attempt, self._seen = "", dict.fromkeys(RIGHT, "")

    async def open(self) -> None:
        """Start the attempt and open its paper."""
        self._attempt = await self._send("mulai", "POST", f"{QUIZ}/attempts", {}, 303)
        await self._send("buka lembar", "GET", self._attempt, {}, 200)

    async def answer(self, kind: str) -> None:
        """Answer one question by the small POST."""
        key = self._rng.choice(list(RIGHT))
        fields = {f"q-{key}": self._rng.choice(OTHER[key]), f"seen-{key}": self._seen[key]}
        body = await self._send(kind, "POST", f"{self._attempt}/responses/{key}", fields, 200)
        self._seen[key] = body.partition('"seen":"')[2].partition('"')[0]

    async def think_and_answer(self, seconds: float) -> None:
        """Answer every now and then for so many seconds."""
        end = time.monotonic() + seconds
        await asyncio.sleep(self._rng.uniform(0, THINK[1]))
        while time.monotonic() < end:
            await self.answer("simpan jawaban")
            await asyncio.sleep(self._rng.uniform(*THINK))

    async def hand_in(self) -> None:
        """Hand the paper in."""
        await self._send("kumpulkan", "POST", f"{self._attempt}/submission", {"confirmed": "1"}, 303)

    async def _send(self, kind: str, method: str, path: str, fields: dict[str, object], wanted: int) -> str:
        """Send a request on a line of its own; return the place it leads to, or the body."""
        content = urlencode({**fields, "csrf_token": self._someone.token}, doseq=True) if fields or (
            method == "POST"
        ) else ""  # fmt: skip
        head = (
            f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {self._someone.cookie}\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\nConnection: close\r\n"
            f"Content-Length: {len(content)}\r\n\r\n{content}"
        )
        begin = time.perf_counter()
        try:
            async with asyncio.timeout(30):
                reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
                writer.write(head.encode())
                reply = (await reader.read()).decode("utf-8", "replace")
                writer.close()
        except (OSError, TimeoutError) as error:
            self._figures.errors.append(f"{kind}: {error!r}")
            return ""
        self._figures.took[kind].append(1000 * (time.perf_counter() - begin))
        top, _empty, body = reply.partition("\r\n\r\n")
        if f" {wanted} " not in top[:16]:
            self._figures.errors.append(f"{kind} {path}: {top[:16]} {body[:100]}")
        place = [line[10:] for line in top.split("\r\n") if line.lower().startswith("location: ")]
        return place[0] if place else body


async def _run(port: int, people: list[Someone], seconds: float) -> Figures:
    figures = Figures()
    sittings = [Sitting(port, one, figures, random.Random(n)) for n, one in enumerate(people)]

    async def within(span: float, act: Callable[[Sitting], Awaitable[None]]) -> None:
        async def later(sitting: Sitting, delay: float) -> None:
            await asyncio.sleep(delay)
            await act(sitting)

        spread = random.Random(1)
        await asyncio.gather(*(later(sitting, spread.uniform(0, span)) for sitting in sittings))

    await within(OPENING, Sitting.open)
    await asyncio.gather(*(sitting.think_and_answer(seconds) for sitting in sittings))
    await within(BURST, lambda sitting: sitting.answer("simpan jawaban, semua sekaligus"))
    await within(HANDING_IN, Sitting.hand_in)
    return figures


def main() -> int:
    """Print the table; return 1 when something failed or was far too slow."""
    count, seconds = int(os.environ.get("PEOPLE", "500")), float(os.environ.get("SECONDS", "45"))
    with contextlib.ExitStack() as stack:
        url = stack.enter_context(database_server())
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="gurindam-load-"))
        place: Place = stack.enter_context(fresh_place(Path(folder), url))
        people = place.people(count, hours=False)
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        filled = used.ru_utime + used.ru_stime
        server.warm_up()
        running = stack.enter_context(server.Server(place, server.free_port(), place.folder / "server.log"))
        running.wait_until_ready()
        begin, cpu = time.monotonic(), time.process_time()
        figures = asyncio.run(_run(running.port, people, seconds))
        spent, own = time.monotonic() - begin, time.process_time() - cpu
        print(f"\n{count} orang, {'SQLite' if place.is_sqlite else 'PostgreSQL'}, 2 proses x 8 benang\n")
        print("| Permintaan | banyaknya | p50 ms | p95 ms | p99 ms | terlama ms |")
        print("|---|---:|---:|---:|---:|---:|")
        for kind in figures.took:
            print(figures.line(kind))
        for error in figures.errors[:10]:
            print(f"ERROR: {error}")
    worked = resource.getrusage(resource.RUSAGE_CHILDREN)
    slow = figures.slow("simpan jawaban")
    failed = bool(figures.errors) or slow > AIM * SLACK
    print(
        f"\n{'FAILED' if failed else 'ok'}: {len(figures.errors)} errors, p95 of a saved answer "
        f"{slow:.0f} ms (aim {AIM:.0f}), {spent:.0f} s; CPU: "
        f"server {worked.ru_utime + worked.ru_stime - filled:.0f} s, client {own:.0f} s"
    )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

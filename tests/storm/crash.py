"""Kill the server again and again while people answer, and prove that nothing acknowledged is lost.

Usage: python -m tests.storm.crash, with ROUNDS (200), SEED (random), DB (sqlite or postgresql), LEARNERS (6)
from the environment; DATABASE_URL names the PostgreSQL server on which a new database is made and dropped.
Exits with 1 on a loss.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from tests.storm import server, truth
from tests.storm.learner import Learner
from tests.storm.place import Place, fresh_place

LONGEST = 0.6
"""Seconds of answering before the kill, at most; a server that has just started is slow at first."""
EARLY = 0.1
"""Part of the rounds in which the server is killed while it starts."""


@contextmanager
def database_server() -> Iterator[str]:
    """Give the PostgreSQL server of this run, or "" for SQLite."""
    from tools import services

    given = os.environ.get("DATABASE_URL", "")
    if given.startswith("postgres"):
        yield given
    elif os.environ.get("DB", "sqlite") == "sqlite":
        yield ""
    else:
        with services.postgresql() as url:
            yield url


def main() -> int:
    """Run the rounds; return 1 when something was lost."""
    rounds = int(os.environ.get("ROUNDS", "200"))
    seed = int(os.environ.get("SEED") or random.SystemRandom().randrange(1_000_000))
    count = int(os.environ.get("LEARNERS", "6"))
    with (
        database_server() as url,
        tempfile.TemporaryDirectory(prefix="gurindam-crash-") as folder,
        fresh_place(Path(folder), url) as place,
    ):
        kind = "SQLite" if place.is_sqlite else "PostgreSQL"
        print(f"{rounds} kills on {kind}, {count} learners, SEED={seed}", flush=True)
        return _run(place, rounds, count, random.Random(seed), seed)


def _run(place: Place, rounds: int, count: int, rng: random.Random, seed: int) -> int:
    begin = time.monotonic()
    people = iter(place.people(count * (3 + rounds), hours=True))
    server.warm_up()
    learners = [Learner(people, random.Random(rng.random())) for _ in range(count)]
    port, log, found = server.free_port(), place.folder / "server.log", []
    for number in range(1, rounds + 1):
        early = rng.random() < EARLY
        with server.Server(place, port, log) as running:
            if early:
                time.sleep(rng.uniform(0, 0.5))
            else:
                running.wait_until_ready()
                found += _storm(running, learners, rng.uniform(0, LONGEST))
        touched = [known for learner in learners for known in learner.history[-2:]]
        found += truth.losses(place, touched)
        if found:
            break
        if number % 20 == 0:
            print(f"  {number} kills, {_acknowledged(learners)} answers acknowledged", flush=True)
    every = [known for learner in learners for known in learner.history]
    found = found or truth.losses(place, every) + truth.missing_files(place)
    for loss in found[:20]:
        print(f"LOST: {loss}")
    closed = sum(known.closed for known in every)
    print(
        f"{'FAILED' if found else 'ok'}: {number} kills, {_acknowledged(learners)} answers acknowledged, "
        f"{closed} attempts handed in, {len(found)} losses, {time.monotonic() - begin:.0f} s, SEED={seed}"
    )
    if found:
        print(log.read_text()[-2000:])
    return 1 if found else 0


def _storm(running: server.Server, learners: list[Learner], seconds: float) -> list[str]:
    """Let everybody answer, kill the server after so many seconds; return what it answered wrongly."""
    stop, before = threading.Event(), _acknowledged(learners)
    with ThreadPoolExecutor(len(learners)) as pool:
        works = [pool.submit(learner.work, running.port, stop) for learner in learners]
        end = time.monotonic() + 10
        while _acknowledged(learners) == before and time.monotonic() < end:
            time.sleep(0.005)
        time.sleep(seconds)
        running.kill()
        stop.set()
    return [str(work.exception()) for work in works if work.exception() is not None]


def _acknowledged(learners: list[Learner]) -> int:
    return sum(learner.acknowledged for learner in learners)


if __name__ == "__main__":
    sys.exit(main())

"""Writers of one SQLite file take turns inside the process; nobody is left without an end."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from lms import db
from lms.db import InTurn


def opened(path: Path) -> InTurn:
    connection = sqlite3.connect(path, factory=InTurn, check_same_thread=False, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    return connection


@pytest.fixture
def path(tmp_path: Path) -> Path:
    place = tmp_path / "turns.sqlite3"
    opened(place).execute("CREATE TABLE t (n INTEGER)")
    return place


def test_many_writers_all_get_their_turn(path: Path) -> None:
    def write(number: int) -> None:
        connection = opened(path)
        for _ in range(20):
            connection.begin_writing()
            seen = connection.execute("SELECT count(*) FROM t").fetchone()[0]
            connection.execute("INSERT INTO t VALUES (?)", (seen,))
            connection.commit()
        connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(8)))
    assert [row[0] for row in opened(path).execute("SELECT n FROM t ORDER BY n")] == list(range(160))


@pytest.mark.parametrize("end", ["commit", "rollback", "close"])
def test_each_end_passes_the_turn_on(path: Path, end: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(db, "BUSY_SECONDS", 0)
    first, second = opened(path), opened(path)
    first.begin_writing()
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        second.begin_writing()
    getattr(first, end)()
    second.begin_writing()
    second.commit()
    second.begin_writing()


def test_a_writer_of_another_process_is_waited_for(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = sqlite3.connect(path, isolation_level=None)  # no turns: like another process
    other.execute("BEGIN IMMEDIATE")
    waited: list[float] = []

    def sleep(seconds: float) -> None:
        waited.append(seconds)
        other.execute("ROLLBACK")

    monkeypatch.setattr(db.time, "sleep", sleep)
    mine = opened(path)
    mine.begin_writing()
    assert waited == [db.POLL_SECONDS] and mine.in_transaction

"""What the database says after a kill, compared with what the server had acknowledged."""

from __future__ import annotations

import contextlib
import hashlib
import json
import sqlite3
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Protocol

import psycopg

from tests.courses import RIGHT
from tests.storm.learner import Known
from tests.storm.place import Place

Rows = list[tuple[Any, ...]]
ONE_PASSED = (11.0, True, "learner")
NEVER = {
    "an answer is stored twice":
        "SELECT attempt_id, question_key FROM response GROUP BY 1, 2 HAVING count(*) > 1",
    "two attempts of one number":
        "SELECT enrollment_id, quiz_key FROM attempt GROUP BY 1, 2 HAVING count(*) > 1",
    "a mark is stored twice":
        "SELECT attempt_id, question_key FROM grading GROUP BY 1, 2 HAVING count(*) > 1",
    "an attempt is half closed":
        "SELECT a.id FROM attempt a LEFT JOIN grading g ON g.attempt_id = a.id GROUP BY a.id, a.submitted_at "
        f"HAVING count(g.id) <> CASE WHEN a.submitted_at IS NULL THEN 0 ELSE {len(RIGHT)} END",
    "handed in, and the course not completed":
        "SELECT e.id FROM enrollment e JOIN attempt a ON a.enrollment_id = e.id "
        "WHERE (a.submitted_at IS NULL) <> (e.completed_at IS NULL)",
    "completed without certificate, or the reverse":
        "SELECT e.id FROM enrollment e LEFT JOIN certificate c ON c.enrollment_id = e.id GROUP BY e.id, "
        "e.completed_at HAVING count(c.id) <> CASE WHEN e.completed_at IS NULL THEN 0 ELSE 1 END",
    "a certificate without its one file":
        "SELECT c.id FROM certificate c LEFT JOIN certificate_file f ON f.certificate_id = c.id "
        "GROUP BY c.id HAVING count(f.id) <> 1",
    "certificate numbers with a gap or a double":
        "SELECT count(*) FROM certificate HAVING count(*) <> coalesce(max(serial), 0) "
        "OR count(*) <> count(DISTINCT number) OR count(*) <> (SELECT coalesce(sum(n), 0) FROM counter)",
}  # fmt: skip
"""What must be true of every row at every time: statement -> rows that contradict it."""


class Asks(Protocol):
    """A connection of either driver."""

    def execute(self, statement: str) -> Any: ...


@contextlib.contextmanager
def connected(place: Place) -> Iterator[Asks]:
    """Read the database beside the server, once the last session of a killed server is over."""
    if place.is_sqlite:
        with contextlib.closing(sqlite3.connect(place.folder / "gurindam.sqlite3", timeout=20)) as database:
            yield database
        return
    with psycopg.connect(place.url, autocommit=True) as connection:
        others = (
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
            "AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
        )
        while connection.execute(others).fetchone() != (0,):
            time.sleep(0.01)
        yield connection


def losses(place: Place, known: Iterable[Known]) -> list[str]:
    """Return what is lost, doubled or half done, in words; empty when every promise was kept."""
    with connected(place) as database:
        found = _broken(place, database)
        for statement, rows in ((words, database.execute(sql).fetchall()) for words, sql in NEVER.items()):
            found += [f"{statement}: {rows[:3]}"] if rows else []
        for one in known:
            found += _of_attempt(database, one)
    return found


def _broken(place: Place, database: Asks) -> list[str]:
    if not place.is_sqlite:
        return []
    found = [row[0] for row in database.execute("PRAGMA integrity_check").fetchall() if row[0] != "ok"]
    return found + [f"foreign key: {row}" for row in database.execute("PRAGMA foreign_key_check").fetchall()]


def _of_attempt(database: Asks, known: Known) -> list[str]:
    if not known.attempt_id:
        return []
    number = int(known.attempt_id)
    rows = database.execute(
        f"SELECT points, passed, closed_by FROM attempt WHERE id = {number} AND submitted_at IS NOT NULL"
    ).fetchall()
    stored = {
        key: None if answer is None else json.loads(answer)
        for key, answer in database.execute(
            f"SELECT question_key, CAST(answer AS TEXT) FROM response WHERE attempt_id = {number}"
        ).fetchall()
    }  # fmt: skip
    return differences(known, stored, [(row[0], bool(row[1]), row[2]) for row in rows])


def differences(known: Known, stored: dict[str, object], closed: Rows) -> list[str]:
    """Compare one attempt: stored answers and, when it is closed, (points, passed, closed by)."""
    name, found = f"attempt {known.attempt_id}", []
    if known.closed and not closed:
        found.append(f"{name}: handing in was acknowledged and is lost")
    if closed and not (known.closed or known.handing):
        found.append(f"{name}: closed although nobody handed in")
    if closed and closed != [ONE_PASSED]:
        found.append(f"{name}: closed as {closed}")
    together = known.sent if known.whole else {}
    arrived = bool(closed) if known.handing else all(stored.get(key) == together[key] for key in together)
    for key in {*stored, *known.acked, *together}:
        if together and arrived:
            allowed = [together[key]]
        else:
            allowed = [known.acked[key]] if key in known.acked else [None]
            allowed += [] if together else known.maybe.get(key, [])
        if stored.get(key) not in allowed:
            found.append(f"{name}, {key}: {stored.get(key)!r} is stored, {allowed} was acknowledged or sent")
    return found


def missing_files(place: Place) -> list[str]:
    """Return the certificates whose file is not in the store, or is another than the row says."""
    with connected(place) as database:
        digests = [row[0] for row in database.execute("SELECT sha256 FROM certificate_file").fetchall()]
    return [f"file {digest}" for digest in digests if not _is_whole(place.files, digest)]


def _is_whole(files: Path, digest: str) -> bool:
    paths = list(files.rglob(digest))
    return len(paths) == 1 and hashlib.sha256(paths[0].read_bytes()).hexdigest() == digest

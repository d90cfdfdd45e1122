"""The people, the course and the database of a journey."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from lms.cli.demo_data.competencies import COMPETENCIES
from lms.content.parse import parse_quiz
from lms.content.questions import Question
from lms.domain.accounts.models import User
from lms.domain.accounts.rules import hash_password
from lms.domain.competencies.models import Competency, Requirement
from lms.domain.enrollments.actions import publish_course
from lms.domain.settings.actions import change
from tests.cast import make_cast, make_user
from tests.courses import SLUG, make_bundle

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "pulau penyengat indah"
QUIZ_FILE = "01-loket/03-kuis.md"
TITLE = "Layanan di loket"


@dataclass(frozen=True)
class Someone:
    """A person: what to sign in with, and the name on paper."""

    id: int
    name: str
    nip: str
    email: str

    @property
    def spaced_nip(self) -> str:
        """The NIP as people write it."""
        return f"{self.nip[:8]} {self.nip[8:14]} {self.nip[14:15]} {self.nip[15:]}"


@dataclass(frozen=True)
class Site:
    """The running site, and its database for what only the server knows."""

    address: str
    path: Path
    people: dict[str, Someone]
    environment: Mapping[str, str]

    def command(self, *words: str) -> None:
        """Give a `flask` command beside the running server, as its office does."""
        told = subprocess.run(
            [sys.executable, "-m", "flask", "--app", "wsgi", *words],
            cwd=ROOT, env=dict(self.environment), text=True, capture_output=True, check=False,
        )  # fmt: skip
        assert told.returncode == 0, told.stdout + told.stderr

    def rows(self, statement: str, *values: object) -> list[tuple[object, ...]]:
        """The rows of a statement, read beside the server."""
        connection = sqlite3.connect(self.path, timeout=20)
        try:
            with connection:
                return connection.execute(statement, values).fetchall()
        finally:
            connection.close()

    def end_sessions(self, person: str) -> None:
        """Let all sessions of a person end two hours ago, as when they are ended from another device."""
        ended = (datetime.now(UTC) - timedelta(hours=2)).replace(tzinfo=None, microsecond=0)
        self.rows(
            "UPDATE login_session SET ended_at = ? WHERE user_id = ?",
            ended.isoformat(" ", "microseconds"), self.people[person].id,
        )  # fmt: skip


def fill(session: Session) -> dict[str, Someone]:
    """Add the cast with passwords, somebody new without one, and the small course; return the people."""
    now = datetime.now(UTC).replace(microsecond=0)
    cast = make_cast(session)
    newcomer = make_user(session, "Hamidah", "hamidah@gurindam.example", cast.village, "199909132025242014")
    people = {
        "learner": cast.learner, "colleague": cast.colleague, "trainer": cast.trainer,
        "hr": cast.hr_unit, "bkpsdm": cast.bkpsdm, "admin": cast.admin, "newcomer": newcomer,
    }  # fmt: skip
    hashed = hash_password(PASSWORD)
    for name, user in people.items():
        user.password_hash = None if name == "newcomer" else hashed
    known = {code: Competency(code=code, kind=kind, name=title) for code, kind, title, _words in COMPETENCIES}
    session.add_all(known.values())
    session.flush()
    session.add(
        Requirement(position_id=cast.clerk.id, competency_id=known["M.5"].id, level=2, valid_from=now.date())
    )
    change(session, {"read_share_percent": 0}, by=cast.admin.id, now=now)
    published = publish_course(session, SLUG, make_bundle(), home="desk", by=cast.trainer.id, now=now)
    assert published.version is not None, published.problems
    return {name: _someone(user) for name, user in people.items()}


def _someone(user: User) -> Someone:
    return Someone(user.id, user.name, user.nip or "", user.email or "")


def questions() -> list[Question]:
    """The questions of the quiz as read from the source of the course."""
    return list(parse_quiz(make_bundle()[QUIZ_FILE].decode(), QUIZ_FILE).questions())

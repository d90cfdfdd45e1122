"""A fresh database with a course and people who are about to take its quiz.

Usage: python -m tests.storm.place FOLDER DATABASE_URL PEOPLE [--hours] writes FOLDER/people.json.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parents[2]
SECRET = "only-for-this-run-of-storms-0123456789"


@dataclass(frozen=True)
class Someone:
    """A person with a signed-in browser: the cookie, the token of its forms, the enrolment."""

    user_id: int
    enrollment_id: int
    cookie: str
    token: str


@dataclass(frozen=True)
class Place:
    """Where the server of a run works: its folder and its database."""

    folder: Path
    url: str

    @property
    def is_sqlite(self) -> bool:
        """Whether the database is a file in the folder."""
        return self.url.startswith("sqlite")

    @property
    def files(self) -> Path:
        """The file store of the server."""
        return self.folder / "files"

    def environment(self, port: int) -> dict[str, str]:
        """The settings of a server in production at this place."""
        return {
            "LMS_ENV": "production", "SECRET_KEY": SECRET, "PUBLIC_URL": f"http://127.0.0.1:{port}",
            "LMS_INSTANCE": str(self.folder), "DATABASE_URL": self.url, "HOST": "127.0.0.1",
            "PORT": str(port),
            "COURSES_DIR": str(self.folder / "courses"), "WEB_WORKERS": "2", "WEB_THREADS": "8",
            "JOBS_THREAD": "1", "LMS_DEMO": "0", "DEMO_PASSWORD": "",
        }  # fmt: skip

    def people(self, count: int, *, hours: bool) -> list[Someone]:
        """Fill the database with the course and so many people; `hours`: passing gives a certificate."""
        command = [sys.executable, "-m", "tests.storm.place", str(self.folder), self.url, str(count)]
        subprocess.run(
            [*command, *["--hours"] * hours], check=True, cwd=ROOT, env={**os.environ, **self.environment(1)}
        )
        return [Someone(**row) for row in json.loads((self.folder / "people.json").read_text())]


@contextlib.contextmanager
def fresh_place(folder: Path, server: str) -> Iterator[Place]:
    """Give a new database: a file in the folder, or one on a PostgreSQL server, dropped afterwards."""
    if not server:
        yield Place(folder, f"sqlite:///{folder / 'gurindam.sqlite3'}")
        return
    name = f"gurindam_storm_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    try:
        yield Place(folder, _with_database(server, name))
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _with_database(server: str, name: str) -> str:
    from sqlalchemy.engine import make_url

    url = make_url(server).set(drivername="postgresql", database=name)
    return url.render_as_string(hide_password=False)


def _fill(folder: Path, count: int, *, hours: bool) -> None:
    from flask import g
    from flask import session as cookie
    from flask_migrate import upgrade
    from flask_wtf.csrf import generate_csrf
    from sqlalchemy import insert

    from lms import create_app
    from lms.db import db
    from lms.domain.accounts.models import LoginSession, User
    from lms.domain.catalog.queries import pieces
    from lms.domain.enrollments.models import Enrollment
    from lms.domain.progress.models import LessonProgress
    from lms.web.access import token_hash
    from tests.cast import make_cast
    from tests.courses import publish_course
    from tests.learning import approve

    app = create_app({"JOBS_THREAD": False})
    now = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=1)
    with app.app_context():
        logging.getLogger("alembic").setLevel(logging.WARNING)
        upgrade()
        session = db.session()
        cast = make_cast(session)
        version = publish_course(session, now=now, quiz={"percobaan": "", "acak_soal": "ya"})
        if hours:
            approve(session, cast.bkpsdm, now=now)
        users = [
            User(name=f"Peserta {n}", email=f"p{n}@gurindam.example", unit_id=cast.village.id,
                 nip=None, employment="pns", rank="Penata Muda, III/a", position_id=cast.clerk.id,
                 created_at=now)
            for n in range(count)
        ]  # fmt: skip
        session.add_all(users)
        session.flush()
        enrolled = [
            Enrollment(user_id=user.id, course_id=version.course_id, version_id=version.id, enrolled_at=now,
                       started_at=now, last_act_at=now)
            for user in users
        ]  # fmt: skip
        session.add_all(enrolled)
        session.flush()
        lessons = [piece.key for piece in pieces(session, version.id) if piece.kind == "lesson"]
        read = [
            {"enrollment_id": row.id, "lesson_key": key, "opened_at": now, "finished_at": now}
            for row in enrolled for key in lessons
        ]  # fmt: skip
        session.execute(insert(LessonProgress), read)
        people, signer = [], app.session_interface.get_signing_serializer(app)
        for user, enrollment in zip(users, enrolled, strict=True):
            token = secrets.token_urlsafe(32)
            session.add(
                LoginSession(user_id=user.id, token_hash=token_hash(token), created_at=now, last_seen_at=now)
            )
            with app.test_request_context():
                g.pop("csrf_token", None)
                form_token = generate_csrf()
                kept = {"_user_id": str(user.id), "_fresh": True, "token": token, **cookie}
            name = app.config["SESSION_COOKIE_NAME"]
            people.append(Someone(user.id, enrollment.id, f"{name}={signer.dumps(kept)}", form_token))
        session.commit()
        db.session.remove()
        db.engine.dispose()
    (folder / "people.json").write_text(json.dumps([asdict(one) for one in people]))


if __name__ == "__main__":
    _fill(Path(sys.argv[1]), int(sys.argv[3]), hours="--hours" in sys.argv)

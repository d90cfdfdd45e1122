"""Server CPU per request beside a bare Flask floor of the same run; prints a table, judges no time.

`make bench` runs it. A ratio counts, not a time: floor and page are measured in turn on the same machine.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import pytest
from flask import Flask, render_template_string
from flask import session as cookie
from sqlalchemy import text
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from lms import clock
from lms.db import db
from lms.domain.certificates import pdf
from lms.domain.certificates.models import Certificate
from lms.domain.settings.actions import change
from lms.web.access import public
from tests.cast import NOW, Cast, sign_in
from tests.courses import SLUG, enroll_in, publish_course
from tests.learning import answered_attempt, approve, complete, office_of

ROUNDS = 60
PAGE = "<!doctype html><title>{{ title }}</title>{% for n in lines %}<p>{{ n }} {{ title }}</p>{% endfor %}"


def cpu_ms(act: Callable[[], TestResponse], rounds: int = ROUNDS) -> float:
    """Median CPU milliseconds of a request of this process, after a warm-up."""
    for _ in range(5):
        assert act().status_code < 400
    spent = []
    for _ in range(rounds):
        begin = time.process_time()
        act()
        spent.append(1000 * (time.process_time() - begin))
    return statistics.median(spent)


def add_floor(app: Flask) -> None:
    """Two bare pages: session, two selects and a page of text; one insert and a durable commit."""

    @app.get("/floor")
    @public
    def floor_read() -> str:
        cookie.get("token")
        title = db.session.execute(text("SELECT name FROM org_unit LIMIT 1")).scalar_one()
        db.session.execute(text('SELECT id, name, email FROM "user" WHERE id = 1')).all()
        return render_template_string(PAGE, title=title, lines=range(220))

    @app.post("/floor")
    @public
    def floor_write() -> str:
        cookie.get("token")
        db.session.execute(text("INSERT INTO floor (word) VALUES ('saved')"))
        db.session.commit()
        return "ok"


@pytest.fixture
def office(app: Flask, session: Session, cast: Cast) -> Cast:
    """A published course; the learner is under way, the colleague has a certificate."""
    publish_course(session, now=NOW)
    approve(session, cast.bkpsdm, now=NOW)
    change(session, {"read_share_percent": 0}, by=None, now=NOW)
    enroll_in(session, cast.learner, now=NOW)
    complete(session, cast.colleague, office_of(app, session), now=NOW)
    session.execute(text("CREATE TABLE floor (word TEXT)"))
    session.commit()
    add_floor(app)
    return cast


def test_speed(app: Flask, session: Session, office: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    with clock.frozen(NOW):
        enrollment = enroll_in(session, office.learner, now=NOW)
        attempt = answered_attempt(session, enrollment, now=NOW)
        certificate = session.query(Certificate).one()
        session.commit()
        learner = sign_in(app.test_client(), office.learner)
        owner = sign_in(app.test_client(), office.colleague)
        stranger = app.test_client()
        read = cpu_ms(lambda: learner.get("/floor"))
        write = cpu_ms(lambda: learner.post("/floor"))
        lesson = f"/courses/{SLUG}/lessons/{lesson_key(session)}"
        paper = f"/attempts/{attempt.id}"
        answer = {"q": "k-01", "q-k-01": "o1"}
        rows = [
            ("floor, read", read, read),
            ("floor, write", write, write),
            ("home", cpu_ms(lambda: learner.get("/")), read),
            ("lesson", cpu_ms(lambda: learner.get(lesson)), read),
            ("quiz page", cpu_ms(lambda: learner.get(paper)), read),
            ("save answer", cpu_ms(lambda: learner.post(f"{paper}/responses/k-01", data=answer)), write),
            ("verify", cpu_ms(lambda: stranger.get(f"/v/{certificate.code}"), 25), read),
            ("download", cpu_ms(lambda: owner.get(f"/certificates/{certificate.id}/file")), read),
        ]
        snapshot = dict(certificate.snapshot)
    pdf.warm_up()
    begin = time.process_time()
    for _ in range(20):
        pdf.render(snapshot)
    made = 1000 * (time.process_time() - begin) / 20
    with capsys.disabled():
        print(f"\n{db.engine.dialect.name}\n{'what':<14}{'CPU ms':>8}{'x floor':>9}")
        for name, spent, floor in rows:
            print(f"{name:<14}{spent:>8.2f}{spent / floor:>9.2f}")
        print(f"{'certificate':<14}{made:>8.2f}")
    assert all(spent > 0 for _, spent, _ in rows)


def lesson_key(session: Session) -> str:
    """The first lesson of the course."""
    query = text("SELECT key FROM piece WHERE kind = 'lesson' ORDER BY id LIMIT 1")
    return str(session.execute(query).scalar_one())

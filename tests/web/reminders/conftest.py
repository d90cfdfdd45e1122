"""An office with reminders switched on, an assigned course, and a mail server that is there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from lms import clock, jobs_thread
from lms.clock import WIB
from lms.db import db
from lms.domain.accounts.models import User
from lms.domain.assignments.actions import Order, assign
from lms.domain.assignments.rules import Rule
from lms.domain.jobs.actions import enqueue
from lms.domain.settings.actions import change
from tests.cast import NOW, Cast
from tests.courses import publish_course
from tests.learning import course_of
from tests.mail_server import MailBox, MailServer

MONDAY = datetime(2026, 11, 30, 8, 0, tzinfo=WIB)


@pytest.fixture
def box() -> MailBox:
    """What the mail server took."""
    return MailBox()


@pytest.fixture
def server(app: Flask, box: MailBox) -> Iterator[MailServer]:
    """A mail server without protection, known to the app."""
    made = MailServer(box)
    made.start()
    use(app, made.port)
    yield made
    made.stop()


def use(app: Flask, port: int, **settings: object) -> None:
    """Let the app send by the server of this port."""
    app.config.update({"SMTP_HOST": "127.0.0.1", "SMTP_PORT": port, "SMTP_SECURITY": "none",
                       "SMTP_FROM": "lms@gurindam.example", "SMTP_USER": "", "SMTP_PASSWORD_FILE": "",
                       "SMTP_CA_FILE": "", **settings})  # fmt: skip


@pytest.fixture
def office(session: Session, cast: Cast) -> Cast:
    """Reminders are on; the learner and the colleague are assigned a course until 2 December."""
    prepare(session, cast)
    return cast


def prepare(session: Session, cast: Cast) -> None:
    """Switch reminders on and assign the course."""
    publish_course(session, now=NOW)
    change(session, {"reminders_on": True}, by=cast.bkpsdm.id, now=NOW)
    order(session, cast, [cast.learner, cast.colleague], date(2026, 12, 2), "800/12/2026")
    session.commit()


def order(session: Session, cast: Cast, people: list[User], due: date, letter: str = "") -> None:
    """HR of the district assigns the course."""
    ids = [person.id for person in people]
    assign(
        session, Order(course_of(session).id, Rule(people=tuple(ids)), due, date(2026, 1, 1), letter,
                       date(2026, 11, 2) if letter else None),
        ids, nonce=f"n-{due}-{ids}", by=cast.hr_unit, now=NOW,
    )  # fmt: skip


def run_at(app: Flask, at: datetime) -> None:
    """What the job thread does in this minute, and in the next one."""
    for later in (0, 60):
        with clock.frozen(at + timedelta(seconds=later)):
            enqueue(db.session(), "sweep", {}, now=clock.now(), unique_key="sweep")
            db.session.commit()
            jobs_thread.run_due(app)
    db.session.expire_all()

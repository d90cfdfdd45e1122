"""The same office ten times as large, and the SQL that one of its pages sends."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

from flask import url_for
from sqlalchemy import event
from sqlalchemy.orm import Session

from lms import create_app
from lms.db import db
from lms.domain.accounts.actions import issue_codes
from lms.domain.accounts.models import OrgUnit, User
from lms.domain.accounts.queries import user_with_grants
from lms.domain.catalog.actions import publish
from lms.domain.quizzes.actions import Judgement, close, mark_essay
from lms.domain.quizzes.queries import quiz_of
from lms.domain.reports.actions import Order, order_export
from tests.cast import NOW, make_unit, make_user
from tests.conftest import settings
from tests.courses import SLUG, enroll_in
from tests.essays import ANSWERS, ESSAY, ESSAY_QUIZ
from tests.learning import answered_attempt, approve, complete, office_of
from tests.web.access.table import Row
from tests.web.access.world import SECOND, World, build, bundle_of

TIMES = 10
_OPENING = ("BEGIN", "PRAGMA", "SAVEPOINT", "RELEASE")


def make_world(template: Path, static_build: Path, folder: Path, *, large: bool) -> World:
    """The office of `world.py` in a folder of its own; `large`: ten times as much of everything."""
    path = folder / "world.sqlite3"
    shutil.copyfile(template, path)
    app = create_app({**settings(folder, f"sqlite:///{path}"), "STATIC_BUILD": str(static_build)})
    world = build(app, path, folder / "kept.sqlite3")
    if large:
        world.restore()
        with app.app_context():
            grow(world, db.session())
            db.session.commit()
            with db.engine.connect() as connection:
                connection.connection.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # type: ignore[union-attr]
            db.session.remove()
            db.engine.dispose()
        shutil.copyfile(path, world.kept)
    return world


def grow(world: World, session: Session) -> None:
    """Ten times the people, courses, enrolments, attempts, certificates, codes and exports."""
    things, office = world.things, office_of(world.app, session)
    units = [session.get_one(OrgUnit, things[name]) for name in ("village", "clinic", "district")]
    units += [make_unit(session, f"KEL-9{number}", f"Kelurahan {number}", units[2]) for number in range(30)]
    people = [
        make_user(session, f"Pegawai {number:02}", f"w{number}@gurindam.example", units[number % 3],
                  f"1990010120200120{number:02}")
        for number in range(9 * TIMES)
    ]  # fmt: skip
    learner, trainer = (session.get_one(User, things[f"person_{name}"]) for name in ("learner", "trainer"))
    bkpsdm = session.get_one(User, things["person_bkpsdm"])
    for number in range(3 * TIMES):
        slug = f"pelatihan-{number:02}"
        made = publish(session, slug, bundle_of(slug), home="desk", by=trainer.id, now=NOW)
        assert made.version is not None
        if number < 2 * TIMES:
            approve(session, bkpsdm, now=NOW, slug=slug)
        if number < TIMES:
            assert complete(session, learner, office, now=NOW, slug=slug)
        elif number < 2 * TIMES:
            answered_attempt(session, enroll_in(session, learner, now=NOW, slug=slug), now=NOW)
    for number, user in enumerate(people):
        enroll_in(session, user, now=NOW, slug=SLUG)
        if number % 3 == 1:
            essay = answered_attempt(
                session,
                enroll_in(session, user, now=NOW, slug=SLUG),
                now=NOW,
                answers=ANSWERS,
                key=ESSAY_QUIZ,
            )
            close(session, essay, now=NOW)
            if number % 2:
                judgement = Judgement(Decimal(4), "", "", 0)
                quiz = quiz_of(session, essay.version_id, ESSAY_QUIZ)
                question = next(item for item in quiz.questions() if item.id == ESSAY)
                mark_essay(session, essay, question, judgement, by=trainer.id, now=NOW)
        if number % 3 == 0:
            assert complete(session, user, office, now=NOW, slug=SECOND)
    hr = user_with_grants(session, int(things["person_hr"]))
    assert hr is not None
    issue_codes(
        session, [user.id for user in people if user.unit_id != things["clinic"]], by=hr, now=NOW, days=9
    )
    for number in range(3 * TIMES):
        order = Order("staff", "csv", NOW.date(), filters=(str(number),), people=(people[number].id,))
        order_export(session, order, by=hr, now=NOW)


@contextmanager
def statements(world: World) -> Iterator[list[str]]:
    """The SQL that is sent while the block runs."""
    sent: list[str] = []

    def note(_c: object, _k: object, statement: str, _p: object, _x: object, _many: object) -> None:
        if not statement.startswith(_OPENING):
            sent.append(statement)

    with world.app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)


def sent_by(world: World, actor: str, row: Row) -> list[str]:
    """The statements of one page; what a process keeps in memory is warm."""
    with world.app.test_request_context():
        url = url_for(row.endpoint, **row.values(world.things))  # type: ignore[arg-type]
    world.ask(actor, "GET", url)
    world.restore()
    with statements(world) as sent:
        assert world.ask(actor, "GET", url, fresh=False).status_code == 200
    return sent

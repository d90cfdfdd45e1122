"""What a page costs besides time: SQL statements, bytes on the wire, requests.

Every page of the access table is opened in a small office and in one ten times as large: the number of
statements must not grow.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import url_for
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.orm import Session
from werkzeug.datastructures import Headers

from lms import clock, create_app
from lms.db import db
from lms.domain.accounts.actions import issue_codes
from lms.domain.accounts.models import OrgUnit, User
from lms.domain.accounts.queries import user_with_grants
from lms.domain.catalog.actions import publish
from lms.domain.reports.models import Export
from tests.cast import NOW, make_unit, make_user
from tests.conftest import settings
from tests.courses import enroll_in
from tests.learning import answered_attempt, approve, complete, office_of
from tests.web.access.table import ROWS, Row
from tests.web.access.world import ACTORS, SECOND, SLUG, World, build, bundle_of

TIMES = 10
AT_MOST = {"home.show": 10, "lessons.show": 6}
"""Statements that a page may need, from docs/kinerja.md; all others only must not grow."""
FIRST_VISIT_BYTES, FIRST_VISIT_SCRIPT, FIRST_VISIT_REQUESTS = 45 * 1024, 12 * 1024, 8
REPEAT_BYTES = 10 * 1024
_OURS = re.compile(r"(?:href|src)=\"(/static/[^\"]+)\"")
_OPENING = ("BEGIN", "PRAGMA", "SAVEPOINT", "RELEASE")

PAGES = [row for row in ROWS if row.method == "GET" and "200" in row.answers]


def _world(template: Path, static_build: Path, folder: Path, *, large: bool) -> World:
    path = folder / "world.sqlite3"
    shutil.copyfile(template, path)
    app = create_app({**settings(folder, f"sqlite:///{path}"), "STATIC_BUILD": str(static_build)})
    world = build(app, path, folder / "kept.sqlite3")
    if large:
        world.restore()
        with app.app_context():
            _grow(world, db.session())
            db.session.commit()
            with db.engine.connect() as connection:
                connection.connection.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # type: ignore[union-attr]
            db.session.remove()
            db.engine.dispose()
        shutil.copyfile(path, world.kept)
    return world


@pytest.fixture(scope="module")
def worlds(
    sqlite_template: Path, static_build: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[World, World]]:
    """The same office small and ten times as large."""
    with clock.frozen(NOW):
        small, large = (
            _world(sqlite_template, static_build, tmp_path_factory.mktemp("office"), large=large)
            for large in (False, True)
        )
        yield small, large


@pytest.fixture(autouse=True)
def time() -> Iterator[None]:
    with clock.frozen(NOW):
        yield


def _grow(world: World, session: Session) -> None:
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
        if number % 3 == 0:
            assert complete(session, user, office, now=NOW, slug=SECOND)
    hr = user_with_grants(session, int(things["person_hr"]))
    assert hr is not None
    issue_codes(
        session, [user.id for user in people if user.unit_id != things["clinic"]], by=hr, now=NOW, days=9
    )
    session.add_all(
        Export(kind="certificates", ordered_by=hr.id, ordered_at=NOW, state="waiting")
        for _ in range(3 * TIMES)
    )


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


@pytest.mark.parametrize("row", PAGES, ids=str)
def test_statements_do_not_grow_with_the_office(worlds: tuple[World, World], row: Row) -> None:
    small, large = worlds
    for actor in sorted({actor for actor, word in zip(ACTORS, row.answers, strict=True) if word == "200"}):
        few, many = sent_by(small, actor, row), sent_by(large, actor, row)
        grown = [statement for statement in many if many.count(statement) > few.count(statement)]
        assert len(many) <= len(few), (actor, grown)
        assert len(many) <= AT_MOST.get(row.endpoint, len(many)), (actor, many)


def fetch(world: World, url: str, encoding: str = "br") -> tuple[bytes, Headers]:
    """Body and headers as the learner's browser gets them."""
    client = FlaskClient(world.app, world.app.response_class, use_cookies=True)
    client.set_cookie(str(world.app.config["SESSION_COOKIE_NAME"]), world.cookies["learner"])
    with client.get(url, headers={"Accept-Encoding": encoding}) as response:
        assert response.status_code == 200, url
        return response.data, response.headers


def test_first_visit_to_a_lesson_is_light(worlds: tuple[World, World]) -> None:
    """All that a browser fetches for a lesson, compressed: page, style sheets, scripts, symbols."""
    world, url = worlds[0], f"/courses/{SLUG}/lessons/menyapa"
    world.restore()
    page, headers = fetch(world, url)
    assert headers["Content-Encoding"] == "br"
    names = {name.partition("#")[0] for name in _OURS.findall(fetch(world, url, "identity")[0].decode())}
    sizes = {}
    for name in sorted(names):
        data, headers = fetch(world, name)
        assert "immutable" in headers["Cache-Control"], name
        sizes[name] = len(data)
    script = sum(size for name, size in sizes.items() if name.endswith(".js"))
    assert len(page) + sum(sizes.values()) <= FIRST_VISIT_BYTES
    assert 0 < script <= FIRST_VISIT_SCRIPT
    assert 1 + len(sizes) <= FIRST_VISIT_REQUESTS
    assert len(page) <= REPEAT_BYTES

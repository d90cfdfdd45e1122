"""Every address, tried with external authors: in a course of theirs, and with one who is in no team.

What is not in `OPEN` is 403 whatever it names. What is in it answers as to a trainer of the course; an author
who is in no team is answered like the trainer of other courses. No page holds the name or NIP of a learner.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from lms import clock, create_app
from lms.db import db
from lms.domain.accounts.models import User
from lms.domain.catalog.actions import set_member
from lms.domain.catalog.queries import course_by_slug
from lms.domain.partners.actions import add_author
from lms.domain.partners.models import Partner
from lms.domain.settings.actions import change
from lms.web.external import BEGIN, OPEN
from tests.cast import NOW
from tests.conftest import settings
from tests.courses import SLUG
from tests.web.access.table import REFUSED, ROWS, VIEWS, Row
from tests.web.access.test_access import TRIES, address, answer
from tests.web.access.world import ACTORS, World, _cookie, build

AUTHORS = "author", "other_author"
LIKE = {"author": ACTORS.index("trainer"), "other_author": ACTORS.index("other_trainer")}
"""Whose answers they get where an address is open to them."""
NOT_THEIRS = {"second", "unpublished", "added", "law_work", "indexed", "question_file"}
"""Things of other courses of the same trainer, and a file that the trainer brought."""
NAMES = b"Tengku Zahara", b"199002142015032003", b"Bulan Permatasari", b"Encik Ahmad", b"Muhammad Syahrul"
"""A learner and the NIP, another one, people of two offices."""


@pytest.fixture(scope="module")
def outside(
    sqlite_template: Path, static_build: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """The office, and two authors of the institution: one owns the first course, one is in no team."""
    folder = tmp_path_factory.mktemp("outside")
    path = folder / "world.sqlite3"
    shutil.copyfile(sqlite_template, path)
    app = create_app({**settings(folder, f"sqlite:///{path}"), "STATIC_BUILD": str(static_build)})
    with clock.frozen(NOW):
        world = build(app, path, folder / "first.sqlite3")
        world.restore()
        with app.app_context():
            session = db.session()
            partner, course = session.scalars(select(Partner)).one(), course_by_slug(session, SLUG)
            admin = session.scalars(select(User).where(User.email == "admin@gurindam.example")).one()
            assert course is not None
            people = {
                name: add_author(session, partner, name, f"{name}@ucb.example", None, by=admin.id, now=NOW)
                for name in AUTHORS
            }
            set_member(session, course, people["author"], "owner", by=admin.id, now=NOW)
            session.commit()
            world.cookies |= {name: _cookie(app, user) for name, user in people.items()}
            session.commit()
            db.session.remove()
            db.engine.dispose()
            with db.engine.connect() as connection:
                connection.connection.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # type: ignore[union-attr]
            db.engine.dispose()
        world.kept = folder / "kept.sqlite3"
        shutil.copyfile(path, world.kept)
        yield world


def expected(world: World, row: Row, actor: str) -> str:
    """What an external author gets."""
    if row.endpoint == "home.show":
        return "303"
    if row.endpoint not in OPEN:
        return "403"
    if actor == "author" and {thing for _name, thing in row.names} & NOT_THEIRS:
        return "404"
    return row.answers[LIKE[actor]]


ADDRESSES = {row.endpoint for row in ROWS}
SIGNED_IN = [row for row in ROWS if row.answers[0] == "login"]
"""What is not open to everybody."""


@pytest.mark.parametrize("row", SIGNED_IN, ids=str)
def test_external_authors_get_what_is_open_to_them(outside: World, row: Row) -> None:
    url, looking = address(outside, row), row.method == "GET"
    outside.restore()
    before = outside.facts(VIEWS if looking else TRIES)
    for actor in AUTHORS:
        response = outside.ask(actor, row.method, url, row.form(outside.things))
        got = answer(response)
        assert got == expected(outside, row, actor), actor
        if looking or got in REFUSED:
            assert outside.facts(VIEWS if looking else TRIES) == before, f"{actor} changed something"
        for name in NAMES:
            assert name not in response.data, f"{actor} reads {name!r}"


def test_every_open_address_is_there() -> None:
    """The list names no address that is gone, and none of another desk than that of trainers."""
    assert set() == (OPEN | BEGIN) - ADDRESSES
    assert {name for name in OPEN | BEGIN if name.startswith(("hr.", "admin."))} == set()


def test_marks_person_by_person_and_the_choice_of_a_review_are_not_theirs(outside: World) -> None:
    """Forms that the table sends empty: the marks file, and a decision on a text."""
    course, things = f"/trainer/courses/{SLUG}", outside.things
    marks = f"{course}/analysis/kuis-loket/files"
    assert outside.ask("author", "POST", marks, {"kind": "marks"}).status_code == 403
    assert outside.ask("trainer", "POST", marks, {"kind": "marks"}).status_code == 200
    assert outside.ask("author", "POST", marks, {"kind": "figures"}).status_code == 200
    settle = f"{course}/reviews/{things['review']}/decision"
    for decision in ("approve", "return"):
        sent = {"decision": decision, "note": "Bagus."}
        assert outside.ask("author", "POST", settle, sent).status_code == 403
    receipt = outside.ask("author", "GET", f"{course}/results?q=Tengku&state=completed")
    assert receipt.status_code == 200 and b"Zahara" not in receipt.data


def test_where_the_office_allows_it_they_begin_a_course(outside: World) -> None:
    begin = {"source": "empty", "slug": "kursus-mitra", "title": "Kursus mitra"}
    assert outside.ask("author", "POST", "/trainer/new-course", begin).status_code == 403
    outside.restore()
    with outside.app.app_context():
        change(db.session(), {"external_may_begin": True}, by=None, now=NOW)
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    assert outside.ask("author", "GET", "/trainer/new-course", fresh=False).status_code == 200
    assert outside.ask("author", "POST", "/trainer/new-course", begin, fresh=False).status_code == 303
    assert outside.ask("author", "GET", "/trainer/courses/kursus-mitra", fresh=False).status_code == 200
    assert outside.ask("other_author", "GET", "/trainer/courses/kursus-mitra", fresh=False).status_code == 404

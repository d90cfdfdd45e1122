"""A learning path with the whole city on it; `make bench` prints the figures."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import insert, select

from lms import clock
from lms.db import db
from lms.domain.accounts.models import OrgUnit, User
from lms.domain.catalog.models import Course
from lms.domain.programmes.actions import Writing, begin_edition, create, open_edition, write
from lms.domain.programmes.models import ProgrammeEdition, ProgrammeMember
from lms.domain.programmes.rules import Step
from tests.benchmark.city import city_app, counted, desk_ticket, fill
from tests.benchmark.meter import call, request
from tests.cast import NOW

PEOPLE, FEW, AIM, SLACK = 6000, 200, 150.0, 4.0
PAGES = (
    "/hr/programmes", "/hr/programmes/1", "/hr/programmes/1/people", "/hr/programmes/1/people?page=99",
    "/hr/programmes/1/draft", "/hr/programmes/1/assignment", "/programmes", "/programmes/1", "/",
)  # fmt: skip


def lay_path() -> None:
    """Open two editions of a path: two courses, then a choice of two out of four; everybody is on it."""
    session = db.session()
    by = session.scalars(select(User).where(User.email == "bkpsdm@meja.example")).one()
    city = session.scalars(select(OrgUnit.id).where(OrgUnit.parent_id.is_(None))).first()
    ids = session.scalars(select(Course.id).where(Course.live_version_id.is_not(None)).limit(6)).all()
    assert city is not None
    steps = (Step(0, 1, (ids[0],)), Step(0, 1, (ids[1],)), Step(0, 2, tuple(ids[2:6])))
    made = create(session, city, "Jalur kota", nonce="jalur-kota", by=by, now=NOW)
    write(session, made, Writing("Jalur kota", steps=steps[:2]), revision=0, by=by, now=NOW)
    open_edition(session, made, by=by, now=NOW)
    first = session.scalars(select(ProgrammeEdition.id)).one()
    rows = [
        {"programme_id": made.id, "user_id": one, "edition_id": first, "joined_on": NOW.date()}
        for one in session.scalars(select(User.id))
    ]
    session.execute(insert(ProgrammeMember), rows)
    for number in (1, 2):
        begin_edition(session, made, by=by, now=NOW)
        if number == 1:
            write(session, made, Writing("Jalur kota", steps=steps), revision=0, by=by, now=NOW)
            open_edition(session, made, by=by, now=NOW)
    session.commit()


def test_pages_of_a_path(
    sqlite_template: Path, static_build: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    statements: dict[str, set[int]] = {page: set() for page in PAGES}
    took: dict[str, float] = {}
    for people in (FEW, PEOPLE):
        path = tmp_path / f"city-{people}.sqlite3"
        path.write_bytes(sqlite_template.read_bytes())
        app = city_app(path, static_build, tmp_path)
        with clock.frozen(NOW), app.app_context():
            fill(people)
            ticket = desk_ticket(app)
            lay_path()
            for page in PAGES:
                call(app, request("GET", page, ticket))
                with counted() as sent:
                    answer = call(app, request("GET", page, ticket))
                assert answer.status == 200, page
                statements[page].add(len(sent))
                took[page] = min(call(app, request("GET", page, ticket)).cpu for _ in range(3))
    with capsys.disabled():
        print(f"\nJalur pembelajaran, {PEOPLE} peserta (ms CPU; perintah SQL):")
        for page in sorted(PAGES, key=lambda page: -took[page]):
            print(f"  {took[page]:7.1f}  {max(statements[page]):3}  {page}")
    assert all(len(counts) == 1 for counts in statements.values()), statements
    assert not {page: ms for page, ms in took.items() if ms > SLACK * AIM}

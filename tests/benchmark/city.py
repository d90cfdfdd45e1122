"""A city for measuring: an app over a database of many people who learnt for years, and its desk."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from sqlalchemy import event, select

from lms import create_app
from lms.cli.bench.life import add_life
from lms.cli.bench.people import add_people
from lms.db import db
from lms.domain.accounts.models import OrgUnit, User
from tests.cast import grant, make_user, sign_in
from tests.conftest import settings


def city_app(path: Path, static_build: Path, tmp_path: Path) -> Flask:
    """Return an app over this database file; it is made once, the benchmark may fill it."""
    return create_app({**settings(tmp_path, f"sqlite:///{path}"), "STATIC_BUILD": str(static_build)})


def fill(people: int, *, courses: int = 60, years: int = 5) -> None:
    """Fill the database of the app in force; commits."""
    add_people(people)
    add_life(people, courses=courses, years=years)
    db.session.commit()


def desk_ticket(app: Flask, role: str = "bkpsdm") -> str:
    """Sign in somebody of the office (made when missing) and return the cookie to send along."""
    session = db.session()
    email = f"{role}@meja.example"
    actor = session.scalars(select(User).where(User.email == email)).one_or_none()
    if actor is None:
        unit = session.scalars(select(OrgUnit).where(OrgUnit.code == "BKPSDM")).one()
        actor = make_user(session, "Meja", email, unit)
        grant(session, actor, role, unit if role == "hr" else None)
        session.commit()
    name = str(app.config["SESSION_COOKIE_NAME"])
    cookie = sign_in(app.test_client(), actor).get_cookie(name)
    assert cookie is not None
    db.session.remove()
    return f"{name}={cookie.value}"


@contextmanager
def counted() -> Iterator[list[str]]:
    """Collect the statements that are sent meanwhile."""
    sent: list[str] = []

    def note(_conn: object, _cursor: object, statement: str, *_rest: object) -> None:
        sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(db.engine, "before_cursor_execute", note)

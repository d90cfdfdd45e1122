"""A database that has no turn to give: the page says that nothing arrived, and to press again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection
from sqlalchemy.orm import Session

from lms.db import db
from lms.domain.corrections.models import CorrectionRequest
from tests.cast import Cast, sign_in

PLACE, WISH = "/account/data/corrections", {"wish": "Pangkat keliru"}


@pytest.fixture
def impatient(app: Flask) -> Iterator[None]:
    """Connections that hardly wait for others."""
    lite = db.engine.dialect.name == "sqlite"

    def hurry(connection: Any, _record: object) -> None:
        cursor = connection.cursor()
        cursor.execute("PRAGMA busy_timeout = 20" if lite else "SET lock_timeout = '20ms'")
        cursor.close()
        if not lite:
            connection.commit()

    event.listen(db.engine, "connect", hurry)
    db.session.rollback()
    db.engine.dispose()
    yield
    event.remove(db.engine, "connect", hurry)
    db.session.rollback()
    db.engine.dispose()


@contextmanager
def taken(session: Session) -> Iterator[None]:
    """Somebody else holds what the requests need."""
    session.rollback()
    with db.engine.connect() as other:
        lite = other.dialect.name == "sqlite"
        other.execute(text("SELECT 1" if lite else "LOCK TABLE correction_request"))
        yield
        other.rollback()


def test_what_was_sent_to_a_busy_database_can_be_sent_again(
    client: FlaskClient, session: Session, cast: Cast, impatient: None
) -> None:
    sign_in(client, cast.learner)
    with taken(session):
        answer = client.post(PLACE, data=WISH)
        told = client.post(PLACE, data=WISH, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    for words in ("Gurindam sedang ramai", "belum sampai", "tetap aman", "tombol Kembali", "sekali lagi"):
        assert words in answer.text
    assert "dirawat" not in answer.text and "<form" not in answer.text
    assert (told.status_code, told.json, told.headers["Retry-After"]) == (503, {"error": 503}, "30")
    assert client.post(PLACE, data=WISH).status_code == 303
    assert len(session.scalars(select(CorrectionRequest)).all()) == 1


def test_a_desk_says_it_too(client: FlaskClient, session: Session, cast: Cast, impatient: None) -> None:
    """Its frame asks for the person: the page of the error must not."""
    sign_in(client, cast.hr_unit)
    with taken(session):
        answer = client.post("/hr/corrections/1", data={"outcome": "done", "words": "Sudah."})
    assert answer.status_code == 503 and "belum sampai" in answer.text and "</html>" in answer.text


class Broken(Exception):
    """What a driver raises that lost its server."""

    sqlstate = "57P01"


@pytest.mark.parametrize(
    ("error", "words", "wait"),
    [
        (NoConnection("no connection is free"), "sedang ramai", "30"),
        (OperationalError("SELECT 1", {}, Broken()), "sedang dirawat", None),
    ],
)
def test_only_a_busy_one_is_worth_another_press(
    app: Flask,
    client: FlaskClient,
    cast: Cast,
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
    words: str,
    wait: str | None,
) -> None:
    def fail() -> None:
        raise error

    sign_in(client, cast.learner)
    monkeypatch.setitem(app.view_functions, "own_data.show", fail)
    answer = client.get("/account/data")
    assert (answer.status_code, answer.headers.get("Retry-After")) == (503, wait)
    assert words in answer.text and "belum sampai" not in answer.text

"""Counts of tries: shared, hashed, kept when the request fails."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from lms import clock
from lms.domain.accounts.models import ThrottleCount, User
from lms.web import throttle
from tests.cast import NOW, Cast


def test_the_window_opens_again(app: Flask) -> None:
    with clock.frozen(NOW + timedelta(seconds=20)):
        waits = [throttle.hit("login", "siti", 2, 60) for _try in range(4)]
    assert waits == [0, 0, 40, 40]
    with clock.frozen(NOW + timedelta(seconds=60)):
        assert throttle.hit("login", "siti", 2, 60) == 0


def test_keys_and_buckets_are_counted_apart(app: Flask) -> None:
    with clock.frozen(NOW):
        assert throttle.hit("login", "siti", 1, 60) == 0
        assert throttle.hit("login", "zahara", 1, 60) == 0
        assert throttle.hit("other", "siti", 1, 60) == 0
        assert throttle.hit("login", "siti", 1, 60) == 60
        assert throttle.used("login", "siti", 60) == 2
        throttle.forgive("login", "siti")
        assert throttle.used("login", "siti", 60) == 0


def test_no_identity_is_stored_in_clear(app: Flask, session: Session) -> None:
    throttle.hit("login", "199002142015032003", 1, 60)
    [key] = session.scalars(select(ThrottleCount.key))
    assert "1990" not in key
    assert key.startswith("login:")


def test_a_try_counts_though_the_request_is_rolled_back(app: Flask, session: Session) -> None:
    with clock.frozen(NOW):
        throttle.hit("login", "siti", 5, 60)
        session.rollback()
        assert throttle.used("login", "siti", 60) == 1


def test_counting_after_a_change_is_a_mistake(app: Flask, session: Session, cast: Cast) -> None:
    cast.learner.name = "Lain"
    with pytest.raises(RuntimeError, match="before the request changes"):
        throttle.hit("login", "siti", 1, 60)
    session.rollback()
    assert session.get_one(User, cast.learner.id).name != "Lain"


def test_old_windows_are_swept(app: Flask, session: Session) -> None:
    for days in range(5):
        with clock.frozen(NOW + timedelta(days=days)):
            throttle.hit("login", "siti", 5, 60)
    assert len(session.scalars(select(ThrottleCount.window)).all()) == 3

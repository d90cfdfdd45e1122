"""Limits of tries in fixed windows, counted in the database and so shared by all workers.

Counts live in a transaction of their own: a request that fails afterwards still counts.
Keys (identities, addresses) are stored only as hashes.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import NoReturn

from flask import abort, current_app, g, request
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from lms import clock
from lms.db import db, inserting, writing
from lms.domain.accounts.models import ThrottleCount

KEPT_SECONDS = 2 * 24 * 3600


def hit(bucket: str, key: str, limit: int, window_seconds: int) -> int:
    """Count one try and return 0, or the seconds to wait when it is over the limit of the window.

    Call it before the request has written anything: the request's own transaction is closed first,
    because SQLite lets only one of them write.
    """
    _let_go()
    start, wait = _window(window_seconds)
    with writing(), Session(db.engine) as session:
        n = _count(session, _hashed(bucket, key), start)
        if n == 1:
            session.execute(delete(ThrottleCount).where(ThrottleCount.window < start - KEPT_SECONDS))
        session.commit()
    return wait if n > limit else 0


def used(bucket: str, key: str, window_seconds: int) -> int:
    """Return how many tries were counted in the present window."""
    start, _wait = _window(window_seconds)
    found = db.session.scalar(
        select(ThrottleCount.n).where(
            ThrottleCount.key == _hashed(bucket, key), ThrottleCount.window == start
        )
    )
    return found or 0


def forgive(bucket: str, key: str) -> None:
    """Forget the tries of a key, after a success."""
    _let_go()
    with writing(), Session(db.engine) as session:
        session.execute(delete(ThrottleCount).where(ThrottleCount.key == _hashed(bucket, key)))
        session.commit()


def refuse(wait_seconds: int) -> NoReturn:
    """Answer 429 with the words of the error page and the time to wait."""
    g.wait_seconds = wait_seconds
    abort(429)


def address() -> str:
    """Return the address of the client, as far as the trusted proxies tell it."""
    return request.remote_addr or ""


def _let_go() -> None:
    session = db.session()
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("a try must be counted before the request changes anything")
    session.commit()


def _window(seconds: int) -> tuple[int, int]:
    now = int(clock.now().timestamp())
    start = now - now % seconds
    return start, start + seconds - now


def _hashed(bucket: str, key: str) -> str:
    secret = str(current_app.config["SECRET_KEY"]).encode()
    return f"{bucket}:{hmac.new(secret, key.encode(), hashlib.sha256).hexdigest()[:40]}"


def _count(session: Session, key: str, window: int) -> int:
    statement = (
        inserting(session)(ThrottleCount)
        .values(key=key, window=window, n=1)
        .on_conflict_do_update(index_elements=["key", "window"], set_={"n": ThrottleCount.n + 1})
        .returning(ThrottleCount.n)
    )
    return int(session.execute(statement).scalar_one())

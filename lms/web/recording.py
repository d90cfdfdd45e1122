"""Counters and traces of views: in a transaction of their own, and allowed to fail."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from lms import clock
from lms.db import db, writing
from lms.domain.audit.actions import record
from lms.domain.audit.queries import seen_since
from lms.web.access import person

log = logging.getLogger("lms")
SAME_VIEW = timedelta(minutes=1)
"""How long a part of a page, such as its picture, counts as the view of the page."""


def record_view(write: Callable[[Session], None]) -> None:
    """Run `write` in its own short transaction; the page is shown whether it succeeds or not."""
    with writing(), Session(db.engine) as session:
        try:
            write(session)
            session.commit()
        except SQLAlchemyError as error:
            session.rollback()
            log.warning("view not recorded: %s", error)


def record_person_view(user_id: int, *, part: bool = False, actor: int | None = None) -> None:
    """Record that the signed-in person looked at the data of somebody.

    A `part` of a page that was recorded just now is the same view; opened alone it is one of its own.
    A POST names the `actor` it asked for before it ended its transaction: asking again would begin another
    one, and on SQLite the view could not be written beside it.
    """
    by, subject, now = actor or person().id, ("user", user_id), clock.now()

    def write(session: Session) -> None:
        if not (part and seen_since(session, "staff.viewed", by, subject, now - SAME_VIEW)):
            record(session, "staff.viewed", now=now, actor=by, subject=subject)

    record_view(write)

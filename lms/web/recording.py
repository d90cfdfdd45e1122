"""Counters and traces of views: in a transaction of their own, and allowed to fail."""

from __future__ import annotations

import logging
from collections.abc import Callable

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from lms.db import db, writing

log = logging.getLogger("lms")


def record_view(write: Callable[[Session], None]) -> None:
    """Run `write` in its own short transaction; the page is shown whether it succeeds or not."""
    with writing(), Session(db.engine) as session:
        try:
            write(session)
            session.commit()
        except SQLAlchemyError as error:
            session.rollback()
            log.warning("view not recorded: %s", error)

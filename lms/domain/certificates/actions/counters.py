"""Counters raised in one statement: the office number of the year, the checks of a day."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from lms.domain.certificates.models import CheckCount, Counter

SERIES = "certificate"


def next_serial(session: Session, year: int) -> int:
    """The next number of the year without gaps: the row stays locked until the transaction ends."""
    values = {"series": SERIES, "year": year, "n": 1}
    statement = _upsert(session, Counter, values, ["series", "year"]).returning(Counter.n)
    return int(session.execute(statement).scalar_one())


def count_check(session: Session, result: str, day: date) -> None:
    """Count one public check by day and result; neither code nor address is kept."""
    values = {"day": day, "result": result, "n": 1}
    session.execute(_upsert(session, CheckCount, values, ["day", "result"]))


def _upsert(
    session: Session, table: type[Counter | CheckCount], values: dict[str, Any], key: list[str]
) -> Insert:
    """INSERT the row with n = 1, or add one to the n that is there."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    statement: Any = dialect.insert(table).values(**values)
    added: Insert = statement.on_conflict_do_update(index_elements=key, set_={"n": table.n + 1})
    return added

"""The database: declarative base, session, column types, SQLite transaction rules."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, TypeVar

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    CursorResult,
    DateTime,
    Dialect,
    Engine,
    Executable,
    MetaData,
    Select,
    TypeDecorator,
    event,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase, MappedAsDataclass, Session
from sqlalchemy.sql.base import ReadOnlyColumnCollection
from sqlalchemy.sql.elements import KeyedColumnElement

Query = TypeVar("Query", bound=Select[*tuple[Any, ...]])
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(MappedAsDataclass, DeclarativeBase, kw_only=True, eq=False):
    """Base of all tables."""

    metadata = MetaData(naming_convention=NAMING)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware instant, stored in UTC without offset; a naive value is refused."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("naive datetime; use an aware one")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value is not None else None


def columns(model: type[Base]) -> ReadOnlyColumnCollection[str, KeyedColumnElement[Any]]:
    """Return the columns of a model's table: a select of these costs a third of one through the ORM.

    For the few statements that every request sends; the values come back with their Python types.
    """
    return model.__table__.columns


def plain_rows(
    session: Session, statement: Executable, values: Mapping[str, Any] | None = None
) -> CursorResult[*tuple[Any, ...]]:
    """Send a select of `columns` in the session's transaction, past the ORM: two thirds of the cost.

    What the session holds is flushed before, as the ORM does it.
    """
    session.flush()
    return session.connection().execute(statement, values)


db = SQLAlchemy(metadata=Base.metadata, session_options={"expire_on_commit": False})

# "BEGIN IMMEDIATE" unless the work only reads: a writer that starts with a plain BEGIN
# can fail on a stale snapshot without waiting (ARCHITECTURE.md, decisions).
_reading: ContextVar[bool] = ContextVar("reading", default=False)


def begin_reading(reading: bool) -> None:
    """State whether the transactions of this context only read (SQLite: BEGIN instead of BEGIN IMMEDIATE)."""
    _reading.set(reading)


@contextmanager
def reading(session: Session) -> Iterator[None]:
    """Let a session read for long and keep no writer waiting; what it did before and inside is undone."""
    session.rollback()
    token = _reading.set(True)
    try:
        yield
    finally:
        session.rollback()
        _reading.reset(token)


@contextmanager
def writing() -> Iterator[None]:
    """Open transactions inside this block as writers, whatever the request is."""
    token = _reading.set(False)
    try:
        yield
    finally:
        _reading.reset(token)


def insert_for(dialect: str) -> Callable[[Any], postgresql.Insert | sqlite.Insert]:
    """Return the `insert` of a database by the name of its dialect: the one with ON CONFLICT."""
    return postgresql.insert if dialect == "postgresql" else sqlite.insert


def inserting(session: Session) -> Callable[[Any], postgresql.Insert | sqlite.Insert]:
    """Return the `insert` with ON CONFLICT of the session's database."""
    return insert_for(session.get_bind().dialect.name)


def holding(query: Query, *, of: type[Base], key_share: bool = False) -> Query:
    """Return a query that holds its rows until the end of the transaction and reads them anew.

    PostgreSQL locks the rows of `of`; SQLite has one writer anyway. `key_share` lets others refer to them.
    """
    return query.with_for_update(of=of, key_share=key_share).execution_options(populate_existing=True)


BUSY_STATES = frozenset({"40001", "40P01", "55P03", "57014"})
"""What PostgreSQL calls it: not serializable, deadlock, no lock, cancelled by its time limit."""


def is_busy(error: OperationalError) -> bool:
    """Tell whether others had the database's turn, so that the same may succeed in a moment."""
    if isinstance(error.orig, sqlite3.Error):
        code = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF  # the rest says why
        return code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
    return getattr(error.orig, "sqlstate", None) in BUSY_STATES


BUSY_SECONDS = 15
"""How long a writer of SQLite waits for its turn before it gives up."""


def init_db(app: Flask) -> None:
    """Bind the database to the app and set the SQLite rules on its engine."""
    uri = str(app.config["SQLALCHEMY_DATABASE_URI"])
    if uri.startswith("sqlite"):
        options: dict[str, Any] = {"connect_args": {"timeout": BUSY_SECONDS, "check_same_thread": False}}
    else:
        options = {"pool_size": 10, "max_overflow": 10, "pool_pre_ping": True}
    app.config.setdefault("SQLALCHEMY_ENGINE_OPTIONS", options)
    db.init_app(app)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            set_sqlite_rules(db.engine)


def set_sqlite_rules(engine: Engine) -> None:
    """WAL, foreign keys, full durability; transactions are opened by us, not by the driver."""
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)


def _on_connect(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _on_begin(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN" if _reading.get() else "BEGIN IMMEDIATE")

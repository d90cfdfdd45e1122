"""Run migrations: foreign keys off while SQLite tables are rebuilt, triggers made anew at the end."""

from __future__ import annotations

from typing import Any

from alembic import context
from flask import current_app
from sqlalchemy import Connection, text

from lms.db import UtcDateTime, db
from lms.domain.triggers import create_statements, drop_statements


def render_item(kind: str, item: Any, autogen: Any) -> str | bool:
    """Write our column type as the plain type it is stored as."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime()"
    return False


def run() -> None:
    """Migrate with one connection, in one transaction."""
    options = current_app.extensions["migrate"].configure_args
    with db.engine.connect() as connection:
        sqlite = connection.dialect.name == "sqlite"
        if sqlite:
            # Outside a transaction: inside one, SQLite ignores the pragma.
            connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")
        try:
            context.configure(
                connection=connection, target_metadata=db.metadata, render_item=render_item, **options
            )
            with context.begin_transaction():
                before = context.get_context().get_current_revision()
                _execute(connection, drop_statements(connection.dialect.name))
                context.run_migrations()
                if _has_tables(connection):
                    _execute(connection, create_statements(connection.dialect.name))
                if sqlite:
                    _check_references(connection, before)
            if connection.in_transaction():
                connection.commit()
        finally:
            if sqlite:
                connection.rollback()
                connection.connection.driver_connection.execute("PRAGMA foreign_keys=ON")


def _execute(connection: Connection, statements: list[str]) -> None:
    for statement in statements:
        connection.exec_driver_sql(statement)


def _has_tables(connection: Connection) -> bool:
    return connection.dialect.has_table(connection, "certificate")


def _check_references(connection: Connection, before: object) -> None:
    broken = connection.execute(text("PRAGMA foreign_key_check")).all()
    if broken:
        raise RuntimeError(f"migration from {before} breaks references: {broken[:5]}")


run()

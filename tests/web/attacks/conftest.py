"""The office of the access table, on both databases."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from lms import clock, create_app
from lms.db import db
from tests.cast import NOW
from tests.conftest import POSTGRES, settings
from tests.web.access.world import World, build, fill


class PostgresWorld(World):
    """The same office on PostgreSQL: put back from the copies of all tables in a schema beside."""

    def keep(self) -> None:
        """Copy what is there."""
        with self.app.app_context(), db.engine.begin() as connection:
            connection.execute(text("CREATE SCHEMA kept"))
            for table in db.metadata.tables:
                connection.execute(text(f'CREATE TABLE kept."{table}" AS TABLE public."{table}"'))

    def restore(self) -> None:
        """Put the world back to what it was when it was built."""
        with self.app.app_context(), db.engine.begin() as connection:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            for table in db.metadata.tables:
                connection.execute(text(f'DELETE FROM public."{table}"'))
                connection.execute(text(f'INSERT INTO public."{table}" SELECT * FROM kept."{table}"'))

    def facts(self, without: frozenset[str] = frozenset()) -> dict[str, str]:
        """A digest of the rows of each table, but those left out."""
        with self.app.app_context(), db.engine.connect() as connection:
            found = {}
            for table in sorted(set(db.metadata.tables) - without):
                rows = connection.execute(text(f'SELECT t::text FROM "{table}" t ORDER BY 1')).scalars()
                found[table] = hashlib.sha256(repr(rows.all()).encode()).hexdigest()
        return found


@pytest.fixture(scope="session")
def sqlite_office(
    sqlite_template: Path, static_build: Path, tmp_path_factory: pytest.TempPathFactory
) -> World:
    """The office on SQLite, once for a test worker."""
    folder = tmp_path_factory.mktemp("office")
    path = folder / "office.sqlite3"
    shutil.copyfile(sqlite_template, path)
    app = create_app({**settings(folder, f"sqlite:///{path}"), "STATIC_BUILD": str(static_build)})
    with clock.frozen(NOW):
        return build(app, path, folder / "kept.sqlite3")


@pytest.fixture(scope="session")
def postgres_office(
    static_build: Path, tmp_path_factory: pytest.TempPathFactory, worker_id: str
) -> Iterator[World]:
    """The office on PostgreSQL, once for a test worker."""
    from flask_migrate import upgrade

    folder = tmp_path_factory.mktemp("office")
    name = f"gurindam_office_{worker_id}_{os.getpid()}"
    address = make_url(POSTGRES).set(drivername="postgresql+psycopg")
    server = create_engine(address, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    uri = address.set(database=name).render_as_string(hide_password=False)
    app = create_app({**settings(folder, uri), "STATIC_BUILD": str(static_build)})
    with app.app_context():
        upgrade()
        db.engine.dispose()
    with clock.frozen(NOW):
        world = PostgresWorld(app, folder, folder, *fill(app))
    world.keep()
    yield world
    with app.app_context():
        db.engine.dispose()
    with server.connect() as connection:
        connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))
    server.dispose()


@pytest.fixture
def office(request: pytest.FixtureRequest, database: str) -> World:
    """The office in the middle of its work, put back to where it stood."""
    name = "sqlite_office" if database.startswith("sqlite") else "postgres_office"
    world: World = request.getfixturevalue(name)
    world.restore()
    return world


@pytest.fixture(autouse=True)
def time() -> Iterator[None]:
    """It is 24 November 2026, 10.00 WIB."""
    with clock.frozen(NOW):
        yield

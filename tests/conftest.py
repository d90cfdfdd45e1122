"""A migrated database for each test, on SQLite and on PostgreSQL, and a named cast."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2.bccache import Bucket, BytecodeCache
from sqlalchemy import create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from lms import create_app
from lms.db import db
from tests.cast import Cast, make_cast

POSTGRES = os.environ.get("TEST_POSTGRES_URL", "postgresql://postgres@127.0.0.1:5432/postgres")


class Compiled(BytecodeCache):
    """Templates compiled once for a test worker: each test makes an application of its own."""

    def __init__(self) -> None:
        self.codes: dict[tuple[str, str], Any] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take the code of the same text."""
        bucket.code = self.codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code."""
        self.codes[bucket.key, bucket.checksum] = bucket.code


Flask.jinja_options = {**Flask.jinja_options, "bytecode_cache": Compiled()}


def settings(instance: Path, uri: str) -> dict[str, object]:
    """Return the configuration of an app under test."""
    return {
        "TESTING": True,
        "INSTANCE": str(instance),
        "SQLALCHEMY_DATABASE_URI": uri,
        "SECRET_KEY": "only-for-tests",
        "PUBLIC_URL": "https://gurindam.example",
        "SESSION_COOKIE_SECURE": False,
        "WTF_CSRF_ENABLED": False,
        "DEMO": False,
        "JOBS_THREAD": False,
    }


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --db: which databases the data and web tests run on."""
    parser.addoption("--db", choices=["sqlite", "postgres", "both"], default="both")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that touches the database once on each."""
    if "database" in metafunc.fixturenames:
        chosen = metafunc.config.getoption("--db")
        metafunc.parametrize(
            "database", ["sqlite", "postgres"] if chosen == "both" else [chosen], indirect=True
        )


@pytest.fixture(scope="session")
def worker_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of this test worker."""
    return tmp_path_factory.mktemp("worker")


@pytest.fixture(scope="session")
def static_build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Static files are built once for a worker, not once a test."""
    return tmp_path_factory.mktemp("static")


@pytest.fixture(scope="session")
def sqlite_app(worker_dir: Path, static_build: Path) -> Flask:
    """The application of this test worker on SQLite, its file migrated."""
    return _migrated(worker_dir, f"sqlite:///{worker_dir / 'test.sqlite3'}", static_build)


@pytest.fixture(scope="session")
def sqlite_template(worker_dir: Path, sqlite_app: Flask) -> Path:
    """A migrated SQLite file to copy."""
    return shutil.copyfile(worker_dir / "test.sqlite3", worker_dir / "template.sqlite3")


@pytest.fixture(scope="session")
def postgres_uri(worker_id: str) -> Iterator[str]:
    """The PostgreSQL database of this test worker."""
    name = f"gurindam_test_{worker_id}_{os.getpid()}"
    server = make_url(POSTGRES).set(drivername="postgresql+psycopg")
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}"'))
        connection.execute(text(f'ALTER DATABASE "{name}" SET synchronous_commit = off'))
    yield server.set(database=name).render_as_string(hide_password=False)
    with admin.connect() as connection:
        connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))
    admin.dispose()


@pytest.fixture(scope="session")
def postgres_app(worker_dir: Path, static_build: Path, postgres_uri: str) -> Flask:
    """The application of this test worker on PostgreSQL, its database migrated."""
    return _migrated(worker_dir, postgres_uri, static_build)


def _migrated(folder: Path, uri: str, static_build: Path) -> Flask:
    from flask_migrate import upgrade

    app = create_app({**settings(folder, uri), "STATIC_BUILD": str(static_build)})
    app.test_client_class = Browser
    with app.app_context():
        upgrade()
        if db.engine.dialect.name == "sqlite":
            with db.engine.connect() as connection:
                connection.connection.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            event.listen(db.engine, "connect", _unsynced)
        db.engine.dispose()
    return app


def _unsynced(connection: sqlite3.Connection, _record: object) -> None:
    """No test pulls the plug: nothing waits for the disk."""
    connection.execute("PRAGMA synchronous=OFF")


@pytest.fixture(scope="session")
def emptying(postgres_uri: str, postgres_app: Flask) -> Iterator[Callable[[], object]]:
    """Empty all tables of the PostgreSQL database, in one message to the server."""
    said = ["SET LOCAL session_replication_role = replica"]
    for table in db.metadata.sorted_tables:
        said.append(f'DELETE FROM "{table.name}"')
        for column in table.primary_key.columns:
            if column.name == "id" and column.autoincrement:
                said.append(f"SELECT setval('\"{table.name}_id_seq\"', 1, false)")
    with psycopg.connect(postgres_uri.replace("+psycopg", ""), autocommit=True) as connection:
        yield lambda: connection.execute("BEGIN;" + ";".join(said) + ";COMMIT")


@pytest.fixture
def database(request: pytest.FixtureRequest, worker_dir: Path) -> str:
    """The address of an empty, migrated database."""
    if request.param == "postgres":
        request.getfixturevalue("emptying")()
        uri: str = request.getfixturevalue("postgres_uri")
        return uri
    template, path = request.getfixturevalue("sqlite_template"), worker_dir / "test.sqlite3"
    for left in ("-wal", "-shm"):
        path.with_name(path.name + left).unlink(missing_ok=True)
    shutil.copyfile(template, path)
    return f"sqlite:///{path}"


class Browser(FlaskClient):
    """Each request has an application context, and so a database session, of its own, as on the server."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Send a request; afterwards the session of the test reads anew."""
        db.session.commit()
        with self.application.app_context():
            response = super().open(*args, **kwargs)
        db.session.expire_all()
        return response


@pytest.fixture
def app(request: pytest.FixtureRequest, database: str, tmp_path: Path) -> Iterator[Flask]:
    """The application on an empty database, with a folder of its own; settings come back after the test.

    Making an application costs more than most tests do: a worker has one for each database.
    """
    app: Flask = request.getfixturevalue("sqlite_app" if database.startswith("sqlite") else "postgres_app")
    known, extensions = dict(app.config), dict(app.extensions)
    app.instance_path = app.config["INSTANCE"] = str(tmp_path)
    app.extensions["fragments"].clear()
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()
    app.config.clear()
    app.config.update(known)
    app.extensions.clear()
    app.extensions.update(extensions)


@pytest.fixture
def session(app: Flask) -> Session:
    """The session of the test; the tests of rules and actions commit themselves where it matters."""
    return db.session()


@pytest.fixture
def cast(session: Session) -> Cast:
    """A learner, a trainer, HR of one unit, BKPSDM, an admin and a stranger."""
    people = make_cast(session)
    session.commit()
    return people


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without a person."""
    return app.test_client()

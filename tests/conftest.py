"""A migrated database for each test, on SQLite and on PostgreSQL, and a named cast."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2.bccache import Bucket, BytecodeCache
from sqlalchemy import create_engine, text
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
def sqlite_template(worker_dir: Path, static_build: Path) -> Path:
    """A migrated SQLite file to copy."""
    from flask_migrate import upgrade

    path = worker_dir / "template.sqlite3"
    app = create_app({**settings(worker_dir, f"sqlite:///{path}"), "STATIC_BUILD": str(static_build)})
    with app.app_context():
        upgrade()
        with db.engine.connect() as connection:
            connection.connection.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        db.engine.dispose()
    return path


@pytest.fixture(scope="session")
def postgres_uri(worker_dir: Path, static_build: Path, worker_id: str) -> Iterator[str]:
    """A migrated PostgreSQL database of this test worker."""
    from flask_migrate import upgrade

    name = f"gurindam_test_{worker_id}_{os.getpid()}"
    server = make_url(POSTGRES).set(drivername="postgresql+psycopg")
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    uri = server.set(database=name).render_as_string(hide_password=False)
    app = create_app({**settings(worker_dir, uri), "STATIC_BUILD": str(static_build)})
    with app.app_context():
        upgrade()
        db.engine.dispose()
    yield uri
    with admin.connect() as connection:
        connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))
    admin.dispose()


@pytest.fixture
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty, migrated database."""
    if request.param == "sqlite":
        path = tmp_path / "test.sqlite3"
        shutil.copyfile(request.getfixturevalue("sqlite_template"), path)
        return f"sqlite:///{path}"
    uri: str = request.getfixturevalue("postgres_uri")
    _empty(uri)
    return uri


def _empty(uri: str) -> None:
    engine = create_engine(uri)
    with engine.begin() as connection:
        connection.execute(text("SET session_replication_role = replica"))
        for table in db.metadata.sorted_tables:
            connection.execute(text(f'DELETE FROM "{table.name}"'))
            for column in table.primary_key.columns:
                if column.name == "id" and column.autoincrement:
                    connection.execute(text(f"SELECT setval('\"{table.name}_id_seq\"', 1, false)"))
    engine.dispose()


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
def app(database: str, tmp_path: Path, static_build: Path) -> Iterator[Flask]:
    """The application on an empty database."""
    app = create_app({**settings(tmp_path, database), "STATIC_BUILD": str(static_build)})
    app.test_client_class = Browser
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


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

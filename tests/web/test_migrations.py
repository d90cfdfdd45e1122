"""Migrations build what the models say, and lose nothing when tables are rebuilt."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import create_engine, func, select, text
from sqlalchemy.engine import make_url

from lms.cli.demo_data import loading
from lms.db import db
from lms.domain.triggers import TRIGGERS
from tests.cast import NOW
from tools.check_migrations import facts_of
from tools.schema import Facts, differences, facts

ROOT = Path(__file__).resolve().parents[2]

LATER = '''"""Rebuild two parents of many children."""

import sqlalchemy as sa
from alembic import op

revision = "planted"
down_revision = "{head}"
branch_labels = None
depends_on = None


def upgrade():
    for table in ("user", "org_unit"):
        with op.batch_alter_table(table, recreate="{recreate}") as batch:
            batch.add_column(sa.Column("planted", sa.Integer()))
'''


@pytest.fixture
def empty_database(database: str, tmp_path: Path) -> Iterator[str]:
    """The address of a database without tables, on the server of the test's database."""
    url = make_url(database)
    if url.drivername.startswith("sqlite"):
        yield f"sqlite:///{tmp_path / 'empty.sqlite3'}"
        return
    name = f"{url.database}_empty"
    admin = create_engine(url.set(database="postgres"), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}"'))
        yield url.set(database=name).render_as_string(hide_password=False)
        connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))
    admin.dispose()


def present() -> Facts:
    with db.engine.connect() as connection:
        return facts(connection)


def counts() -> dict[str, int]:
    with db.engine.connect() as connection:
        return {
            table.name: connection.scalar(select(func.count()).select_from(table)) or 0
            for table in db.metadata.sorted_tables
        }


def test_the_migrated_database_is_what_the_models_say(
    app: Flask, empty_database: str, tmp_path: Path
) -> None:
    assert differences(present(), facts_of(empty_database, tmp_path, migrated=False)) == []


def test_all_triggers_are_there(app: Flask) -> None:
    made = {name.removeprefix("trigger ") for name in present() if name.startswith("trigger ")}
    assert made == {trigger.name for trigger in TRIGGERS}


def test_a_second_upgrade_changes_nothing(app: Flask) -> None:
    before = present()
    upgrade()
    assert differences(present(), before) == []


def test_rebuilding_filled_tables_loses_neither_rows_nor_triggers_nor_checks(
    app: Flask, tmp_path: Path
) -> None:
    loading.load_people(db.session(), now=NOW)
    db.session.commit()
    db.session.remove()
    rows, before = counts(), present()
    _plant(app, tmp_path)
    upgrade(directory=str(tmp_path / "migrations"))
    try:
        changes = differences(present(), before)
        assert len(changes) == 2
        assert all(line.startswith("too much: ") and "planted" in line for line in changes)
        assert counts() == rows
        assert rows["user"] > 40
    finally:
        _unplant(app)


def _head(app: Flask) -> str:
    head = ScriptDirectory(app.extensions["migrate"].directory).get_current_head()
    assert head is not None
    return head


def _plant(app: Flask, folder: Path) -> None:
    sqlite = db.engine.dialect.name == "sqlite"
    shutil.copytree(ROOT / "migrations", folder / "migrations", ignore=shutil.ignore_patterns("__pycache__"))
    script = LATER.format(head=_head(app), recreate="always" if sqlite else "never")
    (folder / "migrations" / "versions" / "planted.py").write_text(script, encoding="utf-8")


def _unplant(app: Flask) -> None:
    """The PostgreSQL database serves other tests, too: put it back."""
    if db.engine.dialect.name == "sqlite":
        return
    with db.engine.begin() as connection:
        connection.execute(text('ALTER TABLE "user" DROP COLUMN planted'))
        connection.execute(text("ALTER TABLE org_unit DROP COLUMN planted"))
        connection.execute(text("UPDATE alembic_version SET version_num = :head"), {"head": _head(app)})

"""Do the migrations build what the models say? On an empty SQLite file and an empty PostgreSQL database.

Usage: python -m tools.check_migrations
"""

from __future__ import annotations

import logging
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic.script import ScriptDirectory
from flask_migrate import upgrade
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from lms import create_app
from lms.db import db
from lms.domain.triggers import create_statements
from tools import services
from tools.schema import Facts, differences, facts


def main() -> int:
    """Print the differences; return 1 when there are any."""
    logging.getLogger("alembic").setLevel(logging.WARNING)
    found = []
    with tempfile.TemporaryDirectory() as folder, services.postgresql() as server:
        sqlite = (f"sqlite:///{folder}/made.sqlite3", f"sqlite:///{folder}/wanted.sqlite3")
        found += [f"sqlite: {line}" for line in compare(*sqlite, Path(folder))]
        with _empty_databases(server) as (made, wanted):
            found += [f"postgresql: {line}" for line in compare(made, wanted, Path(folder))]
    print("\n".join(found) or "Migrations build what the models say (SQLite, PostgreSQL).")
    return 1 if found else 0


def compare(made_url: str, wanted_url: str, instance: Path) -> list[str]:
    """Migrate one empty database, create the other from the models; return the differences."""
    made = facts_of(made_url, instance, migrated=True)
    return differences(made, facts_of(wanted_url, instance, migrated=False))


def facts_of(url: str, instance: Path, *, migrated: bool) -> Facts:
    """Return what an empty database holds once it is migrated, or made from the models."""
    overrides = {
        "INSTANCE": str(instance),
        "SQLALCHEMY_DATABASE_URI": url,
        "SECRET_KEY": "check",
        "JOBS_THREAD": False,
    }
    app = create_app({**overrides, "DEMO": False})
    with app.app_context():
        if migrated:
            heads = ScriptDirectory(app.extensions["migrate"].directory).get_heads()
            if len(heads) != 1:
                sys.exit(f"The migrations have {len(heads)} heads: {', '.join(heads)}")
            upgrade()
        with db.engine.begin() as connection:
            if not migrated:
                db.metadata.create_all(connection)
                for statement in create_statements(connection.dialect.name):
                    connection.exec_driver_sql(statement)
            found = facts(connection)
        db.engine.dispose()
    return found


@contextmanager
def _empty_databases(server: str) -> Iterator[tuple[str, str]]:
    """Give the addresses of two empty databases, dropped at the end."""
    url = make_url(server).set(drivername="postgresql+psycopg")
    names = [f"gurindam_check_{kind}_{os.getpid()}" for kind in ("made", "wanted")]
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for name in names:
            connection.execute(text(f'CREATE DATABASE "{name}"'))
        try:
            made, wanted = (url.set(database=name).render_as_string(hide_password=False) for name in names)
            yield made, wanted
        finally:
            for name in names:
                connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
    engine.dispose()


if __name__ == "__main__":
    sys.exit(main())

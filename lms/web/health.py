"""Is the process alive, can it serve."""

from __future__ import annotations

from flask import Blueprint, Response, current_app
from sqlalchemy import text

from lms.db import db
from lms.web.access import public

health = Blueprint("health", __name__)


@health.get("/healthz")
@public
def alive() -> Response:
    """Answer while the process runs."""
    return Response("ok\n", mimetype="text/plain")


@health.get("/readyz")
@public
def ready() -> Response:
    """Answer 200 when the database answers and its schema is the newest, else 503 with the reason."""
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    try:
        db.session.execute(text("SELECT 1"))
        migrate = current_app.extensions["migrate"]
        head = ScriptDirectory(migrate.directory).get_current_head()
        current = MigrationContext.configure(db.session.connection()).get_current_revision()
    except Exception as error:  # whatever is wrong, the answer is "not ready"
        return Response(f"database: {type(error).__name__}\n", 503, mimetype="text/plain")
    if head != current:
        return Response(f"schema {current}, expected {head}\n", 503, mimetype="text/plain")
    return Response("ready\n", mimetype="text/plain")

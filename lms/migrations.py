"""Database migrations by Alembic; the scripts are in the top-level folder `migrations/`."""

from __future__ import annotations

from pathlib import Path

from flask import Flask
from flask_migrate import Migrate

from lms.db import db
from lms.domain import tables

migrate = Migrate(compare_type=True, render_as_batch=True)


def init_migrations(app: Flask) -> None:
    """Bind Flask-Migrate; importing `tables` makes the metadata whole."""
    directory = Path(__file__).resolve().parent.parent / "migrations"
    migrate.init_app(app, db, directory=str(directory))
    app.extensions["tables"] = tables.Base.metadata

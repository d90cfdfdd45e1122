"""Gurindam: a lightweight learning platform for civil servants."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask

import config


def create_app(overrides: Mapping[str, Any] | None = None) -> Flask:
    """Return the application; `overrides` replace settings of `config.load()` (tests)."""
    from lms import cli, db, i18n, migrations, web

    settings = config.load()
    settings.update(overrides or {})
    app = Flask(__name__, instance_path=str(settings["INSTANCE"]), static_folder=None)
    app.config.update(settings)
    db.init_db(app)
    migrations.init_migrations(app)
    i18n.init_i18n(app)
    web.init_web(app)
    cli.init_cli(app)
    return app

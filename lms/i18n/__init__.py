"""Language of the reader, and how dates, numbers and hours are written."""

from __future__ import annotations

from flask import Flask
from flask_babel import Babel

from lms.i18n import formats
from lms.i18n.catalogs import ensure_compiled
from lms.i18n.locale import current_locale

babel = Babel()


def init_i18n(app: Flask) -> None:
    """Set up translations (msgids are English, Indonesian is complete) and the format filters."""
    ensure_compiled()
    app.config["BABEL_DEFAULT_LOCALE"] = "id"
    app.config["BABEL_DEFAULT_TIMEZONE"] = "Asia/Jakarta"
    babel.init_app(app, locale_selector=current_locale)
    app.jinja_env.filters.update(
        date=formats.date, short_date=formats.short_date, clock=formats.clock, datetime=formats.date_clock,
        weekday_date=formats.weekday_date, number=formats.number, nip=formats.nip, kb=formats.kilobytes,
    )  # fmt: skip
    app.jinja_env.globals["locale"] = current_locale

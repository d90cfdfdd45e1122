"""Language of the reader, and how dates, numbers and hours are written."""

from __future__ import annotations

from typing import Any

from flask import Flask, g
from flask_babel import Babel, get_translations

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
    app.jinja_env.install_gettext_callables(_text, _plural, newstyle=True)  # type: ignore[attr-defined]


def _catalogue() -> Any:
    """The translations of the reader, looked up once a request: a page asks for dozens of texts."""
    chosen, kept = g.get("locale"), g.get("catalogue")
    if kept is None or kept[0] != chosen:
        kept = g.catalogue = (chosen, get_translations())
    return kept[1]


def _text(message: str) -> str:
    return str(_catalogue().ugettext(message))


def _plural(one: str, many: str, number: int) -> str:
    return str(_catalogue().ungettext(one, many, number))

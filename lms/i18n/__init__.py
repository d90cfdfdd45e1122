"""Language of the reader, and how dates, numbers and hours are written."""

from __future__ import annotations

from functools import cache, lru_cache

from babel import Locale
from babel.support import NullTranslations, Translations
from flask import Flask
from flask_babel import Babel, Domain, get_locale
from markupsafe import Markup

from lms.i18n import formats
from lms.i18n.catalogs import TRANSLATIONS, ensure_compiled
from lms.i18n.locale import LOCALES, current_locale

babel = Babel()
_LOCALES = {language: Locale.parse(language) for language in LOCALES}
"""Made once: Flask-Babel would parse the name of the language in each request."""


class Catalogues(Domain):  # type: ignore[misc]
    """The texts of Python code: found by language, without the work that Flask-Babel does at each of them."""

    def get_translations(self) -> NullTranslations:
        locale = get_locale()
        return _catalogue(locale.language) if locale else NullTranslations()


def init_i18n(app: Flask) -> None:
    """Set up translations (msgids are English, Indonesian is complete) and the format filters."""
    ensure_compiled()
    app.config["BABEL_DEFAULT_LOCALE"] = "id"
    app.config["BABEL_DEFAULT_TIMEZONE"] = "Asia/Jakarta"
    babel.init_app(app, locale_selector=lambda: _LOCALES[current_locale()])
    babel.domain_instance = Catalogues()
    app.jinja_env.filters.update(
        date=formats.date, short_date=formats.short_date, clock=formats.clock, datetime=formats.date_clock,
        weekday_date=formats.weekday_date, number=formats.number, nip=formats.nip, kb=formats.kilobytes,
        duration=formats.duration,
    )  # fmt: skip
    app.jinja_env.globals.update(locale=current_locale, _=_text, gettext=_text, ngettext=_plural)


def _text(message: str, /, **variables: object) -> Markup:
    """A text of a template: as in Jinja's own "newstyle" always a format whose variables are escaped."""
    if variables:
        return _format(current_locale(), message) % variables
    return _plain(current_locale(), message)


def _plural(one: str, many: str, number: int, /, **variables: object) -> Markup:
    text = Markup(_catalogue(current_locale()).ungettext(one, many, number))
    return text % {"num": number, **variables}


@lru_cache(8192)
def _format(language: str, message: str) -> Markup:
    """Kept, because a page asks for dozens of texts."""
    return Markup(_catalogue(language).ugettext(message))


@lru_cache(8192)
def _plain(language: str, message: str) -> Markup:
    return _format(language, message) % {}


@cache
def _catalogue(language: str) -> NullTranslations:
    return Translations.load(TRANSLATIONS, [language])

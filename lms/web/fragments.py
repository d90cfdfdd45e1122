"""Pieces of pages that are rendered once and kept in memory: `fragment("learner/lessons/head.html", ...)`.

A fragment is a template of its own that sees nothing but the values it is given (and the address book of
the app: url_for, asset, texts). These values, the name of the template and the language are its key, so that
nobody can get what was made for another person, language or version: other values are another key. What
belongs to one response (form token, address of the page) is a slot in the kept text, filled at each use.
So is what belongs to one person, where the rest is the same for many: `own={"seen": "3"}` fills the slots
that the values hold as `slot("seen")`.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Hashable, Mapping

from flask import Flask, current_app, g, request
from markupsafe import Markup, escape

from lms.cache import Cache
from lms.i18n.locale import current_locale
from lms.web.security import form_token

_TOKEN, _PATH, _OWN = (f"slot-{secrets.token_hex(16)}" for _ in range(3))
_OWNS = re.compile(f"{_OWN}-([a-z0-9]+)-")
"""Random, so that no text of an author or name of a person can be taken for a slot."""
KEPT = 2048
"""So many fragments are kept; they have a few KB each."""


def init_fragments(app: Flask) -> None:
    """Give templates `fragment`, and the two values that are slots inside of fragments."""
    app.extensions["fragments"] = Cache[Hashable, str](KEPT)
    app.jinja_env.globals.update(fragment=fragment, csrf_token=_csrf_token, page_path=_page_path)


def slot(name: str) -> Markup:
    """Return what stands in a value for something that `own` gives; `name` has small letters and digits."""
    return Markup(f"{_OWN}-{name}-")


def fragment(template: str, *, own: Mapping[str, object] | None = None, **values: Hashable) -> Markup:
    """Return a template filled with these values only, from memory when it was filled with them before.

    `own` fills the slots of the values, escaped like everything printed; it is never part of what is kept.

    Values are told apart by type and equality: strings, numbers, tuples, frozen dataclasses, index rows of
    a version (which never change). In debug mode nothing is kept, since templates change.
    """
    if g.get("in_fragment"):  # a fragment of a fragment: its slots are filled with those of the outer one
        if own is not None:
            raise ValueError(f"{template}: what is one person's own must not be kept inside another fragment")
        return Markup(_text(template, values))
    html = _text(template, values)
    if own is not None:
        parts = _OWNS.split(html)
        parts[1::2] = [escape(own[name]) for name in parts[1::2]]
        html = "".join(parts)
    if _TOKEN in html:
        html = html.replace(_TOKEN, form_token())
    if _PATH in html:
        html = html.replace(_PATH, escape(request.full_path))
    return Markup(html)


def _text(template: str, values: Mapping[str, Hashable]) -> str:
    if current_app.debug:
        return _render(template, values)
    typed = tuple((name, type(value), value) for name, value in values.items())
    cache: Cache[Hashable, str] = current_app.extensions["fragments"]
    key = (template, current_locale(), request.script_root, typed)
    return cache.get(key, lambda: _render(template, values))


def _render(template: str, values: Mapping[str, Hashable]) -> str:
    outer, g.in_fragment = g.get("in_fragment", False), True
    try:
        return current_app.jinja_env.get_template(template).render(values)
    finally:
        g.in_fragment = outer


def _csrf_token() -> str:
    return _TOKEN if g.get("in_fragment") else form_token()


def _page_path() -> str:
    """The address of the page with its query, for forms that come back to it."""
    return _PATH if g.get("in_fragment") else request.full_path

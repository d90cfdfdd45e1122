"""Parts of pages kept in memory: `{{ fragment("frame/menu.html", site=site.name, nav=nav) }}`.

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

_SLOT = f"slot-{secrets.token_hex(16)}"
"""Random, so that no text of an author or name of a person can be taken for a slot."""
_SLOTS = re.compile(f"{_SLOT}-([a-zA-Z0-9]+)-")
_TOKEN, _PATH = "TOKEN", "PATH"
"""Names of the slots of a response; those of a person are small letters and digits."""
KEPT = 2048
"""So many fragments are kept; they have a few KB each."""
Parts = tuple[str, ...]
"""A kept text cut at its slots: text, name of a slot, text, name, ... text."""


def init_fragments(app: Flask) -> None:
    """Give templates `fragment`, and the two values that are slots inside of fragments."""
    app.extensions["fragments"] = Cache[Hashable, Parts](KEPT)
    app.jinja_env.globals.update(fragment=fragment, slot=slot, csrf_token=_csrf_token, page_path=_page_path)


def slot(name: str) -> Markup:
    """Return what stands in a value for something that `own` gives; `name` has small letters and digits."""
    return Markup(f"{_SLOT}-{name}-")


def fragment(template: str, *, own: Mapping[str, object] | None = None, **values: Hashable) -> Markup:
    """Return a template filled with these values only, from memory when it was filled with them before.

    `own` fills the slots of the values, escaped like everything printed; it is never part of what is kept.

    Values are told apart by type and equality: strings, numbers, tuples, frozen dataclasses, index rows of
    a version (which never change). In debug mode nothing is kept, since templates change.
    """
    parts = _parts(template, values)
    if g.get("in_fragment"):  # a fragment of a fragment: its slots are filled with those of the outer one
        if own is not None:
            raise ValueError(f"{template}: what is one person's own must not be kept inside another fragment")
        return Markup("".join(slot(part) if at % 2 else part for at, part in enumerate(parts)))
    if len(parts) == 1:
        return Markup(parts[0])
    filled = list(parts)
    filled[1::2] = [
        escape(own[name]) if own is not None and name in own else _of_response(name) for name in parts[1::2]
    ]
    return Markup("".join(filled))


def _of_response(name: str) -> str:
    """What fills a slot of the response. Raises KeyError for one that `own` had to fill."""
    if name == _TOKEN:
        return form_token()
    if name == _PATH:
        return escape(request.full_path)
    raise KeyError(name)


def _parts(template: str, values: Mapping[str, Hashable]) -> Parts:
    if current_app.debug:
        return _render(template, values)
    typed = tuple((name, type(value), value) for name, value in values.items())
    cache: Cache[Hashable, Parts] = current_app.extensions["fragments"]
    key = (template, current_locale(), request.script_root, typed)
    return cache.get(key, lambda: _render(template, values))


def _render(template: str, values: Mapping[str, Hashable]) -> Parts:
    outer, g.in_fragment = g.get("in_fragment", False), True
    try:
        return tuple(_SLOTS.split(current_app.jinja_env.get_template(template).render(values)))
    finally:
        g.in_fragment = outer


def _csrf_token() -> str:
    return slot(_TOKEN) if g.get("in_fragment") else form_token()


def _page_path() -> str:
    """The address of the page with its query, for forms that come back to it."""
    return slot(_PATH) if g.get("in_fragment") else request.full_path

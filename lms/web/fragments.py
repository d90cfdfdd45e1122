"""Parts of pages kept in memory: `{{ fragment("frame/menu.html", site=site.name, nav=nav) }}`.

A fragment is a template of its own that sees nothing but the values it is given (and the address book of
the app: url_for, asset, texts). These values, the name of the template and the language are its key, so that
nobody can get what was made for another person, language or version: other values are another key. What
belongs to one response (form token, address of the page) is a slot in the kept text, filled at each use.
So is what belongs to one person, where the rest is the same for many: `own=Own({"seen": "3"})` fills the
slots that the values hold as `slot("seen")`.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Hashable, Mapping
from dataclasses import dataclass

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


class Own:
    """What fills slots for one person, escaped like everything printed: once, however often it is printed."""

    __slots__ = ("texts",)

    def __init__(self, values: Mapping[str, object]) -> None:
        self.texts: dict[str, str] = {
            name: value if type(value) is Markup else escape(value) for name, value in values.items()
        }


_NOBODY = Own({})


@dataclass(frozen=True)
class Kept:
    """A kept text cut at its slots: `parts` are text, name of a slot, text, name, ... text."""

    parts: tuple[str, ...]
    names: tuple[str, ...]
    of_response: tuple[str, ...]
    """Those of the names that the response fills, not `own`."""
    whole: Markup
    """The text with its slots still in it: what it is inside of another fragment, or without any slot."""

    def filled(self, own: Own) -> Markup:
        """Return the text with all slots filled. Raises KeyError for one that `own` had to fill."""
        texts = own.texts
        if self.of_response:
            texts = {**texts, **{name: _of_response(name) for name in self.of_response}}
        filled = list(self.parts)
        filled[1::2] = map(texts.__getitem__, self.names)
        return Markup("".join(filled))


class _Page:
    """What all fragments of one response have in common, looked up once."""

    __slots__ = ("cache", "inside", "root")

    def __init__(self) -> None:
        self.inside = False  # a fragment is being rendered
        self.root = request.script_root
        self.cache: Cache[Hashable, Kept] | None = (
            None if current_app.debug else current_app.extensions["fragments"]
        )


def init_fragments(app: Flask) -> None:
    """Give templates `fragment`, and the two values that are slots inside of fragments."""
    app.extensions["fragments"] = Cache[Hashable, Kept](KEPT)
    app.jinja_env.globals.update(fragment=fragment, slot=slot, csrf_token=_csrf_token, page_path=_page_path)


def slot(name: str) -> Markup:
    """Return what stands in a value for something that `own` gives; `name` has small letters and digits."""
    return Markup(f"{_SLOT}-{name}-")


def fragment(template: str, *, own: Own | None = None, **values: Hashable) -> Markup:
    """Return a template filled with these values only, from memory when it was filled with them before.

    `own` fills the slots of the values; it is never part of what is kept.

    Values are told apart by type and equality: strings, numbers, tuples, frozen dataclasses, index rows of
    a version (which never change). In debug mode nothing is kept, since templates change.
    """
    page = _page()
    kept = _kept(page, template, values)
    if page.inside:  # a fragment of a fragment: its slots are filled with those of the outer one
        if own is not None:
            raise ValueError(f"{template}: what is one person's own must not be kept inside another fragment")
        return kept.whole
    return kept.filled(own or _NOBODY) if kept.names else kept.whole


def _page() -> _Page:
    page: _Page | None = g.get("fragments")
    if page is None:
        page = g.fragments = _Page()
    return page


def _of_response(name: str) -> str:
    return form_token() if name == _TOKEN else escape(request.full_path)


def _kept(page: _Page, template: str, values: Mapping[str, Hashable]) -> Kept:
    if page.cache is None:
        return _render(page, template, values)
    given = values.values()
    key = (template, current_locale(), page.root, *values, *map(type, given), *given)
    return page.cache.get(key, lambda: _render(page, template, values))


def _render(page: _Page, template: str, values: Mapping[str, Hashable]) -> Kept:
    outer, page.inside = page.inside, True
    try:
        text = current_app.jinja_env.get_template(template).render(values)
    finally:
        page.inside = outer
    parts = tuple(_SLOTS.split(text))
    names = parts[1::2]
    return Kept(parts, names, tuple({*names} & {_TOKEN, _PATH}), Markup(text))


def _csrf_token() -> str:
    return slot(_TOKEN) if _page().inside else form_token()


def _page_path() -> str:
    """The address of the page with its query, for forms that come back to it."""
    return slot(_PATH) if _page().inside else request.full_path

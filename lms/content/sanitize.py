"""The one place where HTML of authors becomes safe: Bleach by our rules, then nh3 as the last pass."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import bleach
import nh3

from lms.content.page import SIZES
from lms.content.tags import TAGS

SCHEMES = frozenset({"http", "https", "mailto", "tel"})
CLASSES: dict[str, frozenset[str]] = {
    "div": frozenset({"admonition", "info", "ok", "warn", "danger", "quiet", "scroll", "formula"}),
    "p": frozenset({"admonition-title"}),
    "section": frozenset({"footnote"}),
    "ul": frozenset({"task"}),
    "li": frozenset({"done"}),
    "span": frozenset({"vh", "mark"}),
    "a": frozenset({"anchor"}),
    "td": frozenset({"r", "c"}),
    "th": frozenset({"r", "c"}),
}
_TEXTS: dict[str, frozenset[str]] = {
    "a": frozenset({"title", "aria-label"}),
    "abbr": frozenset({"title"}),
    "img": frozenset({"alt", "title"}),
    "div": frozenset({"aria-label"}),
    "section": frozenset({"aria-label"}),
}
_FIXED: dict[tuple[str, str], frozenset[str]] = {
    ("a", "rel"): frozenset({"noopener"}),
    ("img", "loading"): frozenset({"lazy"}),
    ("img", "sizes"): frozenset({SIZES}),
    ("div", "role"): frozenset({"group"}),
    ("div", "tabindex"): frozenset({"0"}),
    ("th", "scope"): frozenset({"col", "row"}),
    ("span", "aria-hidden"): frozenset({"true"}),
    ("details", "open"): frozenset({"", "open"}),
}
_NUMBERS = frozenset(
    {
        ("img", "width"),
        ("img", "height"),
        ("ol", "start"),
        ("td", "colspan"),
        ("td", "rowspan"),
        ("th", "colspan"),
        ("th", "rowspan"),
    }
)
_ATTRIBUTES = {"class", "id", "lang", "href", "src", "srcset"} | {
    name for names in _TEXTS.values() for name in names
}
_ALL = {
    tag: set(_ATTRIBUTES)
    | {name for owner, name in _FIXED if owner == tag}
    | {name for owner, name in _NUMBERS if owner == tag}
    for tag in TAGS
}
_NO_SOURCE = re.compile(r"<img(?![^>]* src=)[^>]*>")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,4})?")
_LINK = re.compile(r"(?:https?://[^/\\\s]|mailto:|tel:|#|/(?![/\\])|\.{0,2}/(?![/\\]))", re.IGNORECASE)


class _Local(threading.local):
    """What one thread needs: its own Cleaner, and the ids and pictures that the text in hand may have."""

    def __init__(self) -> None:
        self.prefix = ""
        self.sources: frozenset[str] = frozenset()
        self.cleaner = bleach.Cleaner(
            tags=TAGS, attributes=_allowed, protocols=SCHEMES, strip=True, strip_comments=True
        )


def _allowed(tag: str, name: str, value: str) -> bool:
    if name == "class":
        known = CLASSES.get(tag, frozenset())
        return bool(value) and all(word in known for word in value.split())
    if name == "id":
        return (
            bool(_here.prefix)
            and value.startswith(_here.prefix)
            and re.fullmatch(r"[\w.-]+", value) is not None
        )
    if name == "lang":
        return _LANGUAGE.fullmatch(value) is not None
    if name == "href":
        return tag == "a" and safe_link(value)
    if name in {"src", "srcset"}:
        return tag == "img" and value in _here.sources
    if (tag, name) in _NUMBERS:
        return re.fullmatch(r"[0-9]{1,5}", value) is not None
    if (tag, name) in _FIXED:
        return value in _FIXED[tag, name]
    return name in _TEXTS.get(tag, frozenset())


_here = _Local()


def safe_link(url: str) -> bool:
    """Whether a link may stand: http(s), mailto, tel, a place on this page, or a path on this site."""
    if any(ord(char) < 33 or char == "\\" for char in url):
        return False
    return _LINK.match(url) is not None


@contextmanager
def _bounds(prefix: str, sources: frozenset[str]) -> Iterator[None]:
    _here.prefix, _here.sources = prefix, sources
    try:
        yield
    finally:
        _here.prefix, _here.sources = "", frozenset()


def sanitize(html: str, prefix: str, sources: frozenset[str]) -> str:
    """Safe HTML: only ids that begin with `prefix` and pictures whose address is in `sources` stay."""
    with _bounds(prefix, sources):
        clean = _here.cleaner.clean(html)
        safe = nh3.clean(
            clean,
            tags=set(TAGS),
            attributes=_ALL,
            attribute_filter=_kept,
            link_rel=None,
            url_schemes=set(SCHEMES),
            clean_content_tags={"script", "style"},
        )
        return _NO_SOURCE.sub("", safe)


def _kept(tag: str, name: str, value: str) -> str | None:
    return value if _allowed(tag, name, value) else None

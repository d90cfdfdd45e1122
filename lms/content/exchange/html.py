"""HTML of other programs as Markdown of our format; what Markdown has nothing for is named, not dropped."""

from __future__ import annotations

import re

import nh3

from lms.content.exchange.html_reader import READ, TEX, Lost, MarkdownReader, Picture
from lms.content.exchange.items import Unread

MAX_HTML = 100_000
"""Characters of one text, without the bytes of its pictures."""
MAX_TAGS = 5_000
MOST_GROWN = 4
"""Times as long as MAX_HTML at most as Markdown: a wide table fills short rows with empty cells."""

_SILENT = {"script", "style", "title", "textarea", "select", "svg", "math"}
_NONE = frozenset(
    {
        "script", "iframe", "embed", "applet", "svg", "canvas", "math", "input", "select",
        "textarea", "button", "marquee",
    }
)  # fmt: skip
_OPENED = re.compile(r"<([a-z]{3,8})[\s/>]", re.I)
_ATTRIBUTES = {"*": {"style", "href", "src", "alt", "color", "rowspan", "colspan", "data", "type"}}
_SCHEMES = {"http", "https", "mailto", "data", "javascript", "file", "ftp", "tel", "cid", "blob"}
_DATA = re.compile(r"data:[a-z]+/[a-z0-9.+-]+;base64,[A-Za-z0-9+/=%\s]+", re.I)


def has_formula(text: str) -> bool:
    """Whether a plain text holds a formula of MathJax."""
    return TEX.search(text) is not None


def _well_formed(html: str) -> str:
    """The HTML as a browser reads it: Python's own parser takes minutes over 100 KB of broken tags."""
    return nh3.clean(
        html, tags=set(READ), clean_content_tags=_SILENT, attributes=_ATTRIBUTES, url_schemes=_SCHEMES,
        link_rel=None,
    )  # fmt: skip


def from_html(html: str, picture: Picture = lambda source: source, lost: Lost = lambda _name: None) -> str:
    """HTML as Markdown.

    `picture` says where a picture, a film or a linked file is kept in the course; `lost` hears the name of
    each thing that Markdown has nothing for. Raises Unread when the text is too long for a question.
    """
    inside: list[str] = []

    def aside(found: re.Match[str]) -> str:
        inside.append(found[0])
        return f"data:{len(inside) - 1}"

    def placed(source: str) -> str:
        at = re.fullmatch(r"data:(\d+)", source)
        return picture(inside[int(at[1])] if at and int(at[1]) < len(inside) else source)

    short = _DATA.sub(aside, html)
    if len(short) > MAX_HTML or short.count("<") > MAX_TAGS:
        raise Unread("exchange_text_large", limit=MAX_HTML)
    for name in dict.fromkeys(found[1].lower() for found in _OPENED.finditer(short)):
        if name in _NONE:
            lost(name)
    reader = MarkdownReader(placed, lost)
    reader.feed(_well_formed(short))
    reader.close()
    text = re.sub(r"[ ]+\n", "\n", "".join(reader.out))
    if len(text) - sum(map(len, inside)) > MOST_GROWN * MAX_HTML:
        raise Unread("exchange_text_large", limit=MAX_HTML)
    return re.sub(r"\n{3,}", "\n\n", text).strip()

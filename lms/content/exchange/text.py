r"""Texts of other programs as Markdown of our format, and back: plain text, HTML.

Plain text is escaped so that nothing in it is taken for Markdown: `from_plain` and `to_plain` are inverse.
"""

from __future__ import annotations

import re
from html import unescape

from markdown import Markdown

from lms.content.lines import asset_name, assets_in, links
from lms.content.lines import cut as cut_lines

SPECIAL = re.compile(r"([\\`*_\[\]{}$])")
LINE = re.compile(r"(?m)^([ ]*)(#+|[-+]|>|\d+[.)]|:::+|///+|!!!+|~~~+)(?=\s|$|[#:/!~>])")
ENTITY = re.compile(r"&(?=#?\w+;)")
_ESCAPED = re.compile(r"\\([\\`*_\[\]{}$#+\-.!)>|(])")


def from_plain(text: str) -> str:
    """Plain text as Markdown that shows the same."""
    plain = _lines(text)
    plain = ENTITY.sub("&amp;", plain).replace("<", "&lt;")
    return LINE.sub(escaped_mark, SPECIAL.sub(escaped, plain))


def escaped(found: re.Match[str]) -> str:
    """A sign of Markdown as text; a tick as a number, since an escaped one would still begin code."""
    return "&#96;" if found[1] == "`" else f"\\{found[1]}"


def escaped_mark(found: re.Match[str]) -> str:
    """A mark at the beginning of a line as text."""
    mark = found[2]
    if mark[0].isdigit():
        return f"{found[1]}{mark[:-1]}\\{mark[-1]}"
    return f"{found[1]}&#{ord(mark[0])};{mark[1:]}" if mark[0] in ":/~" else f"{found[1]}\\{mark}"


def to_plain(text: str) -> str:
    """Markdown as plain text: escapes are undone, marks of Markdown stay as they are."""
    return unescape(_ESCAPED.sub(r"\1", text))


def is_plain(text: str) -> bool:
    """Whether the Markdown says nothing that plain text cannot."""
    return from_plain(to_plain(text)) == text


def one_line(text: str) -> str:
    """The text with its line ends as spaces."""
    return " ".join(text.split())


def _lines(text: str) -> str:
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    ").replace("\xa0", " ")
    plain = "".join(char for char in plain if char == "\n" or char.isprintable())
    return "\n".join(line.rstrip() for line in plain.split("\n")).strip()


def looks_like_html(text: str) -> bool:
    """Whether a text without a stated format is HTML."""
    return re.search(r"</?(?:p|br|b|i|em|strong|div|span|ul|ol|li|img|a|sub|sup)\b[^>]*>", text) is not None


def to_html(text: str) -> str:
    """Markdown as XHTML for programs that know no Markdown."""
    engine = Markdown(extensions=["tables", "sane_lists", "fenced_code"], output_format="xhtml")
    engine.preprocessors.deregister("html_block")
    engine.inlinePatterns.deregister("html")
    return engine.convert(text.replace("\\$", "&#36;"))


def pictures_in(texts: list[str]) -> tuple[str, ...]:
    """The files of the course that the texts show or link to, each once."""
    return tuple(dict.fromkeys(name for text in texts for name in assets_in(text)))


def pictures_elsewhere(texts: list[str]) -> tuple[str, ...]:
    """Pictures that are fetched from outside the course, and links to files that Moodle kept beside."""
    return tuple(
        link.target
        for text in texts
        for link in links(cut_lines(text))
        if link.image and asset_name(link.target) is None or "@@PLUGINFILE@@" in link.target
    )


def has_links(text: str) -> bool:
    """Whether a text shows a picture or links somewhere."""
    return bool(links(cut_lines(text)))

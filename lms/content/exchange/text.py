r"""Texts of other programs as Markdown of our format, and back: plain text, HTML.

Plain text is escaped so that nothing in it is taken for Markdown: `from_plain` and `to_plain` are inverse.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from html.parser import HTMLParser

from markdown import Markdown

from lms.content.lines import assets_in, links
from lms.content.lines import cut as cut_lines

_SPECIAL = re.compile(r"([\\`*_\[\]{}$])")
_LINE = re.compile(r"(?m)^([ ]*)(#+|[-+]|>|\d+[.)]|:::+|///+|!!!+|~~~+)(?=\s|$|[#:/!~>])")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_ESCAPED = re.compile(r"\\([\\`*_\[\]{}$#+\-.!)>|(])")
_FORMULA = re.compile(r"\\\((.+?)\\\)", re.S)
Picture = Callable[[str], str]


def from_plain(text: str) -> str:
    """Plain text as Markdown that shows the same."""
    plain = _lines(text)
    plain = _ENTITY.sub("&amp;", plain).replace("<", "&lt;")
    return _LINE.sub(_escaped_mark, _SPECIAL.sub(_escaped, plain))


def _escaped(found: re.Match[str]) -> str:
    """A sign of Markdown as text; a tick as a number, since an escaped one would still begin code."""
    return "&#96;" if found[1] == "`" else f"\\{found[1]}"


def _escaped_mark(found: re.Match[str]) -> str:
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


_INLINE = {"strong": "**", "b": "**", "em": "*", "i": "*", "code": "`", "tt": "`"}
_BLOCKS = frozenset(
    {
        "p",
        "div",
        "section",
        "article",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "table",
        "tr",
        "pre",
        "blockquote",
        "dl",
        "dt",
        "dd",
        "figure",
        "itemBody",
    }
)
_SILENT = frozenset({"script", "style", "head", "title"})


class _Reader(HTMLParser):
    """HTML to Markdown: paragraphs, lists, emphasis, code, links, pictures; else the text alone."""

    def __init__(self, picture: Picture) -> None:
        super().__init__(convert_charrefs=True)
        self.picture = picture
        self.out: list[str] = []
        self.lists: list[int | None] = []
        self.links: list[str] = []
        self.silent = self.pre = self.code = 0
        self.quotes = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag in _SILENT:
            self.silent += 1
        elif tag == "br":
            self.out.append("\n")
        elif tag == "img":
            source = self.picture(values.get("src", ""))
            self.out.append(f"![{_alt(values.get('alt', ''), source)}]({source})")
        elif tag == "a":
            self.links.append(values.get("href", ""))
            self.out.append("[")
        elif tag in {"ul", "ol"}:
            self.lists.append(0 if tag == "ol" else None)
            self._break()
        elif tag == "li":
            self._item()
        elif tag == "pre":
            self._break()
            self.pre += 1
            self.out.append("```\n")
        elif tag in {"td", "th"}:
            self.out.append(" ")
        elif tag in _INLINE:
            self.code += tag in {"code", "tt"}
            self._mark(tag)
        elif tag in _BLOCKS:
            self.quotes += tag == "blockquote"
            self._break()

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag == "a" and self.links:
            self.out.append(f"]({self.links.pop().replace(' ', '%20')})")
        elif tag in {"ul", "ol"} and self.lists:
            self.lists.pop()
            self._break()
        elif tag == "pre" and self.pre:
            self.pre -= 1
            self.out.append("\n```")
            self._break()
        elif tag in _INLINE:
            self._mark(tag, closing=True)
            self.code -= bool(self.code and tag in {"code", "tt"})
        elif tag in _BLOCKS:
            self.quotes -= bool(self.quotes and tag == "blockquote")
            self._break("\n" if tag == "li" else "\n\n")

    def handle_data(self, data: str) -> None:
        if self.silent:
            return
        if self.pre or self.code:
            self.out.append(data if self.pre else data.replace("\n", " "))
            return
        text = re.sub(r"\s+", " ", _FORMULA.sub(lambda found: f"\x01{found[1].strip()}\x02", data))
        if self._fresh():
            text = text.lstrip()
        kept = _SPECIAL.sub(_escaped, _ENTITY.sub("&amp;", text).replace("<", "&lt;"))
        if "\x01" in kept:
            kept = _KEPT_FORMULA.sub(lambda found: "$" + _SPECIAL_BACK.sub(r"\1", found[1]) + "$", kept)
        if self._fresh():
            kept = _LINE.sub(_escaped_mark, kept)
        self.out.append(kept)

    def _fresh(self) -> bool:
        last = next((part for part in reversed(self.out) if part), "\n")
        return last.endswith("\n")

    def _mark(self, tag: str, closing: bool = False) -> None:
        if self.pre:
            return
        mark = _INLINE[tag]
        if closing and self.out and self.out[-1] == mark:
            self.out.pop()
            return
        if closing and self.out and self.out[-1] != self.out[-1].rstrip():
            text = self.out.pop()
            self.out += [text.rstrip(), mark, " "]
            return
        self.out.append(mark)

    def _item(self) -> None:
        self._break("\n")
        depth = max(0, len(self.lists) - 1)
        number = self.lists[-1] if self.lists else None
        if number is not None:
            self.lists[-1] = number + 1
        self.out.append("    " * depth + (f"{number + 1}. " if number is not None else "- "))

    def _break(self, ends: str = "\n\n") -> None:
        if self.pre:
            return
        while self.out and not self.out[-1].strip(" "):
            self.out.pop()
        if self.out and not self.out[-1].endswith(ends):
            self.out.append("\n" if self.out[-1].endswith("\n") and ends == "\n\n" else ends)


_KEPT_FORMULA = re.compile("\x01(.*?)\x02")
_SPECIAL_BACK = re.compile(r"\\([\\`*_\[\]{}$])")


def _alt(text: str, source: str) -> str:
    plain = re.sub(r"[\[\]\n]", " ", text).strip()
    return plain or source.rpartition("/")[2].rpartition(".")[0]


def from_html(html: str, picture: Picture = lambda source: source) -> str:
    """HTML as Markdown; `picture` says where the source of a picture is kept in the course."""
    reader = _Reader(picture)
    reader.feed(html)
    reader.close()
    text = "".join(reader.out)
    text = re.sub(r"[ ]+\n", "\n", text)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


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


def has_links(text: str) -> bool:
    """Whether a text shows a picture or links somewhere."""
    return bool(links(cut_lines(text)))

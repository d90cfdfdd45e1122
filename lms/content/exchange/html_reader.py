"""HTML read piece by piece into Markdown; what it is given is well formed."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser

from lms.content.dollars import INLINE as FORMULA
from lms.content.exchange.html_tables import Table
from lms.content.exchange.text import ENTITY, LINE, SPECIAL, escaped, escaped_mark

Picture = Callable[[str], str]
Lost = Callable[[str], None]

_BOLD = dict.fromkeys(("strong", "b", "h1", "h2", "h3", "h4", "h5", "h6", "dt"), "**")
_INLINE = _BOLD | {"em": "*", "i": "*", "cite": "*", "code": "`", "tt": "`", "kbd": "`", "samp": "`"}
_BLOCKS = frozenset(
    {
        "p", "div", "section", "article", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "pre",
        "blockquote", "dl", "dt", "dd", "figure", "figcaption", "center", "hr", "itemBody",
    }
)  # fmt: skip
_AS_HTML = frozenset({"sub", "sup", "u", "s", "del", "ins", "mark"})
_MEDIA = frozenset({"video", "audio"})
READ = frozenset(
    {
        *_INLINE, *_BLOCKS, *_AS_HTML, *_MEDIA, "a", "br", "img", "source", "font", "span", "object", "table",
        "caption", "thead", "tbody", "tfoot", "tr", "td", "th",
    }
)  # fmt: skip
"""The elements that the reader knows what to do with."""

_COLOUR = re.compile(r"(?:^|;)\s*(?:color|background(?:-color)?)\s*:", re.I)
TEX = re.compile(r"\\\((.{1,1000}?)\\\)|\\\[(.{1,1000}?)\\\]|\$\$(.{1,1000}?)\$\$", re.S)


class MarkdownReader(HTMLParser):
    """Paragraphs, lists, tables, emphasis, code, links, pictures and formulas; else the text alone."""

    def __init__(self, picture: Picture, lost: Lost) -> None:
        super().__init__(convert_charrefs=True)
        self.picture, self.lost = picture, lost
        self.out: list[str] = []
        self.lists: list[int | None] = []
        self.links: list[str] = []
        self.tables: list[Table] = []
        self.pre = self.code = 0
        self.player = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if _COLOUR.search(values.get("style", "")) or tag == "font" and values.get("color"):
            self.lost("color")
        if tag == "br":
            self.out.append("\n")
        elif tag == "img":
            self._show(values.get("src", ""), values.get("alt", ""))
        elif tag == "object":
            self._object(values.get("data", ""), values.get("type", ""))
        elif tag in _MEDIA:
            self._play(values.get("src", ""))
            self.player = tag
        elif tag == "source" and self.player:
            self._play(values.get("src", ""))
        elif tag == "a":
            self._link(values.get("href", ""))
        elif tag in {"table", "tr", "td", "th"}:
            self._table(tag, values)
        elif tag in {"ul", "ol"}:
            self.lists.append(0 if tag == "ol" else None)
            self._break()
        elif tag == "li":
            self._item()
        elif tag == "pre":
            self._break()
            self.pre += 1
            self.out.append("```\n")
        else:
            self._words(tag)

    def _words(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._break()
        if tag in _INLINE:
            self.code += _INLINE[tag] == "`"
            self._mark(tag)
        elif tag in _AS_HTML and not self.pre and not self.code:
            self.out.append(f"<{tag}>")

    def handle_endtag(self, tag: str) -> None:
        if tag in _MEDIA or tag == "object":
            self.player = ""
        elif tag == "a" and self.links:
            target = self.links.pop()
            self.out += [f"]({target})"] if target else []
        elif tag in {"td", "th", "tr", "table"} and self.tables:
            self._table_end(tag)
        elif tag in {"ul", "ol"} and self.lists:
            self.lists.pop()
            self._break()
        elif tag == "pre" and self.pre:
            self.pre -= 1
            self.out.append("\n```")
            self._break()
        else:
            self._words_end(tag)

    def _words_end(self, tag: str) -> None:
        if tag in _INLINE:
            self._mark(tag, closing=True)
            self.code -= bool(self.code and _INLINE[tag] == "`")
        elif tag in _AS_HTML and not self.pre and not self.code:
            self.out += [] if self._undone(f"<{tag}>") else [f"</{tag}>"]
        if tag in _BLOCKS:
            self._break("\n" if tag == "li" else "\n\n")

    def handle_data(self, data: str) -> None:
        if self.player:
            return
        if self.pre or self.code:
            self.out.append(data if self.pre else data.replace("\n", " "))
            return
        at = 0
        for found in TEX.finditer(data):
            self._text(data[at : found.start()])
            self._formula(found)
            at = found.end()
        self._text(data[at:])

    def _text(self, data: str) -> None:
        text = re.sub(r"\s+", " ", data)
        if self._fresh():
            text = text.lstrip()
        kept = SPECIAL.sub(escaped, ENTITY.sub("&amp;", text).replace("<", "&lt;"))
        if self._fresh():
            kept = LINE.sub(escaped_mark, kept)
        self.out.append(kept)

    def _formula(self, found: re.Match[str]) -> None:
        """A formula of MathJax: in its line, or as a block where it stands alone."""
        source = " ".join((found[1] or found[2] or found[3]).split())
        alone = found[1] is None and not found.string.replace(found[0], "", 1).strip()
        if alone and not (self.lists or self.tables) and "$" not in source:
            self._break()
            self.out += ["$$\n", source, "\n$$"]
            self._break()
        elif FORMULA.fullmatch(f"${source}$"):
            self.out.append(f"${source}$")
        else:
            self._text(found[0])

    def _show(self, source: str, alt: str) -> None:
        target = self.picture(source)
        self.out.append(f"![{_alt(alt, target)}]({target})")

    def _play(self, source: str) -> None:
        if source and self.player != "played":
            self._break()
            self._show(source, "")
            self._break()
            self.player = "played"

    def _object(self, source: str, kind: str) -> None:
        if kind.startswith("image/") and source:
            self._show(source, "")
            self.player = "object"
        else:
            self.lost("object")

    def _link(self, target: str) -> None:
        if target.startswith("@@PLUGINFILE@@/"):
            target = self.picture(target)
        elif target and not target.startswith(("http://", "https://", "mailto:", "#")):
            self.lost("link")
            target = ""
        target = re.sub(r"[\s()<>\\]", lambda found: f"%{ord(found[0]):02X}", target)
        self.links.append(target)
        self.out += ["["] if target else []

    def _table(self, tag: str, values: dict[str, str]) -> None:
        if tag == "table":
            self._break()
            self.tables.append(Table(self.out))
            self.out = []
        elif self.tables and tag != "tr":
            self._keep_cell()
            if any(values.get(name, "1") not in {"1", ""} for name in ("rowspan", "colspan")):
                self.lost("rowspan")
            self.out = []
            self.tables[-1].open = True
        elif self.tables:
            self._keep_cell()
            self.tables[-1].row()

    def _keep_cell(self) -> None:
        self.tables[-1].cell("".join(self.out))
        self.out = []

    def _table_end(self, tag: str) -> None:
        self._keep_cell()
        if tag == "table":
            done = self.tables.pop()
            self.out = done.outside
            if self.tables:
                self.lost("table")
            self.out.append(done.words() if self.tables else done.markdown())
            self._break()

    def _fresh(self) -> bool:
        last = next((part for part in reversed(self.out) if part), "\n")
        return last.endswith("\n")

    def _mark(self, tag: str, closing: bool = False) -> None:
        if self.pre:
            return
        mark = _INLINE[tag]
        if not closing:
            self.out.append(mark)
        elif not self._undone(mark):
            ends = self.out[-1] if self.out else ""
            if ends != ends.rstrip():
                self.out[-1:] = [ends.rstrip(), mark, " "]
            else:
                self.out.append(mark)

    def _undone(self, mark: str) -> bool:
        """Take back an opening mark with nothing but spaces after it."""
        at = len(self.out) - 1
        while at >= 0 and not self.out[at].strip():
            at -= 1
        if at < 0 or self.out[at] != mark:
            return False
        del self.out[at]
        return True

    def _item(self) -> None:
        self._break("\n")
        depth = min(max(0, len(self.lists) - 1), 6)
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

    def close(self) -> None:
        super().close()
        while self.tables:
            self._table_end("table")


def _alt(text: str, source: str) -> str:
    plain = re.sub(r"[\[\]\n\\]", " ", text).strip()
    return plain or source.rpartition("/")[2].rpartition(".")[0]

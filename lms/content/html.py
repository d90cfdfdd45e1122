"""Markdown to safe HTML: the only rendering, and the only place that calls text of authors Markup."""

import re
import threading
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markupsafe import Markup, escape

from lms.content.assets import image_size
from lms.content.formula_marks import add_formulas
from lms.content.kept import put_back
from lms.content.lines import MAX_LINE, crowded
from lms.content.notices import NOTICES
from lms.content.page import WORDS, AssetUrl, Page, PieceUrl, Shown, Size
from lms.content.prepare import prepare
from lms.content.sanitize import sanitize
from lms.content.tables import crowded_tables
from lms.content.tree import dress

__all__ = ["RENDERER", "image_size", "plain_words", "render", "render_inline"]

RENDERER = "5"
"""Part of a cache key: raised whenever the same source gives other HTML."""

_PRE = re.compile(r"<pre(?=[ >])")
"""Long code scrolls in its own box: the keyboard must reach it."""
_SINGLE = re.compile(r"<p>((?:(?!<p>|</p>).)*)</p>\s*", re.S)


class _Dress(Treeprocessor):
    def __init__(self, md: Markdown, owner: "_Renderer") -> None:
        super().__init__(md)
        self.owner = owner

    def run(self, root: Element) -> None:
        dress(root, self.owner.page)


class _Own(Extension):
    """Our changes: no indented code, no blocks of raw HTML, formulas, and the tree dressed after all else."""

    def __init__(self, owner: "_Renderer") -> None:
        super().__init__()
        self.owner = owner

    def extendMarkdown(self, md: Markdown) -> None:
        md.parser.blockprocessors.deregister("code")
        md.preprocessors.deregister("html_block")
        add_formulas(md)
        md.treeprocessors.register(_Dress(md, self.owner), "dress", 4)


def _notice_types() -> list[dict[str, str]]:
    return [
        {"name": name, "class": word, "title": title}
        for word, (others, _, title, _) in NOTICES.items()
        for name in (word, *others)
    ]


class _Renderer:
    """One Markdown object; it is not safe to share between threads."""

    def __init__(self) -> None:
        self.page = Page()
        self.md = Markdown(
            extensions=[
                "tables",
                "footnotes",
                "def_list",
                "abbr",
                "attr_list",
                "sane_lists",
                "pymdownx.superfences",
                "pymdownx.highlight",
                "pymdownx.magiclink",
                "pymdownx.blocks.admonition",
                "pymdownx.blocks.details",
                "pymdownx.blocks.caption",
                _Own(self),
            ],
            extension_configs={
                "tables": {"use_align_attribute": True},
                "pymdownx.highlight": {"use_pygments": False},
                "pymdownx.blocks.admonition": {"types": _notice_types()},
                "pymdownx.blocks.caption": {"types": ["caption"], "auto": False},
            },
            output_format="html",
        )

    def convert(self, text: str, page: Page) -> str:
        """The HTML of prepared Markdown, not yet safe."""
        self.page = page
        self.md.reset()
        return self.md.convert(text)


class _Local(threading.local):
    def __init__(self) -> None:
        self.renderer = _Renderer()


_here = _Local()


def render(
    markdown: str,
    *,
    prefix: str,
    asset_url: AssetUrl | None = None,
    piece_url: PieceUrl | None = None,
    asset_size: Size | None = None,
    shown: Shown | None = None,
    language: str = "id",
    inline: bool = False,
    eager: bool = False,
) -> Markup:
    """Safe HTML of one piece of Markdown.

    `prefix` begins every id (unique on the page); `asset_url("aset/x.png")` and
    `piece_url("lesson" | "quiz", id)` give addresses: without them a picture becomes its alternative text and
    a link plain words. `asset_size` gives width and height in pixels of an asset when they are known;
    `shown` gives the addresses of pictures in several widths, and what is known of sounds and films; without
    it the latter are left out. `language` (id, en) is that of the few words added. `inline`: sounds and films
    are links. `eager`: a picture in the first blocks is not put off. Any text is taken; nothing is raised.
    """
    plain = re.sub(r"[^A-Za-z0-9_-]", "-", prefix) or "p"
    page = Page(
        prefix=plain,
        asset_url=asset_url,
        piece_url=piece_url,
        asset_size=asset_size,
        shown=shown,
        inline=inline,
        eager=eager,
        words=WORDS.get(language, WORDS["id"]),
        english=language == "en",
    )
    text = markdown.replace("\x02", "").replace("\x03", "")
    long = any(len(line) > MAX_LINE for line in text.split("\n"))
    if long or crowded(text) is not None or crowded_tables(text):
        return _as_typed(text)
    try:
        html = _here.renderer.convert(prepare(text), page)
    except RecursionError:
        _here.renderer = _Renderer()
        return _as_typed(text)
    safe = sanitize(html, f"{plain}-", frozenset(page.sources))
    return Markup(put_back(_PRE.sub(r'<pre tabindex="0"', safe), page))


def render_inline(
    markdown: str,
    *,
    prefix: str,
    asset_url: AssetUrl | None = None,
    piece_url: PieceUrl | None = None,
    asset_size: Size | None = None,
    shown: Shown | None = None,
    language: str = "id",
) -> Markup:
    """As `render`, but a single paragraph comes without its `<p>`, to stand in a label or a sentence."""
    html = render(
        markdown,
        prefix=prefix,
        asset_url=asset_url,
        piece_url=piece_url,
        asset_size=asset_size,
        shown=shown,
        language=language,
        inline=True,
    )
    found = _SINGLE.fullmatch(html)
    return Markup(found[1]) if found else html


_FORMULA = re.compile(r"<math\b.*?<annotation[^>]*>(.*?)</annotation></semantics></math>", re.S)


def plain_words(html: Markup) -> str:
    """The words of rendered HTML on one line; a formula is read as its source."""
    return Markup(_FORMULA.sub(r"\1", html)).striptags()


def _as_typed(text: str) -> Markup:
    """Text that cannot be rendered is shown as it was typed."""
    return Markup("<pre>%s</pre>") % escape(text[:100_000])

"""Places of a rendered lesson that people point at: paragraphs, headings, items of lists, figures.

The key of a place follows from what stands there, so an unchanged paragraph keeps it from version to version,
wherever it moves; of equal ones the second is told apart by its number.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from markupsafe import Markup

from lms.content.html import plain_words
from lms.content.lesson_checks import MARK

QUOTE_MAX = 300
_TAG = re.compile(r"""<(/?)([a-z][a-z0-9]*)((?:[^<>"']|"[^"]*"|'[^']*')*)>""")
_KINDS = {
    "p": "paragraph", "li": "item", "figure": "figure", "pre": "code", "blockquote": "paragraph",
    "dd": "item", "div": "table", **{f"h{level}": "heading" for level in range(2, 7)},
}  # fmt: skip
_ANCHOR = re.compile(r'<a [^>]*class="anchor"[^>]*>#</a>')
_PICTURE = re.compile(r"""<(?:img|audio|video|source)\b(?:[^<>"']|"[^"]*"|'[^']*')*>""")
_ALT = re.compile(r'\balt="([^"]*)"')
_FILE = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Place:
    """One place: its key, what it is (paragraph, heading, item, figure, table, code), its words.

    `end` is the offset in the HTML where something that is said of it may stand.
    """

    key: str
    kind: str
    words: str
    end: int


@dataclass(frozen=True)
class _Block:
    tag: str
    attributes_end: int
    inside: str
    end: int


def marked(html: Markup) -> Markup:
    """Return the HTML of a lesson with `data-at` at each place; the HTML is that of `html.render`."""
    parts, at = [], 0
    for block, key, _words in _keyed(html):
        parts += [html[at : block.attributes_end], Markup(f' data-at="{key}"')]
        at = block.attributes_end
    return Markup("").join([*parts, html[at:]])


@lru_cache(256)
def places_in(html: Markup) -> tuple[Place, ...]:
    """Return the places of the HTML of a lesson in reading order."""
    return tuple(Place(key, _KINDS[block.tag], words, block.end) for block, key, words in _keyed(html))


def _keyed(html: str) -> Iterator[tuple[_Block, str, str]]:
    seen: Counter[str] = Counter()
    for block in _blocks(html):
        pictures = _PICTURE.findall(block.inside)
        alts = [Markup(found).unescape() for one in pictures for found in _ALT.findall(one)]
        words = " ".join(" ".join([plain_words(Markup(_ANCHOR.sub("", block.inside))), *alts]).split())
        files = [name for one in pictures for name in _FILE.findall(one)[:1]]
        if MARK.fullmatch(words) or not words and not files:
            continue
        digest = sha256("\n".join([words, *files]).encode()).hexdigest()[:10]
        seen[digest] += 1
        number = seen[digest]
        yield block, digest if number == 1 else f"{digest}-{number}", words[:QUOTE_MAX]


def _blocks(html: str) -> Iterator[_Block]:
    """The outermost blocks of the kinds; tags are balanced, as the sanitiser wrote them."""
    tag, depth, begun = "", 0, 0
    head_end = 0
    for found in _TAG.finditer(html):
        closing, name, attributes = found.groups()
        if tag:
            if name == tag:
                depth += -1 if closing else 1
            if depth == 0:
                end = found.start() if tag in {"li", "dd", "blockquote"} else found.end()
                yield _Block(tag, head_end, html[begun : found.start()], end)
                tag = ""
        elif not closing and name in _KINDS and _is_place(name, attributes):
            tag, depth, begun, head_end = name, 1, found.end(), found.end() - 1


def _is_place(name: str, attributes: str) -> bool:
    if name == "div":
        return 'class="scroll"' in attributes
    return 'class="admonition-title"' not in attributes

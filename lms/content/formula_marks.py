"""Formulas inside python-markdown: found before emphasis and links, written as MathML after the sanitiser.

The tree holds a `formula` element with the source as its text, so that headings and alternative texts read
it. At the end of a rendering it is kept apart (kept.py): no MathML passes the sanitiser, which allows none.
"""

import re
from html import escape
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.inlinepatterns import InlineProcessor
from markdown.util import AtomicString

from lms.content.dollars import BLOCK, INLINE, is_amount
from lms.content.formulas import FormulaError, mathml
from lms.content.kept import keep
from lms.content.page import Page

TAG = "formula"


class _Inline(InlineProcessor):
    def __init__(self, md: Markdown) -> None:
        super().__init__(INLINE.pattern, md)

    def handleMatch(  # type: ignore[override]
        self, found: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        if is_amount(found[1]):
            return None, None, None
        element = Element(TAG)
        element.text = AtomicString(found[1])
        return element, found.start(0), found.end(0)


class _Block(BlockProcessor):
    def test(self, parent: Element, block: str) -> bool:
        return BLOCK.fullmatch(block) is not None

    def run(self, parent: Element, blocks: list[str]) -> None:
        found = BLOCK.fullmatch(blocks.pop(0))
        if found is not None:
            SubElement(parent, TAG, {"display": "block"}).text = AtomicString(found[1].strip())


def add_formulas(md: Markdown) -> None:
    """Teach a Markdown object formulas, and that a backslash makes a dollar sign plain."""
    md.ESCAPED_CHARS = [*md.ESCAPED_CHARS, "$"]
    md.inlinePatterns.register(_Inline(md), TAG, 185)
    md.parser.blockprocessors.register(_Block(md.parser), TAG, 75)


def dress_formula(element: Element, page: Page) -> None:
    """Make a formula of the tree a word in its place; one that cannot be read stays as it was typed."""
    source, block = element.text or "", element.get("display") == "block"
    tail = element.tail
    try:
        made = mathml(source, block=block)
    except FormulaError:
        sign = "$$" if block else "$"
        made = f"<code>{escape(sign + source + sign, quote=False)}</code>"
    element.clear()
    element.tail = tail
    element.text = AtomicString(keep(made, page))
    element.tag = "div" if block else "span"
    if block:
        label = page.words.formula
        element.attrib.update(
            {"class": "scroll formula", "tabindex": "0", "role": "group", "aria-label": label}
        )

"""Formulas as MathML, made by math-core and written anew from a list of what may stand in them.

What the library gives is never put into a page as it is: it is read, every element and attribute is compared
with the list, and text is escaped again. A formula whose result holds anything else is refused.
"""

import re
from html import escape
from html.parser import HTMLParser

from math_core import LatexError, LatexToMathML

MAX_FORMULA = 1_000
MAX_NESTED = 20
_MAX_OUTPUT = 100_000

_COMMON = frozenset({"displaystyle", "scriptlevel"})
_MO = frozenset(
    ["form", "lspace", "rspace", "stretchy", "symmetric", "minsize", "maxsize", "movablelimits", "largeop"]
)
_PLAIN = ["semantics", "mrow", "mn", "mtext", "msqrt", "mroot", "msup", "msub", "msubsup", "munderover"]
_PLAIN += ["mtr", "mphantom", "mmultiscripts", "mprescripts"]
ELEMENTS: dict[str, frozenset[str]] = {
    **dict.fromkeys(_PLAIN, frozenset()),
    "math": frozenset({"display"}),
    "annotation": frozenset({"encoding"}),
    "mi": frozenset({"mathvariant"}),
    "mo": _MO,
    "mspace": frozenset({"width", "height", "depth"}),
    "mfrac": frozenset({"linethickness", *_COMMON}),
    "munder": frozenset({"accentunder"}),
    "mover": frozenset({"accent"}),
    "mtable": _COMMON,
    "mtd": frozenset({"class"}),
    "mstyle": _COMMON,
    "mpadded": frozenset({"width", "height", "depth", "lspace", "voffset"}),
}
"""The elements of a formula, each with its attributes. No link, no id, no style, no foreign namespace."""

_VALUE = re.compile(r"[+-]?[A-Za-z0-9.]{1,16}%?")
_REFUSED = re.compile(
    r"\\(?:def|gdef|edef|let|(?:re|provide)?newcommand|renewcommand|providecommand|color|textcolor|definecolor"
    r"|label|tag|ref|eqref|href|url)(?![A-Za-z])"
    r"|\\begin\{(?:equation|align|alignat|flalign|gather|multline|eqnarray)\}"
)
_UNKNOWN = re.compile(r"Unknown (?:command|environment) \"(.{1,60})\"")
_maker = LatexToMathML(annotation=True, fancy_error=False, max_expansions=200)


class FormulaError(ValueError):
    """A formula that cannot be shown; `code` says why (lms/i18n/problems.py), `detail` names the place."""

    def __init__(self, code: str, detail: str = "") -> None:
        self.code, self.detail = code, detail
        super().__init__(f"{code}: {detail}")


def mathml(latex: str, *, block: bool) -> str:
    """The MathML of a formula with its source as annotation, safe to stand in a page.

    Raises FormulaError when it is too long, nested too deep, wrong, or uses what is not taken.
    """
    source = latex.strip()
    if len(source) > MAX_FORMULA or _nested(source) > MAX_NESTED:
        raise FormulaError("formula_long")
    if refused := _REFUSED.search(source):
        raise FormulaError("formula_command", refused[0])
    if not source:
        raise FormulaError("formula_wrong")
    try:
        made = _maker.convert_with_local_state(source, displaystyle=block)
    except LatexError as error:
        unknown = _UNKNOWN.search(str(error))
        if unknown:
            raise FormulaError("formula_command", unknown[1]) from None
        raise FormulaError("formula_wrong", source) from None
    if len(made) > _MAX_OUTPUT:
        raise FormulaError("formula_long")
    writer = _Writer()
    writer.feed(made)
    writer.close()
    return writer.text()


def _nested(source: str) -> int:
    depth = most = 0
    for char in source:
        depth += (char == "{") - (char == "}")
        most = max(most, depth)
    return max(most, source.count("\\left"), source.count("\\begin"))


class _Writer(HTMLParser):
    """Writes the elements on the list and refuses all others."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.open: list[str] = []
        self.skipped = 0

    def text(self) -> str:
        """What was written; FormulaError when an element is open."""
        if self.open:
            raise FormulaError("formula_part")
        return "".join(self.parts)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ELEMENTS or bool(self.open) == (tag == "math"):
            raise FormulaError("formula_part")
        words = [_attribute(tag, name, value or "") for name, value in attrs]
        self.parts.append(f"<{tag}{''.join(words)}>")
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            raise FormulaError("formula_part")
        self.parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if not self.open:
            raise FormulaError("formula_part")
        self.parts.append(escape(data, quote=False))

    def handle_comment(self, data: str) -> None:
        raise FormulaError("formula_part")

    def handle_decl(self, decl: str) -> None:
        raise FormulaError("formula_part")

    def handle_pi(self, data: str) -> None:
        raise FormulaError("formula_part")


def _attribute(tag: str, name: str, value: str) -> str:
    if name == "style":
        return _align(tag, value)
    if tag == "annotation" and name == "encoding" and value == "application/x-tex":
        return ' encoding="application/x-tex"'
    if name not in ELEMENTS[tag] or name in {"class", "encoding"} or not _VALUE.fullmatch(value):
        raise FormulaError("formula_part")
    return f' {name}="{value}"'


def _align(tag: str, style: str) -> str:
    """Pages carry no style: the side of a cell becomes a class, widths go, colours are refused."""
    if "color" in style.replace("currentcolor", ""):
        raise FormulaError("formula_part")
    side = re.search(r"text-align: ?(right|left)", style) if tag == "mtd" else None
    return f' class="{side[1][0]}"' if side else ""

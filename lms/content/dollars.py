r"""Which dollar signs of a text are formulas. The renderer and the checks both ask here.

In a line: `$x^2$`. The opening sign has no space after it and no letter, digit, dollar or backslash before
it; the closing one has no space before it and no letter, digit or dollar after it; both stand in one line.
So `$5`, `Rp$`, `US$5` and `$5 sampai $10` are plain text. A formula that begins with a digit and holds a
space, a word and no backslash is text too: `$5 (US$)`. `\$` is always a dollar sign.

A block: a line that begins with `$$`, up to the first line that ends with `$$`, without a blank line between.
Code, in a line or in fences, is never looked at.
"""

import re
from collections.abc import Sequence

INLINE = re.compile(r"(?<![\\$\w])\$(?![\s$])((?:\\[^\n\x02\x03]|[^$\\\n\x02\x03])+)(?<!\s)\$(?![$\w])")
BLOCK = re.compile(r"\s*\$\$(?=\s*[^\s$])((?:\\[^\x02\x03]|[^$\\\x02\x03])+)\$\$\s*")
_OPEN = re.compile(r"[ ]*\$\$(?!\$)")
_AMOUNT = re.compile(r"\d[^\\]*\s[^\\]*(?<![A-Za-z])[A-Za-z]{2}")


def is_amount(inside: str) -> bool:
    """Whether what stands between two dollar signs is an amount of money and words after all."""
    return "\\" not in inside and _AMOUNT.match(inside) is not None


def without_formulas(line: str, filler: str = " ") -> str:
    """A line with its formulas overwritten; its length stays."""
    if "$" not in line:
        return line
    return INLINE.sub(lambda found: found[0] if is_amount(found[1]) else filler * len(found[0]), line)


def begins(line: str) -> bool:
    """Whether a block formula begins with that line."""
    return _OPEN.match(line) is not None


def block_end(lines: Sequence[str], start: int) -> int | None:
    """The index of the last line of the block formula that begins at `start`; None when it never ends."""
    for at in range(start, min(len(lines), start + 100)):
        line = lines[at].strip()
        if not line:
            return None
        if line.endswith("$$") and (at > start or len(line) > 4):
            return at if BLOCK.fullmatch("\n".join(lines[start : at + 1])) else None
    return None

"""Markdown as it was written, without blanks at the ends of lines that mean nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lms.content.lines import cut

_NO_BREAK = re.compile(r"#|:::|///")
"""Lines whose blanks at the end never break a line."""
_EMPTY_ITEM = re.compile(r"[ >]*(?:[-*+]|\d{1,9}[.)])(?:[ ]+(?:[-*+]|\d{1,9}[.)]))*(?:[ ]+\[[ xX]\])?$")
"""A list item without a word: it is one by the blank behind it."""


def tidy(text: str) -> str:
    """The text without useless blanks at line ends and without empty lines before and after.

    Two blanks that break a line stay (more become two); lines of code stay as they are.
    """
    raw = text.split("\n")
    lines = [
        line if code else tidied(line, after)
        for line, after, code in zip(raw, [*raw[1:], ""], cut(text).code, strict=True)
    ]
    return "\n".join(trimmed(lines))


def tidied(line: str, after: str = "") -> str:
    """A line outside code without useless blanks at its end; `after` is the line below it."""
    plain = line.rstrip(" \t")
    if _EMPTY_ITEM.match(plain) and plain != line:
        return f"{plain} "
    breaks = line.endswith("  ") and plain and after.strip() and not _NO_BREAK.match(plain)
    return f"{plain}  " if breaks else plain


def trimmed(lines: Sequence[str]) -> list[str]:
    """The lines without empty ones before and after."""
    filled = [at for at, line in enumerate(lines) if line.strip()]
    return list(lines[filled[0] : filled[-1] + 1]) if filled else []

"""How large the tables of a text are, without rendering it: what is counted here takes time there."""

from __future__ import annotations

import re

from lms.content.limits import MAX_CELLS, MAX_PAGE_CELLS
from lms.content.lines import MAX_LINE, Lines, cut

_MARKS = re.compile(r"[ >]*+(?:(?:[-*+]|\d{1,9}[.)])[ ]++)*+[ >]*+")
_UNDER = re.compile(r"\|?[ ]*+:?-++:?[ ]*+(?:\|[ ]*+:?-++:?[ ]*+)*+\|?[ ]*+$")
"""Quantifiers here never give back what they took: no line takes longer than its length."""


def table_sizes(source: Lines) -> list[tuple[int, int]]:
    """First line (from 0) and cells of each table, in quotations, lists and answers too.

    A row has as many cells as the line of dashes has columns, however few are written; every line up to
    the next empty one is a row.
    """
    found: list[tuple[int, int]] = []
    rows, columns = 0, 0
    above = ""
    for at, line in enumerate(source.lines):
        plain = "" if source.code[at] or len(line) > MAX_LINE else _MARKS.sub("", line, count=1).strip(" >")
        if not plain:
            columns = 0
        elif not columns and "|" in above and _UNDER.match(plain):
            columns, rows = max(_columns(above), _columns(line)), 1
            found.append((at - 1, columns))
        elif columns:
            rows += 1
            found[-1] = (found[-1][0], columns * rows)
        above = plain
    return found


def _columns(line: str) -> int:
    return line.strip(" >|").count("|") + 1


def crowded_tables(text: str) -> bool:
    """Whether a table of the text, or all together, have so many cells that rendering would take seconds."""
    if (text.count("|") + 1) * (text.count("\n") + 1) <= MAX_CELLS:
        return False
    sizes = [size for _, size in table_sizes(cut(text))]
    return max(sizes, default=0) > MAX_CELLS or sum(sizes) > MAX_PAGE_CELLS

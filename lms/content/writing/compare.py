"""What differs between two states of a text, line by line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

AROUND = 3
"""So many unchanged lines are shown around a change."""
EXACT_UP_TO = 3_000
"""Longer texts are compared by a faster rule that may show more lines than changed."""


@dataclass(frozen=True)
class Row:
    """A line that is the `same` in both, `old` or `new`; `gap` stands for unchanged lines left out."""

    kind: str
    text: str = ""
    number: int = 0


def compare(before: str, after: str) -> list[Row]:
    """The rows of a comparison; `number` is the line in the newer text, of an old line in the older one."""
    old, new = before.split("\n"), after.split("\n")
    matcher = _matcher(old, new)
    rows: list[Row] = []
    end = 0
    for group in matcher.get_grouped_opcodes(AROUND):
        if group[0][3] > end:
            rows.append(Row("gap"))
        for tag, first, last, start, stop in group:
            rows.extend(_rows(tag, old[first:last], new[start:stop], first, start))
        end = group[-1][4]
    if rows and end < len(new):
        rows.append(Row("gap"))
    return rows


def compare_whole(before: str, after: str) -> list[Row]:
    """The rows of a comparison with every line of the newer text, changed or not."""
    old, new = before.split("\n"), after.split("\n")
    return [
        row
        for tag, first, last, start, stop in _matcher(old, new).get_opcodes()
        for row in _rows(tag, old[first:last], new[start:stop], first, start)
    ]


def _matcher(old: list[str], new: list[str]) -> SequenceMatcher[str]:
    return SequenceMatcher(None, old, new, autojunk=len(old) + len(new) > 2 * EXACT_UP_TO)


def _rows(tag: str, old: list[str], new: list[str], first: int, start: int) -> Iterator[Row]:
    if tag == "equal":
        yield from (Row("same", line, start + at) for at, line in enumerate(new, 1))
        return
    yield from (Row("old", line, first + at) for at, line in enumerate(old, 1))
    yield from (Row("new", line, start + at) for at, line in enumerate(new, 1))

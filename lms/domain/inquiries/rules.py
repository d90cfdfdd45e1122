"""Pure rules of questions at a place: when a place is crowded, where it stands in a source."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

TEXT_MAX, ANSWER_MAX = 1000, 2000
MOST_OPEN = 10
"""So many of one person may wait in one course."""
_WORD = re.compile(r"\w+")


def may_enter(asked_in: int, live: int | None) -> bool:
    """Tell whether the live version (its number) can hold what was asked in another: it must be newer."""
    return live is not None and live > asked_in


def crowded(places: Iterable[tuple[int, str, str]], most: int) -> Counter[tuple[int, str]]:
    """Return {(course, lesson): open ones at its most asked place} where that place has `most` or more.

    `places` names course, lesson and place of each open one; `most` 0 flags nothing.
    """
    found: Counter[tuple[int, str]] = Counter()
    for (course_id, lesson, _place), count in Counter(places).items():
        if most and count >= most:
            found[course_id, lesson] = max(found[course_id, lesson], count)
    return found


def line_of(quote: str, lines: Sequence[str]) -> int | None:
    """Return the line (from 1) of a source in which quoted words begin, None when they are not there.

    A paragraph may be wrapped and carry marks: the line that begins the quote with most of its words wins.
    """
    wanted = _words(quote)
    best, at = 0, None
    for number, line in enumerate(lines, 1):
        words = _words(line)
        same = 0
        for one, other in zip(words, wanted, strict=False):
            if one != other:
                break
            same += 1
        if same > best and same >= min(3, len(wanted)):
            best, at = same, number
    return at


def _words(text: str) -> list[str]:
    """The words of a line; numbers of lists in front are no words of the text."""
    plain = re.sub(r"^\s*(?:[-*+]|[0-9]+[.)])\s+|!?\[|\]\([^)]*\)", " ", text)
    return [word.casefold() for word in _WORD.findall(plain)]

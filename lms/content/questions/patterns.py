"""Regular expressions of trainers: short, without what explodes, and run with a time limit."""

from functools import lru_cache

import regex

MAX_PATTERN = 200
TIMEOUT = 0.1
"""Seconds; what takes longer counts as no match."""

_BACK = regex.compile(r"(?<!\\)(?:\\\\)*(?:\\(?:[1-9]|g|k)|\(\?(?:P=|P>|R\)|[-+]?\d|&|\())")
_FUZZY = regex.compile(r"(?<!\\)(?<!\\[pPN])(?:\\\\)*\{[^{}]*[a-zA-Z][^{}]*\}")


@lru_cache(maxsize=512)
def pattern_problem(pattern: str) -> str | None:
    """The code of why a pattern is refused, or None."""
    if len(pattern) > MAX_PATTERN:
        return "pattern_long"
    if _BACK.search(pattern):
        return "pattern_backreference"
    if _FUZZY.search(pattern):
        return "pattern_fuzzy"
    if nested(pattern):
        return "pattern_nested"
    try:
        regex.compile(pattern)
    except (regex.error, RecursionError, OverflowError, ValueError):
        return "pattern_broken"
    return None


def nested(pattern: str) -> bool:
    """Whether a repeated group holds another repetition, as in ``(a+)+``: such patterns may run for ever."""
    groups: list[bool] = [False]
    closed: bool | None = None
    at, in_class = 0, False
    while at < len(pattern):
        char = pattern[at]
        repeats = not in_class and (
            char in "*+" or (char == "{" and regex.match(r"\{\d*,\d*\}", pattern[at:]))
        )
        if repeats:
            if closed:
                return True
            groups[-1] = True
        closed = None
        if char == "\\":
            at += 1
        elif in_class:
            in_class = char != "]"
        elif char == "[":
            in_class = True
        elif char == "(":
            groups.append(False)
        elif char == ")" and len(groups) > 1:
            closed = groups.pop()
            groups[-1] = groups[-1] or closed
        at += 1
    return False


def matches(pattern: str, text: str, sensitive: bool) -> bool:
    """Whether the whole text matches; False when it takes longer than a tenth of a second."""
    flags = regex.V0 if sensitive else regex.V0 | regex.IGNORECASE
    try:
        return regex.fullmatch(pattern, text, flags=flags, timeout=TIMEOUT) is not None
    except (TimeoutError, regex.error):
        return False

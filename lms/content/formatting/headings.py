"""Headings of groups and questions, and the openings of checks: attributes in the order of the format."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from lms.content.formatting.words import word_for, yes_word
from lms.content.problems import Report
from lms.content.questions.attributes import Attributes, listed, read_attributes
from lms.content.questions.numbers import plain_text
from lms.content.vocabulary import ATTRIBUTES, CASE, DIFFICULTY, POOL_ATTRIBUTES, SCORING, TYPES, value_of

ORDER = (
    "points", "take", "from", "tag", "competency", "difficulty", "pinned", "except", "scoring", "shuffle",
    "legal", "unit", "type", "words", "case",
)  # fmt: skip
"""Attributes of questions and of groups in the order in which they are written, after the id."""

_QUOTED = re.compile(r"[\s=]")
_TABLES: Mapping[str, Mapping[str, str]] = {
    "type": TYPES,
    "difficulty": DIFFICULTY,
    "scoring": SCORING,
    "case": CASE,
}
_LISTS = frozenset({"tag", "from", "pinned", "except"})


def with_attributes(start: str, words: str, known: Mapping[str, str], english: bool) -> str | None:
    """``## Title {#id poin=2}`` with `start` before the title; None when the attributes have an error."""
    report = Report()
    head = read_attributes(words, 1, known, report)
    if report.failed:
        return None
    marks = [f"#{head.id}"] if head.id else []
    marks += [
        f"{word_for(name, known, english)}={quoted(_value(name, value, english))}"
        for name, value in _sorted(head)
    ]
    braces = f"{{{' '.join(marks)}}}" if marks else ""
    return " ".join(part for part in (start, head.title, braces) if part)


def quoted(value: str) -> str:
    """The value of an attribute, between quotation marks where it needs them."""
    return f'"{value}"' if _QUOTED.search(value) else value


def on_line(raw: str, blanked: str, new: str | None) -> str:
    """A line written anew (None: as it was); a comment at its end stays. `blanked` has no comments."""
    plain = blanked.rstrip()
    if new is None or not raw.startswith(plain):
        return raw.rstrip()
    return f"{new} {raw[len(plain) :].strip()}".rstrip()


def heading(raw: str, blanked: str, pool: bool, english: bool) -> str:
    """The heading of a group or a question, `blanked` without comments."""
    hashes = "#" if pool else "##"
    words = blanked.strip().removeprefix(hashes).strip()
    known = POOL_ATTRIBUTES if pool else ATTRIBUTES
    return on_line(raw, blanked, with_attributes(hashes, words, known, english))


def _sorted(head: Attributes) -> list[tuple[str, str]]:
    return sorted(head.values.items(), key=lambda pair: ORDER.index(pair[0]))


def _value(name: str, value: str, english: bool) -> str:
    if name in _TABLES:
        kept = value_of(value, _TABLES[name])
        return word_for(kept, _TABLES[name], english) if kept else value
    if name == "shuffle" and value.casefold() in {"ya", "yes", "tidak", "no"}:
        return yes_word(value.casefold() in {"ya", "yes"}, english)
    if name == "points" and re.fullmatch(r"\d+(?:\.\d+)?", value):
        return plain_text(Decimal(value))
    return ",".join(listed(value)) if name in _LISTS else value

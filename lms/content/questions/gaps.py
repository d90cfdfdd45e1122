"""What kinds with several fields have in common: reading the fields, counting them, sharing the points.

An answer is kept as {key of the gap: answer}; a typed one that cannot be read as {"unreadable": its text}
in its place. Gaps that are left empty are left out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from lms.content.problems import Report
from lms.content.questions.block import Block, draft
from lms.content.questions.question import Gap, Part, Question, Unreadable

UNREADABLE = "unreadable"
"""Key of the stored form of a typed answer that could not be read."""


def opaque(*parts: str) -> str:
    """A key that follows from what everybody sees, never from the place in the source."""
    return "o" + hashlib.sha256("\0".join(parts).encode()).hexdigest()[:8]


def gapped(block: Block, kind: str, report: Report, extra: frozenset[str], gaps: Iterable[Gap]) -> Question:
    """The question with its gaps; without `nilai=` each right part earns its share. Not for surveys."""
    question = replace(draft(block, kind, report, extra), gaps=tuple(gaps))
    if block.keyless:
        report.error(question.line, "survey_kind")
    return question if block.head.get("scoring") else replace(question, scoring="partial")


def fields(question: Question, values: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """What the fields of the question say, trimmed, empty ones left out.

    Raises Unreadable when one came twice or is none of this question.
    """
    found: dict[str, str] = {}
    known = {gap.key for gap in question.gaps}
    for key, texts in values.items():
        written = [text.strip() for text in texts if text.strip()]
        if written and key not in known:
            raise Unreadable("option_unknown")
        if len(set(written)) > 1:
            raise Unreadable("option_several")
        if written:
            found[key] = written[0]
    return {gap.key: found[gap.key] for gap in question.gaps if gap.key in found}


def chosen_option(gap: Gap, key: str) -> str:
    """The key of an option of the gap. Raises Unreadable for any other."""
    if all(option.key != key for option in gap.options):
        raise Unreadable("option_unknown")
    return key


def given_to(question: Question, answer: object) -> dict[str, Any]:
    """The stored answers by gap; what belongs to no gap of the question is passed over."""
    stored = answer if isinstance(answer, dict) else {}
    return {gap.key: stored[gap.key] for gap in question.gaps if stored.get(gap.key) not in (None, "")}


def filled(question: Question, answer: object) -> tuple[int, int]:
    """How many gaps have an answer, and how many there are."""
    return len(given_to(question, answer)), len(question.gaps)


def unread(value: object) -> str | None:
    """The text of a gap that could not be read; None for every other answer."""
    return str(value[UNREADABLE]) if isinstance(value, dict) and UNREADABLE in value else None


def option_text(gap: Gap, key: object) -> str:
    """The text of an option of the gap on one line; "" when it has none of that key."""
    return next((" ".join(item.text.split()) for item in gap.options if item.key == key), "")


def earned(question: Question, right: int, wrong: int, total: int) -> float:
    """The share of the points: of right parts, unless the rule of the question is stricter.

    `exact`: all or nothing; `partial_strict`: nothing once a part is wrong (an empty one is not).
    """
    if question.scoring == "exact":
        return float(right == total)
    return 0.0 if question.scoring == "partial_strict" and wrong else right / total


def counted(parts: Sequence[Part]) -> tuple[int, int]:
    """How many parts are right and how many wrong; empty ones are neither."""
    return sum(part.right is True for part in parts), sum(part.right is False for part in parts)

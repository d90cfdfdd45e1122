"""What a question, a lesson or a course says, without how and where it is written."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass

from lms.content.course import Lesson
from lms.content.formatting.prose import tidy
from lms.content.questions.question import Accepted

_PLACE = frozenset({"digest", "path", "line", "mark", "words", "body"})


def meaning(value: object) -> object:
    """Equal for what means the same: without places and digests, numbers by their bounds."""
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, Accepted) and value.form == "number":
        return (value.low, value.high, value.fraction, plain(value.feedback))
    if isinstance(value, tuple):
        return tuple(map(meaning, value))
    if is_dataclass(value):
        told = (one.name for one in fields(value) if one.name not in _PLACE)
        return (type(value).__name__, *((name, meaning(getattr(value, name))) for name in told))
    return value


def plain(text: str) -> str:
    """The text without blanks that mean nothing: at line ends (but for a break) and between paragraphs."""
    return re.sub(r"\n\s*\n", "\n\n", tidy(text)).strip()


def same_lesson(one: Lesson, other: Lesson) -> bool:
    """Whether two lessons say the same, in whatever form they are written."""
    return meaning(one) == meaning(other) and _said(one) == _said(other)


def _said(lesson: Lesson) -> str:
    """The text of a lesson with the ids of its checks where they stand."""
    body = lesson.body
    for check in lesson.checks:
        body = body.replace(check.mark, f"[{check.id}]")
    return plain(body)

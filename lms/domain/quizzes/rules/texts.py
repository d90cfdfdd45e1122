"""Answers that were typed and could not be read: kept as they are, so that the person sees them again."""

from __future__ import annotations

from typing import Any

from lms.content.questions import Question, is_whole
from lms.content.questions.gaps import UNREADABLE

__all__ = ["UNREADABLE", "is_answered", "is_blank", "unread_text"]


def unread_text(answer: Any) -> str | None:
    """Return the text of an answer that could not be read; None for every other answer.

    Such an answer is kept as {"unreadable": what was typed}. It earns nothing.
    """
    return str(answer[UNREADABLE]) if isinstance(answer, dict) and UNREADABLE in answer else None


def is_blank(answer: Any) -> bool:
    """Tell whether nothing was answered."""
    return answer is None or answer == "" or answer == [] or answer == {}


def is_answered(question: Question, answer: Any) -> bool:
    """Tell whether a question is answered as a whole, in a way that can be read."""
    return not is_blank(answer) and unread_text(answer) is None and is_whole(question, answer)

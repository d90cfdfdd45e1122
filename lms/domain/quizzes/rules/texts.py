"""Answers that were typed and could not be read: kept as they are, so that the person sees them again."""

from __future__ import annotations

from typing import Any

UNREADABLE = "unreadable"
"""Key of the stored form of such an answer: {"unreadable": what was typed}. It earns nothing."""


def unread_text(answer: Any) -> str | None:
    """Return the text of an answer that could not be read; None for every other answer."""
    return str(answer[UNREADABLE]) if isinstance(answer, dict) and UNREADABLE in answer else None


def is_blank(answer: Any) -> bool:
    """Tell whether nothing was answered."""
    return answer is None or answer == "" or answer == [] or answer == {}

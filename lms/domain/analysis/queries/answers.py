"""An answer as keys that can be counted: options chosen, a typed text, parts that are right."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from lms.content.questions import GAPPED, Question, parts_of
from lms.domain.quizzes.rules import unread_text

OPTIONS = frozenset({"single", "true_false", "multiple"})
TYPED = frozenset({"short", "numeric"})
ANSWERED = "*"
"""The key of an answer that is not counted further, such as an essay."""
_LENGTH = 80


def keys_of_answer(question: Question, answer: Any) -> tuple[frozenset[str], str]:
    """Return the keys of an answer that is not blank, and for a typed one its text, cut where it is long.

    Typed texts that differ in case and blanks alone are one. Of a question with several fields the keys are
    those of the fields that are right, besides the one that says that something was answered.
    """
    if question.kind in OPTIONS:
        return _options(tuple(answer) if isinstance(answer, list) else (answer,)), ""
    if question.kind in TYPED:
        text = " ".join((unread_text(answer) or str(answer)).split())[:_LENGTH]
        return frozenset((text.casefold(),)), text
    if question.kind in GAPPED:
        right = [part.gap.key for part in parts_of(question, answer) if part.right]
        return frozenset((ANSWERED, *right)), ""
    return frozenset((ANSWERED,)), ""


@lru_cache(1024)
def _options(keys: tuple[str, ...]) -> frozenset[str]:
    """One set for all who chose the same, so that thousands of answers stay small."""
    return frozenset(keys)

"""How long an answer took, as far as saved answers tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from lms.content.questions import Question

WORDS_A_MINUTE = 200
ENOUGH = 10
"""Below so many measured answers no time is told."""


@dataclass(frozen=True)
class Saved:
    """When an answer was saved last, and whether that was the only time."""

    at: datetime
    once: bool


def seconds_of(began: datetime, saved: Mapping[str, Saved]) -> dict[str, float]:
    """Return the seconds from the answer saved before (or the start) to each one, in one attempt.

    Nothing of a paper that was sent as one form (two answers at one instant), or in which an answer was
    changed: when the others were thought about is not known then.
    """
    order = sorted(saved.items(), key=lambda item: item[1].at)
    if not all(one.once for one in saved.values()) or len({one.at for one in saved.values()}) < len(saved):
        return {}
    before = [began, *(one.at for _key, one in order)]
    return {
        key: (one.at - earlier).total_seconds() for (key, one), earlier in zip(order, before, strict=False)
    }


def reading_seconds(question: Question) -> float:
    """Return how long reading a question and its answers takes at 200 words a minute."""
    texts = [question.prompt, *(option.text for option in question.options)]
    texts += [gap.text for gap in question.gaps]
    return 60 * sum(len(text.split()) for text in texts) / WORDS_A_MINUTE

"""How long an answer took, as far as saved answers tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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


def seconds_of(keys: Sequence[str], began: datetime, saved: Mapping[str, Saved]) -> dict[str, float]:
    """Return the seconds between the answer before and this one, by question, in one attempt.

    Only for answers that were saved once, right after the question before them on the paper; a paper that
    was sent as one form (two answers at one instant) tells nothing.
    """
    if len({one.at for one in saved.values()}) < len(saved):
        return {}
    found, before = {}, began
    for key in keys:
        one = saved.get(key)
        if one is None or not one.once or one.at <= before:
            break
        found[key] = (one.at - before).total_seconds()
        before = one.at
    return found


def reading_seconds(question: Question) -> float:
    """Return how long reading a question and its answers takes at 200 words a minute."""
    texts = [question.prompt, *(option.text for option in question.options)]
    texts += [gap.text for gap in question.gaps]
    return 60 * sum(len(text.split()) for text in texts) / WORDS_A_MINUTE

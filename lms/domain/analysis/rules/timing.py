"""How long an answer took, as far as saved answers tell."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from operator import itemgetter

from lms.content.questions import Question

WORDS_A_MINUTE = 200
ENOUGH = 10
"""Below so many measured answers no time is told."""


def seconds_of(began: datetime, saved: Mapping[str, datetime]) -> dict[str, float]:
    """Return the seconds from the answer saved before (or the start) to each one, in one attempt.

    `saved` says when each answer was saved, the only time: where one was changed, nobody knows when the
    others were thought about. Nothing of a paper that was sent as one form (two answers at one instant).
    """
    if len(set(saved.values())) < len(saved):
        return {}
    order = sorted(saved.items(), key=itemgetter(1))
    before = [began, *(at for _key, at in order)]
    return {key: (at - earlier).total_seconds() for (key, at), earlier in zip(order, before, strict=False)}


def reading_seconds(question: Question) -> float:
    """Return how long reading a question and its answers takes at 200 words a minute."""
    texts = [question.prompt, *(option.text for option in question.options)]
    texts += [gap.text for gap in question.gaps]
    return 60 * sum(len(text.split()) for text in texts) / WORDS_A_MINUTE

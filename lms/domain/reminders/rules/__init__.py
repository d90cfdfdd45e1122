"""Decisions about reminders: when, to whom, with what words."""

from lms.domain.reminders.rules.lines import Line, Why, in_order, is_urgent, line_of, quarter_end, told_keys
from lms.domain.reminders.rules.people import (
    WRITTEN,
    InvalidPhone,
    Outcome,
    Reader,
    channel,
    normalise_phone,
    outcome,
)
from lms.domain.reminders.rules.texts import DEFAULTS, Words, filled
from lms.domain.reminders.rules.times import Hours, Schedule, next_try, slot_of, time_of, week_of

__all__ = [
    "DEFAULTS", "WRITTEN", "Hours", "InvalidPhone", "Line", "Outcome", "Reader", "Schedule", "Why", "Words",
    "channel", "filled", "in_order", "is_urgent", "line_of", "next_try", "normalise_phone", "outcome",
    "quarter_end", "slot_of", "time_of", "told_keys", "week_of",
]  # fmt: skip

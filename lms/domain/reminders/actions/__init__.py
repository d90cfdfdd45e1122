"""Verbs of reminders: they flush and never commit."""

from lms.domain.reminders.actions.choices import choose, stop_mails, try_address_again
from lms.domain.reminders.actions.office import checked, drop_holiday, keep_holidays, write_text
from lms.domain.reminders.actions.runs import (
    forget_old,
    later,
    left_out,
    plan_run,
    plan_test,
    refused,
    sent,
)

__all__ = [
    "checked", "choose", "drop_holiday", "forget_old", "keep_holidays", "later", "left_out", "plan_run",
    "plan_test", "refused", "sent", "stop_mails", "try_address_again", "write_text",
]  # fmt: skip

"""Verbs of the effect of courses; they flush and never commit."""

from lms.domain.effects.actions.answering import answer, answer_by_link
from lms.domain.effects.actions.followups import (
    begin,
    name_colleague,
    open_due,
    switch_off,
    switch_on,
    write_plan,
)
from lms.domain.effects.actions.links import make_link, revoke_links
from lms.domain.effects.actions.results import correct_result, enter_result, withdraw_result

__all__ = [
    "answer", "answer_by_link", "begin", "correct_result", "enter_result", "make_link", "name_colleague",
    "open_due", "revoke_links", "switch_off", "switch_on", "withdraw_result", "write_plan",
]  # fmt: skip

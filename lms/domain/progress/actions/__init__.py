"""Answer the questions of a lesson, finish it, submit an attempt, mark an essay, settle and certify."""

from lms.domain.progress.actions.checks import answer_check
from lms.domain.progress.actions.cycles import AttemptOpen, NotAgain, NothingNewer, move_up, take_again
from lms.domain.progress.actions.regrading import (
    regrade_part,
)
from lms.domain.progress.actions.settling import (
    ChecksOpen,
    Office,
    OwnCourse,
    TooSoon,
    approve_hours,
    certify,
    certify_waiting,
    finish_lesson,
    mark_essay,
    open_lesson,
    settle,
    settle_attempt,
    start_attempt,
    submit_attempt,
)
from lms.domain.progress.actions.supplements import read_supplement

__all__ = [
    "AttemptOpen", "ChecksOpen", "NotAgain", "NothingNewer", "Office", "OwnCourse", "TooSoon",
    "answer_check", "approve_hours", "certify", "certify_waiting", "finish_lesson", "mark_essay", "move_up",
    "open_lesson", "read_supplement", "settle", "settle_attempt", "start_attempt", "submit_attempt",
    "take_again",
    "regrade_part",
]  # fmt: skip

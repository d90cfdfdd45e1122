"""Start an attempt, save answers, close and grade, mark an essay. Verbs flush and never commit."""

from lms.domain.quizzes.actions.allowances import allow
from lms.domain.quizzes.actions.attempts import (
    Given,
    Saved,
    SavedAll,
    Started,
    extend,
    save_many,
    save_response,
    start,
)
from lms.domain.quizzes.actions.checking import check_response
from lms.domain.quizzes.actions.closing import close, close_overdue
from lms.domain.quizzes.actions.marking import Judgement, MarkOutcome, MarkState, mark_essay
from lms.domain.quizzes.actions.regrading import (
    finish_correction,
    order_correction,
    regrade,
)

__all__ = [
    "Given", "Judgement", "MarkOutcome", "MarkState", "Saved", "SavedAll", "Started", "allow",
    "check_response", "close", "close_overdue", "extend", "mark_essay", "save_many", "save_response", "start",
    "finish_correction", "order_correction", "regrade",
]  # fmt: skip

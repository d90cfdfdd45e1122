"""Pure rules of quizzes: the paper, who may try, what counts, what is shown."""

from lms.domain.quizzes.rules.grades import (
    Graded,
    Marked,
    Result,
    counting,
    grade,
    has_passed,
    is_undecided,
    marked,
    normalised_gain,
    percent,
    score_missing,
)
from lms.domain.quizzes.rules.papers import Paper, PaperQuestion, draw, keys_of, paper_of, seen_in
from lms.domain.quizzes.rules.permits import (
    MOST_ATTEMPTS,
    MOST_MINUTES,
    NO_EXTRA,
    Extra,
    Given,
    Permit,
    Refusal,
    deadline,
    extension_minutes,
    is_open,
    is_overdue,
    may_start,
    remaining,
    total,
)
from lms.domain.quizzes.rules.receipts import parse_receipt, receipt
from lms.domain.quizzes.rules.regrading import (
    Change,
    Effect,
    Impact,
    comparable,
    differs,
    effect,
    same_key,
)
from lms.domain.quizzes.rules.reveals import HIDDEN, WHOLE, Reveal, may_check, revealed
from lms.domain.quizzes.rules.texts import UNREADABLE, is_answered, is_blank, unread_text

__all__ = [
    "HIDDEN", "MOST_ATTEMPTS", "MOST_MINUTES", "NO_EXTRA", "UNREADABLE", "WHOLE", "Extra", "Given", "Graded",
    "Marked", "Paper", "PaperQuestion", "Permit", "Refusal", "Result", "Reveal", "counting", "deadline",
    "draw", "extension_minutes", "grade", "has_passed", "is_answered", "is_blank", "is_open", "is_overdue",
    "is_undecided", "keys_of", "marked", "may_check", "may_start", "normalised_gain", "paper_of",
    "parse_receipt", "percent", "receipt", "remaining", "revealed", "score_missing", "seen_in", "total",
    "unread_text",
    "Change", "Effect", "Impact", "comparable", "differs", "effect",
    "same_key",
]  # fmt: skip

"""Find attempts, answers and marks; a person reaches only the own ones."""

from lms.domain.quizzes.queries.allowances import allowances_of, extra_of
from lms.domain.quizzes.queries.attempts import (
    answers_of,
    attempt_for,
    attempts_at,
    attempts_of,
    closed_results,
    gradings_of,
    history_of,
    kept_quiz,
    marks_from,
    open_attempts,
    passed_quizzes,
    quiz_of,
    quiz_of_attempt,
    responses_of,
    result_as_of_deadline,
    results_of,
)
from lms.domain.quizzes.queries.receipts import attempt_of_receipt, receipt_for, receipt_holds
from lms.domain.quizzes.queries.saving import HeldAttempt, attempt_to_save

__all__ = [
    "HeldAttempt",
    "allowances_of",
    "answers_of",
    "attempt_for",
    "attempt_of_receipt",
    "attempt_to_save",
    "attempts_at",
    "attempts_of",
    "closed_results",
    "extra_of",
    "gradings_of",
    "history_of",
    "kept_quiz",
    "marks_from",
    "open_attempts",
    "passed_quizzes",
    "quiz_of",
    "quiz_of_attempt",
    "receipt_for",
    "receipt_holds",
    "responses_of",
    "result_as_of_deadline",
    "results_of",
]

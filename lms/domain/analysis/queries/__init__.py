"""Read first attempts and what they say of quizzes; no name of a learner is in any of it."""

from lms.domain.analysis.queries.editions import Edition
from lms.domain.analysis.queries.quizzes import QuestionAnalysis, QuizAnalysis, analyses_of
from lms.domain.analysis.queries.sheets import Sheet, count_first, read_sheets

__all__ = [
    "Edition",
    "QuestionAnalysis",
    "QuizAnalysis",
    "Sheet",
    "analyses_of",
    "count_first",
    "read_sheets",
]

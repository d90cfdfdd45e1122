"""Read first attempts and what they say of quizzes. Names of learners are in `notes` alone."""

from lms.domain.analysis.queries.editions import Edition
from lms.domain.analysis.queries.health import Drop, PieceHealth, largest_drop, pieces_health
from lms.domain.analysis.queries.notes import Notes, notes_of
from lms.domain.analysis.queries.outcomes import Outcome, Outcomes, outcomes_of
from lms.domain.analysis.queries.quizzes import QuestionAnalysis, QuizAnalysis, analyses_of
from lms.domain.analysis.queries.sheets import Sheet, count_first, count_first_of, read_sheets

__all__ = [
    "Drop",
    "Edition",
    "Notes",
    "Outcome",
    "Outcomes",
    "PieceHealth",
    "QuestionAnalysis",
    "QuizAnalysis",
    "Sheet",
    "analyses_of",
    "count_first",
    "count_first_of",
    "largest_drop",
    "notes_of",
    "outcomes_of",
    "pieces_health",
    "read_sheets",
]

"""Pure decisions about competencies: profile and job match, dictionary, standards, tables."""

from lms.domain.competencies.rules.dictionary import KINDS, LEVEL_COUNT, Entry, entry_problem
from lms.domain.competencies.rules.profile import (
    LEVEL_OF_CLASS,
    LEVELS,
    Assessed,
    JobMatch,
    Line,
    MatchPoint,
    Shown,
    band,
    job_match,
    match_trend,
    valid,
)

__all__ = [
    "KINDS", "LEVELS", "LEVEL_COUNT", "LEVEL_OF_CLASS", "Assessed", "Entry", "JobMatch", "Line", "MatchPoint",
    "Shown", "band", "entry_problem", "job_match", "match_trend", "valid",
]  # fmt: skip

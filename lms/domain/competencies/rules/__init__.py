"""Pure decisions about competencies: profile and job match, dictionary, standards, tables."""

from lms.domain.competencies.rules.dictionary import KINDS, LEVEL_COUNT, Entry, entry_problem
from lms.domain.competencies.rules.profile import (
    LEVEL_OF_CLASS,
    LEVELS,
    Assessed,
    JobMatch,
    Line,
    Shown,
    job_match,
    valid,
)

__all__ = [
    "KINDS", "LEVELS", "LEVEL_COUNT", "LEVEL_OF_CLASS", "Assessed", "Entry", "JobMatch", "Line", "Shown",
    "entry_problem", "job_match", "valid",
]  # fmt: skip

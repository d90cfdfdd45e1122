"""Read dictionary, standards, assessments and profiles; each function says what it loads."""

from lms.domain.competencies.queries.dictionary import (
    Edition,
    Kept,
    dictionary,
    edition_of,
    editions_of,
    entries,
    names,
)
from lms.domain.competencies.queries.imports import dictionary_plan, rating_plan, standard_plan
from lms.domain.competencies.queries.profile import profile
from lms.domain.competencies.queries.ratings import ratings_of
from lms.domain.competencies.queries.standards import standard, steps_of

__all__ = [
    "Edition", "Kept", "dictionary", "dictionary_plan", "edition_of", "editions_of", "entries", "names",
    "profile", "rating_plan", "ratings_of", "standard", "standard_plan", "steps_of",
]  # fmt: skip

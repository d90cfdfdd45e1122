"""Read paths: their editions, those of one person, those of the HR desk."""

from lms.domain.programmes.queries.mine import Membership, Way, way_for, ways_for, ways_of
from lms.domain.programmes.queries.office import (
    Found,
    Named,
    Traveller,
    acts,
    bits_done,
    names_on,
    programme_for,
    programmes_for,
    standing_of,
    travellers,
)
from lms.domain.programmes.queries.texts import (
    CourseRef,
    EditionText,
    StepText,
    draft_of,
    editions,
    newest_open,
    opened_since,
    skills,
)

__all__ = [
    "CourseRef", "EditionText", "Found", "Membership", "Named", "StepText", "Traveller", "Way", "acts",
    "bits_done", "draft_of", "editions", "names_on", "newest_open", "opened_since", "programme_for",
    "programmes_for", "skills", "standing_of", "travellers", "way_for", "ways_for", "ways_of",
]  # fmt: skip

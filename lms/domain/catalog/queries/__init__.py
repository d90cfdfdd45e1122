"""Read courses, their texts and files, and the catalogue; each function says what it loads."""

from lms.domain.catalog.queries.catalogue import (
    SORTS,
    CatalogueFilter,
    CatalogueRow,
    catalogue,
    catalogue_size,
    live_codes,
)
from lms.domain.catalog.queries.courses import (
    Membership,
    OwnCourse,
    course_by_slug,
    course_for,
    courses_for_trainer,
    live_course,
    live_titles,
    members,
    versions,
)
from lms.domain.catalog.queries.files import (
    draft_bundle,
    draft_has_file,
    draft_of,
    file_data,
    file_digests,
    version_bundle,
    versions_with_file,
)
from lms.domain.catalog.queries.hours import (
    WaitingHours,
    approved_jp,
    approved_jps,
    hours_history,
    waiting_hours,
)
from lms.domain.catalog.queries.texts import course_of, lesson_source, piece, pieces, quiz_source

__all__ = [
    "SORTS",
    "CatalogueFilter",
    "CatalogueRow",
    "Membership",
    "OwnCourse",
    "WaitingHours",
    "approved_jp",
    "approved_jps",
    "catalogue",
    "catalogue_size",
    "course_by_slug",
    "course_for",
    "course_of",
    "courses_for_trainer",
    "draft_bundle",
    "draft_has_file",
    "draft_of",
    "file_data",
    "file_digests",
    "hours_history",
    "lesson_source",
    "live_codes",
    "live_course",
    "live_titles",
    "members",
    "piece",
    "pieces",
    "quiz_source",
    "version_bundle",
    "versions",
    "versions_with_file",
    "waiting_hours",
]

"""Courses, their immutable versions, the files of each version, drafts of the desk and their reviews."""

from lms.domain.catalog.models.banks import SharedBank, SharedBankMember, SharedBankSave
from lms.domain.catalog.models.courses import (
    Blob,
    Course,
    CourseMember,
    CourseVersion,
    Draft,
    DraftFile,
    DraftSave,
    HoursApproval,
    IndexedQuestion,
    Piece,
    QuestionImport,
    VersionClaim,
    VersionFile,
)
from lms.domain.catalog.models.reviews import DraftWriter, Review, ReviewComment, ReviewFile

__all__ = [
    "Blob", "Course", "CourseMember", "CourseVersion", "Draft", "DraftFile", "DraftSave", "DraftWriter",
    "HoursApproval", "IndexedQuestion", "Piece", "QuestionImport", "Review", "ReviewComment", "ReviewFile",
    "SharedBank", "SharedBankMember", "SharedBankSave", "VersionClaim", "VersionFile",
]  # fmt: skip

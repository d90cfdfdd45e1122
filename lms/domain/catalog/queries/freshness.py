"""Texts of a person's courses that are to be looked at again by a day (`tinjau_sebelum`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.content.freshness import SOON, review_day
from lms.content.parse import COURSE_FILE
from lms.domain.catalog.models import (
    Blob,
    Course,
    CourseMember,
    CourseVersion,
    Draft,
    DraftFile,
    Piece,
)
from lms.domain.catalog.queries.courses import writes


@dataclass(frozen=True)
class DueReview:
    """A text of a live version whose day is past or near; `drafted` is a later day in the draft."""

    slug: str
    course: str
    home: str
    title: str
    path: str
    day: date
    drafted: date | None


def due_reviews(session: Session, user_id: int, today: date) -> list[DueReview]:
    """Return the texts in courses that a person writes, the most urgent first; three statements at most."""
    courses = session.execute(
        select(
            Course.id, Course.slug, Course.home, CourseVersion.id, CourseVersion.title, CourseVersion.header
        )
        .join(CourseMember, CourseMember.course_id == Course.id)
        .join(CourseVersion, CourseVersion.id == Course.live_version_id)
        .where(writes(user_id), Course.archived_at.is_(None))
    ).all()  # fmt: skip
    due: dict[tuple[int, int, str], date] = {}
    for course_id, _slug, _home, version_id, _title, header in courses:
        for key, text in (header.get("review_by") or {}).items():
            if (day := date.fromisoformat(text)) - today <= SOON:
                due[(course_id, version_id, key)] = day
    if not due:
        return []
    known = {row[0]: row for row in courses}
    pieces = _pieces(session, {version_id for _course_id, version_id, _key in due})
    places = {place: pieces.get((place[1], place[2]), (known[place[0]].title, COURSE_FILE)) for place in due}
    drafted = _drafted(session, {place[0] for place in due}, {path for _title, path in places.values()})
    found = []
    for (course_id, version_id, key), day in due.items():
        _id, slug, home, _version, course, _header = known[course_id]
        title, path = places[(course_id, version_id, key)]
        found.append(DueReview(slug, course, home, title, path, day, drafted.get((course_id, path))))
    return sorted(found, key=lambda one: (one.day, one.course, one.path))


def _pieces(session: Session, versions: set[int]) -> dict[tuple[int, str], tuple[str, str]]:
    rows = session.execute(
        select(Piece.version_id, Piece.key, Piece.title, Piece.path).where(
            Piece.version_id.in_(versions), Piece.kind == "lesson"
        )
    )
    return {(version_id, key): (title, path) for version_id, key, title, path in rows}


def _drafted(session: Session, courses: set[int], paths: set[str]) -> dict[tuple[int, str], date]:
    """The days that the drafts of these courses name in these files, by course and path."""
    rows = session.execute(
        select(Draft.course_id, DraftFile.path, Blob.data)
        .join(DraftFile, DraftFile.draft_id == Draft.id)
        .join(Blob, Blob.digest == DraftFile.digest)
        .where(Draft.course_id.in_(courses), DraftFile.path.in_(paths))
    )
    days = {(course_id, path): review_day(data) for course_id, path, data in rows}
    return {place: day for place, day in days.items() if day is not None}


def count_due_reviews(session: Session, user_id: int, today: date) -> int:
    """Return how many texts wait whose draft names no later day."""
    rows = due_reviews(session, user_id, today)
    return sum(one.drafted is None or one.drafted <= one.day for one in rows)

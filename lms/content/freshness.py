"""The day before which an author looks at a text again (`tinjau_sebelum`)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from lms.content.course import Course, Lesson
from lms.content.header import Header, read, split
from lms.content.problems import Report

SOON = timedelta(days=30)
"""How long before the day a text is named."""


def review_days(course: Course) -> dict[str, date]:
    """Return the days that a course names by id of the lesson, "" for the course itself."""
    found = {"": course.review_by}
    found |= {piece.id: piece.review_by for piece in course.pieces() if isinstance(piece, Lesson)}
    return {key: day for key, day in found.items() if day is not None}


def advise_review(course: Course, headers: Mapping[str, Header], report: Report, today: date) -> None:
    """Warn of texts whose day is past or within 30 days."""
    lessons = (piece for piece in course.pieces() if isinstance(piece, Lesson))
    places = [("kursus.md", course.review_by), *((piece.path, piece.review_by) for piece in lessons)]
    for path, day in places:
        if day is not None and day - today <= SOON:
            code = "review_overdue" if day < today else "review_soon"
            line = headers[path].line_of("review_by")
            report.at(path).warn(line, code, day=day.isoformat())


def review_day(data: bytes) -> date | None:
    """Return the day that one file names; None when it names none or cannot be read."""
    report = Report()
    header = split(data.decode("utf-8", "replace"), report)
    kind = header.kind() if header is not None else None
    if header is None or kind not in {"course", "lesson"}:
        return None
    return read(header, kind, report).day("review_by")

"""Read progress; the number of statements does not depend on the number of courses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, select
from sqlalchemy.orm import Session

from lms.content.formatting.meaning import same_lesson
from lms.db import columns, plain_rows
from lms.domain.catalog.models import Course, CourseVersion
from lms.domain.catalog.queries import lesson_of, pieces_of
from lms.domain.certificates.queries import validity_of
from lms.domain.certificates.rules import valid_until
from lms.domain.enrollments.models import Enrollment
from lms.domain.enrollments.rules import Retake, retake
from lms.domain.progress.models import CheckAnswer, LessonProgress, SupplementPart
from lms.domain.progress.rules import Plan, Progress, Supplement, plan, progress, supplement_lessons
from lms.domain.quizzes.queries import passed_quizzes
from lms.domain.settings.rules import Policy


def progress_of(session: Session, enrollment: Enrollment) -> Progress:
    """Return the progress of one enrolment, its version loaded."""
    return progress_of_all(session, [enrollment])[enrollment.id]


def progress_of_all(session: Session, enrollments: Sequence[Enrollment]) -> dict[int, Progress]:
    """Return the progress of enrolments by id, their versions loaded; at most four statements."""
    if not enrollments:
        return {}
    ids = [enrollment.id for enrollment in enrollments]
    rows = plain_rows(session, _lessons(), {"ids": ids})
    return _states(session, enrollments, [(row[0], row[1], row[2]) for row in rows])


@dataclass(frozen=True)
class LastAnswer:
    """The last answer to a question inside a lesson (`CheckAnswer`), to be shown."""

    question_key: str
    answer: Any
    fraction: float | None
    count: int
    last_at: datetime


def progress_with_answers(
    session: Session, enrollment: Enrollment, key: str
) -> tuple[Progress, dict[str, LastAnswer]]:
    """Return the progress of one enrolment and the last answers inside one lesson, by question id.

    At most three statements, as many as progress alone takes: who answers has opened the lesson, so that
    the answers come along with what was opened.
    """
    rows = plain_rows(session, _lessons_with_answers(), {"id": enrollment.id, "key": key}).all()
    found = [LastAnswer(*values) for _lesson, _finished, *values in rows if values[0] is not None]
    answers = {item.question_key: item for item in found}
    opened = [(enrollment.id, row[0], row[1]) for row in rows]
    return _states(session, [enrollment], opened)[enrollment.id], answers


def _states(
    session: Session, enrollments: Sequence[Enrollment], rows: Iterable[tuple[int, str, datetime | None]]
) -> dict[int, Progress]:
    """Return the progress of enrolments by id from the lessons that were opened in them."""
    pieces = pieces_of(session, {item.version_id: item.version.digest for item in enrollments})
    done: dict[int, set[str]] = defaultdict(set)
    opened: dict[int, set[str]] = defaultdict(set)
    for enrollment_id, key, finished_at in rows:
        opened[enrollment_id].add(key)
        if finished_at is not None:
            done[enrollment_id].add(key)
    for enrollment_id, key in passed_quizzes(session, [item.id for item in enrollments]):
        done[enrollment_id].add(key)
    return {
        item.id: progress(pieces[item.version_id], done[item.id], opened[item.id]) for item in enrollments
    }


def changed_lessons(session: Session, own: CourseVersion, other: CourseVersion) -> frozenset[str]:
    """Return the keys of lessons of `other` that are in `own` too and changed in substance on the way.

    Each version between the two is asked: a lesson whose author called the change a matter of wording
    (`ubah: redaksi`) stays read, unless an earlier version changed its substance; so does one that is
    merely written in another form.
    """
    way = session.scalars(
        select(CourseVersion)
        .where(
            CourseVersion.course_id == own.course_id,
            CourseVersion.number > own.number,
            CourseVersion.number < other.number,
        )
        .order_by(CourseVersion.number)
    ).all()
    rows = pieces_of(session, {version.id: version.digest for version in (own, *way, other)})
    known = {row.key: row for row in rows[own.id] if row.kind != "module"}
    changed = set()
    for version in (*way, other):
        for row in rows[version.id]:
            before = known.get(row.key)
            if row.kind == "lesson" and before is not None and before.digest != row.digest:
                lesson = lesson_of(session, row)
                if lesson.change != "wording" and not same_lesson(lesson_of(session, before), lesson):
                    changed.add(row.key)
            elif before is not None and before.kind == "lesson" and row.kind == "quiz":
                changed.add(row.key)  # what was read is no answer
            known[row.key] = row
    return frozenset(changed)


def plan_of(session: Session, enrollment: Enrollment, other: CourseVersion) -> Plan:
    """Return what becomes of the parts of an enrolment, its version loaded, in another version."""
    progress = progress_of(session, enrollment)
    done = {step.piece.key for step in progress.steps if step.done}
    rows = pieces_of(session, {version.id: version.digest for version in (enrollment.version, other)})
    changed = changed_lessons(session, enrollment.version, other)
    return plan(rows[enrollment.version_id], rows[other.id], done, changed)


def retakes_of(
    session: Session, enrollments: Iterable[Enrollment], policy: Policy, today: date
) -> dict[int, Retake]:
    """Return whether completed courses may be taken again, by the id of their enrolment; two statements.

    `enrollments` are the newest ones of their courses, versions loaded; open ones and those of courses
    that nobody can join are left out.
    """
    done = [item for item in enrollments if item.completed_on is not None]
    if not done:
        return {}
    live = session.execute(
        select(Course.id, CourseVersion.header)
        .join(Course.live_version)
        .where(Course.id.in_({item.course_id for item in done}), Course.archived_at.is_(None))
    )
    headers: dict[int, dict[str, Any]] = dict(live.all())
    until = validity_of(session, [item.id for item in done])
    return {
        item.id: retake(
            refresh=headers[item.course_id].get("refresh", "changed"),
            at_any_time=headers[item.course_id].get("retake", False),
            valid_until=until[item.id]
            if item.id in until
            else valid_until(item.completed_on, item.version.valid_months),
            window_days=policy.retake_window_days,
            today=today,
        )
        for item in done
        if item.course_id in headers and item.completed_on is not None
    }


def supplements_of(session: Session, enrollments: Iterable[Enrollment]) -> dict[int, Supplement]:
    """Return what completed courses offer anew, by the id of their enrolment, done or not.

    `enrollments` are all of one person, courses and versions loaded. Only the newest one of a course counts,
    and only lessons that the live version names (`tambahan`) and that are not what was read before. No
    statement while every completed version is live, else one, and one for rows that are not kept.
    """
    newest: dict[int, Enrollment] = {}
    for item in enrollments:
        if item.course_id not in newest or newest[item.course_id].cycle < item.cycle:
            newest[item.course_id] = item
    older = [
        item
        for item in newest.values()
        if item.completed_at is not None
        and item.course.archived_at is None
        and item.course.live_version_id not in {None, item.version_id}
    ]
    if not older:
        return {}
    values = {
        "versions": [item.course.live_version_id for item in older],
        "enrollments": [item.id for item in older],
    }
    live: dict[int, CourseVersion] = {}
    read: dict[tuple[int, str, str], datetime] = {}
    for version, part in session.execute(_versions_with_parts(), values):
        live[version.course_id] = version
        if part is not None:
            read[part.enrollment_id, part.lesson_key, part.digest] = part.finished_at
    older = [
        item
        for item in older
        if live[item.course_id].number > item.version.number and live[item.course_id].header.get("supplement")
    ]
    versions = [version for item in older for version in (item.version, live[item.course_id])]
    rows = pieces_of(session, {version.id: version.digest for version in versions})
    found = {}
    for item in older:
        version = live[item.course_id]
        lessons = supplement_lessons(rows[item.version_id], rows[version.id], version.header["supplement"])
        done = {row.key: read[item.id, row.key, row.digest] for row in lessons
                if (item.id, row.key, row.digest) in read}  # fmt: skip
        if lessons:
            found[item.id] = Supplement(version, lessons, done)
    return found


@cache
def _versions_with_parts() -> Select[CourseVersion, SupplementPart | None]:
    """Live versions with what was read of their additions in these enrolments; built once."""
    return (
        select(CourseVersion, SupplementPart)
        .outerjoin(
            Enrollment,
            and_(
                Enrollment.course_id == CourseVersion.course_id,
                Enrollment.id.in_(bindparam("enrollments", expanding=True)),
            ),
        )
        .outerjoin(SupplementPart, SupplementPart.enrollment_id == Enrollment.id)
        .where(CourseVersion.id.in_(bindparam("versions", expanding=True)))
    )


@cache
def _lessons_with_answers() -> Select[Any]:
    """Lessons opened in an enrolment, with the answers inside one of them; built once."""
    opened, given = columns(LessonProgress), columns(CheckAnswer)
    return (
        select(opened.lesson_key, opened.finished_at, *(given[field.name] for field in fields(LastAnswer)))
        .select_from(LessonProgress.__table__)
        .outerjoin(
            CheckAnswer.__table__,
            and_(
                given.enrollment_id == opened.enrollment_id,
                given.lesson_key == opened.lesson_key,
                given.lesson_key == bindparam("key"),
            ),
        )
        .where(opened.enrollment_id == bindparam("id"))
    )


@cache
def _lessons() -> Select[Any]:
    """Lessons that were opened in enrolments; built once, most pages send it."""
    opened = columns(LessonProgress)
    return select(opened.enrollment_id, opened.lesson_key, opened.finished_at).where(
        opened.enrollment_id.in_(bindparam("ids", expanding=True))
    )


def lesson_progress(session: Session, enrollment_id: int, key: str) -> LessonProgress | None:
    """Return what is known of one lesson of an enrolment."""
    return session.get(LessonProgress, (enrollment_id, key))


def check_answers(session: Session, enrollment_id: int, key: str) -> dict[str, CheckAnswer]:
    """Return the last answers to the questions inside a lesson by question id (one statement)."""
    rows = session.scalars(
        select(CheckAnswer)
        .where(CheckAnswer.enrollment_id == enrollment_id, CheckAnswer.lesson_key == key)
        .execution_options(populate_existing=True)
    )
    return {row.question_key: row for row in rows}

"""Enrol, begin, withdraw."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from lms.content.bundle import Bundle
from lms.domain.accounts.models import User
from lms.domain.audit.actions import record
from lms.domain.catalog.actions import Published, publish
from lms.domain.catalog.models import Course, CourseVersion
from lms.domain.enrollments.models import Enrollment, VersionMove
from lms.domain.enrollments.queries import lacking_for, prerequisites_of
from lms.domain.enrollments.rules import Prerequisite
from lms.domain.regulations.actions import index_version, settle_course


class NotPublished(Exception):
    """The course has no live version, or is archived; nobody can enrol."""


class NotPrepared(Exception):
    """Courses that are asked for before are not done yet."""

    def __init__(self, lacking: tuple[Prerequisite, ...]) -> None:
        super().__init__(*(one.slug for one in lacking))
        self.lacking = lacking


def join(session: Session, user: User, course: Course, *, now: datetime) -> Enrollment:
    """Enrol a person who asks for it; who was in the course before is not asked for anything again.

    Raises NotPrepared when courses that the live version asks for are not done, and NotPublished.
    """
    version = course.live_version
    if version is not None:
        asked = prerequisites_of(session, user.id, course.slug, version)
        lacking = lacking_for(session, user.id, course.id, asked)
        if lacking:
            raise NotPrepared(lacking)
    return enroll(session, user, course, now=now)


def enroll(session: Session, user: User, course: Course, *, now: datetime) -> Enrollment:
    """Return the person's enrolment in the course, a new one where there is none.

    The office may enrol anybody: what the course asks to be done before is asked by `join` alone.

    A second request returns the first row; a withdrawn one is taken up again with what was done.
    A completed one is returned as it is. Raises NotPublished.
    """
    existing = newest(session, user.id, course.id)
    if existing is not None:
        if existing.withdrawn_at is not None and existing.completed_at is None:
            existing.withdrawn_at = None
            live = _live_version(session, course)
            if existing.started_at is None and live is not None:
                existing.version_id = live
            record(session, "enrollment.resumed", now=now, actor=user.id, subject=("enrollment", existing.id))
            session.flush()
        return existing
    live = _live_version(session, course)
    if live is None or course.archived_at is not None:
        raise NotPublished
    enrollment = Enrollment(user_id=user.id, course_id=course.id, version_id=live, enrolled_at=now)
    return _added(session, enrollment, "enrollment.created", now)


def next_cycle(session: Session, done: Enrollment, *, now: datetime) -> Enrollment:
    """Open the next cycle of a completed enrolment (its course loaded) in the live version.

    A second request gets the first row. Whether it is allowed is asked by `progress.actions.take_again`.
    Raises NotPublished.
    """
    live = _live_version(session, done.course)
    if live is None or done.course.archived_at is not None:
        raise NotPublished
    enrollment = Enrollment(
        user_id=done.user_id, course_id=done.course_id, version_id=live, enrolled_at=now, cycle=done.cycle + 1
    )
    return _added(session, enrollment, "enrollment.again", now)


def _added(session: Session, enrollment: Enrollment, verb: str, now: datetime) -> Enrollment:
    """Return the new row, or the one that another tab made first."""
    user_id, course_id = enrollment.user_id, enrollment.course_id
    try:
        with session.begin_nested():
            session.add(enrollment)
    except IntegrityError:
        found = newest(session, user_id, course_id)
        if found is None:
            raise
        return found
    record(session, verb, now=now, actor=user_id, subject=("enrollment", enrollment.id))
    return enrollment


def move(
    session: Session, enrollment: Enrollment, other: CourseVersion, again: dict[str, str], *, now: datetime
) -> None:
    """Pin another version by the learner's own act; `again` says when lessons were finished that reopen."""
    session.add(
        VersionMove(
            enrollment_id=enrollment.id,
            from_version_id=enrollment.version_id,
            to_version_id=other.id,
            moved_at=now,
            again=again,
        )
    )
    enrollment.version_id, enrollment.last_act_at = other.id, now
    session.flush()
    session.expire(enrollment, ["version"])
    subject = ("enrollment", enrollment.id)
    record(
        session, "enrollment.moved", now=now, actor=enrollment.user_id, subject=subject, version=other.number
    )


def withdraw(session: Session, enrollment: Enrollment, *, now: datetime) -> bool:
    """Take the person out of a course that is not completed; return whether something changed."""
    if enrollment.completed_at is not None or enrollment.withdrawn_at is not None:
        return False
    enrollment.withdrawn_at = now
    subject = ("enrollment", enrollment.id)
    record(session, "enrollment.withdrawn", now=now, actor=enrollment.user_id, subject=subject)
    session.flush()
    return True


def act(enrollment: Enrollment, piece_key: str, *, now: datetime) -> None:
    """Note an act of the learner: the first one begins the enrolment and pins its version."""
    if enrollment.started_at is None:
        enrollment.started_at = now
    if enrollment.last_act_at is None or enrollment.last_act_at <= now:
        enrollment.last_act_at = now
        enrollment.last_piece = piece_key


def publish_course(
    session: Session, slug: str, bundle: Bundle, *, home: str, by: int | None, now: datetime,
    takeover: bool = False,
) -> Published:  # fmt: skip
    """Publish a text (`catalog.actions.publish`) and move enrolments that have not begun up to it.

    Who has begun keeps the version; only an explicit act moves them. What the text cites is indexed, and
    work for changed rules of law that the text has done is closed.
    """
    result = publish(session, slug, bundle, home=home, by=by, now=now, takeover=takeover)
    if result.version is not None and result.content is not None:
        if result.created:
            index_version(session, result.version.id, result.content)
        settle_course(session, result.version.course_id, now=now)
        session.execute(
            update(Enrollment)
            .where(
                Enrollment.course_id == result.version.course_id,
                Enrollment.version_id != result.version.id,
                Enrollment.started_at.is_(None),
                Enrollment.completed_at.is_(None),
                Enrollment.withdrawn_at.is_(None),
            )
            .values(version_id=result.version.id)
        )
    return result


def _live_version(session: Session, course: Course) -> int | None:
    """Return the live version, waiting for a publication under way, so that nobody joins an old one."""
    return session.scalar(
        select(Course.live_version_id).where(Course.id == course.id).with_for_update(read=True)
    )


def newest(session: Session, user_id: int, course_id: int) -> Enrollment | None:
    """Return the last cycle of a person in a course, a withdrawn one too."""
    return session.scalars(
        select(Enrollment)
        .where(Enrollment.user_id == user_id, Enrollment.course_id == course_id)
        .order_by(Enrollment.cycle.desc())
        .limit(1)
    ).first()

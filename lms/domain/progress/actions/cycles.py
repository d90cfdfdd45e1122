"""Take a completed course again, or go on in another version. Verbs flush and never commit."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.clock import local_date
from lms.domain.accounts.models import User
from lms.domain.catalog.models import CourseVersion
from lms.domain.certificates.models import Certificate
from lms.domain.enrollments import actions as enrollments
from lms.domain.enrollments.models import Enrollment
from lms.domain.enrollments.rules import Retake
from lms.domain.progress.actions.settling import Office, held_enrollment, settle
from lms.domain.progress.models import LessonProgress
from lms.domain.progress.queries import plan_of, progress_of, retakes_of
from lms.domain.progress.rules import Plan
from lms.domain.quizzes import actions as quizzes
from lms.domain.quizzes.queries import open_attempts
from lms.domain.quizzes.rules import is_open
from lms.domain.settings.rules import Policy


class NotAgain(Exception):
    """The course may not be taken again, or not yet (`retake.since`)."""

    def __init__(self, retake: Retake) -> None:
        super().__init__(retake.since)
        self.retake = retake


class NothingNewer(Exception):
    """The enrolment is completed, withdrawn, or in the live version already."""


class AttemptOpen(Exception):
    """An attempt at a quiz is open: it belongs to the version it was started in."""


def take_again(
    session: Session, enrollment: Enrollment, *, now: datetime, policy: Policy, asked: bool = False
) -> Enrollment:
    """Open the next cycle of a completed course; nothing of the earlier ones changes.

    `asked`: the office wants it done again now, whatever the course itself says of renewal.

    Of two requests only one makes a row: the other gets it. A cycle that was left is taken up again. Where
    the live version says `perbarui: hanya-berubah`, lessons read before whose substance did not change
    count as read; quizzes never do, and when nothing would be left to do everything is done anew. Raises
    NotAgain and `enrollments.actions.NotPublished`.
    """
    done = held_enrollment(session, enrollment.id)
    if done.completed_at is None:
        return done
    newest = enrollments.newest(session, done.user_id, done.course_id)
    if newest is not None and newest.cycle > done.cycle:
        return enrollments.enroll(session, session.get_one(User, done.user_id), done.course, now=now)
    allowed = retakes_of(session, [done], policy, local_date(now)).get(done.id)
    if allowed is None:
        raise enrollments.NotPublished
    if not allowed.allowed and not asked:
        raise NotAgain(allowed)
    opened = held_enrollment(session, enrollments.next_cycle(session, done, now=now).id)
    if opened.version.header.get("refresh", "changed") == "changed":
        _carry(session, done, opened)
    return opened


def _carry(session: Session, done: Enrollment, opened: Enrollment) -> None:
    """Count lessons as read that were read in the cycle before and did not change since."""
    present = session.scalars(select(LessonProgress).where(LessonProgress.enrollment_id == opened.id)).first()
    keys = {row.key for row in plan_of(session, done, opened.version).kept if row.kind == "lesson"}
    if present is not None or all(row.piece.key in keys for row in progress_of(session, opened).required):
        return
    rows = session.scalars(select(LessonProgress).where(LessonProgress.enrollment_id == done.id))
    session.add_all(
        LessonProgress(
            enrollment_id=opened.id,
            lesson_key=row.lesson_key,
            opened_at=row.opened_at,
            finished_at=row.finished_at,
        )
        for row in rows.all()
        if row.lesson_key in keys and row.finished_at is not None
    )
    session.flush()


def move_up(session: Session, enrollment: Enrollment, *, now: datetime, office: Office) -> Certificate | None:
    """Go on in the live version and settle; returns the certificate that this issued, if any.

    Attempts, their marks and the dates of all lessons stay (`VersionMove.again` keeps those of lessons to
    be read again). Raises NothingNewer and AttemptOpen.
    """
    held = held_enrollment(session, enrollment.id)
    live_id = held.newer_version_id
    if live_id is None:
        raise NothingNewer
    for attempt in open_attempts(session, held.id):
        if is_open(attempt, now):
            raise AttemptOpen
        quizzes.close(session, attempt, now=now, by="deadline")
    live = session.get_one(CourseVersion, live_id)
    again = _reopen(session, held, plan_of(session, held, live), now)
    enrollments.move(session, held, live, again, now=now)
    return settle(session, held, now=now, office=office)


def _reopen(session: Session, enrollment: Enrollment, asked: Plan, now: datetime) -> dict[str, str]:
    """Mark the changed lessons as not read; return when each of them was finished."""
    keys = [row.key for row in asked.again]
    rows = session.scalars(
        select(LessonProgress).where(
            LessonProgress.enrollment_id == enrollment.id,
            LessonProgress.lesson_key.in_(keys),
            LessonProgress.finished_at.is_not(None),
        )
    )
    found = {}
    for row in rows:
        if row.finished_at is not None:
            found[row.lesson_key] = row.finished_at.isoformat()
        row.finished_at, row.opened_at = None, now
    return found

"""Finish a lesson, submit an attempt, and settle: complete the course, then certify."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from lms.content.course import Quiz
from lms.content.questions import Question
from lms.db import holding, inserting
from lms.domain.accounts.models import User
from lms.domain.audit.actions import record
from lms.domain.catalog import actions as catalog
from lms.domain.catalog.models import Course, CourseMember, CourseVersion, Piece
from lms.domain.catalog.queries import approved_jp, lesson_of
from lms.domain.certificates import actions as certificates
from lms.domain.certificates.models import Certificate
from lms.domain.certificates.rules import valid_until
from lms.domain.competencies.actions import record_evidence
from lms.domain.competencies.queries import names
from lms.domain.effects.actions import begin as begin_followup
from lms.domain.enrollments import actions as enrollments
from lms.domain.enrollments.models import Enrollment
from lms.domain.enrollments.queries import counts_already, uncredited
from lms.domain.enrollments.rules import completion_day
from lms.domain.plans.actions import close_by_completion
from lms.domain.progress.models import LessonProgress
from lms.domain.progress.queries import check_answers, lesson_progress, progress_of
from lms.domain.progress.rules import open_checks, seconds_until_read
from lms.domain.quizzes import actions as quizzes
from lms.domain.quizzes.models import Attempt
from lms.domain.settings.rules import Policy


@dataclass(frozen=True)
class Office:
    """What certificates are made with: the policy in force, the public address, the file store."""

    policy: Policy
    public_url: str
    files: Path


class TooSoon(Exception):
    """The lesson was opened only a moment ago; `seconds` are left."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class ChecksOpen(Exception):
    """Questions of the lesson were not answered yet; `questions` are their keys in reading order."""

    def __init__(self, questions: list[str]) -> None:
        super().__init__(questions)
        self.questions = questions


class OwnCourse(Exception):
    """Nobody approves the hours of a course of the own."""


def open_lesson(session: Session, enrollment_id: int, key: str, *, now: datetime) -> None:
    """Note that a lesson was opened for the first time (a view: it may be lost)."""
    session.execute(
        inserting(session)(LessonProgress)
        .values(enrollment_id=enrollment_id, lesson_key=key, opened_at=now)
        .on_conflict_do_nothing()
    )


def finish_lesson(
    session: Session, enrollment: Enrollment, piece: Piece, *, now: datetime, office: Office
) -> Certificate | None:
    """Mark a lesson as read and settle; a second call changes nothing. Raises TooSoon or ChecksOpen."""
    row = lesson_progress(session, enrollment.id, piece.key)
    if row is not None and row.finished_at is not None:
        return None
    if piece.finish == "answer_checks":
        answers = check_answers(session, enrollment.id, piece.key)
        if left := open_checks(lesson_of(session, piece), answers):
            raise ChecksOpen(left)
    share = office.policy.read_share_percent if piece.finish == "read" else 0
    seconds = seconds_until_read(row.opened_at if row else None, piece.minutes, share, now)
    if seconds:
        raise TooSoon(seconds)
    if row is None:
        open_lesson(session, enrollment.id, piece.key, now=now)
        row = session.get_one(LessonProgress, (enrollment.id, piece.key))
    row.finished_at = now
    enrollments.act(enrollment, piece.key, now=now)
    session.flush()
    return settle(session, enrollment, now=now, office=office)


def start_attempt(
    session: Session, enrollment: Enrollment, quiz: Quiz, *, now: datetime, rng: Random, office: Office
) -> quizzes.Started:
    """Start an attempt or go on with the open one; those past their deadline are closed and settled."""
    started = quizzes.start(session, enrollment, quiz, now=now, rng=rng)
    for attempt in started.late:
        settle_attempt(session, attempt, now=now, office=office)
    return started


def submit_attempt(
    session: Session, attempt: Attempt, *, now: datetime, office: Office
) -> Certificate | None:
    """Close and grade an attempt and settle; a second call changes nothing."""
    quizzes.close(session, attempt, now=now)
    return settle_attempt(session, attempt, now=now, office=office)


def settle_attempt(
    session: Session, attempt: Attempt, *, now: datetime, office: Office
) -> Certificate | None:
    """Settle the enrolment of a closed attempt; the learner's act is the submission or the deadline."""
    enrollment = session.get_one(Enrollment, attempt.enrollment_id)
    enrollments.act(enrollment, attempt.quiz_key, now=attempt.submitted_at or now)
    return settle(session, enrollment, now=now, office=office)


def mark_essay(
    session: Session, attempt: Attempt, question: Question, given: quizzes.Judgement, *, by: int,
    now: datetime, office: Office,
) -> quizzes.MarkOutcome:  # fmt: skip
    """Mark an essay and settle: the last mark may complete the course, on the day of the learner's last act.

    A course that is completed stays so, and its certificate, whatever a later mark says.
    """
    outcome = quizzes.mark_essay(session, attempt, question, given, by=by, now=now)
    if outcome.state is quizzes.MarkState.SAVED:
        record(
            session, "essay.marked", now=now, actor=by, subject=("attempt", attempt.id),
            question=question.id, level=str(given.level), reason=given.reason,
        )  # fmt: skip
        settle(session, session.get_one(Enrollment, attempt.enrollment_id), now=now, office=office)
    return outcome


def settle(session: Session, enrollment: Enrollment, *, now: datetime, office: Office) -> Certificate | None:
    """Complete the enrolment when the course's rule is true for the first time, then certify.

    The row is locked and read again first, so that of two requests only one completes. Returns the
    certificate that this call issued, if any.
    """
    enrollment = held_enrollment(session, enrollment.id)
    if enrollment.withdrawn_at is not None:
        return None
    if enrollment.completed_at is None:
        if not progress_of(session, enrollment).complete:
            return None
        acted = enrollment.last_act_at or now
        enrollment.completed_at = acted
        enrollment.completed_on, enrollment.jp_year = completion_day(acted)
        version = enrollment.version
        record_evidence(
            session,
            enrollment,
            {claim.code: claim.level for claim in version.claims},
            shown_on=enrollment.completed_on,
            valid_until=valid_until(enrollment.completed_on, version.valid_months),
        )
        close_by_completion(session, enrollment.user_id, enrollment.course_id, enrollment.completed_on)
        begin_followup(session, enrollment, version.title, now=now)
        subject = ("enrollment", enrollment.id)
        record(session, "enrollment.completed", now=now, actor=enrollment.user_id, subject=subject)
        session.flush()
    return certify(session, enrollment, now=now, office=office)


def certify(session: Session, enrollment: Enrollment, *, now: datetime, office: Office) -> Certificate | None:
    """Credit the hours and issue the certificate of a completed enrolment once BKPSDM approved its JP.

    Where the policy says so, a course taken twice in one calendar year (WIB) counts its hours once.
    Returns the certificate when this call issued it.
    """
    if enrollment.completed_at is None or enrollment.credited_jp is not None:
        return None
    version = enrollment.version
    if version.jp and approved_jp(session, enrollment.course_id) != version.jp:
        return None
    again = office.policy.jp_once_a_year and counts_already(session, enrollment)
    enrollment.credited_jp = 0 if again else version.jp
    session.flush()
    if not version.gives_certificate:
        return None
    return certificates.issue(
        session,
        enrollment,
        now=now,
        policy=office.policy,
        public_url=office.public_url,
        files=office.files,
        competencies=names(session),
    )


def approve_hours(
    session: Session, course: Course, jp: int, *, by: User, now: datetime, note: str = ""
) -> None:
    """Approve that a course counts `jp` hours; waiting completions are certified by `certify_waiting`.

    Raises OwnCourse when the approver writes or reviews the course.
    """
    member = session.get(CourseMember, (course.id, by.id))
    if member is not None:
        raise OwnCourse
    catalog.approve_hours(session, course, jp, by=by.id, now=now, note=note)
    record(session, "hours.approved", now=now, actor=by.id, subject=("course", course.id), jp=jp)
    session.flush()


def certify_waiting(
    session: Session, course_id: int, *, now: datetime, office: Office, limit: int = 50
) -> int:
    """Certify up to `limit` completed enrolments that waited for the approval; return how many."""
    jp = approved_jp(session, course_id)
    if jp is None:
        return 0
    waiting = uncredited(session, course_id, jp, limit)
    for enrollment_id in waiting:
        certify(session, held_enrollment(session, enrollment_id), now=now, office=office)
    return len(waiting)


def held_enrollment(session: Session, enrollment_id: int) -> Enrollment:
    """Return an enrolment with version and course, locked until the end of the transaction and read anew."""
    session.flush()
    return session.execute(
        holding(
            select(Enrollment)
            .options(
                joinedload(Enrollment.version).selectinload(CourseVersion.claims),
                joinedload(Enrollment.course),
            )
            .where(Enrollment.id == enrollment_id),
            of=Enrollment,
        )
    ).scalar_one()

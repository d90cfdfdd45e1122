"""Correct a wrong key: marks are appended for answers that were handed in; nothing is overwritten."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lms.domain.audit.actions import record
from lms.domain.quizzes import rules
from lms.domain.quizzes.actions.telling import tell_corrected
from lms.domain.quizzes.models import Attempt, Grading, KeyCorrection
from lms.domain.quizzes.queries import (
    Corrected,
    corrected_question,
    corrections_at,
    effects_on,
)
from lms.domain.quizzes.rules import Change


def order_correction(
    session: Session, wanted: Corrected, *, reason: str, lower: bool, by: int, now: datetime
) -> KeyCorrection:
    """Order that answers are marked by the corrected key; one that is still at work is not ordered twice."""
    waiting = session.scalars(
        select(KeyCorrection).where(
            KeyCorrection.course_id == wanted.course_id,
            KeyCorrection.quiz_key == wanted.quiz_key,
            KeyCorrection.question_key == wanted.question.id,
            KeyCorrection.finished_at.is_(None),
        )
    ).first()
    if waiting is not None:
        return waiting
    row = KeyCorrection(
        course_id=wanted.course_id, quiz_key=wanted.quiz_key, question_key=wanted.question.id,
        version_id=wanted.version_id, reason=reason, lower=lower, ordered_by=by, ordered_at=now,
    )  # fmt: skip
    session.add(row)
    session.flush()
    record(
        session, "key.corrected", now=now, actor=by, subject=("course", wanted.course_id),
        quiz=wanted.quiz_key, question=wanted.question.id, reason=reason, lower=lower,
    )  # fmt: skip
    session.flush()
    return row


def regrade(
    session: Session, correction: KeyCorrection, wanted: Corrected, enrollment_ids: Sequence[int], *,
    now: datetime,
) -> list[int]:  # fmt: skip
    """Append the marks that the corrected key gives; return the enrolments that got any.

    Who would no longer have passed keeps every mark, unless the correction says `lower`. A second call
    finds nothing left to change.
    """
    touched, attempts = list[int](), list[int]()
    for effect in effects_on(session, wanted, enrollment_ids, lock=True):
        changes = effect.wanted(correction.lower)
        session.add_all(_grading(correction, change, now) for change in changes)
        if changes:
            touched.append(effect.enrollment_id)
            attempts += (one.attempt_id for one in changes)
    session.flush()
    if attempts:
        tell_corrected(session, attempts, correction.reason, now=now)
    return touched


def _grading(correction: KeyCorrection, change: Change, now: datetime) -> Grading:
    mark = change.mark
    return Grading(
        attempt_id=change.attempt_id, question_key=mark.question_key, fraction=mark.fraction,
        points=mark.points, max_points=mark.max_points, verdict=mark.verdict,
        key_version_id=correction.version_id, graded_at=now, graded_by=correction.ordered_by,
        reason=correction.reason,
    )  # fmt: skip


def correct_late(session: Session, attempt: Attempt, *, now: datetime) -> None:
    """Mark an attempt that was just closed by the keys that were corrected while it was open."""
    asked = set(rules.keys_of(rules.paper_of(attempt.paper)))
    for correction in corrections_at(session, attempt.enrollment_id, attempt.quiz_key):
        if correction.version_id == attempt.version_id or correction.question_key not in asked:
            continue
        wanted = corrected_question(
            session, correction.course_id, correction.version_id, attempt.quiz_key, correction.question_key
        )
        if wanted is not None:
            regrade(session, correction, wanted, [attempt.enrollment_id], now=now)


def finish_correction(session: Session, correction: KeyCorrection, *, now: datetime) -> None:
    """Note that all answers are marked by the corrected key, and for how many people a mark changed."""
    if correction.finished_at is not None:
        return
    correction.people = (
        session.scalar(
            select(func.count(Attempt.enrollment_id.distinct()))
            .join(Grading, Grading.attempt_id == Attempt.id)
            .where(
                Attempt.quiz_key == correction.quiz_key,
                Grading.question_key == correction.question_key,
                Grading.key_version_id == correction.version_id,
                Grading.graded_by == correction.ordered_by,
                Grading.graded_at >= correction.ordered_at,
            )
        )
        or 0
    )
    correction.finished_at = now
    session.flush()

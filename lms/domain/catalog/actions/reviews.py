"""Send a draft for review, remark on it, approve or return it; take a course out of the catalogue."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lms.content.bundle import digest, normalize
from lms.db import holding
from lms.domain.accounts.models import User
from lms.domain.audit.actions import record
from lms.domain.catalog.actions.notices import WAITS, tell_decided, tell_waiting
from lms.domain.catalog.actions.rows import insert_missing, locked_course
from lms.domain.catalog.actions.writing import held_draft
from lms.domain.catalog.models import Course, DraftFile, Review, ReviewComment, ReviewFile
from lms.domain.catalog.queries import draft_bundle, review_lines, writers_of
from lms.domain.catalog.rules import QUOTE_MAX, may_decide
from lms.domain.notices.actions import settled

ACTS = {
    "approved": "review.approved", "returned": "review.returned", "withdrawn": "review.withdrawn",
}  # fmt: skip
"""What a decision is called in the activity log."""


class OwnWork(Exception):
    """Nobody approves or returns a text that they wrote or sent, and no external author any."""


class Decided(Exception):
    """Somebody has decided on the review already."""


class OtherText(Exception):
    """The draft is no longer the text that was looked at."""


class NoSuchLine(Exception):
    """The file of the review has no such line."""


def send_for_review(
    session: Session, course: Course, *, seen: str, message: str, by: int, now: datetime
) -> Review:
    """Send the draft as it is for review and keep its files; `seen` is the digest that the sender saw.

    The same text that waits already is not sent twice; another one takes its place. Raises OtherText,
    NoDraft, PublishedElsewhere.
    """
    draft = held_draft(session, course)
    bundle = draft_bundle(session, course.id) or {}
    if digest(normalize(bundle)) != seen:
        raise OtherText
    waiting = _waiting(session, course.id)
    if waiting is not None:
        if waiting.digest == seen:
            return waiting
        _close(session, waiting, "withdrawn", by=by, now=now)
    review = Review(course_id=course.id, digest=seen, sent_at=now, sent_by=by, message=message)
    session.add(review)
    session.flush()
    files = session.execute(select(DraftFile.path, DraftFile.digest).where(DraftFile.draft_id == draft.id))
    insert_missing(
        session,
        ReviewFile,
        [{"review_id": review.id, "path": path, "digest": value} for path, value in files],
    )
    subject = ("course", course.id)
    record(session, "review.sent", now=now, actor=by, subject=subject, review=review.id, text=seen[:12])
    tell_waiting(session, course, review, now=now)
    session.flush()
    return review


def decide(session: Session, review: Review, *, approve: bool, note: str, by: int, now: datetime) -> None:
    """Approve or return a text that waits. Raises OwnWork for who wrote or sent it, Decided.

    An external author decides on no text: a course is published on the word of somebody of the city.
    """
    held = _held(session, review)
    decider = session.get(User, by)
    external = decider is None or decider.partner_id is not None
    if external or not may_decide(by, held.sent_by, writers_of(session, held.course_id)):
        raise OwnWork
    held.note = note
    _close(session, held, "approved" if approve else "returned", by=by, now=now)
    tell_decided(session, held, now=now)


def take_back(session: Session, review: Review, *, by: int, now: datetime) -> None:
    """Take a text back that waits for its review. Raises Decided."""
    _close(session, _held(session, review), "withdrawn", by=by, now=now)


def withdraw_waiting(session: Session, course_id: int, *, by: int, now: datetime) -> None:
    """Take back what waits of a course whose draft is gone."""
    waiting = _waiting(session, course_id)
    if waiting is not None:
        _close(session, waiting, "withdrawn", by=by, now=now)


def remark(
    session: Session, review: Review, path: str, line: int, text: str, *, by: int, now: datetime
) -> ReviewComment:
    """Append a remark at a line (from 1) of a file of the review. Raises NoSuchLine."""
    lines = review_lines(session, review.id, path)
    if lines is None or not 1 <= line <= len(lines):
        raise NoSuchLine
    comment = ReviewComment(
        review_id=review.id, path=path, line=line, quote=lines[line - 1].strip()[:QUOTE_MAX], text=text,
        author_id=by, written_at=now,
    )  # fmt: skip
    session.add(comment)
    session.flush()
    return comment


def resolve(session: Session, comment: ReviewComment, *, done: bool, by: int, now: datetime) -> None:
    """Mark a remark as done, or open it again; who did it first stays."""
    if done == (comment.resolved_at is not None):
        return
    comment.resolved_at, comment.resolved_by = (now, by) if done else (None, None)
    session.flush()


def archive(session: Session, course: Course, *, reason: str, by: int, now: datetime) -> bool:
    """Take a course out of the catalogue: nobody joins, who is under way may finish. False when it is out."""
    held = locked_course(session, course.slug, home=course.home, now=now)
    if held.archived_at is not None:
        return False
    held.archived_at = now
    record(session, "course.archived", now=now, actor=by, subject=("course", held.id), reason=reason)
    session.flush()
    return True


def bring_back(session: Session, course: Course, *, by: int, now: datetime) -> bool:
    """Put an archived course into the catalogue again. False when it is there."""
    held = locked_course(session, course.slug, home=course.home, now=now)
    if held.archived_at is None:
        return False
    held.archived_at = None
    record(session, "course.restored", now=now, actor=by, subject=("course", held.id))
    session.flush()
    return True


def _waiting(session: Session, course_id: int) -> Review | None:
    query = select(Review).where(Review.course_id == course_id, Review.decided_at.is_(None))
    return session.scalars(holding(query, of=Review)).one_or_none()


def _held(session: Session, review: Review) -> Review:
    held = session.execute(holding(select(Review).where(Review.id == review.id), of=Review)).scalar_one()
    if held.decided_at is not None:
        raise Decided
    return held


def _close(session: Session, review: Review, decision: str, *, by: int, now: datetime) -> None:
    review.decision, review.decided_by, review.decided_at = decision, by, now
    settled(session, WAITS, ("review", review.id), now=now)
    open_remarks = session.scalar(
        select(func.count(ReviewComment.id)).where(
            ReviewComment.review_id == review.id, ReviewComment.resolved_at.is_(None)
        )
    )
    record(
        session, ACTS[decision], now=now, actor=by, subject=("course", review.course_id),
        review=review.id, text=review.digest[:12], remarks=open_remarks or 0,
    )  # fmt: skip
    session.flush()

"""Ask, withdraw, answer, decline, hand on, enter into the text."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lms.content.places import Place
from lms.db import holding
from lms.domain.accounts.models import User
from lms.domain.audit.actions import record
from lms.domain.catalog.models import CourseVersion, Piece
from lms.domain.catalog.queries import trainers_of
from lms.domain.enrollments.models import Enrollment
from lms.domain.inquiries.models import Inquiry
from lms.domain.inquiries.rules import MOST_OPEN
from lms.domain.notices.actions import settled, tell

ASKED = "inquiry.asked"
HANDED = "inquiry.handed"


class TooMany(Exception):
    """As many of the person wait in this course as may."""


class Closed(Exception):
    """It was answered, declined or withdrawn already."""


def ask(
    session: Session,
    enrollment: Enrollment,
    lesson: Piece,
    place: Place,
    *,
    kind: str,
    text: str,
    now: datetime,
) -> Inquiry:
    """Ask at a place of a lesson, or report an error there; the authors are told.

    The same words that wait at the same place are the same inquiry. Raises TooMany.
    """
    session.execute(select(User.id).where(User.id == enrollment.user_id).with_for_update())
    waiting = session.scalars(
        select(Inquiry).where(
            Inquiry.asker_id == enrollment.user_id,
            Inquiry.course_id == enrollment.course_id,
            Inquiry.state == "open",
        )
    ).all()
    for one in waiting:
        if (one.lesson_key, one.place, one.kind, one.text) == (lesson.key, place.key, kind, text):
            return one
    if len(waiting) >= MOST_OPEN:
        raise TooMany
    made = Inquiry(
        course_id=enrollment.course_id, version_id=enrollment.version_id, lesson_key=lesson.key,
        place=place.key, quote=place.words, kind=kind, text=text, asker_id=enrollment.user_id, asked_at=now,
    )  # fmt: skip
    session.add(made)
    session.flush()
    _record(session, "inquiry.asked", made, by=made.asker_id, now=now, kind=kind)
    writers = [one for one in trainers_of(session, made.course_id) if one != made.asker_id]
    _tell(session, writers, ASKED, made, now=now, error=kind == "error")
    session.flush()
    return made


def withdraw(session: Session, inquiry: Inquiry, *, now: datetime) -> None:
    """Take back what nobody has answered yet. Raises Closed."""
    if _close(session, inquiry, "withdrawn", "", by=inquiry.asker_id, now=now):
        _record(session, "inquiry.withdrawn", inquiry, by=inquiry.asker_id, now=now)
        session.flush()


def answer(session: Session, inquiry: Inquiry, words: str, *, by: int, now: datetime) -> None:
    """Answer once, for all learners of the course; the asker is told. Raises Closed."""
    if _close(session, inquiry, "answered", words, by=by, now=now):
        _record(session, "inquiry.answered", inquiry, by=by, now=now)
        _tell(session, [inquiry.asker_id], "inquiry.answered", inquiry, now=now)
        session.flush()


def decline(session: Session, inquiry: Inquiry, reason: str, *, by: int, now: datetime) -> None:
    """Answer nothing, with a reason for the asker alone; it is kept and shown to no other. Raises Closed."""
    if _close(session, inquiry, "declined", reason, by=by, now=now):
        _record(session, "inquiry.declined", inquiry, by=by, now=now, reason=reason)
        _tell(session, [inquiry.asker_id], "inquiry.declined", inquiry, now=now)
        session.flush()


def hand_on(session: Session, inquiry: Inquiry, to: int, *, by: int, now: datetime) -> None:
    """Ask another member of the team to answer; that member is told. Raises Closed."""
    held = _held(session, inquiry)
    if held.state != "open":
        raise Closed
    if held.handed_to == to:
        return
    held.handed_to = to
    _record(session, "inquiry.handed", held, by=by, now=now, to=to)
    _tell(session, [to], HANDED, held, now=now)
    session.flush()


def enter(session: Session, inquiry: Inquiry, version: CourseVersion, *, by: int, now: datetime) -> None:
    """Note that a version takes it up in its text; one that waited is answered by that. Raises Closed."""
    held = _held(session, inquiry)
    if held.entered_version_id is not None:
        return
    if held.state == "open":
        _close(session, inquiry, "answered", "", by=by, now=now)
    if held.state != "answered":
        raise Closed
    held.entered_version_id, held.entered_at = version.id, now
    _record(session, "inquiry.entered", held, by=by, now=now, version=version.number)
    _tell(session, [held.asker_id], "inquiry.entered", held, now=now, version=version.number)
    session.flush()


def _held(session: Session, inquiry: Inquiry) -> Inquiry:
    return session.execute(holding(select(Inquiry).where(Inquiry.id == inquiry.id), of=Inquiry)).scalar_one()


def _close(session: Session, inquiry: Inquiry, state: str, words: str, *, by: int, now: datetime) -> bool:
    """Close what is open; False when the same person closed it with the same words (a double click)."""
    held = _held(session, inquiry)
    if (held.state, held.answer, held.closed_by) == (state, words, by):
        return False
    if held.state != "open":
        raise Closed
    held.state, held.answer, held.closed_by, held.closed_at = state, words, by, now
    for kind in (ASKED, HANDED):
        settled(session, kind, ("inquiry", held.id), now=now)
    return True


def _record(session: Session, verb: str, inquiry: Inquiry, *, by: int, now: datetime, **detail: Any) -> None:
    subject = ("course", inquiry.course_id)
    record(session, verb, now=now, actor=by, subject=subject, inquiry=inquiry.id, **detail)


def _tell(
    session: Session, people: list[int], kind: str, inquiry: Inquiry, *, now: datetime, **facts: Any
) -> None:
    title = session.scalar(
        select(func.max(Piece.title)).where(
            Piece.version_id == inquiry.version_id, Piece.key == inquiry.lesson_key
        )
    )
    course = session.scalar(select(CourseVersion.title).where(CourseVersion.id == inquiry.version_id))
    tell(
        session, people, kind, about=("inquiry", inquiry.id), now=now, inquiry=inquiry.id, lesson=title or "",
        course=course or "", **facts,
    )  # fmt: skip

"""Read questions at places: those of a lesson, one's own, those of a trainer's courses."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, bindparam, func, or_, select
from sqlalchemy.orm import Session, aliased

from lms.db import columns, plain_rows
from lms.domain.accounts.models import User
from lms.domain.catalog.models import Course, CourseMember, CourseVersion, Piece
from lms.domain.catalog.queries import writes
from lms.domain.inquiries.models import Inquiry

OPEN = ("open",)
CLOSED = ("answered", "declined")
"""States that a trainer asks for; what was withdrawn is nobody's to read."""


@dataclass(frozen=True)
class Thread:
    """A question as learners read it, without a name; `entered` is the number of the version, 0 for none."""

    id: int
    place: str
    quote: str
    kind: str
    text: str
    asked_at: datetime
    version: int
    own: bool
    answer: str
    closed_at: datetime | None
    entered: int


def threads_at(session: Session, course_id: int, lesson_key: str, user_id: int) -> list[Thread]:
    """Return what was answered at a lesson, and what the person asked there and waits: one statement."""
    rows = plain_rows(session, _threads(), {"course": course_id, "lesson": lesson_key, "user": user_id})
    return [
        Thread(**{**row._mapping, "own": row.own == user_id, "entered": row.entered or 0}) for row in rows
    ]


@cache
def _threads() -> Select[Any]:
    """Built once, on plain columns: each opening of a lesson sends it."""
    row, asked, entered = columns(Inquiry), CourseVersion.__table__, CourseVersion.__table__.alias()
    return (
        select(
            row.id, row.place, row.quote, row.kind, row.text, row.asked_at, row.asker_id.label("own"),
            row.answer, row.closed_at, asked.c.number.label("version"), entered.c.number.label("entered"),
        )
        .select_from(
            Inquiry.__table__.join(asked, asked.c.id == row.version_id)
            .outerjoin(entered, entered.c.id == row.entered_version_id)
        )
        .where(
            row.course_id == bindparam("course"),
            row.lesson_key == bindparam("lesson"),
            or_(row.state == "answered", (row.state == "open") & (row.asker_id == bindparam("user"))),
        )
        .order_by(row.id)
    )  # fmt: skip


@dataclass(frozen=True)
class Listed:
    """A question in a list, with its course and lesson; `live` is the number of the live version."""

    inquiry: Inquiry
    slug: str
    course: str
    lesson: str
    asked_in: int
    live: int | None
    asker: str
    closer: str
    handed: str
    entered: int | None


_Closer, _Handed = aliased(User), aliased(User)
_Entered, _Live = aliased(CourseVersion), aliased(CourseVersion)


def _listed() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Inquiry, Course.slug, CourseVersion.title, Piece.title, CourseVersion.number, _Live.number,
            User.name, _Closer.name, _Handed.name, _Entered.number,
        )
        .join(Course, Course.id == Inquiry.course_id)
        .join(CourseVersion, CourseVersion.id == Inquiry.version_id)
        .join(Piece, (Piece.version_id == Inquiry.version_id) & (Piece.key == Inquiry.lesson_key))
        .join(User, User.id == Inquiry.asker_id)
        .outerjoin(_Live, _Live.id == Course.live_version_id)
        .outerjoin(_Closer, _Closer.id == Inquiry.closed_by)
        .outerjoin(_Handed, _Handed.id == Inquiry.handed_to)
        .outerjoin(_Entered, _Entered.id == Inquiry.entered_version_id)
    )  # fmt: skip


def _made(row: Row[*tuple[Any, ...]]) -> Listed:
    return Listed(row[0], row[1], row[2], row[3], row[4], row[5], row[6], row[7] or "", row[8] or "", row[9])


def count_own(session: Session, user_id: int) -> int:
    """Return how many questions a person has asked."""
    return session.scalar(select(func.count(Inquiry.id)).where(Inquiry.asker_id == user_id)) or 0


def own_inquiries(session: Session, user_id: int, *, limit: int, offset: int = 0) -> list[Listed]:
    """Return what a person has asked, the newest first."""
    query = _listed().where(Inquiry.asker_id == user_id).order_by(Inquiry.id.desc())
    return [_made(row) for row in session.execute(query.limit(limit).offset(offset))]


def own_inquiry(session: Session, user_id: int, inquiry_id: int) -> Inquiry | None:
    """Return one question of the person, or None."""
    return session.scalars(
        select(Inquiry).where(Inquiry.id == inquiry_id, Inquiry.asker_id == user_id)
    ).one_or_none()


def _of_team(user_id: int) -> ColumnElement[bool]:
    """Whether a person may answer it: who writes the course, and the member to whom it was handed."""
    return (
        select(CourseMember.user_id)
        .where(
            CourseMember.course_id == Inquiry.course_id,
            CourseMember.user_id == user_id,
            or_(writes(user_id), Inquiry.handed_to == user_id),
        )
        .exists()
    )


def _theirs(user_id: int, slug: str, states: Collection[str]) -> tuple[ColumnElement[bool], ...]:
    course = (Course.slug == slug,) if slug else ()
    return (_of_team(user_id), Inquiry.state.in_(states), *course)


def count_inquiries(session: Session, user_id: int, states: Collection[str], slug: str = "") -> int:
    """Return how many of these states a member may answer, of one course where it is named."""
    query = (
        select(func.count(Inquiry.id))
        .join(Course, Course.id == Inquiry.course_id)
        .where(*_theirs(user_id, slug, states))
    )
    return session.scalar(query) or 0


def find_inquiries(
    session: Session, user_id: int, states: Collection[str], slug: str = "", *, limit: int, offset: int = 0
) -> list[Listed]:
    """Return a page of them: the oldest that wait first, the last closed first."""
    order = (Inquiry.id,) if "open" in states else (Inquiry.closed_at.desc(), Inquiry.id.desc())
    query = _listed().where(*_theirs(user_id, slug, states)).order_by(*order).limit(limit).offset(offset)
    return [_made(row) for row in session.execute(query)]


def inquiry_for(session: Session, user_id: int, inquiry_id: int) -> Listed | None:
    """Return one that the person may answer as a member of the team; None for others and withdrawn ones."""
    row = session.execute(
        _listed().where(_of_team(user_id), Inquiry.id == inquiry_id, Inquiry.state != "withdrawn")
    ).one_or_none()
    return _made(row) if row else None


def open_places(session: Session, course_ids: Collection[int]) -> list[tuple[int, str, str]]:
    """Return course, lesson and place of each open question of these courses: one statement."""
    rows = session.execute(
        select(Inquiry.course_id, Inquiry.lesson_key, Inquiry.place).where(
            Inquiry.course_id.in_(course_ids), Inquiry.state == "open"
        )
    )
    return [(row[0], row[1], row[2]) for row in rows]

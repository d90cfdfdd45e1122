"""The work that changed rules made, for its owners and for the office; what learners are told."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, aliased

from lms.domain.accounts.models import User
from lms.domain.catalog.models import Course, CourseMember, CourseVersion
from lms.domain.catalog.queries import writes
from lms.domain.regulations.models import (
    Citation,
    Regulation,
    RegulationChange,
    RegulationName,
    RegulationWork,
)

_Newer = aliased(Regulation)


@dataclass(frozen=True)
class WorkRow:
    """A place to bring up to date: `old` is replaced or amended (`effect`) by `newer` since a day."""

    row: RegulationWork
    slug: str
    home: str
    course: str
    old: str
    old_id: int
    newer: str
    effect: str
    since: date
    handled_by: str


def _rows() -> Select[RegulationWork, str, str, str, str, int, str, str, date, str]:
    return (
        select(
            RegulationWork, Course.slug, Course.home, CourseVersion.title, Regulation.short, Regulation.id,
            _Newer.short, RegulationChange.effect, RegulationChange.since, func.coalesce(User.name, ""),
        )
        .join(RegulationChange, RegulationChange.id == RegulationWork.change_id)
        .join(Regulation, Regulation.id == RegulationChange.regulation_id)
        .join(_Newer, _Newer.id == RegulationChange.by_id)
        .join(Course, Course.id == RegulationWork.course_id)
        .join(CourseVersion, CourseVersion.id == Course.live_version_id)
        .outerjoin(User, User.id == RegulationWork.handled_by)
    )  # fmt: skip


def _state(done: bool) -> tuple[ColumnElement[bool], ...]:
    return RegulationWork.handled_at.is_not(None) if done else RegulationWork.handled_at.is_(
        None
    ), RegulationWork.how != "withdrawn"


def _own(user_id: int) -> ColumnElement[bool]:
    return RegulationWork.course_id.in_(select(CourseMember.course_id).where(writes(user_id)))


def find_work(
    session: Session, *, done: bool, user_id: int | None = None, limit: int, offset: int = 0
) -> list[WorkRow]:
    """Return a page of open or done work by course, of all or of the courses that a person writes."""
    query = _rows().where(*_state(done))
    if user_id is not None:
        query = query.where(_own(user_id))
    order = (
        (RegulationWork.handled_at.desc(), RegulationWork.id.desc())
        if done
        else (CourseVersion.title, RegulationWork.id)
    )
    rows = session.execute(query.order_by(*order).limit(limit).offset(offset))
    return [WorkRow(*row) for row in rows]


def count_work(session: Session, *, done: bool, user_id: int | None = None) -> int:
    """Return how many rows `find_work` has."""
    query = select(func.count()).select_from(RegulationWork).where(*_state(done))
    if user_id is not None:
        query = query.where(_own(user_id))
    return session.scalar(query) or 0


def count_work_for(session: Session, user_id: int) -> int:
    """Return how many places of the courses that a person writes wait."""
    return count_work(session, done=False, user_id=user_id)


def work_by_id(session: Session, work_id: int) -> RegulationWork | None:
    """Return a row of work."""
    return session.get(RegulationWork, work_id)


def work_for(session: Session, user_id: int, work_id: int) -> RegulationWork | None:
    """Return a row of work in a course that the person writes; None when it is not theirs."""
    return session.scalars(
        select(RegulationWork).where(RegulationWork.id == work_id, _own(user_id))
    ).one_or_none()


@dataclass(frozen=True)
class LawNotice:
    """What a learner is told of one place; `renewed`: the newest version of the course has it right."""

    place: str
    old: str
    newer: str
    newer_title: str
    effect: str
    since: date
    renewed: bool


def law_notices(
    session: Session, course_id: int, version_id: int, places: Collection[str], today: date
) -> dict[str, list[LawNotice]]:
    """Return by place what changed in the law that a version cites there (one statement).

    Nothing is told before the day, and of places that somebody looked at and left as they are.
    """
    cited = (
        select(Citation.id)
        .join(RegulationName, RegulationName.key == Citation.key)
        .where(
            Citation.version_id == version_id,
            Citation.kind == RegulationWork.kind,
            Citation.place == RegulationWork.place,
            RegulationName.regulation_id == RegulationChange.regulation_id,
        )
        .exists()
    )
    rows = session.execute(
        select(
            RegulationWork.place, Regulation.short, _Newer.short, _Newer.title, RegulationChange.effect,
            RegulationChange.since, RegulationWork.handled_at.is_not(None),
        )
        .join(RegulationChange, RegulationChange.id == RegulationWork.change_id)
        .join(Regulation, Regulation.id == RegulationChange.regulation_id)
        .join(_Newer, _Newer.id == RegulationChange.by_id)
        .where(
            RegulationWork.course_id == course_id, RegulationWork.place.in_(places),
            RegulationWork.kind != "course", RegulationWork.how.in_(("", "published")),
            RegulationChange.since <= today, cited,
        )
        .order_by(RegulationChange.since, RegulationWork.id)
    )  # fmt: skip
    found: dict[str, list[LawNotice]] = {}
    for row in rows:
        found.setdefault(row[0], []).append(LawNotice(*row))
    return found

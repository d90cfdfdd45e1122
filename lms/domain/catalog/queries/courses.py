"""Courses by slug, members of courses, versions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from lms.domain.accounts.models import OrgUnit, RoleGrant, RoleName, User
from lms.domain.accounts.rules import role_names
from lms.domain.catalog.models import Course, CourseMember, CourseVersion, Draft, Review
from lms.domain.catalog.rules import ROLES_NEEDED, WRITERS, Stage, stage_of
from lms.domain.partners.models import Partner


def course_by_slug(session: Session, slug: str) -> Course | None:
    """Return a course with its live version, published or not."""
    return session.scalars(
        select(Course).options(joinedload(Course.live_version)).where(Course.slug == slug)
    ).one_or_none()


def live_course(session: Session, slug: str) -> Course | None:
    """Return a course that people may find: published and not archived; with its live version."""
    return session.scalars(
        select(Course)
        .join(Course.live_version)
        .options(contains_eager(Course.live_version))
        .where(Course.slug == slug, Course.archived_at.is_(None))
    ).one_or_none()


def live_titles(session: Session) -> dict[str, str]:
    """Return {slug: title} of published courses."""
    rows = session.execute(
        select(Course.slug, CourseVersion.title).join(Course.live_version).where(Course.archived_at.is_(None))
    )
    return dict(rows.all())


def live_ids(session: Session) -> dict[str, int]:
    """Return {slug: id} of published courses."""
    rows = session.execute(
        select(Course.slug, Course.id).where(
            Course.live_version_id.is_not(None), Course.archived_at.is_(None)
        )
    )
    return dict(rows.all())


def live_prerequisites(session: Session) -> dict[str, tuple[str, list[str]]]:
    """Return {slug: (title, slugs asked for before)} of published courses."""
    rows = session.execute(
        select(Course.slug, CourseVersion.title, CourseVersion.header["prerequisites"])
        .join(Course.live_version)
        .where(Course.archived_at.is_(None))
    )
    return {slug: (title, asked or []) for slug, title, asked in rows}


def versions(session: Session, course_id: int) -> Sequence[CourseVersion]:
    """Return the versions of a course, newest first."""
    return session.scalars(
        select(CourseVersion)
        .where(CourseVersion.course_id == course_id)
        .order_by(CourseVersion.number.desc())
    ).all()


@dataclass(frozen=True)
class Membership:
    """A course as one of its members sees it."""

    course: Course
    role: str

    @property
    def may_write(self) -> bool:
        """Whether the member may change and publish (owner, author); a reviewer reads."""
        return self.role in WRITERS


def course_for(session: Session, user: User, slug: str) -> Membership | None:
    """Return a course the person is a member of, with its live version; None when it is not theirs.

    Who holds the role of a trainer no more reads it as a reviewer does. The grants must be loaded.
    """
    row = session.execute(
        select(Course, CourseMember.role)
        .join(CourseMember, CourseMember.course_id == Course.id)
        .options(joinedload(Course.live_version))
        .where(Course.slug == slug, CourseMember.user_id == user.id)
    ).one_or_none()
    if row is None:
        return None
    return Membership(row[0], _role(user, row[1]))


def _role(user: User, role: str) -> str:
    return role if RoleName.TRAINER in role_names(user) else "reviewer"


def writes(user_id: int) -> ColumnElement[bool]:
    """Whether a row of CourseMember lets a person write its course: who trains no more does not."""
    return and_(CourseMember.user_id == user_id, CourseMember.role.in_(WRITERS), _TRAINS)


_TRAINS = (
    select(RoleGrant.id)
    .where(RoleGrant.user_id == CourseMember.user_id, RoleGrant.role == RoleName.TRAINER)
    .correlate(CourseMember)
    .exists()
)


def trainers_of(session: Session, course_id: int) -> Sequence[int]:
    """Return the ids of the trainers who may write a course."""
    return session.scalars(
        select(CourseMember.user_id).where(
            CourseMember.course_id == course_id, CourseMember.role.in_(WRITERS), _TRAINS
        )
    ).all()


@dataclass(frozen=True)
class OwnCourse:
    """A line of a trainer's list of courses."""

    id: int
    slug: str
    home: str
    role: str
    title: str | None
    version: int | None
    version_id: int | None
    published_at: datetime | None
    jp: int | None
    minutes: int | None
    draft_at: datetime | None
    archived_at: datetime | None
    sent_at: datetime | None

    @property
    def stage(self) -> Stage:
        """Where its text stands."""
        return stage_of(
            draft=self.draft_at is not None, sent=self.sent_at is not None, live=self.version is not None,
            archived=self.archived_at is not None,
        )  # fmt: skip


def courses_for_trainer(session: Session, user: User) -> list[OwnCourse]:
    """Return the courses a person is a member of, by title, with the role as `course_for` has it (one
    statement).
    """
    rows = session.execute(
        select(
            Course.id, Course.slug, Course.home, CourseMember.role, CourseVersion.title, CourseVersion.number,
            CourseVersion.id, CourseVersion.published_at, CourseVersion.jp, CourseVersion.minutes,
            Draft.updated_at, Course.archived_at, Review.sent_at,
        )
        .join(CourseMember, CourseMember.course_id == Course.id)
        .outerjoin(CourseVersion, CourseVersion.id == Course.live_version_id)
        .outerjoin(Draft, Draft.course_id == Course.id)
        .outerjoin(Review, (Review.course_id == Course.id) & Review.decided_at.is_(None))
        .where(CourseMember.user_id == user.id)
    )  # fmt: skip
    return sorted(
        (replace(one, role=_role(user, one.role)) for one in (OwnCourse(*tuple(row)) for row in rows)),
        key=lambda own: (own.title or own.slug).casefold(),
    )


@dataclass(frozen=True)
class Member:
    """Somebody who works on a course: owner, author or reviewer; `unit`: or the partner institution."""

    user_id: int
    name: str
    unit: str
    role: str


def members(session: Session, course_id: int, *, at_desk: bool = False) -> list[Member]:
    """Return who works on a course, owners first (one statement).

    `at_desk`: only those whose account is open and who still hold a role that opens the trainers' desk.
    """
    query = (
        select(User.id, User.name, func.coalesce(OrgUnit.name, Partner.name, ""), CourseMember.role)
        .join(CourseMember, CourseMember.user_id == User.id)
        .outerjoin(OrgUnit, OrgUnit.id == User.unit_id)
        .outerjoin(Partner, Partner.id == User.partner_id)
        .where(CourseMember.course_id == course_id)
    )
    if at_desk:
        holders = select(RoleGrant.user_id).where(RoleGrant.role.in_(ROLES_NEEDED["reviewer"]))
        query = query.where(User.closed_at.is_(None), User.id.in_(holders))
    rows = session.execute(query)
    return by_part(Member(*row) for row in rows)


def by_part(team: Iterable[Member]) -> list[Member]:
    """Sort a team: owners, authors, reviewers, each by name."""
    order = {"owner": 0, "author": 1, "reviewer": 2}
    return sorted(team, key=lambda one: (order[one.role], one.name))


@dataclass(frozen=True)
class AnyCourse:
    """A line of the admin's list of courses; without a live version `title` and `version` are None."""

    id: int
    slug: str
    home: str
    archived_at: datetime | None
    title: str | None
    version: int | None
    team: int


def count_courses(session: Session) -> int:
    """Return how many courses there are, published or not."""
    return session.scalar(select(func.count()).select_from(Course)) or 0


def all_courses(session: Session, *, offset: int, limit: int) -> list[AnyCourse]:
    """Return a page of all courses by id in the address, with the size of their teams (one statement)."""
    team = (
        select(func.count())
        .select_from(CourseMember)
        .where(CourseMember.course_id == Course.id)
        .scalar_subquery()
    )
    rows = session.execute(
        select(
            Course.id, Course.slug, Course.home, Course.archived_at, CourseVersion.title,
            CourseVersion.number, team,
        )
        .outerjoin(CourseVersion, CourseVersion.id == Course.live_version_id)
        .order_by(Course.slug).offset(offset).limit(limit)
    )  # fmt: skip
    return [AnyCourse(*row) for row in rows]

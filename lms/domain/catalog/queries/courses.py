"""Courses by slug, members of courses, versions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager, joinedload

from lms.domain.accounts.models import User
from lms.domain.catalog.models import Course, CourseMember, CourseVersion, Draft
from lms.domain.catalog.rules import WRITERS


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


def live_titles(session: Session, slugs: Iterable[str] | None = None) -> dict[str, str]:
    """Return {slug: title} of published courses: all, or those of the slugs that are."""
    query = (
        select(Course.slug, CourseVersion.title).join(Course.live_version).where(Course.archived_at.is_(None))
    )
    if slugs is not None:
        query = query.where(Course.slug.in_(list(slugs)))
    rows = session.execute(query)
    return dict(rows.all())


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
    """Return a course the person is a member of, with its live version; None when it is not theirs."""
    row = session.execute(
        select(Course, CourseMember.role)
        .join(CourseMember, CourseMember.course_id == Course.id)
        .options(joinedload(Course.live_version))
        .where(Course.slug == slug, CourseMember.user_id == user.id)
    ).one_or_none()
    return Membership(row[0], row[1]) if row else None


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


def courses_for_trainer(session: Session, user: User) -> list[OwnCourse]:
    """Return the courses a person is a member of, by title (one statement)."""
    rows = session.execute(
        select(
            Course.id, Course.slug, Course.home, CourseMember.role, CourseVersion.title, CourseVersion.number,
            CourseVersion.id, CourseVersion.published_at, CourseVersion.jp, CourseVersion.minutes,
            Draft.updated_at,
        )
        .join(CourseMember, CourseMember.course_id == Course.id)
        .outerjoin(CourseVersion, CourseVersion.id == Course.live_version_id)
        .outerjoin(Draft, Draft.course_id == Course.id)
        .where(CourseMember.user_id == user.id)
    )  # fmt: skip
    return sorted((OwnCourse(*row) for row in rows), key=lambda own: (own.title or own.slug).casefold())


def members(session: Session, course_id: int) -> list[tuple[str, str]]:
    """Return (name, role) of the members of a course, owners first."""
    rows = session.execute(
        select(User.name, CourseMember.role)
        .join(CourseMember, CourseMember.user_id == User.id)
        .where(CourseMember.course_id == course_id)
    )
    order = {"owner": 0, "author": 1, "reviewer": 2}
    return sorted(((name, role) for name, role in rows), key=lambda row: (order[row[1]], row[0]))

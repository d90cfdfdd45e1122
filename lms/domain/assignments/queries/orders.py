"""Assignments as HR lists them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from lms.domain.accounts.models import User
from lms.domain.accounts.queries import in_units
from lms.domain.accounts.rules import subtree_paths
from lms.domain.assignments.models import Assignment, AssignmentPerson
from lms.domain.assignments.queries.people import counts_of
from lms.domain.assignments.rules import Counts
from lms.domain.catalog.models import Course, CourseVersion


@dataclass(frozen=True)
class AssignmentRow:
    """An assignment in a list, with its course and counts."""

    assignment: Assignment
    slug: str
    title: str
    counts: Counts


def assignments_for(
    session: Session, actor: User, today: date, *, closed: bool, limit: int, offset: int = 0
) -> list[AssignmentRow]:
    """Return a page of the assignments that touch the actor's people, the next due day first."""
    state = Assignment.closed_at.is_not(None) if closed else Assignment.closed_at.is_(None)
    rows = session.execute(
        select(Assignment, Course.slug, CourseVersion.title)
        .join(Course, Course.id == Assignment.course_id)
        .join(CourseVersion, CourseVersion.id == Course.live_version_id)
        .where(state, Assignment.id.in_(_visible(actor)))
        .order_by(Assignment.due_on, Assignment.id)
        .limit(limit).offset(offset)
    ).all()  # fmt: skip
    counts = counts_of(session, actor, today, [row[0].id for row in rows])
    return [AssignmentRow(row[0], row[1], row[2], counts.get(row[0].id, Counts())) for row in rows]


def _visible(actor: User) -> Select[int]:
    found = select(AssignmentPerson.assignment_id).join(User, User.id == AssignmentPerson.user_id)
    paths = subtree_paths(actor)
    return found if paths is None else found.where(in_units(paths))


def count_assignments(session: Session, actor: User, *, closed: bool) -> int:
    """How many open (or closed) assignments touch the actor's people."""
    state = Assignment.closed_at.is_not(None) if closed else Assignment.closed_at.is_(None)
    found = select(func.count()).select_from(Assignment).where(state, Assignment.id.in_(_visible(actor)))
    return session.scalar(found) or 0


def assignment_for(session: Session, actor: User, assignment_id: int) -> tuple[Assignment, str, str] | None:
    """Return an assignment that touches the actor's people, with slug and title of its course; else None."""
    row = session.execute(
        select(Assignment, Course.slug, CourseVersion.title)
        .join(Course, Course.id == Assignment.course_id)
        .join(CourseVersion, CourseVersion.id == Course.live_version_id)
        .where(Assignment.id == assignment_id, Assignment.id.in_(_visible(actor)))
    ).one_or_none()
    return (row[0], row[1], row[2]) if row else None

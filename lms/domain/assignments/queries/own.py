"""What is assigned to one person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Integer, Select, bindparam, select
from sqlalchemy.orm import Session

from lms.domain.accounts.models import User
from lms.domain.assignments.models import Assignment, AssignmentPerson
from lms.domain.assignments.queries.people import states_of_people
from lms.domain.assignments.rules import State
from lms.domain.catalog.models import Course, CourseVersion
from lms.domain.outside.queries import outside_sums


def own_assignment(session: Session, user_id: int, assignment_id: int) -> Assignment | None:
    """Return an assignment that names the person, open or closed; else None."""
    mine = select(AssignmentPerson.assignment_id).where(AssignmentPerson.user_id == user_id)
    return session.scalar(select(Assignment).where(Assignment.id == assignment_id, Assignment.id.in_(mine)))


@dataclass(frozen=True)
class Asked:
    """What is assigned to a person and not done: the course, until when, by which letter."""

    slug: str
    title: str
    minutes: int
    jp: int
    due_on: date
    late: bool
    letter_number: str
    letter_on: date | None
    note: str
    letter_of: int | None  # the assignment whose letter can be opened


@dataclass(frozen=True)
class Duties:
    """What the home page tells of the office: assigned courses, JP of trainings elsewhere this year."""

    asked: list[Asked]
    outside_jp: int
    outside_waiting: int


def duties_of(session: Session, user_id: int, today: date) -> Duties:
    """Return what is assigned to a person and neither done nor exempt, the next day first, and the sums
    of trainings elsewhere: one statement.
    """
    rows = session.execute(_duties(today), {"user_id": user_id}).all()
    first: dict[str, Asked] = {}
    for row in rows:
        if row.slug is not None:
            late = row.state == State.LATE.value
            first.setdefault(
                row.slug,
                Asked(
                    row.slug, row.title, row.minutes, row.jp, row.due_on, late, row.letter_number,
                    row.letter_on, row.note, row.assignment_id if row.letter_file else None,
                ),
            )  # fmt: skip
    sums = rows[0] if rows else None
    return Duties(
        list(first.values()),
        int(sums.outside_jp or 0) if sums else 0,
        int(sums.outside_waiting or 0) if sums else 0,
    )


@lru_cache(2)
def _duties(today: date) -> Select[Any]:
    """Built once a day, since home sends it."""
    statement, made = states_of_people(today)
    asked = (
        statement.join(Course, Course.id == Assignment.course_id)
        .join(CourseVersion, CourseVersion.id == Course.live_version_id)
        .add_columns(
            Course.slug, CourseVersion.title, CourseVersion.minutes, CourseVersion.jp,
            Assignment.letter_number, Assignment.letter_on, Assignment.note, Assignment.letter_file,
        )
        .where(
            AssignmentPerson.user_id == bindparam("user_id"), Assignment.closed_at.is_(None),
            made["state"].not_in((State.DONE.value, State.EXEMPT.value)),
        )
        .subquery("asked")
    )  # fmt: skip
    jp, waiting = outside_sums(bindparam("user_id", type_=Integer), today.year)
    return (
        select(asked, jp.label("outside_jp"), waiting.label("outside_waiting"))
        .select_from(User)
        .outerjoin(asked, asked.c.user_id == User.id)
        .where(User.id == bindparam("user_id"))
        .order_by(asked.c.due_on, asked.c.assignment_id)
    )

"""Read assignments: whom a rule touches, the people of one with their state, what is assigned to a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Integer, Row, Select, and_, bindparam, case, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from lms.domain.accounts.models import OrgUnit, User
from lms.domain.accounts.queries import in_units, staff_for
from lms.domain.accounts.rules import subtree_paths
from lms.domain.assignments.models import Assignment, AssignmentException, AssignmentPerson
from lms.domain.assignments.rules import Counts, Rule, State
from lms.domain.catalog.models import Course, CourseVersion
from lms.domain.enrollments.models import Enrollment
from lms.domain.outside.queries import outside_sums

Statement = Select[*tuple[Any, ...]]


def touched(session: Session, rule: Rule, people: Select[User]) -> list[int]:
    """Return the ids of the open accounts among `people` that a rule touches, in order."""
    traits: list[ColumnElement[bool]] = []
    if rule.units:
        paths = session.scalars(select(OrgUnit.path).where(OrgUnit.id.in_(rule.units))).all()
        traits.append(in_units(tuple(paths)))
    if rule.positions:
        traits.append(User.position_id.in_(rule.positions))
    if rule.employment:
        traits.append(User.employment.in_(rule.employment))
    wanted: list[ColumnElement[bool]] = [User.id.in_(rule.people)] if rule.people else []
    if traits:
        wanted.append(and_(*traits))
    if not wanted:
        return []
    found = people.where(or_(*wanted)).order_by(User.id)
    return list(session.scalars(found.with_only_columns(User.id)))


def done_since(session: Session, course_id: int, user_ids: Sequence[int], day: date) -> set[int]:
    """Return which of the people completed the course on `day` or later."""
    rows = session.scalars(
        select(Enrollment.user_id).where(
            Enrollment.course_id == course_id, Enrollment.user_id.in_(user_ids),
            Enrollment.completed_on >= day, Enrollment.withdrawn_at.is_(None),
        )
    )  # fmt: skip
    return set(rows)


def asked_already(session: Session, course_id: int, user_ids: Sequence[int]) -> set[int]:
    """Return which of the people have an open assignment of the course."""
    rows = session.scalars(
        select(AssignmentPerson.user_id)
        .join(Assignment, Assignment.id == AssignmentPerson.assignment_id)
        .where(
            Assignment.course_id == course_id, Assignment.closed_at.is_(None),
            AssignmentPerson.user_id.in_(user_ids),
        )
    )  # fmt: skip
    return set(rows)


def states_of_people(today: date) -> tuple[Statement, dict[str, Any]]:
    """People of assignments with due day and state, and the expressions to narrow by."""
    newest = (
        select(func.max(AssignmentException.id))
        .where(
            AssignmentException.assignment_id == AssignmentPerson.assignment_id,
            AssignmentException.user_id == AssignmentPerson.user_id,
        )
        .scalar_subquery()
    )
    given = aliased(AssignmentException)
    mine = and_(
        Enrollment.user_id == AssignmentPerson.user_id, Enrollment.course_id == Assignment.course_id,
        Enrollment.withdrawn_at.is_(None),
    )  # fmt: skip
    done_on = (
        select(func.max(Enrollment.completed_on))
        .where(mine, Enrollment.completed_on >= Assignment.counts_from)
        .correlate(AssignmentPerson, Assignment)
        .scalar_subquery()
    )
    begun = exists().where(mine, Enrollment.started_at.is_not(None), Enrollment.completed_at.is_(None))
    due = func.coalesce(given.until, AssignmentPerson.due_on)
    state = case(
        (done_on.is_not(None), State.DONE.value),
        (given.kind == "exemption", State.EXEMPT.value),
        (due < today, State.LATE.value),
        (begun, State.BEGUN.value),
        else_=State.NOT_BEGUN.value,
    )
    statement = (
        select(
            AssignmentPerson.assignment_id, AssignmentPerson.user_id, User.name, User.nip,
            OrgUnit.name.label("unit"), due.label("due_on"), done_on.label("done_on"), state.label("state"),
            given.kind, given.reason, given.document,
        )
        .select_from(AssignmentPerson)
        .join(Assignment, Assignment.id == AssignmentPerson.assignment_id)
        .join(User, User.id == AssignmentPerson.user_id)
        .outerjoin(OrgUnit, OrgUnit.id == User.unit_id)
        .outerjoin(given, given.id == newest)
    )  # fmt: skip
    return statement, {"state": state, "due": due}


@dataclass(frozen=True)
class PersonRow:
    """One person of an assignment."""

    user_id: int
    name: str
    nip: str | None
    unit: str | None
    due_on: date
    done_on: date | None
    state: State
    exception: str | None  # extension | exemption
    reason: str | None
    document: str | None


@dataclass(frozen=True)
class AssignmentRow:
    """An assignment in a list, with its course and counts."""

    assignment: Assignment
    slug: str
    title: str
    counts: Counts


def _seen(statement: Statement, actor: User) -> Statement:
    """Only rows of open accounts that the actor looks after."""
    return statement.where(User.id.in_(staff_for(actor).with_only_columns(User.id)))


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


def counts_of(session: Session, actor: User, today: date, ids: Sequence[int]) -> dict[int, Counts]:
    """Return the actor's people of these assignments by state: one statement."""
    statement, _ = states_of_people(today)
    inner = _seen(statement, actor).where(AssignmentPerson.assignment_id.in_(ids)).subquery("people")
    rows = session.execute(
        select(inner.c.assignment_id, inner.c.state, func.count())
        .group_by(inner.c.assignment_id, inner.c.state)
    )  # fmt: skip
    found: dict[int, dict[str, int]] = {}
    for key, state, count in rows:
        found.setdefault(key, {})[state] = count
    return {key: Counts(**states) for key, states in found.items()}


def assignment_for(session: Session, actor: User, assignment_id: int) -> tuple[Assignment, str, str] | None:
    """Return an assignment that touches the actor's people, with slug and title of its course; else None."""
    row = session.execute(
        select(Assignment, Course.slug, CourseVersion.title)
        .join(Course, Course.id == Assignment.course_id)
        .join(CourseVersion, CourseVersion.id == Course.live_version_id)
        .where(Assignment.id == assignment_id, Assignment.id.in_(_visible(actor)))
    ).one_or_none()
    return (row[0], row[1], row[2]) if row else None


def people_of(
    session: Session, actor: User, assignment_id: int, today: date, *, state: str = "",
    limit: int | None = None, offset: int = 0,
) -> list[PersonRow]:  # fmt: skip
    """Return a page of the actor's people of an assignment, the latest due first, then by name."""
    statement, made = states_of_people(today)
    statement = _seen(statement, actor).where(AssignmentPerson.assignment_id == assignment_id)
    if state:
        statement = statement.where(made["state"] == state)
    ordered = statement.order_by(made["due"], func.lower(User.name), User.id)
    return [_row(row) for row in session.execute(ordered.limit(limit).offset(offset))]


def _row(row: Row[*tuple[Any, ...]]) -> PersonRow:
    return PersonRow(
        row.user_id, row.name, row.nip, row.unit, row.due_on, row.done_on, State(row.state), row.kind,
        row.reason, row.document,
    )  # fmt: skip


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

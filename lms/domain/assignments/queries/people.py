"""The people of assignments: due day and state of each, counts, one list at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, and_, case, exists, func, select
from sqlalchemy.orm import Session, aliased

from lms.domain.accounts.models import OrgUnit, User
from lms.domain.accounts.queries import staff_for
from lms.domain.assignments.models import Assignment, AssignmentException, AssignmentPerson
from lms.domain.assignments.rules import Counts, State
from lms.domain.enrollments.models import Enrollment

Statement = Select[*tuple[Any, ...]]


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


def _seen(statement: Statement, actor: User) -> Statement:
    """Only rows of open accounts that the actor looks after."""
    return statement.where(User.id.in_(staff_for(actor).with_only_columns(User.id)))


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

"""Assign a course, add newcomers, give more time or an exemption, close."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from lms.clock import local_date
from lms.db import holding, inserting
from lms.domain.accounts.models import User
from lms.domain.accounts.queries import staff_for, user_with_grants
from lms.domain.assignments.models import Assignment, AssignmentException, AssignmentPerson
from lms.domain.assignments.queries import touched
from lms.domain.assignments.rules import Rule, due_since, newcomer_due, rule_of
from lms.domain.audit.actions import record
from lms.domain.outside.proofs import Proof
from lms.files import keep

TWICE = timedelta(minutes=5)
"""So long the same words about the same person are a button pressed twice."""
MOST = 20_000
PART = 500
ACTS = {"extension": "assignment.extension", "exemption": "assignment.exemption"}
"""What an exception is called in the activity log."""


class Closed(Exception):
    """The assignment is closed: nobody is asked any more, so nothing is given."""


@dataclass(frozen=True)
class Order:
    """What is ordered; days are calendar days (WIB). With `due_days` each person has so many days since being
    assigned, and `due_on` is the day of those who are assigned at once.
    """

    course_id: int
    rule: Rule
    due_on: date
    counts_from: date
    letter_number: str = ""
    letter_on: date | None = None
    note: str = ""
    follows: bool = False
    newcomer_days: int = 30
    due_days: int | None = None


def assign(
    session: Session, order: Order, people: Collection[int], *, nonce: str, by: User, now: datetime
) -> tuple[Assignment, bool]:
    """Store the order for these people; the same nonce is the same order. Return it and whether it is new.

    ValueError for nobody or more than MOST people.
    """
    if not 0 < len(people) <= MOST:
        raise ValueError(len(people))
    session.execute(select(User.id).where(User.id == by.id).with_for_update())
    known = session.scalar(select(Assignment).where(Assignment.nonce == nonce))
    if known is not None:
        return known, False
    made = Assignment(
        course_id=order.course_id, created_by=by.id, created_at=now, due_on=order.due_on,
        counts_from=order.counts_from, nonce=nonce, rule=order.rule.plain,
        letter_number=order.letter_number, letter_on=order.letter_on, note=order.note,
        follows=order.follows and order.rule.by_trait, newcomer_days=order.newcomer_days,
        due_days=order.due_days,
    )  # fmt: skip
    session.add(made)
    session.flush()
    _add(session, made.id, sorted(people), order.due_on, now)
    record(
        session, "assignment.created", now=now, actor=by.id, subject=("course", order.course_id),
        count=len(people), until=order.due_on.isoformat(), letter=order.letter_number,
    )  # fmt: skip
    session.flush()
    return made, True


def _add(session: Session, assignment_id: int, people: list[int], due_on: date, now: datetime) -> None:
    for start in range(0, len(people), PART):
        rows = [
            {"assignment_id": assignment_id, "user_id": user_id, "assigned_at": now, "due_on": due_on}
            for user_id in people[start : start + PART]
        ]
        session.execute(inserting(session)(AssignmentPerson).values(rows).on_conflict_do_nothing())


Lacking = Callable[[User, Rule, date], Select[int]]
"""Who of the staff of a person has the gap that a rule names, on a day; levels are known further up."""


def add_newcomers(session: Session, *, now: datetime, lacking: Lacking | None = None) -> int:
    """Add the people who have come to match open assignments that follow their rule; return how many.

    They must be among those the author of the order looks after today. Without `lacking` nobody is added by
    a gap.
    """
    added, today = 0, local_date(now)
    orders = session.scalars(
        select(Assignment).where(Assignment.follows.is_(True), Assignment.closed_at.is_(None))
    ).all()
    for order in orders:
        author = user_with_grants(session, order.created_by)
        if author is None or author.closed_at is not None:
            continue
        there = set(
            session.scalars(
                select(AssignmentPerson.user_id).where(AssignmentPerson.assignment_id == order.id)
            )
        )
        rule = rule_of(order.rule)
        gap = lacking(author, rule, today) if lacking and rule.gap else None
        new = [key for key in touched(session, rule, staff_for(author), gap) if key not in there]
        if new:
            due = (
                due_since(order.due_days, today)
                if order.due_days
                else newcomer_due(order.due_on, order.newcomer_days, today)
            )
            _add(session, order.id, new, due, now)
            record(
                session, "assignment.followed", now=now, actor=None, subject=("course", order.course_id),
                count=len(new),
            )  # fmt: skip
            added += len(new)
    session.flush()
    return added


@dataclass(frozen=True)
class Grounds:
    """Why an exception is given: the reason, the number of a document, and its bytes where there are any."""

    reason: str
    document: str = ""
    proof: Proof | None = None


def extend(
    session: Session, order: Assignment, people: Collection[int], until: date, grounds: Grounds, *,
    files: Path, by: User, now: datetime,
) -> int:  # fmt: skip
    """Give these people of the order more time; return how many got it. Raises Closed."""
    return _except(session, order, people, "extension", until, grounds, files, by, now)


def exempt(
    session: Session, order: Assignment, people: Collection[int], grounds: Grounds, *, files: Path, by: User,
    now: datetime,
) -> int:  # fmt: skip
    """Ask nothing more of these people of the order; they are listed, and left out of the denominator.

    Raises Closed.
    """
    return _except(session, order, people, "exemption", None, grounds, files, by, now)


def _except(
    session: Session, order: Assignment, people: Collection[int], kind: str, until: date | None,
    grounds: Grounds, files: Path, by: User, now: datetime,
) -> int:  # fmt: skip
    if _held(session, order).closed_at is not None:
        raise Closed
    mine = staff_for(by).with_only_columns(User.id)
    found = session.scalars(
        select(AssignmentPerson.user_id).where(
            AssignmentPerson.assignment_id == order.id, AssignmentPerson.user_id.in_(people),
            AssignmentPerson.user_id.in_(mine), AssignmentPerson.user_id != by.id,
        )
    ).all()  # fmt: skip
    proof = grounds.proof if found else None
    digest = keep(files, proof.data) if proof else None
    said = (kind, until, grounds.reason, grounds.document, digest, by.id)
    recent = session.scalars(
        select(AssignmentException)
        .where(AssignmentException.assignment_id == order.id, AssignmentException.given_at >= now - TWICE)
        .order_by(AssignmentException.id)
    )
    newest = {
        row.user_id: (row.kind, row.until, row.reason, row.document, row.document_file, row.given_by)
        for row in recent
    }
    for user_id in found:
        if newest.get(user_id) == said:
            continue
        session.add(
            AssignmentException(
                assignment_id=order.id, user_id=user_id, kind=kind, given_by=by.id, given_at=now,
                reason=grounds.reason, document=grounds.document, until=until, document_file=digest,
                document_kind=proof.kind if proof else None,
            )
        )  # fmt: skip
        record(
            session, ACTS[kind], now=now, actor=by.id, subject=("user", user_id), reason=grounds.reason,
            until=until.isoformat() if until else None,
        )  # fmt: skip
    session.flush()
    return len(found)


def close(session: Session, order: Assignment, *, by: User, now: datetime) -> bool:
    """Ask nobody any more; the record stays. False when it was closed already."""
    held = _held(session, order)
    if held.closed_at is not None:
        return False
    held.closed_at, held.closed_by = now, by.id
    record(session, "assignment.closed", now=now, actor=by.id, subject=("course", held.course_id))
    session.flush()
    return True


def attach_letter(
    session: Session, order: Assignment, letter: Proof, *, files: Path, by: User, now: datetime
) -> None:
    """Keep the file of the letter; the log names the earlier one, whose bytes stay. Raises Closed."""
    held = _held(session, order)
    if held.closed_at is not None:
        raise Closed
    before = held.letter_file
    held.letter_file, held.letter_kind = keep(files, letter.data), letter.kind
    record(
        session, "assignment.letter", now=now, actor=by.id, subject=("course", held.course_id),
        before=before[:12] if before else None, changed=held.letter_file[:12],
    )  # fmt: skip
    session.flush()


def _held(session: Session, order: Assignment) -> Assignment:
    """The order read anew and held until the end of the transaction."""
    return session.scalars(holding(select(Assignment).where(Assignment.id == order.id), of=Assignment)).one()

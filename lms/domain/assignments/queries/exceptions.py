"""What was given to people of an assignment: more time and exemptions, each with its grounds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, aliased

from lms.domain.accounts.models import User
from lms.domain.accounts.queries import staff_for
from lms.domain.assignments.models import AssignmentException


@dataclass(frozen=True)
class ExceptionRow:
    """One record: whose, what, why, by whom; `file` tells whether the document is kept."""

    id: int
    user_id: int
    name: str
    nip: str | None
    kind: str
    until: date | None
    reason: str
    document: str
    file: bool
    given_at: datetime
    by: str


def _of(actor: User, assignment_id: int) -> Select[AssignmentException]:
    mine = staff_for(actor).with_only_columns(User.id)
    return select(AssignmentException).where(
        AssignmentException.assignment_id == assignment_id, AssignmentException.user_id.in_(mine)
    )


def count_exceptions(session: Session, actor: User, assignment_id: int) -> int:
    """Return how many records there are about the actor's people."""
    found = _of(actor, assignment_id).with_only_columns(func.count(AssignmentException.id))
    return session.scalar(found) or 0


def exceptions_of(
    session: Session, actor: User, assignment_id: int, *, limit: int, offset: int = 0
) -> list[ExceptionRow]:
    """Return a page of the records about the actor's people, the newest first: one statement."""
    giver = aliased(User)
    rows = session.execute(
        _of(actor, assignment_id)
        .join(User, User.id == AssignmentException.user_id)
        .join(giver, giver.id == AssignmentException.given_by)
        .add_columns(User.name, User.nip, giver.name.label("by"))
        .order_by(AssignmentException.id.desc())
        .limit(limit).offset(offset)
    )  # fmt: skip
    return [
        ExceptionRow(
            one.id, one.user_id, name, nip, one.kind, one.until, one.reason, one.document,
            one.document_file is not None, one.given_at, by,
        )
        for one, name, nip, by in rows
    ]  # fmt: skip


def exception_of(
    session: Session, actor: User, assignment_id: int, exception_id: int
) -> AssignmentException | None:
    """Return a record about one of the actor's people; else None."""
    return session.scalar(_of(actor, assignment_id).where(AssignmentException.id == exception_id))

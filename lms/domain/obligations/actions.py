"""Set a rule for training that comes round again; close it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.db import holding
from lms.domain.accounts.models import User
from lms.domain.audit.actions import record
from lms.domain.obligations.models import Obligation
from lms.domain.obligations.rules import Terms


@dataclass(frozen=True)
class Order:
    """What is asked of whom; days are calendar days (WIB)."""

    course_id: int
    unit_id: int
    terms: Terms
    position_id: int | None = None
    employment: tuple[str, ...] = ()
    basis: str = ""
    note: str = ""


def oblige(session: Session, order: Order, *, nonce: str, by: User, now: datetime) -> tuple[Obligation, bool]:
    """Store the rule; the same nonce is the same rule. Return it and whether it is new."""
    session.execute(select(User.id).where(User.id == by.id).with_for_update())
    known = session.scalar(select(Obligation).where(Obligation.nonce == nonce))
    if known is not None:
        return known, False
    terms = order.terms
    made = Obligation(
        course_id=order.course_id, unit_id=order.unit_id, created_by=by.id, created_at=now, nonce=nonce,
        starts_on=terms.starts_on, months=terms.months, window_days=terms.window_days,
        first_due_on=terms.first_due_on, first_days=terms.first_days, position_id=order.position_id,
        employment=list(order.employment), basis=order.basis, note=order.note,
    )  # fmt: skip
    session.add(made)
    session.flush()
    record(
        session, "obligation.created", now=now, actor=by.id, subject=("course", order.course_id),
        unit=order.unit_id, months=terms.months, letter=order.basis,
    )  # fmt: skip
    session.flush()
    return made, True


def close(session: Session, obligation: Obligation, *, by: User, now: datetime) -> bool:
    """Ask nobody any more; the record stays. False when it was closed already."""
    held = session.scalars(
        holding(select(Obligation).where(Obligation.id == obligation.id), of=Obligation)
    ).one()
    if held.closed_at is not None:
        return False
    held.closed_at, held.closed_by = now, by.id
    record(session, "obligation.closed", now=now, actor=by.id, subject=("course", held.course_id))
    session.flush()
    return True

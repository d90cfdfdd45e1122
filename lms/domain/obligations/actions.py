"""Set a rule for training that comes round again; exempt people from it; close it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, aliased

from lms.db import holding
from lms.domain.accounts.models import User
from lms.domain.accounts.queries import staff_for
from lms.domain.audit.actions import record
from lms.domain.obligations.models import Obligation, ObligationExemption
from lms.domain.obligations.rules import Terms
from lms.domain.outside.proofs import Proof
from lms.files import keep

TWICE = timedelta(minutes=5)
"""So long the same words about the same person are a button pressed twice."""


class Closed(Exception):
    """The rule is closed: nobody is asked any more, so nobody is exempted."""


@dataclass(frozen=True)
class Grounds:
    """Why somebody is exempted and until when (None: for the cycle), with the document where there is one."""

    reason: str
    until: date | None
    document: str = ""
    proof: Proof | None = None


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


def exempt(
    session: Session, obligation: Obligation, people: Collection[int], unit_id: int | None, grounds: Grounds,
    *, files: Path, by: User, now: datetime,
) -> int:  # fmt: skip
    """Exempt these people whom `by` looks after (never oneself), or everybody of a unit with all below it.

    Return how many are exempted. What was stored with the same words within TWICE is the same record: taking
    one back must not leave another. That the unit is in the scope of `by` is for the caller to say. Raises
    Closed.
    """
    if _held(session, obligation).closed_at is not None:
        raise Closed
    mine = staff_for(by).where(User.id.in_(people), User.id != by.id).order_by(User.id)
    found = session.scalars(mine.with_only_columns(User.id)).all() if people else []
    whom = [(user_id, None) for user_id in found] + ([(None, unit_id)] if unit_id else [])
    digest = keep(files, grounds.proof.data) if grounds.proof and whom else None
    stored = _stored(session, obligation, grounds, digest, by=by, since=now - TWICE)
    for user_id, unit in whom:
        if (user_id, unit) in stored:
            continue
        session.add(
            ObligationExemption(
                obligation_id=obligation.id, kind="until" if grounds.until else "cycle", given_by=by.id,
                given_at=now, reason=grounds.reason, user_id=user_id, unit_id=unit, until=grounds.until,
                document=grounds.document, document_file=digest,
                document_kind=grounds.proof.kind if grounds.proof else None,
            )
        )  # fmt: skip
        record(
            session, "obligation.exempted", now=now, actor=by.id,
            subject=("user", user_id) if user_id else ("unit", unit or 0), reason=grounds.reason,
            until=grounds.until.isoformat() if grounds.until else None, course=obligation.course_id,
        )  # fmt: skip
    session.flush()
    return len(whom)


def _stored(
    session: Session, obligation: Obligation, grounds: Grounds, digest: str | None, *, by: User,
    since: datetime,
) -> set[tuple[int | None, int | None]]:  # fmt: skip
    """Whom (user, unit) `by` exempted with the same words since then and did not take back."""
    one, ending = ObligationExemption, aliased(ObligationExemption)
    rows = session.execute(
        select(one.user_id, one.unit_id).where(
            one.obligation_id == obligation.id, one.given_by == by.id, one.given_at >= since,
            one.kind == ("until" if grounds.until else "cycle"),
            one.until.is_not_distinct_from(grounds.until),
            one.reason == grounds.reason, one.document == grounds.document,
            one.document_file.is_not_distinct_from(digest), ~exists().where(ending.ends_id == one.id),
        )
    )  # fmt: skip
    return {(row.user_id, row.unit_id) for row in rows}


def end_exemption(
    session: Session, exemption: ObligationExemption, *, reason: str, by: User, now: datetime
) -> bool:
    """Take an exemption back by another record; the first one stays. False when that was done already."""
    session.execute(select(Obligation.id).where(Obligation.id == exemption.obligation_id).with_for_update())
    ended = select(ObligationExemption.id).where(ObligationExemption.ends_id == exemption.id)
    if session.scalar(ended) is not None:
        return False
    session.add(
        ObligationExemption(
            obligation_id=exemption.obligation_id, kind="end", given_by=by.id, given_at=now, reason=reason,
            user_id=exemption.user_id, unit_id=exemption.unit_id, ends_id=exemption.id,
        )
    )  # fmt: skip
    subject = ("user", exemption.user_id) if exemption.user_id else ("unit", exemption.unit_id or 0)
    record(session, "obligation.exemption_ended", now=now, actor=by.id, subject=subject, reason=reason)
    session.flush()
    return True


def close(session: Session, obligation: Obligation, *, by: User, now: datetime) -> bool:
    """Ask nobody any more; the record stays. False when it was closed already."""
    held = _held(session, obligation)
    if held.closed_at is not None:
        return False
    held.closed_at, held.closed_by = now, by.id
    record(session, "obligation.closed", now=now, actor=by.id, subject=("course", held.course_id))
    session.flush()
    return True


def _held(session: Session, obligation: Obligation) -> Obligation:
    """The rule read anew and held until the end of the transaction."""
    return session.scalars(
        holding(select(Obligation).where(Obligation.id == obligation.id), of=Obligation)
    ).one()

"""Put people on a path, take them off; close it and open it again."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.clock import local_date
from lms.db import inserting
from lms.domain.accounts.models import User
from lms.domain.assignments.rules import Rule
from lms.domain.audit.actions import record
from lms.domain.notices.actions import tell
from lms.domain.programmes.actions.writing import hold
from lms.domain.programmes.models import Programme, ProgrammeEdition, ProgrammeMember, ProgrammeOrder

PART = 500


class Closed(Exception):
    """The path is closed or not open yet: nobody can be put on it."""


def join(session: Session, programme_id: int, user_id: int, *, now: datetime) -> bool:
    """Put a person on an open path at the own wish; who left comes back as before. False: was on it.

    Raises Closed.
    """
    edition_id = _open_edition_id(session, programme_id)
    member = session.get(ProgrammeMember, (programme_id, user_id), with_for_update=True)
    if member is not None and member.left_on is None:
        return False
    if member is None:
        row = {"programme_id": programme_id, "user_id": user_id, "edition_id": edition_id,
               "joined_on": local_date(now)}  # fmt: skip
        session.execute(inserting(session)(ProgrammeMember).values(row).on_conflict_do_nothing())
    else:
        member.left_on = None
    record(session, "programme.joined", now=now, actor=user_id, subject=("programme", programme_id))
    session.flush()
    return True


def leave(session: Session, programme_id: int, user_id: int, *, now: datetime) -> bool:
    """Take a person off a path; not somebody whom the office put there. Return whether something changed."""
    member = session.get(ProgrammeMember, (programme_id, user_id), with_for_update=True)
    if member is None or member.left_on is not None or member.order_id is not None:
        return False
    member.left_on = local_date(now)
    record(session, "programme.left", now=now, actor=user_id, subject=("programme", programme_id))
    session.flush()
    return True


@dataclass(frozen=True)
class Order:
    """Who is put on a path until when; days are calendar days (WIB)."""

    rule: Rule
    due_on: date
    letter_number: str = ""
    letter_on: date | None = None
    note: str = ""


def assign(
    session: Session, programme: Programme, order: Order, people: Collection[int], *, nonce: str, by: User,
    now: datetime,
) -> tuple[ProgrammeOrder, bool]:  # fmt: skip
    """Put these people on an open path; the same nonce is the same order. Return it and whether it is new.

    Who is on the path already keeps the edition and day of joining, and gets the day of this order. Raises
    Closed, and ValueError for nobody.
    """
    if not people:
        raise ValueError(len(people))
    edition_id = _open_edition_id(session, programme.id)
    session.execute(select(User.id).where(User.id == by.id).with_for_update())
    known = session.scalar(select(ProgrammeOrder).where(ProgrammeOrder.nonce == nonce))
    if known is not None:
        return known, False
    made = ProgrammeOrder(
        programme_id=programme.id, created_by=by.id, created_at=now, nonce=nonce, due_on=order.due_on,
        people=len(people), rule=order.rule.plain, letter_number=order.letter_number,
        letter_on=order.letter_on, note=order.note,
    )  # fmt: skip
    session.add(made)
    session.flush()
    ids, today = sorted(people), local_date(now)
    for start in range(0, len(ids), PART):
        rows = [
            {"programme_id": programme.id, "user_id": user_id, "edition_id": edition_id,
             "joined_on": today, "order_id": made.id, "due_on": order.due_on}
            for user_id in ids[start : start + PART]
        ]  # fmt: skip
        statement = inserting(session)(ProgrammeMember).values(rows)
        session.execute(
            statement.on_conflict_do_update(
                index_elements=["programme_id", "user_id"],
                set_={"order_id": made.id, "due_on": order.due_on, "left_on": None},
            )
        )
    subject = ("programme", programme.id)
    record(
        session, "programme.assigned", now=now, actor=by.id, subject=subject, count=len(ids),
        until=order.due_on.isoformat(), letter=order.letter_number,
    )  # fmt: skip
    title = session.scalar(select(ProgrammeEdition.title).where(ProgrammeEdition.id == edition_id))
    tell(session, ids, "programme.assigned", about=subject, now=now, programme=programme.id, title=title)
    session.flush()
    return made, True


def close(session: Session, programme: Programme, *, by: User, now: datetime) -> bool:
    """Let nobody join any more; who is on it keeps what is done. False when it was closed already."""
    held = hold(session, programme)
    if held.closed_at is not None:
        return False
    held.closed_at, held.closed_by = now, by.id
    record(session, "programme.closed", now=now, actor=by.id, subject=("programme", held.id))
    session.flush()
    return True


def reopen(session: Session, programme: Programme, *, by: User, now: datetime) -> bool:
    """Open a closed path again. False when it was open."""
    held = hold(session, programme)
    if held.closed_at is None:
        return False
    held.closed_at = held.closed_by = None
    record(session, "programme.reopened", now=now, actor=by.id, subject=("programme", held.id))
    session.flush()
    return True


def _open_edition_id(session: Session, programme_id: int) -> int:
    """Return the edition that holds now, waiting for one that is being opened. Raises Closed."""
    closed = session.execute(
        select(Programme.closed_at).where(Programme.id == programme_id).with_for_update(read=True)
    ).one_or_none()
    found = session.scalar(
        select(ProgrammeEdition.id).where(
            ProgrammeEdition.programme_id == programme_id, ProgrammeEdition.opened_on.is_not(None),
            ProgrammeEdition.replaced_on.is_(None),
        )
    )  # fmt: skip
    if closed is None or closed.closed_at is not None or found is None:
        raise Closed
    return found

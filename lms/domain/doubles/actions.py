"""Merge the second record of a person into the one that stays. There is no way back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.domain.accounts.actions import Refused, close_user
from lms.domain.accounts.models import MergedRecord, User
from lms.domain.accounts.queries import names_of
from lms.domain.audit.actions import record
from lms.domain.doubles import moves
from lms.domain.doubles.queries import Consequences, consequences


def check(session: Session, kept: User, double: User) -> None:
    """Raise Refused when the two cannot be merged.

    "double.same" for one record, "double.closed" when the record that stays is closed, "double.merged" for
    one that was merged already, "double.number" when only the double has a NIP.
    """
    if kept.id == double.id:
        raise Refused("double.same", "double")
    if kept.closed_at is not None:
        raise Refused("double.closed", "double")
    known = select(MergedRecord.user_id).where(MergedRecord.user_id.in_((kept.id, double.id)))
    if session.scalar(known.limit(1)) is not None:
        raise Refused("double.merged", "double")
    if kept.nip is None and double.nip is not None:
        raise Refused("double.number", "double")


def merge(session: Session, kept: User, double: User, *, by: User, now: datetime) -> Consequences:
    """Move what the person did, was found able to, plans, is asked and excused from to the record that stays
    (see decisions.DECISIONS); close the double.

    Issued certificates, courses that both have and trainings that both reported stay where they are and can
    be read there; roles end. The log names the enrolments that moved. Returns what was done. Raises Refused.
    """
    session.execute(
        select(User.id).where(User.id.in_((kept.id, double.id))).order_by(User.id).with_for_update()
    )
    check(session, kept, double)
    done = consequences(session, kept.id, double.id)
    session.add(MergedRecord(user_id=double.id, into_id=kept.id, merged_at=now, merged_by=by.id))
    session.flush()
    moved = moves.move_learning(session, kept.id, double.id)
    moves.move_duties(session, kept.id, double.id)
    moves.move_place(session, kept.id, double.id)
    moves.move_talk(session, kept.id, double.id)
    session.expire_all()
    close_user(session, double, now=now, actor=by.id, reason="double")
    names = names_of(session, (kept.id, double.id))
    for one, other in ((kept, double), (double, kept)):
        record(
            session, "user.merged", now=now, actor=by.id, subject=("user", one.id), kept=kept.id,
            double=double.id, name=names[other.id], enrollments=moved,
        )  # fmt: skip
    session.flush()
    return done

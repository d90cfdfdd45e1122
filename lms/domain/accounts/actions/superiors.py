"""Name the direct superior of a person and the head of a unit."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from lms.domain.accounts.actions.refusals import Refused
from lms.domain.accounts.models import OrgUnit, Superior, UnitHead, User
from lms.domain.accounts.queries import user_by_identity
from lms.domain.audit.actions import record


def set_superior(session: Session, user: User, text: str, *, now: datetime, actor: int | None) -> bool:
    """Name the superior by NIP or e-mail, "" for none (then the head of the unit is it); False if it was so.

    Raises Refused: "superior.unknown" for nobody's, "superior.self".
    """
    superior = _person(session, text, "superior")
    if superior is not None and superior.id == user.id:
        raise Refused("superior.self", "superior")
    row = session.get(Superior, user.id)
    before = row.superior_id if row is not None else None
    after = superior.id if superior is not None else None
    if before == after:
        return False
    if row is not None:
        session.delete(row)
        session.flush()
    if after is not None:
        session.add(Superior(user_id=user.id, superior_id=after, set_at=now))
    record(
        session, "superior.set", now=now, actor=actor, subject=("user", user.id), before=before, person=after
    )
    session.flush()
    return True


def set_head(session: Session, unit: OrgUnit, text: str, *, now: datetime, actor: int | None) -> bool:
    """Name the head of a unit by NIP or e-mail, "" for none; False when it was so. Raises Refused."""
    head = _person(session, text, "head")
    row = session.get(UnitHead, unit.id)
    before, after = row.user_id if row is not None else None, head.id if head is not None else None
    if before == after:
        return False
    if row is not None:
        session.delete(row)
        session.flush()
    if after is not None:
        session.add(UnitHead(unit_id=unit.id, user_id=after, set_at=now))
    name = head.name if head is not None else None
    record(session, "head.set", now=now, actor=actor, subject=("unit", unit.id), name=name)
    session.flush()
    return True


def _person(session: Session, text: str, field: str) -> User | None:
    if not text.strip():
        return None
    found = user_by_identity(session, text)
    if found is None or found.closed_at is not None or found.partner_id is not None:
        raise Refused("superior.unknown", field)
    return found

"""Who is whose direct superior, and where people worked: a named superior, else the head of the unit."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session, aliased, joinedload

from lms.domain.accounts.models import OrgUnit, Placement, Superior, UnitHead, User
from lms.domain.accounts.rules.superiors import Heads


def placements_of(session: Session, user_id: int) -> Sequence[Placement]:
    """Return the places of a person, the newest first, the one of unknown day last: one statement."""
    return session.scalars(
        select(Placement).where(Placement.user_id == user_id)
        .options(joinedload(Placement.unit), joinedload(Placement.position))
        .order_by(Placement.since.desc().nulls_last(), Placement.id.desc())
    ).all()  # fmt: skip


def heads(session: Session) -> Heads:
    """Return the tree of units with their heads; a closed account heads nothing: two statements."""
    parents = {row.id: row.parent_id for row in session.execute(select(OrgUnit.id, OrgUnit.parent_id))}
    rows = session.execute(
        select(UnitHead.unit_id, UnitHead.user_id, User.unit_id.label("home"))
        .join(User, User.id == UnitHead.user_id)
        .where(User.closed_at.is_(None))
    ).all()
    return Heads(parents, {row.unit_id: row.user_id for row in rows}, {row.user_id: row.home for row in rows})


def head_of(session: Session, unit_id: int) -> User | None:
    """Return who heads a unit, closed or not."""
    return session.scalar(
        select(User).join(UnitHead, UnitHead.user_id == User.id).where(UnitHead.unit_id == unit_id)
    )


def named_superior(session: Session, user_id: int) -> User | None:
    """Return the superior that HR data name, closed or not."""
    found = select(User).join(Superior, Superior.superior_id == User.id).where(Superior.user_id == user_id)
    return session.scalar(found)


def superior_of(session: Session, user: User) -> User | None:
    """Return the direct superior of a person, None where nobody is known."""
    named = named_superior(session, user.id)
    if named is not None and named.closed_at is None:
        return named
    if user.unit_id is None:
        return None
    head_id = heads(session).above(user.id, user.unit_id)
    return session.get(User, head_id) if head_id else None


def superiors_of(session: Session, user_ids: Collection[int]) -> dict[int, int]:
    """Return the direct superior of each of these people, where one is known: four statements."""
    tree = heads(session)
    chief = aliased(User)
    named = {
        row.user_id: row.superior_id
        for row in session.execute(
            select(Superior.user_id, Superior.superior_id)
            .join(chief, chief.id == Superior.superior_id).where(chief.closed_at.is_(None))
        )
    }  # fmt: skip
    homes = session.execute(select(User.id, User.unit_id).where(User.id.in_(user_ids)))
    found = {row.id: named.get(row.id) or tree.above(row.id, row.unit_id) for row in homes}
    return {user_id: above for user_id, above in found.items() if above is not None}


def leads_somebody(session: Session, user_id: int) -> bool:
    """Say whether a person may have staff: is named as a superior or heads a unit (one statement)."""
    named = select(Superior.user_id).where(Superior.superior_id == user_id).exists()
    heading = select(UnitHead.unit_id).where(UnitHead.user_id == user_id).exists()
    return bool(session.scalar(select(or_(named, heading))))


def led_by(session: Session, user_id: int) -> ColumnElement[bool]:
    """Return the condition on User "is open, and this person is the direct superior": two statements."""
    tree = heads(session)
    units, led_heads = tree.led_by(user_id)
    named = (
        select(Superior.user_id, Superior.superior_id)
        .join(User, User.id == Superior.superior_id)
        .where(User.closed_at.is_(None))
        .subquery("named")
    )
    mine = User.id.in_(select(named.c.user_id).where(named.c.superior_id == user_id))
    by_unit = and_(User.unit_id.in_(units), User.id.not_in(list(tree.homes)))
    by_head = and_(or_(by_unit, User.id.in_(led_heads)), User.id.not_in(select(named.c.user_id)))
    return and_(User.closed_at.is_(None), User.id != user_id, or_(mine, by_head))


def led_person(session: Session, user_id: int, other_id: int) -> User | None:
    """Return an open account whose direct superior this person is, unit and position loaded; else None."""
    return session.scalar(
        select(User).where(User.id == other_id, led_by(session, user_id))
        .options(joinedload(User.unit), joinedload(User.position))
    )  # fmt: skip

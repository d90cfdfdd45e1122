"""What is on record, as plain values for the comparison; the uploads of a person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from lms.domain.accounts.models import FormerNip, MergedRecord, OrgUnit, Position, Superior, UnitHead, User
from lms.domain.accounts.queries import holders
from lms.domain.accounts.rules import may_reset_password, subtree_paths
from lms.domain.imports.models import StaffImport
from lms.domain.imports.rules.state import Known, Place, State

Key = TypeVar("Key")
Value = TypeVar("Value")


def state_for(session: Session, actor: User, *, hold: bool = False) -> State:
    """Return everybody, all units and positions as the actor may change them: a handful of statements.

    `hold` keeps the people from being changed by others until the end of the transaction (PostgreSQL).
    The actor's grants and unit must be loaded.
    """
    mighty = {user.id for user in holders(session) if not may_reset_password(actor, user)} | {actor.id}
    columns = select(
        User.id, User.name, User.nip, User.email, User.employment, User.rank, User.unit_id, User.position_id,
        User.closed_at, User.partner_id,
    )  # fmt: skip
    rows = session.execute(columns.order_by(User.id).with_for_update() if hold else columns).all()
    units = units_as_places(session)
    paths = {unit.id: unit.path for unit in units}
    superiors = pairs(session, select(Superior.user_id, Superior.superior_id))
    people = [
        Known(
            row.id, row.name, row.nip, row.email, row.employment, row.rank, row.unit_id,
            paths.get(row.unit_id or 0), row.position_id, superiors.get(row.id),
            row.closed_at is not None, row.id in mighty or row.partner_id is not None,
        )
        for row in rows
    ]  # fmt: skip
    merged = pairs(session, select(MergedRecord.user_id, MergedRecord.into_id))
    numbers = {one.nip: merged[one.id] for one in people if one.nip and one.id in merged}
    people = [one for one in people if one.id not in merged]
    former = numbers | pairs(session, select(FormerNip.nip, FormerNip.user_id))
    return State(people, former, units, positions_as_places(session), subtree_paths(actor))


def pairs(session: Session, query: Select[Key, Value]) -> dict[Key, Value]:
    """Return the rows of two columns as a dictionary."""
    return {row[0]: row[1] for row in session.execute(query)}


def units_as_places(session: Session) -> list[Place]:
    """Return all units with the name of the unit above each: one statement."""
    rows = session.execute(
        select(OrgUnit.id, OrgUnit.code, OrgUnit.name, OrgUnit.path, OrgUnit.parent_id, OrgUnit.closed_on)
        .order_by(OrgUnit.name)
    ).all()  # fmt: skip
    names = {row.id: row.name for row in rows}
    return [
        Place(row.id, row.code, row.name, row.path, names.get(row.parent_id or 0, ""),
              row.closed_on is not None, parent_id=row.parent_id)
        for row in rows
    ]  # fmt: skip


def positions_as_places(session: Session) -> list[Place]:
    """Return all positions: one statement."""
    rows = session.execute(
        select(Position.id, Position.code, Position.name, Position.rank_class, Position.closed_on)
        .order_by(Position.name)
    ).all()  # fmt: skip
    return [
        Place(row.id, row.code, row.name, closed=row.closed_on is not None, rank_class=row.rank_class)
        for row in rows
    ]


def open_numbers(session: Session) -> dict[str, int]:
    """Return the open accounts by NIP: one statement."""
    rows = session.execute(select(User.nip, User.id).where(User.nip.is_not(None), User.closed_at.is_(None)))
    return {str(row.nip): row.id for row in rows}


def heads_by_unit(session: Session) -> dict[int, int]:
    """Return who heads which unit: one statement."""
    return pairs(session, select(UnitHead.unit_id, UnitHead.user_id))


def import_for(session: Session, actor: User, import_id: int) -> StaffImport | None:
    """Return an upload of the actor; nobody sees those of others."""
    return session.scalar(
        select(StaffImport).where(StaffImport.id == import_id, StaffImport.user_id == actor.id)
    )


def imports_of(session: Session, user_id: int, limit: int = 20) -> Sequence[StaffImport]:
    """Return the newest uploads of a person, without their bytes."""
    return session.scalars(
        select(StaffImport).where(StaffImport.user_id == user_id).order_by(StaffImport.id.desc()).limit(limit)
    ).all()

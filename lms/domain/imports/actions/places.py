"""Store units and positions of a file with the verbs of the desk, so that their rules hold here, too."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from lms.domain.accounts.actions import (
    Refused,
    create_position,
    create_unit,
    edit_position,
    edit_unit,
    move_unit,
    set_head,
)
from lms.domain.accounts.models import OrgUnit, Position, User
from lms.domain.imports.rules.plans import CHANGED, NEW, Change, Plan


def apply_units(session: Session, plan: Plan, *, now: datetime, actor: int) -> None:
    """Add units from the top down, then rename, move and name heads. Raises Refused."""
    ids: dict[str, int] = {}
    waiting = plan.of(NEW)
    while waiting:
        ready = [one for one in waiting if _parent(one, ids) != 0]
        if not ready:
            raise Refused("import.stale")
        for one in ready:
            unit = create_unit(
                session, code=one.values["code"], name=one.values["name"], parent_id=_parent(one, ids),
                now=now, actor=actor,
            )  # fmt: skip
            ids[one.nip.casefold()] = unit.id
            _head(session, unit, one, now=now, actor=actor)
        waiting = [one for one in waiting if one not in ready]
    for one in plan.of(CHANGED):
        unit = session.get_one(OrgUnit, one.key)
        if "parent_id" in one.values:
            move_unit(session, unit, _parent(one, ids), now=now, actor=actor)
        if "name" in one.values:
            edit_unit(session, unit, code=unit.code, name=one.values["name"], now=now, actor=actor)
        _head(session, unit, one, now=now, actor=actor)


def _parent(one: Change, ids: dict[str, int]) -> int | None:
    """Return the id of the unit above; 0 while it is still to be added."""
    parent_id: int | None = one.values.get("parent_id")
    return ids.get(one.pending.casefold(), 0) if parent_id == 0 else parent_id


def _head(session: Session, unit: OrgUnit, one: Change, *, now: datetime, actor: int) -> None:
    if "head_id" in one.values:
        person = session.get_one(User, one.values["head_id"])
        set_head(session, unit, person.nip or person.email or "", now=now, actor=actor)


def apply_positions(session: Session, plan: Plan, *, now: datetime, actor: int) -> None:
    """Add and change positions. Raises Refused."""
    for one in plan.of(NEW):
        create_position(
            session, code=one.values["code"], name=one.values["name"], rank_class=one.values["rank_class"],
            now=now, actor=actor,
        )  # fmt: skip
    for one in plan.of(CHANGED):
        position = session.get_one(Position, one.key)
        edit_position(
            session, position, code=position.code, name=one.values.get("name", position.name),
            rank_class=one.values.get("rank_class", position.rank_class), now=now, actor=actor,
        )  # fmt: skip

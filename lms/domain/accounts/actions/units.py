"""The tree of units; `path` of a whole subtree follows each move."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from lms.domain.accounts.actions.refusals import Refused, unique
from lms.domain.accounts.models import OrgUnit, User
from lms.domain.accounts.queries import subtree
from lms.domain.accounts.rules import squeezed
from lms.domain.audit.actions import record

NAME_MAX = 200
CODE_MAX = 40
PATH_MAX = 400


def create_unit(
    session: Session, *, code: str, name: str, parent_id: int | None = None, now: datetime, actor: int | None
) -> OrgUnit:
    """Add a unit under a parent, or a root. Raises Refused (code or name taken, parent unknown or closed)."""
    code, name = _checked(code, name)
    parent = _parent(session, parent_id)
    _check_free(session, code, name, parent_id, own_id=0)
    unit = OrgUnit(code=code, name=name, parent_id=parent_id)
    with unique(session, Refused("unit.name_taken", "name")):
        session.add(unit)
        session.flush()
        unit.path = f"{parent.path if parent else '/'}{unit.id}/"
    if len(unit.path) > PATH_MAX - 20:
        raise Refused("unit.too_deep", "parent_id")
    record(session, "unit.created", now=now, actor=actor, subject=("unit", unit.id), code=code, name=name)
    session.flush()
    return unit


def edit_unit(
    session: Session, unit: OrgUnit, *, code: str, name: str, now: datetime, actor: int | None
) -> bool:
    """Change code and name; False when nothing differs. Raises Refused."""
    code, name = _checked(code, name)
    if (code, name) == (unit.code, unit.name):
        return False
    _check_free(session, code, name, unit.parent_id, own_id=unit.id)
    before = {"code": unit.code, "name": unit.name}
    with unique(session, Refused("unit.name_taken", "name")):
        unit.code, unit.name = code, name
    record(session, "unit.edited", now=now, actor=actor, subject=("unit", unit.id), before=before, name=name)
    session.flush()
    return True


def move_unit(
    session: Session, unit: OrgUnit, parent_id: int | None, *, now: datetime, actor: int | None
) -> bool:
    """Hang a unit and its subtree under another parent (None: as a root); False when it hangs there.

    Raises Refused("unit.cycle") when the new parent is the unit itself or below it.
    """
    session.execute(select(OrgUnit.id).order_by(OrgUnit.id).with_for_update())
    session.refresh(unit)
    if parent_id == unit.parent_id:
        return False
    parent = _parent(session, parent_id)
    if parent is not None:
        session.refresh(parent)
        if parent.path.startswith(unit.path):
            raise Refused("unit.cycle", "parent_id")
    _check_free(session, unit.code, unit.name, parent_id, own_id=unit.id)
    old, new = unit.path, f"{parent.path if parent else '/'}{unit.id}/"
    longest = session.scalar(select(func.max(func.length(OrgUnit.path))).where(subtree(old))) or 0
    if longest - len(old) + len(new) > PATH_MAX - 20:
        raise Refused("unit.too_deep", "parent_id")
    before = unit.parent_id
    with unique(session, Refused("unit.name_taken", "parent_id")):
        session.execute(
            update(OrgUnit)
            .where(subtree(old))
            .values(path=new + func.substr(OrgUnit.path, len(old) + 1))
            .execution_options(synchronize_session=False)
        )
        unit.parent_id = parent_id
    session.flush()
    for known in list(session.identity_map.values()):
        if isinstance(known, OrgUnit):
            session.expire(known, ["path"])
    places = {"before": before, "parent": parent_id}
    record(session, "unit.moved", now=now, actor=actor, subject=("unit", unit.id), **places)
    session.flush()
    return True


def close_unit(session: Session, unit: OrgUnit, *, on: date, now: datetime, actor: int | None) -> bool:
    """Close a unit that has neither open units below nor open accounts; False when it is closed already.

    Raises Refused("unit.has_units") or Refused("unit.has_people") with the count.
    """
    if unit.closed_on is not None:
        return False
    below = session.scalar(
        select(func.count()).where(OrgUnit.parent_id == unit.id, OrgUnit.closed_on.is_(None))
    )
    if below:
        raise Refused("unit.has_units", count=below)
    people = session.scalar(select(func.count()).where(User.unit_id == unit.id, User.closed_at.is_(None)))
    if people:
        raise Refused("unit.has_people", count=people)
    unit.closed_on = on
    record(session, "unit.closed", now=now, actor=actor, subject=("unit", unit.id), name=unit.name)
    session.flush()
    return True


def reopen_unit(session: Session, unit: OrgUnit, *, now: datetime, actor: int | None) -> bool:
    """Open a closed unit again; False when it is open. Raises Refused when its parent is closed."""
    if unit.closed_on is None:
        return False
    _parent(session, unit.parent_id)
    unit.closed_on = None
    record(session, "unit.reopened", now=now, actor=actor, subject=("unit", unit.id), name=unit.name)
    session.flush()
    return True


def _checked(code: str, name: str) -> tuple[str, str]:
    code, name = squeezed(code), squeezed(name)
    if not 1 <= len(code) <= CODE_MAX:
        raise Refused("unit.code_length", "code", most=CODE_MAX)
    if not 1 <= len(name) <= NAME_MAX:
        raise Refused("name.length", "name", most=NAME_MAX)
    return code, name


def _parent(session: Session, parent_id: int | None) -> OrgUnit | None:
    if parent_id is None:
        return None
    parent = session.get(OrgUnit, parent_id)
    if parent is None or parent.closed_on is not None:
        raise Refused("unit.parent", "parent_id")
    return parent


def _check_free(session: Session, code: str, name: str, parent_id: int | None, *, own_id: int) -> None:
    same_code = select(OrgUnit.id).where(func.lower(OrgUnit.code) == code.lower(), OrgUnit.id != own_id)
    if session.scalar(same_code.limit(1)) is not None:
        raise Refused("unit.code_taken", "code")
    same_name = select(OrgUnit.id).where(
        func.lower(OrgUnit.name) == name.lower(),
        OrgUnit.parent_id.is_not_distinct_from(parent_id),
        OrgUnit.id != own_id,
    )
    if session.scalar(same_name.limit(1)) is not None:
        raise Refused("unit.name_taken", "name")

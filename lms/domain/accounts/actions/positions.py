"""The list of positions."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lms.domain.accounts.actions.refusals import Refused, unique
from lms.domain.accounts.models import Position, PositionClass
from lms.domain.accounts.rules import squeezed
from lms.domain.audit.actions import record

NAME_MAX = 200
CODE_MAX = 40


def create_position(
    session: Session, *, code: str, name: str, rank_class: str, now: datetime, actor: int | None
) -> Position:
    """Add a position. Raises Refused (code taken, class unknown, a length)."""
    code, name = _checked(session, code, name, rank_class, own_id=0)
    position = Position(code=code, name=name, rank_class=rank_class)
    with unique(session, Refused("position.code_taken", "code")):
        session.add(position)
    record(session, "position.created", now=now, actor=actor, subject=("position", position.id), name=name)
    session.flush()
    return position


def edit_position(
    session: Session, position: Position, *, code: str, name: str, rank_class: str, now: datetime,
    actor: int | None,
) -> bool:  # fmt: skip
    """Change a position; False when nothing differs. Raises Refused."""
    code, name = _checked(session, code, name, rank_class, own_id=position.id)
    if (code, name, rank_class) == (position.code, position.name, position.rank_class):
        return False
    with unique(session, Refused("position.code_taken", "code")):
        position.code, position.name, position.rank_class = code, name, rank_class
    record(session, "position.edited", now=now, actor=actor, subject=("position", position.id), name=name)
    session.flush()
    return True


def close_position(
    session: Session, position: Position, *, on: date, now: datetime, actor: int | None
) -> bool:
    """Take a position off the lists; people who hold it keep it. False when it is closed already."""
    if position.closed_on is not None:
        return False
    position.closed_on = on
    record(
        session, "position.closed", now=now, actor=actor, subject=("position", position.id),
        name=position.name,
    )  # fmt: skip
    session.flush()
    return True


def reopen_position(session: Session, position: Position, *, now: datetime, actor: int | None) -> bool:
    """Offer a closed position again; False when it is open."""
    if position.closed_on is None:
        return False
    position.closed_on = None
    record(
        session, "position.reopened", now=now, actor=actor, subject=("position", position.id),
        name=position.name,
    )  # fmt: skip
    session.flush()
    return True


def _checked(session: Session, code: str, name: str, rank_class: str, *, own_id: int) -> tuple[str, str]:
    code, name = squeezed(code), squeezed(name)
    if not 1 <= len(code) <= CODE_MAX:
        raise Refused("position.code_length", "code", most=CODE_MAX)
    if not 1 <= len(name) <= NAME_MAX:
        raise Refused("name.length", "name", most=NAME_MAX)
    if rank_class not in set(PositionClass):
        raise Refused("position.class", "rank_class")
    taken = select(Position.id).where(func.lower(Position.code) == code.lower(), Position.id != own_id)
    if session.scalar(taken.limit(1)) is not None:
        raise Refused("position.code_taken", "code")
    return code, name

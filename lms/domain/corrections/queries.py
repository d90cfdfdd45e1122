"""Find requests for correction: one's own, those of the people somebody looks after."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from lms.domain.accounts.models import User
from lms.domain.accounts.queries import in_units
from lms.domain.accounts.rules import subtree_paths
from lms.domain.corrections.models import CorrectionRequest


def wishes_of(session: Session, user_id: int, limit: int = 20) -> Sequence[CorrectionRequest]:
    """The newest requests of a person."""
    return session.scalars(
        select(CorrectionRequest).where(CorrectionRequest.user_id == user_id)
        .order_by(CorrectionRequest.id.desc()).limit(limit)
    ).all()  # fmt: skip


def open_wishes(session: Session, user_id: int) -> Sequence[CorrectionRequest]:
    """The requests of a person that wait for an answer."""
    return session.scalars(
        select(CorrectionRequest).where(
            CorrectionRequest.user_id == user_id, CorrectionRequest.state == "open"
        )
    ).all()


def _seen_by(actor: User) -> Select[CorrectionRequest]:
    """Requests of the people the actor looks after; nobody answers the own one."""
    found = (
        select(CorrectionRequest).join(CorrectionRequest.user)
        .where(CorrectionRequest.user_id != actor.id, User.closed_at.is_(None))
    )  # fmt: skip
    paths = subtree_paths(actor)
    return found if paths is None else found.where(in_units(paths))


def count_wishes(session: Session, actor: User, *, waiting: bool) -> int:
    """How many requests of the actor's people wait (or are answered)."""
    found = _seen_by(actor).where((CorrectionRequest.state == "open") == waiting)
    return session.scalar(select(func.count()).select_from(found.subquery())) or 0


def find_wishes(
    session: Session, actor: User, *, waiting: bool, limit: int, offset: int = 0
) -> Sequence[CorrectionRequest]:
    """A page of them with person and unit: the oldest that wait first, the newest answered first."""
    order = CorrectionRequest.id.asc() if waiting else CorrectionRequest.answered_at.desc()
    found = _seen_by(actor).where((CorrectionRequest.state == "open") == waiting)
    return session.scalars(
        found.options(contains_eager(CorrectionRequest.user).options(joinedload(User.unit)))
        .order_by(order, CorrectionRequest.id).limit(limit).offset(offset)
    ).all()  # fmt: skip


def wish_for(session: Session, actor: User, request_id: int) -> CorrectionRequest | None:
    """One request of somebody the actor looks after; else None."""
    return session.scalars(
        _seen_by(actor).where(CorrectionRequest.id == request_id)
        .options(contains_eager(CorrectionRequest.user).options(joinedload(User.unit)))
    ).one_or_none()  # fmt: skip

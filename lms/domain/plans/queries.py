"""Find activities of plans: one's own, those of the people somebody looks after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from lms.domain.accounts.models import User
from lms.domain.accounts.queries import in_units
from lms.domain.accounts.rules import subtree_paths
from lms.domain.plans.models import PlanItem

ITEM_STATES = ("proposed", "agreed", "done", "refused", "dropped")


@dataclass(frozen=True)
class PlansWanted:
    """Which activities: a year, a state ("" for all), a subtree of units ("" for the whole scope)."""

    year: int
    state: str = ""
    unit_path: str = ""


def plan_of(session: Session, user_id: int, year: int) -> Sequence[PlanItem]:
    """Return the activities of a person's year by quarter (one statement)."""
    return session.scalars(
        select(PlanItem)
        .where(PlanItem.user_id == user_id, PlanItem.year == year)
        .order_by(PlanItem.quarter, PlanItem.id)
    ).all()


def plan_years(session: Session, user_id: int) -> list[int]:
    """Return the years for which a person has a plan, the newest first."""
    rows = session.scalars(select(PlanItem.year).where(PlanItem.user_id == user_id).distinct())
    return sorted(rows, reverse=True)


def own_item(session: Session, user_id: int, item_id: int) -> PlanItem | None:
    """Return an activity of one's own plan; else None."""
    return session.scalar(select(PlanItem).where(PlanItem.id == item_id, PlanItem.user_id == user_id))


def _seen_by(actor: User) -> Select[PlanItem]:
    """Activities of the people the actor looks after; nobody decides on the own ones."""
    found = select(PlanItem).join(PlanItem.user).where(PlanItem.user_id != actor.id, User.closed_at.is_(None))
    paths = subtree_paths(actor)
    return found if paths is None else found.where(in_units(paths))


def _wanted(wanted: PlansWanted, actor: User) -> Select[PlanItem]:
    found = _seen_by(actor).where(PlanItem.year == wanted.year)
    if wanted.state:
        found = found.where(PlanItem.state == wanted.state)
    return found.where(in_units((wanted.unit_path,))) if wanted.unit_path else found


def count_items(session: Session, wanted: PlansWanted, *, actor: User) -> int:
    """Return how many activities match."""
    return session.scalar(select(func.count()).select_from(_wanted(wanted, actor).subquery())) or 0


def find_items(
    session: Session, wanted: PlansWanted, *, actor: User, limit: int, offset: int = 0
) -> Sequence[PlanItem]:
    """Return a page of activities with person and unit, by quarter and name (one statement)."""
    order = PlanItem.quarter, func.lower(User.name), PlanItem.id
    found = _wanted(wanted, actor).options(contains_eager(PlanItem.user).options(joinedload(User.unit)))
    return session.scalars(found.order_by(*order).limit(limit).offset(offset)).all()


def item_for(session: Session, actor: User, item_id: int) -> PlanItem | None:
    """Return an activity of somebody the actor looks after, with person and unit; else None."""
    found = _seen_by(actor).where(PlanItem.id == item_id)
    return session.scalars(
        found.options(contains_eager(PlanItem.user).options(joinedload(User.unit)))
    ).one_or_none()

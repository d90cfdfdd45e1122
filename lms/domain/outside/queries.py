"""Find trainings outside the site: one's own, those of the people somebody looks after, their hours."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import BindParameter, ScalarSelect, Select, Subquery, case, func, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from lms.domain.accounts.models import User
from lms.domain.accounts.queries import in_units
from lms.domain.accounts.rules import subtree_paths
from lms.domain.outside.models import OutsideTraining

COUNTING = ("waiting", "verified")


def trainings_of(session: Session, user_id: int) -> Sequence[OutsideTraining]:
    """All reports of a person, the latest training first."""
    return session.scalars(
        select(OutsideTraining).where(OutsideTraining.user_id == user_id)
        .order_by(OutsideTraining.ended_on.desc(), OutsideTraining.id.desc())
    ).all()  # fmt: skip


def own_training(session: Session, user_id: int, training_id: int) -> OutsideTraining | None:
    """One's own report; else None."""
    return session.scalar(
        select(OutsideTraining).where(OutsideTraining.id == training_id, OutsideTraining.user_id == user_id)
    )


def counted_of_form(session: Session, training: OutsideTraining) -> int:
    """Return the JP that the person's verified trainings of the same form count in the same year."""
    found = select(func.sum(OutsideTraining.credited_jp)).where(
        OutsideTraining.user_id == training.user_id, OutsideTraining.form == training.form,
        OutsideTraining.jp_year == training.jp_year, OutsideTraining.state == "verified",
        OutsideTraining.id != training.id,
    )  # fmt: skip
    return int(session.scalar(found) or 0)


def outside_hours(year: int, among: Sequence[int] | None = None) -> Subquery:
    """By person: JP verified and JP that wait in a year, and how many trainings are verified.

    Of everybody, or only among these people.
    """
    verified = OutsideTraining.state == "verified"
    only = () if among is None else (OutsideTraining.user_id.in_(among),)
    return (
        select(
            OutsideTraining.user_id,
            func.sum(case((verified, OutsideTraining.credited_jp), else_=0)).label("jp"),
            func.sum(case((verified, 0), else_=OutsideTraining.jp)).label("waiting"),
            func.sum(case((verified, 1), else_=0)).label("courses"),
        )
        .where(OutsideTraining.jp_year == year, OutsideTraining.state.in_(COUNTING), *only)
        .group_by(OutsideTraining.user_id)
        .subquery("outside")
    )


def outside_sums(user_id: BindParameter[int], year: int) -> tuple[ScalarSelect[int], ScalarSelect[int]]:
    """JP verified and JP that wait, of one person in a year, as parts of a statement."""

    def total(column: Any, state: str) -> ScalarSelect[int]:
        found = select(func.sum(column)).where(
            OutsideTraining.user_id == user_id, OutsideTraining.jp_year == year,
            OutsideTraining.state == state,
        )  # fmt: skip
        return found.scalar_subquery()

    return total(OutsideTraining.credited_jp, "verified"), total(OutsideTraining.jp, "waiting")


def _seen_by(actor: User) -> Select[OutsideTraining]:
    """Reports of the people the actor looks after; nobody decides on the own ones."""
    found = (
        select(OutsideTraining).join(OutsideTraining.user)
        .where(OutsideTraining.user_id != actor.id)
    )  # fmt: skip
    paths = subtree_paths(actor)
    return found if paths is None else found.where(in_units(paths))


def count_by_state(session: Session, actor: User) -> dict[str, int]:
    """How many reports of the actor's people are in each state: one statement."""
    rows = _seen_by(actor).subquery()
    found = session.execute(select(rows.c.state, func.count()).group_by(rows.c.state)).all()
    return {row[0]: row[1] for row in found}


def find_trainings(
    session: Session, actor: User, state: str, *, limit: int, offset: int = 0
) -> Sequence[OutsideTraining]:
    """A page of them with person and unit; those that wait: the oldest first, others: the newest."""
    column = OutsideTraining.id
    order = column.asc() if state == "waiting" else column.desc()
    return session.scalars(
        _seen_by(actor).where(OutsideTraining.state == state)
        .options(contains_eager(OutsideTraining.user).options(joinedload(User.unit)))
        .order_by(order).limit(limit).offset(offset)
    ).all()  # fmt: skip


def training_for(session: Session, actor: User, training_id: int) -> OutsideTraining | None:
    """One report of somebody the actor looks after, with the person; else None."""
    return session.scalars(
        _seen_by(actor).where(OutsideTraining.id == training_id)
        .options(contains_eager(OutsideTraining.user).options(joinedload(User.unit)))
    ).one_or_none()  # fmt: skip


def alike(session: Session, training: OutsideTraining) -> Sequence[OutsideTraining]:
    """Other reports with the same proof, or of the same person on overlapping days: worth a second look."""
    same_days = (
        (OutsideTraining.user_id == training.user_id)
        & (OutsideTraining.started_on <= training.ended_on)
        & (OutsideTraining.ended_on >= training.started_on)
    )
    return session.scalars(
        select(OutsideTraining)
        .where(
            OutsideTraining.id != training.id,
            OutsideTraining.state.in_(COUNTING),
            same_days | (OutsideTraining.proof == training.proof),
        )
        .options(joinedload(OutsideTraining.user))
        .order_by(OutsideTraining.id)
        .limit(10)
    ).all()

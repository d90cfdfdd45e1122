"""Exemptions from obligations: those in force for people and units, and all records as HR lists them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, false, func, or_, select
from sqlalchemy.orm import Session, aliased

from lms.clock import local_date
from lms.domain.accounts.models import OrgUnit, User
from lms.domain.accounts.queries import staff_for
from lms.domain.accounts.rules import subtree_paths
from lms.domain.obligations.models import ObligationExemption
from lms.domain.obligations.rules import Waiver


@dataclass(frozen=True)
class Held:
    """An exemption that was not taken back: its terms and grounds, and who gave it."""

    id: int
    waiver: Waiver
    reason: str
    document: str
    given_by: int


@dataclass
class Waivers:
    """The exemptions of one obligation: by person, and by the path of a unit with all below it."""

    people: dict[int, list[Held]] = field(default_factory=dict)
    units: list[tuple[str, Held]] = field(default_factory=list)

    def of(self, user_id: int, path: str) -> list[Held]:
        """Return those of a person in a unit, in the order given; nobody is exempted by an own record."""
        found = [*self.people.get(user_id, ()), *(one for root, one in self.units if path.startswith(root))]
        return sorted((one for one in found if one.given_by != user_id), key=lambda one: one.id)


def waivers_of(session: Session, obligation_ids: Collection[int]) -> dict[int, Waivers]:
    """Return what was given and not taken back, by obligation: one statement."""
    rows = session.execute(_in_force(), {"obligations": list(obligation_ids)})
    found: dict[int, Waivers] = {}
    for one, path in rows:
        held = Held(
            one.id, Waiver(local_date(one.given_at), one.until), one.reason, one.document, one.given_by
        )
        mine = found.setdefault(one.obligation_id, Waivers())
        if one.user_id is not None:
            mine.people.setdefault(one.user_id, []).append(held)
        else:
            mine.units.append((path, held))
    return found


@cache
def _in_force() -> Select[*tuple[Any, ...]]:
    """What was given for some obligations and not taken back; built once, since home sends it."""
    end = aliased(ObligationExemption)
    return (
        select(ObligationExemption, OrgUnit.path)
        .outerjoin(OrgUnit, OrgUnit.id == ObligationExemption.unit_id)
        .outerjoin(end, end.ends_id == ObligationExemption.id)
        .where(
            ObligationExemption.obligation_id.in_(bindparam("obligations", expanding=True)),
            ObligationExemption.kind != "end",
            end.id.is_(None),
        )
        .order_by(ObligationExemption.id)
    )


@dataclass(frozen=True)
class ExemptionRow:
    """A record with its names; `ended` names when, by whom and why it was taken back."""

    id: int
    user_id: int | None
    name: str  # of the person or the unit
    nip: str | None
    until: date | None  # None: for the cycle of the day it was given
    reason: str
    document: str
    file: bool
    given_at: datetime
    by: str
    ended: tuple[datetime, str, str] | None


def _of(actor: User, obligation_id: int) -> Select[ObligationExemption]:
    """Exemptions of people the actor looks after, and of units in the actor's scope."""
    paths = subtree_paths(actor)
    units = select(OrgUnit.id) if paths is None else select(OrgUnit.id).where(_below(paths))
    mine = staff_for(actor).with_only_columns(User.id)
    return select(ObligationExemption).where(
        ObligationExemption.obligation_id == obligation_id, ObligationExemption.kind != "end",
        or_(ObligationExemption.user_id.in_(mine), ObligationExemption.unit_id.in_(units)),
    )  # fmt: skip


def _below(paths: tuple[str, ...]) -> ColumnElement[bool]:
    return or_(false(), *(OrgUnit.path.startswith(path, autoescape=True) for path in paths))


def count_exemptions(session: Session, actor: User, obligation_id: int) -> int:
    """Return how many exemptions of the actor's people and units there are, ended ones too."""
    found = _of(actor, obligation_id).with_only_columns(func.count(ObligationExemption.id))
    return session.scalar(found) or 0


def exemptions_for(
    session: Session, actor: User, obligation_id: int, *, limit: int, offset: int = 0
) -> list[ExemptionRow]:
    """Return a page of the exemptions of the actor's people and units, the newest first: one statement."""
    end, giver, ender = aliased(ObligationExemption), aliased(User), aliased(User)
    rows = session.execute(
        _of(actor, obligation_id)
        .outerjoin(User, User.id == ObligationExemption.user_id)
        .outerjoin(OrgUnit, OrgUnit.id == ObligationExemption.unit_id)
        .join(giver, giver.id == ObligationExemption.given_by)
        .outerjoin(end, end.ends_id == ObligationExemption.id)
        .outerjoin(ender, ender.id == end.given_by)
        .add_columns(User.name, User.nip, OrgUnit.name, giver.name, end.given_at, ender.name, end.reason)
        .order_by(ObligationExemption.id.desc())
        .limit(limit).offset(offset)
    )  # fmt: skip
    return [
        ExemptionRow(
            one.id, one.user_id, name or unit, nip, one.until, one.reason, one.document,
            one.document_file is not None, one.given_at, by, (ended, ended_by, why) if ended else None,
        )
        for one, name, nip, unit, by, ended, ended_by, why in rows
    ]  # fmt: skip


def exemption_for(
    session: Session, actor: User, obligation_id: int, exemption_id: int
) -> ObligationExemption | None:
    """Return an exemption of one of the actor's people or units; else None."""
    return session.scalar(_of(actor, obligation_id).where(ObligationExemption.id == exemption_id))

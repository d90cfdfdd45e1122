"""Rules as HR lists them, with how the people of the scope stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from lms.domain.accounts.models import OrgUnit, Position, User
from lms.domain.accounts.queries import staff_for
from lms.domain.accounts.rules import subtree_paths
from lms.domain.catalog.models import Course, CourseVersion
from lms.domain.obligations.models import Obligation
from lms.domain.obligations.queries.duties import Root, find_duties
from lms.domain.obligations.rules import State

Statement = Select[*tuple[Any, ...]]


@dataclass(frozen=True)
class ObligationRow:
    """An obligation with the names it is shown by."""

    obligation: Obligation
    slug: str
    title: str
    unit: str
    position: str | None
    counts: Counter[State]

    @property
    def people(self) -> int:
        """How many people it asks: the denominator, without the exempt."""
        return sum(self.counts.values()) - self.counts[State.EXEMPT]


def obligations_for(session: Session, actor: User, today: date, *, closed: bool) -> list[ObligationRow]:
    """Return the obligations that reach the actor's units, with the counts of the actor's people."""
    state = Obligation.closed_at.is_not(None) if closed else Obligation.closed_at.is_(None)
    rows = session.execute(
        _named().where(state, _reaches(actor)).order_by(CourseVersion.title, Obligation.id)
    )
    found = [(row[0], row.slug, row.title, row.unit, row.position) for row in rows]
    mine = User.id.in_(staff_for(actor).with_only_columns(User.id))
    counts: dict[int, Counter[State]] = {}
    if found:
        for duty in find_duties(session, [state, mine], today):
            counts.setdefault(duty.obligation_id, Counter())[duty.state] += 1
    return [ObligationRow(*parts, counts.get(parts[0].id, Counter())) for parts in found]


def obligation_for(session: Session, actor: User, obligation_id: int) -> ObligationRow | None:
    """Return an obligation that reaches the actor's units, without counts; else None."""
    found = session.execute(_named().where(Obligation.id == obligation_id, _reaches(actor))).one_or_none()
    return (
        ObligationRow(found[0], found.slug, found.title, found.unit, found.position, Counter())
        if found
        else None
    )


def touched(
    session: Session, actor: User, path: str, position_id: int | None, statuses: Collection[str]
) -> int:
    """Return how many of the actor's people a rule would touch today."""
    wanted = staff_for(actor).join(OrgUnit, OrgUnit.id == User.unit_id).where(OrgUnit.path.startswith(path))
    if position_id is not None:
        wanted = wanted.where(User.position_id == position_id)
    if statuses:
        wanted = wanted.where(User.employment.in_(statuses))
    return session.scalar(wanted.with_only_columns(func.count(User.id))) or 0


def _named() -> Statement:
    return (
        select(
            Obligation, Course.slug, CourseVersion.title, Root.name.label("unit"),
            Position.name.label("position"),
        )
        .join(Course, Course.id == Obligation.course_id)
        .join(CourseVersion, CourseVersion.id == Course.live_version_id)
        .join(Root, Root.id == Obligation.unit_id)
        .outerjoin(Position, Position.id == Obligation.position_id)
    )  # fmt: skip


def _reaches(actor: User) -> ColumnElement[bool]:
    """The unit of the rule lies in the actor's scope, or above it."""
    paths = subtree_paths(actor)
    if paths is None:
        return Obligation.id.is_not(None)
    above = [int(step) for path in paths for step in path.strip("/").split("/") if step]
    return or_(Root.id.in_(above), *(Root.path.startswith(path, autoescape=True) for path in paths))

"""Whom each obligation touches today and how they stand, derived from people, completions, exemptions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, bindparam, func, or_, select
from sqlalchemy.orm import Session, aliased

from lms.clock import local_date
from lms.domain.accounts.models import OrgUnit, Placement, Position, User
from lms.domain.accounts.queries import staff_for
from lms.domain.catalog.models import Course, CourseVersion
from lms.domain.enrollments.models import Enrollment
from lms.domain.obligations.models import Obligation, ObligationExemption
from lms.domain.obligations.queries.exemptions import Held, Waivers, waivers_of
from lms.domain.obligations.rules import (
    Group,
    Place,
    Standing,
    State,
    Terms,
    member_since,
    standing,
    waive,
)

Statement = Select[*tuple[Any, ...]]
Root = aliased(OrgUnit, name="root")
"""The unit of a rule; OrgUnit is that of the person."""


@dataclass(frozen=True)
class Duty:
    """How one person stands with one obligation."""

    obligation_id: int
    user_id: int
    name: str
    nip: str | None
    unit_id: int
    unit: str
    position: str | None
    slug: str
    title: str
    basis: str
    note: str
    done_on: date | None
    standing: Standing
    exemption: Held | None = None  # the one that holds today

    @property
    def state(self) -> State:
        """Its state."""
        return self.standing.state


def obligations_due(
    session: Session, user_ids: Collection[int] | Select[int] | None, today: date, *, valid: bool = False
) -> list[Duty]:
    """Return what is due for these people (None: everybody) by open obligations, the next day first.

    `valid` adds what holds still and what the person is exempted from. Of two rules about one course the
    earlier day is given. One statement, and one more each where somebody was placed anew or exempted; courses
    out of the catalogue are left out.
    """
    if user_ids is None or isinstance(user_ids, Select):
        whose = [] if user_ids is None else [User.id.in_(user_ids)]
        duties = find_duties(session, [*_open(), *whose], today)
    else:
        duties = _duties(session, _open_of_people(), {"people": list(user_ids)}, today)
    first: dict[tuple[int, str], Duty] = {}
    for duty in duties:
        if valid or duty.state not in {State.VALID, State.EXEMPT}:
            first.setdefault((duty.user_id, duty.slug), duty)
    return list(first.values())


def renewal_open(session: Session, user_id: int, slug: str, today: date) -> bool:
    """Say whether an obligation asks a person to take a completed course again now."""
    wanted = [Obligation.closed_at.is_(None), User.id == user_id, Course.slug == slug]
    return any(duty.standing.renewable for duty in find_duties(session, wanted, today))


def duties_for(session: Session, actor: User, obligation_id: int, today: date) -> list[Duty]:
    """Return all of the actor's people whom an obligation touches, the next day first."""
    mine = User.id.in_(staff_for(actor).with_only_columns(User.id))
    return find_duties(session, [Obligation.id == obligation_id, mine], today)


def find_duties(session: Session, wanted: Iterable[ColumnElement[bool]], today: date) -> list[Duty]:
    """Return how the people of the conditions stand, the next day first: one statement, one more where people
    were placed anew, and one more where exemptions were given.
    """
    return _duties(session, _people().where(*wanted), {}, today)


def _duties(session: Session, statement: Statement, values: Mapping[str, Any], today: date) -> list[Duty]:
    rows = [
        row for row in session.execute(statement, values)
        if not row.employment or row.status in row.employment
    ]  # fmt: skip
    moved = [row.starts_on for row in rows if row.placed_on is not None and row.placed_on > row.starts_on]
    places = _places(session, statement, values, min(moved), today) if moved else {}
    marked = {row.obligation_id for row in rows if row.exemptions}
    waivers = waivers_of(session, marked) if marked else {}
    duties = [_duty(row, places.get(row.user_id, ()), waivers, today) for row in rows]
    return sorted(duties, key=lambda duty: duty.standing.due_on)


def _open() -> list[ColumnElement[bool]]:
    return [Obligation.closed_at.is_(None), Course.archived_at.is_(None)]


@cache
def _open_of_people() -> Statement:
    """What open obligations ask of some people; built once, since home sends it."""
    return _people().where(*_open(), User.id.in_(bindparam("people", expanding=True)))


@cache
def _people() -> Statement:
    """People and the obligations that touch them, by name; built once, conditions are added."""
    done_on = (
        select(func.max(Enrollment.completed_on))
        .where(
            Enrollment.user_id == User.id, Enrollment.withdrawn_at.is_(None),
            Enrollment.course_id + 0 == Obligation.course_id,  # + 0: looked for by person, not by course
        )
        .correlate(User, Obligation)
        .scalar_subquery()
    )  # fmt: skip
    placed_on = (
        select(func.max(Placement.since))
        .where(Placement.user_id == User.id)
        .correlate(User)
        .scalar_subquery()
    )
    exemptions = (
        select(ObligationExemption.id)
        .where(ObligationExemption.obligation_id == Obligation.id)
        .correlate(Obligation)
        .exists()
    )
    held = aliased(Position)
    return (
        select(
            Obligation.id.label("obligation_id"), Obligation.starts_on, Obligation.months,
            Obligation.window_days, Obligation.first_due_on, Obligation.first_days, Obligation.basis,
            Obligation.note, Obligation.position_id, Obligation.employment, Root.path.label("root"),
            User.id.label("user_id"), User.name, User.nip, User.employment.label("status"), User.created_at,
            OrgUnit.id.label("unit_id"), OrgUnit.name.label("unit"), held.name.label("position"),
            Course.slug, CourseVersion.title, done_on.label("done_on"),
            placed_on.label("placed_on"), OrgUnit.path.label("path"), exemptions.label("exemptions"),
        )
        .select_from(Obligation)
        .join(Course, Course.id == Obligation.course_id)
        .join(CourseVersion, CourseVersion.id == Course.live_version_id)
        .join(Root, Root.id == Obligation.unit_id)
        .join(OrgUnit, OrgUnit.path.startswith(Root.path))
        .join(User, User.unit_id == OrgUnit.id)
        .outerjoin(held, held.id == User.position_id)
        .where(
            User.closed_at.is_(None),
            or_(Obligation.position_id.is_(None), Obligation.position_id == User.position_id),
        )
        .order_by(func.lower(User.name), User.id, Obligation.id)
    )  # fmt: skip


def _places(
    session: Session, people: Statement, values: Mapping[str, Any], start: date, today: date
) -> dict[int, list[Place]]:
    """Return the places of those who were placed anew since the first of the rules, the oldest first."""
    moved = select(Placement.user_id).where(Placement.since > start, Placement.since <= today)
    people = people.order_by(None).with_only_columns(User.id)
    rows = session.execute(
        select(Placement.user_id, Placement.since, OrgUnit.path, Placement.position_id)
        .outerjoin(OrgUnit, OrgUnit.id == Placement.unit_id)
        .where(
            Placement.user_id.in_(moved), Placement.user_id.in_(people),
            or_(Placement.since.is_(None), Placement.since <= today),
        )
        .order_by(Placement.user_id, Placement.since.nulls_first(), Placement.id),
        values,
    )  # fmt: skip
    found: dict[int, list[Place]] = {}
    for user_id, since, path, position_id in rows:
        found.setdefault(user_id, []).append((since, path, position_id))
    return found


def _duty(row: Row[Any], places: Sequence[Place], given: Mapping[int, Waivers], today: date) -> Duty:
    terms = Terms(row.starts_on, row.months, row.window_days, row.first_due_on, row.first_days)
    group = Group(row.root, row.position_id)
    since = max(member_since(group, places, row.starts_on), local_date(row.created_at))
    plain, held = standing(terms, row.done_on, since, today), None
    known = given.get(row.obligation_id)
    mine = known.of(row.user_id, row.path) if known else []
    if mine:
        plain, at = waive(terms, plain, row.done_on, [one.waiver for one in mine], today)
        held = mine[at] if at is not None else None
    return Duty(
        row.obligation_id, row.user_id, row.name, row.nip, row.unit_id, row.unit, row.position, row.slug,
        row.title, row.basis, row.note, row.done_on, plain, held,
    )  # fmt: skip

"""People with their lesson hours of a year: the one query behind list, recap, totals and download."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, case, func, select
from sqlalchemy.orm import Session

from lms.clock import local_date
from lms.domain.accounts.models import OrgUnit, Position, User
from lms.domain.accounts.queries import in_units, led_by, matches_text, staff_for
from lms.domain.outside.queries import outside_hours
from lms.domain.reports.queries.staff_hours import (
    Year,
    activation_of,
    course_hours,
    late_courses,
    target_of,
)
from lms.domain.reports.rules import Activation, Totals

OF_THE_PERSON = ("name", "unit", "nip", "employment")
SORTS = (*OF_THE_PERSON, "jp", "lacking", "late")
PART = 500
Statement = Select[*tuple[Any, ...]]


@dataclass(frozen=True)
class StaffWanted:
    """What a list of staff is narrowed to; empty values do not narrow.

    `late`: only people in a course whose deadline is over; `hours`: "below" or "met" (against the yearly
    target; those without a target are neither);
    `activation`: a value of Activation, or "unused" for no password; `unit_path`: a subtree;
    `ids`: only these people.
    """

    text: str = ""
    unit_path: str = ""
    employment: str = ""
    hours: str = ""
    activation: str = ""
    late: bool = False
    ids: tuple[int, ...] | None = None


@dataclass(frozen=True)
class StaffRow:
    """One person as the lists show them; JP are those of the year asked for."""

    id: int
    name: str
    nip: str | None
    employment: str
    rank: str | None
    unit: str | None
    unit_code: str | None
    position: str | None
    jp: int
    waiting: int
    courses: int
    target: int
    activation: Activation
    late: int  # courses under way past their deadline

    @property
    def lacking(self) -> int:
        """JP missing to the target, never negative."""
        return max(0, self.target - self.jp)


Made = dict[str, ColumnElement[Any]]
"""Expressions of a statement by name; only what was asked for is there."""
HOURS, LATE = "hours", "late"
HOURS_BY = {"jp", "lacking"}


def _reckoned(
    statement: Statement, when: Year, parts: Collection[str], among: Sequence[int] | None = None
) -> tuple[Statement, Made]:
    """Join hours, deadlines or both to a statement on User; added up for all, or only among these people."""
    made: Made = {}
    if HOURS in parts:
        hours = course_hours(when.year, when.policy.jp_once_a_year, among)
        outside = outside_hours(when.year, among)
        statement = statement.outerjoin(hours, hours.c.user_id == User.id).outerjoin(
            outside, outside.c.user_id == User.id
        )
        for name in ("jp", "waiting", "courses"):
            made[name] = func.coalesce(hours.c[name], 0) + func.coalesce(outside.c[name], 0)
        made["target"] = target_of(when)
    if LATE in parts:
        over = late_courses(local_date(when.now), among)
        statement = statement.outerjoin(over, over.c.user_id == User.id)
        made["late"] = func.coalesce(over.c.late, 0)
    return statement, made


def _whole(when: Year, among: Sequence[int]) -> Statement:
    """The columns of StaffRow of these people."""
    statement = (
        select(
            User.id, User.name, User.nip, User.employment, User.rank, OrgUnit.name.label("unit"),
            OrgUnit.code.label("unit_code"), Position.name.label("position"),
            activation_of(when.now).label("activation"),
        )
        .select_from(User)
        .outerjoin(OrgUnit, OrgUnit.id == User.unit_id)
        .outerjoin(Position, Position.id == User.position_id)
        .where(User.id.in_(among))
    )  # fmt: skip
    joined, made = _reckoned(statement, when, (HOURS, LATE), among)
    return joined.add_columns(*(expression.label(name) for name, expression in made.items()))


def _found(
    wanted: StaffWanted, actor: User, when: Year, parts: Collection[str] = ()
) -> tuple[Statement, Made]:
    """The ids of the people that match, with expressions to order or add up by."""
    statement = staff_for(actor).where(*_traits(wanted)).with_only_columns(User.id)
    asked = {*parts, *([HOURS] if wanted.hours else []), *([LATE] if wanted.late else [])}
    joined, made = _reckoned(statement, when, asked)
    if wanted.hours == "below":
        joined = joined.where(made["jp"] < made["target"])
    elif wanted.hours == "met":
        joined = joined.where(made["target"] > 0, made["jp"] >= made["target"])
    if wanted.activation == "unused":
        joined = joined.where(User.password_hash.is_(None))
    elif wanted.activation:
        joined = joined.where(activation_of(when.now) == wanted.activation)
    if wanted.late:
        joined = joined.where(made["late"] > 0)
    return joined, made


def _traits(wanted: StaffWanted) -> list[ColumnElement[bool]]:
    """The conditions on the person alone."""
    found: list[ColumnElement[bool]] = []
    if wanted.text:
        found.append(matches_text(wanted.text))
    if wanted.unit_path:
        found.append(in_units((wanted.unit_path,)))
    if wanted.employment:
        found.append(User.employment == wanted.employment)
    if wanted.ids is not None:
        found.append(User.id.in_(wanted.ids))
    return found


def _in_order(wanted: StaffWanted, actor: User, when: Year, sort: str, descending: bool) -> Statement:
    """The ids of the people that match, ordered. KeyError: unknown sort."""
    parts = [HOURS] if sort in HOURS_BY else [LATE] if sort == LATE else []
    statement, made = _found(wanted, actor, when, parts)
    if sort == "unit":
        statement = statement.outerjoin(OrgUnit, OrgUnit.id == User.unit_id)
    if sort in OF_THE_PERSON:
        column = {
            "name": func.lower(User.name), "unit": func.lower(OrgUnit.name), "nip": User.nip.expression,
            "employment": User.employment.expression,
        }[sort]  # fmt: skip
    elif sort == "lacking":
        column = case((made["jp"] < made["target"], made["target"] - made["jp"]), else_=0)
    else:
        column = made[sort]
    first = column.desc().nulls_last() if descending else column.asc().nulls_last()
    return statement.order_by(first, func.lower(User.name), User.id)


def count_staff(session: Session, wanted: StaffWanted, *, actor: User, when: Year) -> int:
    """Return how many people match: one statement."""
    found, _ = _found(wanted, actor, when)
    return session.scalar(select(func.count()).select_from(found.subquery())) or 0


@dataclass(frozen=True)
class StaffList:
    """A list of staff in its order; `ids` are known where finding the list meant adding up for all."""

    total: int
    ids: tuple[int, ...] | None
    page: Callable[[int, int], Sequence[int]]
    when: Year

    def rows(self, session: Session, *, limit: int = 25, offset: int = 0) -> list[StaffRow]:
        """Return a page of the list; hours are added up for its people alone."""
        ids = self.page(limit, offset) if self.ids is None else self.ids[offset : offset + limit]
        return list(staff_rows(session, ids, self.when))


def list_staff(
    session: Session, wanted: StaffWanted, *, actor: User, when: Year, sort: str = "name",
    descending: bool = False,
) -> StaffList:  # fmt: skip
    """Return the staff the actor looks after, to be read page by page. KeyError for an unknown sort.

    Where hours or deadlines decide, one statement finds everybody; else one counts and one finds a page.
    """
    statement = _in_order(wanted, actor, when, sort, descending)

    def page(limit: int, offset: int) -> Sequence[int]:
        return session.scalars(statement.limit(limit).offset(offset)).all()

    if wanted.hours or wanted.late or sort not in OF_THE_PERSON:
        ids = tuple(session.scalars(statement))
        return StaffList(len(ids), ids, page, when)
    return StaffList(count_staff(session, wanted, actor=actor, when=when), None, page, when)


def find_led(
    session: Session, user_id: int, *, when: Year, limit: int = 25, offset: int = 0
) -> tuple[int, list[StaffRow]]:
    """Return how many people have this person as their direct superior, and a page of them by name."""
    among = led_by(session, user_id)
    total = session.scalar(select(func.count()).select_from(User).where(among)) or 0
    page = select(User.id).where(among).order_by(func.lower(User.name), User.id)
    ids = session.scalars(page.limit(limit).offset(offset)).all()
    return total, list(staff_rows(session, ids, when))


def staff_ids(
    session: Session, wanted: StaffWanted, *, actor: User, when: Year, sort: str = "name",
    descending: bool = False, limit: int,
) -> list[int]:  # fmt: skip
    """Return the ids of all that match, in the order of the list, at most `limit`. KeyError: unknown sort."""
    return list(session.scalars(_in_order(wanted, actor, when, sort, descending).limit(limit)))


def staff_rows(session: Session, ids: Sequence[int], when: Year) -> Iterator[StaffRow]:
    """Yield these people in the order given, whatever became of them since; 500 at a time."""
    for start in range(0, len(ids), PART):
        part = ids[start : start + PART]
        found = {row.id: _row(row) for row in session.execute(_whole(when, part))}
        yield from (found[key] for key in part if key in found)


def staff_totals(
    session: Session, wanted: StaffWanted, *, actor: User, when: Year
) -> dict[int | None, Totals]:
    """Return the sums of the people that match by the unit they belong to: one statement."""
    statement, made = _found(wanted, actor, when, (HOURS, LATE))
    people = statement.add_columns(
        User.unit_id, case((User.password_hash.is_(None), 1), else_=0).label("unused"),
        *(made[name].label(name) for name in ("jp", "waiting", "target", "late")),
    ).subquery("people")  # fmt: skip
    columns = people.c
    has_target, met = columns.target > 0, columns.jp >= columns.target
    rows = session.execute(
        select(
            columns.unit_id,
            func.count(),
            func.sum(case((has_target, 1), else_=0)),
            func.sum(case((has_target & met, 1), else_=0)),
            func.sum(columns.jp),
            func.sum(columns.waiting),
            func.sum(case((met, 0), else_=columns.target - columns.jp)),
            func.sum(columns.unused),
            func.sum(case((columns.late > 0, 1), else_=0)),
        ).group_by(columns.unit_id)
    )
    return {row[0]: Totals(*(int(value) for value in row[1:])) for row in rows}


def unused_accounts(session: Session, *, actor: User) -> dict[int | None, Totals]:
    """Return how many of the actor's people have no password, by the unit they belong to: one statement."""
    rows = session.execute(
        staff_for(actor)
        .where(User.password_hash.is_(None))
        .with_only_columns(User.unit_id, func.count())
        .group_by(User.unit_id)
    )
    return {row[0]: Totals(people=row[1], unused=row[1]) for row in rows}


def _row(row: Row[*tuple[Any, ...]]) -> StaffRow:
    return StaffRow(
        row.id, row.name, row.nip, row.employment, row.rank, row.unit, row.unit_code, row.position,
        int(row.jp), int(row.waiting), int(row.courses), int(row.target), Activation(row.activation),
        int(row.late),
    )  # fmt: skip

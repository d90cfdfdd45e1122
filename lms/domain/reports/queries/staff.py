"""People with their lesson hours of a year: the one query behind list, recap, totals and download."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, Subquery, and_, case, exists, func, literal, select
from sqlalchemy.orm import Session, aliased

from lms.clock import local_date
from lms.domain.accounts.models import ActivationCode, Employment, OrgUnit, Position, User
from lms.domain.accounts.queries import in_units, led_by, matches_text, staff_for
from lms.domain.catalog.models import CourseVersion
from lms.domain.enrollments.models import Enrollment
from lms.domain.enrollments.queries import is_late
from lms.domain.outside.queries import outside_hours
from lms.domain.reports.rules import Activation, Totals
from lms.domain.settings.rules import Policy, target_jp

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
class Year:
    """What the figures depend on: the JP year, the targets in force, the instant of asking."""

    year: int
    policy: Policy
    now: datetime


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


def _hours(year: int, once: bool, among: Sequence[int] | None) -> Subquery:
    """JP of a year by person; of enrolments that were not withdrawn, as on the person's own page.

    `once`: what was completed earlier in the year leaves nothing of the same course to wait for.
    """
    only = () if among is None else (Enrollment.user_id.in_(among),)
    waits: ColumnElement[bool] = Enrollment.credited_jp.is_(None)
    if once:
        other = aliased(Enrollment)
        same_day = case((other.completed_on == Enrollment.completed_on, other.id), else_=0)
        sooner = and_(other.completed_on <= Enrollment.completed_on, same_day < Enrollment.id)
        waits = and_(
            waits,
            ~exists().where(
                other.user_id == Enrollment.user_id, other.course_id + 0 == Enrollment.course_id,  # by person
                other.jp_year == year, other.withdrawn_at.is_(None), sooner,
            ),
        )  # fmt: skip
    return (
        select(
            Enrollment.user_id,
            func.sum(func.coalesce(Enrollment.credited_jp, 0)).label("jp"),
            func.sum(case((waits, CourseVersion.jp), else_=0)).label("waiting"),
            func.count().label("courses"),
        )
        .join(CourseVersion, CourseVersion.id == Enrollment.version_id)
        .where(Enrollment.jp_year == year, Enrollment.withdrawn_at.is_(None), *only)
        .group_by(Enrollment.user_id)
        .subquery("hours")
    )


def _late(today: date, among: Sequence[int] | None) -> Subquery:
    """Courses past their deadline by person."""
    return (
        select(Enrollment.user_id, func.count().label("late"))
        .join(CourseVersion, CourseVersion.id == Enrollment.version_id)
        .where(is_late(today), *(() if among is None else (Enrollment.user_id.in_(among),)))
        .group_by(Enrollment.user_id)
        .subquery("late")
    )


def _columns(when: Year, among: Sequence[int] | None = None) -> tuple[Statement, dict[str, Any]]:
    """The columns of StaffRow; hours are added up for all, or only among these people."""
    hours, outside = _hours(when.year, when.policy.jp_once_a_year, among), outside_hours(when.year)
    over = _late(local_date(when.now), among)
    late = func.coalesce(over.c.late, 0)

    def both(name: str) -> Any:
        return func.coalesce(hours.c[name], 0) + func.coalesce(outside.c[name], 0)

    jp = both("jp")
    targets = {item.value: target_jp(when.policy, item, when.year) for item in Employment}
    target = case(targets, value=User.employment, else_=target_jp(when.policy, "", when.year))
    usable = (
        select(literal(1))
        .where(
            ActivationCode.user_id == User.id,
            ActivationCode.used_at.is_(None),
            ActivationCode.withdrawn_at.is_(None),
            ActivationCode.expires_at > when.now,
        )
        .exists()
    )
    activation = case(
        (User.password_hash.is_not(None), Activation.ACTIVE.value),
        (usable, Activation.CODE.value),
        else_=Activation.NONE.value,
    )
    statement = (
        select(
            User.id, User.name, User.nip, User.employment, User.rank, OrgUnit.name.label("unit"),
            OrgUnit.code.label("unit_code"), Position.name.label("position"), jp.label("jp"),
            both("waiting").label("waiting"), both("courses").label("courses"), target.label("target"),
            activation.label("activation"), late.label("late"),
        )
        .outerjoin(OrgUnit, OrgUnit.id == User.unit_id)
        .outerjoin(Position, Position.id == User.position_id)
        .outerjoin(hours, hours.c.user_id == User.id)
        .outerjoin(outside, outside.c.user_id == User.id)
        .outerjoin(over, over.c.user_id == User.id)
    )  # fmt: skip
    return statement, {"jp": jp, "target": target, "activation": activation, "late": late}


def _statement(wanted: StaffWanted, actor: User, when: Year) -> tuple[Statement, dict[str, Any]]:
    statement, made = _columns(when)
    statement = statement.where(User.id.in_(staff_for(actor).with_only_columns(User.id)), *_traits(wanted))
    if wanted.hours == "below":
        statement = statement.where(made["jp"] < made["target"])
    elif wanted.hours == "met":
        statement = statement.where(made["target"] > 0, made["jp"] >= made["target"])
    if wanted.activation == "unused":
        statement = statement.where(User.password_hash.is_(None))
    elif wanted.activation:
        statement = statement.where(made["activation"] == wanted.activation)
    if wanted.late:
        statement = statement.where(made["late"] > 0)
    return statement, made


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


def _ordered(statement: Statement, made: dict[str, Any], sort: str, descending: bool) -> Statement:
    if sort in OF_THE_PERSON:
        column = {
            "name": func.lower(User.name), "unit": func.lower(OrgUnit.name), "nip": User.nip,
            "employment": User.employment,
        }[sort]  # fmt: skip
    elif sort == "lacking":
        column = case((made["jp"] < made["target"], made["target"] - made["jp"]), else_=0)
    else:
        column = made[sort]
    first = column.desc().nulls_last() if descending else column.asc().nulls_last()
    return statement.order_by(first, func.lower(User.name), User.id)


def count_staff(session: Session, wanted: StaffWanted, *, actor: User, when: Year) -> int:
    """Return how many people match: one statement."""
    if wanted.hours or wanted.late or wanted.activation:
        statement, _ = _statement(wanted, actor, when)
    else:
        statement = staff_for(actor).where(*_traits(wanted)).with_only_columns(User.id)
    return session.scalar(select(func.count()).select_from(statement.subquery())) or 0


def find_staff(
    session: Session, wanted: StaffWanted, *, actor: User, when: Year, sort: str = "name",
    descending: bool = False, limit: int = 25, offset: int = 0,
) -> list[StaffRow]:  # fmt: skip
    """Return a page of the staff the actor looks after. KeyError for an unknown sort.

    Where hours decide nothing, one statement finds the page and a second one adds up those people's hours.
    """
    if sort in OF_THE_PERSON and not (wanted.hours or wanted.late or wanted.activation):
        statement = staff_for(actor).where(*_traits(wanted)).with_only_columns(User.id)
        found = statement.outerjoin(OrgUnit, OrgUnit.id == User.unit_id)
        ids = list(session.scalars(_ordered(found, {}, sort, descending).limit(limit).offset(offset)))
        return list(staff_rows(session, ids, when))
    statement, made = _statement(wanted, actor, when)
    page = _ordered(statement, made, sort, descending).limit(limit).offset(offset)
    return [_row(row) for row in session.execute(page)]


def find_led(
    session: Session, user_id: int, *, when: Year, limit: int = 25, offset: int = 0
) -> tuple[int, list[StaffRow]]:
    """Return how many people have this person as their direct superior, and a page of them by name."""
    among = led_by(session, user_id)
    total = session.scalar(select(func.count()).select_from(User).where(among)) or 0
    statement, made = _columns(when)
    page = _ordered(statement.where(among), made, "name", False).limit(limit).offset(offset)
    return total, [_row(row) for row in session.execute(page)]


def staff_ids(
    session: Session, wanted: StaffWanted, *, actor: User, when: Year, sort: str = "name",
    descending: bool = False, limit: int,
) -> list[int]:  # fmt: skip
    """Return the ids of all that match, in the order of the list, at most `limit`."""
    statement, made = _statement(wanted, actor, when)
    ordered = _ordered(statement, made, sort, descending).limit(limit)
    return list(session.scalars(ordered.with_only_columns(User.id, maintain_column_froms=True)))


def staff_rows(session: Session, ids: Sequence[int], when: Year) -> Iterator[StaffRow]:
    """Yield these people in the order given, whatever became of them since; 500 at a time."""
    for start in range(0, len(ids), PART):
        part = ids[start : start + PART]
        statement, _ = _columns(when, part)
        found = {row.id: _row(row) for row in session.execute(statement.where(User.id.in_(part)))}
        yield from (found[key] for key in part if key in found)


def staff_totals(
    session: Session, wanted: StaffWanted, *, actor: User, when: Year
) -> dict[int | None, Totals]:
    """Return the sums of the people that match by the unit they belong to: one statement."""
    statement, _ = _statement(wanted, actor, when)
    people = statement.add_columns(User.unit_id.label("unit_id")).subquery("people")
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
            func.sum(case((columns.activation == Activation.ACTIVE.value, 0), else_=1)),
            func.sum(case((columns.late > 0, 1), else_=0)),
        ).group_by(columns.unit_id)
    )
    return {row[0]: Totals(*(int(value) for value in row[1:])) for row in rows}


def _row(row: Row[*tuple[Any, ...]]) -> StaffRow:
    return StaffRow(
        row.id, row.name, row.nip, row.employment, row.rank, row.unit, row.unit_code, row.position,
        int(row.jp), int(row.waiting), int(row.courses), int(row.target), Activation(row.activation),
        int(row.late),
    )  # fmt: skip

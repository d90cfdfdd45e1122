"""Completions and what became of them: the one query behind list, register and package.

A line is a certificate, or a completion that has none. Nothing is left out: lines with and without a
certificate add up to the total.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, case, func, select
from sqlalchemy.orm import Session, aliased

from lms.domain.accounts.models import OrgUnit, User
from lms.domain.catalog.models import Course, CourseVersion
from lms.domain.catalog.queries.hours import newest_approval
from lms.domain.certificates import rules as certificates
from lms.domain.certificates.models import Certificate
from lms.domain.certificates.rules import State
from lms.domain.enrollments.models import Enrollment
from lms.domain.reports.queries.completion_sets import (
    ITS_CERTIFICATES,
    CompletionsWanted,
    Statement,
    count_in,
    filtered,
    ids_in,
    names_many,
    narrowed_to,
    sets_of,
)
from lms.domain.reports.rules import NoCertificate, why_none

SORTS = ("day", "name", "unit", "course")
PART = 500
PAGE = 200
"""Up to so many lines are looked for by the names that they have."""
_UnitThen = aliased(OrgUnit, name="unit_then")


@dataclass(frozen=True)
class Line:
    """A certificate, or a completion without one (`reason` says why)."""

    enrollment_id: int
    certificate_id: int | None
    user_id: int
    name: str
    nip: str | None
    unit: str | None  # today
    unit_at_issue: str | None
    title: str
    completed_on: date
    jp: int  # credited, or claimed while waiting
    number: str | None
    issued_on: date | None
    state: State | None
    reason: NoCertificate | None
    cycle: int = 1  # how often the person has taken part

    @property
    def key(self) -> str:
        """The name of the line in a form."""
        return key_of(self.enrollment_id, self.certificate_id)


def _columns() -> Statement:
    return (
        select(
            Enrollment.id.label("enrollment_id"), Certificate.id.label("certificate_id"),
            User.id.label("user_id"), User.name, User.nip, OrgUnit.name.label("unit"),
            _UnitThen.name.label("unit_then"),
            CourseVersion.title, Enrollment.completed_on, Enrollment.credited_jp, CourseVersion.jp,
            CourseVersion.gives_certificate, newest_approval().label("approved"), Certificate.number,
            Certificate.issued_on, Certificate.revoked_at, Certificate.replaced_at, Certificate.valid_until,
            Certificate.signed_at, Certificate.needs_signature, Enrollment.cycle,
        )
        .select_from(Enrollment)
        .join(User, User.id == Enrollment.user_id)
        .join(Course, Course.id == Enrollment.course_id)
        .join(CourseVersion, CourseVersion.id == Enrollment.version_id)
        .outerjoin(Certificate, Certificate.enrollment_id == Enrollment.id)
        .outerjoin(OrgUnit, OrgUnit.id == User.unit_id)
        .outerjoin(_UnitThen, _UnitThen.id == Certificate.unit_id)
        .where(Enrollment.completed_on.is_not(None))
    )  # fmt: skip


def _ordered(statement: Statement, sort: str, descending: bool) -> Statement:
    column: ColumnElement[Any] = {
        "day": Enrollment.completed_on.expression,
        "name": func.lower(User.name),
        "unit": func.lower(OrgUnit.name),
        "course": func.lower(CourseVersion.title),
    }[sort]
    first = column.desc() if descending else column.asc()
    if sort == "unit":
        first = first.nulls_last()  # nothing else is ever empty, and without it an index gives the order
    newest = case((Certificate.id.is_(None), 0), else_=Certificate.id).desc()
    return statement.order_by(first, func.lower(User.name), Enrollment.id.desc(), newest)


def count_lines(session: Session, wanted: CompletionsWanted, *, actor: User, today: date) -> int:
    """Return how many lines match: one statement."""
    return count_in(session, sets_of(wanted, actor, today))


def find_lines(
    session: Session, wanted: CompletionsWanted, *, actor: User, today: date, sort: str = "day",
    descending: bool = True, limit: int = 25, offset: int = 0,
) -> list[Line]:  # fmt: skip
    """Return a page of the lines of people the actor looks after: the page is found first, without what only
    its lines show. KeyError: unknown sort.
    """
    keys = line_keys(
        session, wanted, actor=actor, today=today, sort=sort, descending=descending, limit=limit,
        offset=offset,
    )  # fmt: skip
    return lines_of(session, keys, today)


def line_keys(
    session: Session, wanted: CompletionsWanted, *, actor: User, today: date, sort: str = "day",
    descending: bool = True, limit: int, offset: int = 0,
) -> list[str]:  # fmt: skip
    """Return the keys of lines that match, in the order of the list, at most `limit`.

    One statement; two for a page that is ordered by names, or where a name is searched. KeyError:
    unknown sort.
    """
    statement = (
        select(Enrollment.id, Certificate.id)
        .select_from(Enrollment)
        .join(User, User.id == Enrollment.user_id)
        .outerjoin(*ITS_CERTIFICATES)
        .where(*filtered(wanted, actor, today, walk=sort == "day" and names_many(session, wanted)))
    )
    if sort != "day" and limit <= PAGE:
        names, offset = narrowed_to(session, sets_of(wanted, actor, today), sort, descending, limit, offset)
        statement = statement.where(names)
    if sort == "unit":
        statement = statement.outerjoin(OrgUnit, OrgUnit.id == User.unit_id)
    elif sort == "course":
        statement = statement.join(CourseVersion, CourseVersion.id == Enrollment.version_id)
    page = _ordered(statement, sort, descending).limit(limit).offset(offset)
    return [key_of(row[0], row[1]) for row in session.execute(page)]


def lines_of(session: Session, keys: Sequence[str], today: date) -> list[Line]:
    """Return the lines of these keys in the order given, 500 at a time.

    A completion that has been certified since its key was taken comes with its certificate.
    """
    found: dict[str, Line] = {}
    for start in range(0, len(keys), PART):
        part = keys[start : start + PART]
        certified = select(Certificate.enrollment_id).where(Certificate.id.in_(ids_in(part, "c")))
        plain = select(Enrollment.id).where(Enrollment.id.in_(ids_in(part, "e")))
        wanted = Enrollment.id.in_(certified.union_all(plain))
        for row in session.execute(_columns().where(wanted).order_by(Certificate.id)):
            line = _line(row, today)
            found[line.key] = found[f"e{line.enrollment_id}"] = line
    return [found[key] for key in keys if key in found]


def key_of(enrollment_id: int, certificate_id: int | None) -> str:
    """Return the name of a line in a form: "c7" for a certificate, "e9" for a completion without one."""
    return f"e{enrollment_id}" if certificate_id is None else f"c{certificate_id}"


def _line(row: Row[*tuple[Any, ...]], today: date) -> Line:
    state, reason = None, None
    if row.certificate_id is None:
        reason = why_none(row.gives_certificate, row.jp, row.approved)
    else:
        state = certificates.state(
            revoked_at=row.revoked_at, replaced_at=row.replaced_at, valid_until=row.valid_until,
            signed_at=row.signed_at, signature_required=row.needs_signature, today=today,
        )  # fmt: skip
    return Line(
        row.enrollment_id, row.certificate_id, row.user_id, row.name, row.nip, row.unit, row.unit_then,
        row.title, row.completed_on, row.jp if row.credited_jp is None else row.credited_jp, row.number,
        row.issued_on, state, reason, row.cycle,
    )  # fmt: skip

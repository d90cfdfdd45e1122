"""Completions and what became of them: the one query behind list, register and package.

A line is a certificate, or a completion that has none. Nothing is left out: lines with and without a
certificate add up to the total.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session, aliased

from lms.domain.accounts.models import OrgUnit, User
from lms.domain.accounts.queries import matches_text, subtree
from lms.domain.catalog.models import Course, CourseVersion
from lms.domain.catalog.queries.hours import newest_approval
from lms.domain.certificates import rules as certificates
from lms.domain.certificates.models import Certificate
from lms.domain.certificates.queries import in_state, seen_by
from lms.domain.certificates.rules import State
from lms.domain.enrollments.models import Enrollment
from lms.domain.reports.rules import NoCertificate, why_none

SORTS = ("day", "name", "unit", "course")
PART = 500
Statement = Select[*tuple[Any, ...]]
_UnitThen = aliased(OrgUnit, name="unit_then")


@dataclass(frozen=True)
class CompletionsWanted:
    """What the list is narrowed to; empty values do not narrow.

    `unit_path` is a subtree of the unit at issue where `at_issue`, else of today's; a completion without
    a certificate counts in today's unit. `first` and `last` are days of issue where `by_issue`, else of
    completion. `state` is a state of a certificate, `without` asks for completions that have none.
    `keys` picks lines by their key.
    """

    text: str = ""
    unit_path: str = ""
    at_issue: bool = False
    course_id: int | None = None
    first: date | None = None
    last: date | None = None
    by_issue: bool = False
    state: State | None = None
    without: bool = False
    keys: tuple[str, ...] | None = None


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
        .where(Enrollment.completed_at.is_not(None))
    )  # fmt: skip


def _conditions(wanted: CompletionsWanted, today: date) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.text:
        found.append(_matches(wanted.text))
    if wanted.unit_path:
        column = func.coalesce(Certificate.unit_id, User.unit_id) if wanted.at_issue else User.unit_id
        found.append(column.in_(select(OrgUnit.id).where(subtree(wanted.unit_path))))
    if wanted.course_id is not None:
        found.append(Enrollment.course_id == wanted.course_id)
    day = Certificate.issued_on if wanted.by_issue else Enrollment.completed_on
    if wanted.first is not None:
        found.append(day >= wanted.first)
    if wanted.last is not None:
        found.append(day <= wanted.last)
    if wanted.without:
        found.append(Certificate.id.is_(None))
    elif wanted.state is not None:
        found.append(and_(Certificate.id.is_not(None), in_state(wanted.state, today)))
    if wanted.keys is not None:
        found.append(_picked(wanted.keys))
    return found


def _matches(text: str) -> ColumnElement[bool]:
    code = certificates.parse_code(text)
    number = func.lower(Certificate.number).contains(text.lower(), autoescape=True)
    return or_(matches_text(text), func.coalesce(number, False), Certificate.code == (code or ""))


def _picked(keys: Sequence[str]) -> ColumnElement[bool]:
    return or_(
        Certificate.id.in_(ids_in(keys, "c")),
        and_(Certificate.id.is_(None), Enrollment.id.in_(ids_in(keys, "e"))),
    )


def _ordered(statement: Statement, sort: str, descending: bool) -> Statement:
    column: ColumnElement[Any] = {
        "day": Enrollment.completed_on.expression,
        "name": func.lower(User.name),
        "unit": func.lower(OrgUnit.name),
        "course": func.lower(CourseVersion.title),
    }[sort]
    first = column.desc().nulls_last() if descending else column.asc().nulls_last()
    newest = case((Certificate.id.is_(None), 0), else_=Certificate.id).desc()
    return statement.order_by(first, func.lower(User.name), Enrollment.id.desc(), newest)


def count_lines(session: Session, wanted: CompletionsWanted, *, actor: User, today: date) -> int:
    """Return how many lines match: one statement."""
    statement = (
        select(func.count())
        .select_from(Enrollment)
        .join(User, User.id == Enrollment.user_id)
        .outerjoin(Certificate, Certificate.enrollment_id == Enrollment.id)
        .where(Enrollment.completed_at.is_not(None), seen_by(actor), *_conditions(wanted, today))
    )
    return session.scalar(statement) or 0


def find_lines(
    session: Session, wanted: CompletionsWanted, *, actor: User, today: date, sort: str = "day",
    descending: bool = True, limit: int = 25, offset: int = 0,
) -> list[Line]:  # fmt: skip
    """Return a page of the lines of people the actor looks after: two statements, the first one finds
    the page without what only its lines show. KeyError: unknown sort.
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
    """Return the keys of lines that match, in the order of the list, at most `limit`: one statement."""
    statement = (
        select(Enrollment.id, Certificate.id)
        .select_from(Enrollment)
        .join(User, User.id == Enrollment.user_id)
        .outerjoin(Certificate, Certificate.enrollment_id == Enrollment.id)
        .where(Enrollment.completed_at.is_not(None), seen_by(actor), *_conditions(wanted, today))
    )
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
        wanted = or_(Certificate.id.in_(ids_in(part, "c")), Enrollment.id.in_(ids_in(part, "e")))
        for row in session.execute(_columns().where(wanted).order_by(Certificate.id)):
            line = _line(row, today)
            found[line.key] = found[f"e{line.enrollment_id}"] = line
    return [found[key] for key in keys if key in found]


def ids_in(keys: Sequence[str], kind: str) -> list[int]:
    """Return the ids of the keys of one kind: "c" certificates, "e" completions without one."""
    return [int(key[1:]) for key in keys if key[:1] == kind and key[1:].isascii() and key[1:].isdigit()]


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

"""Which completions and certificates a list is about: filters, and the sets its lines are counted from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, literal, or_, select, union_all
from sqlalchemy.orm import Session, aliased

from lms.domain.accounts.models import OrgUnit, User
from lms.domain.accounts.queries import matches_text, subtree
from lms.domain.accounts.rules import subtree_paths
from lms.domain.catalog.models import CourseVersion
from lms.domain.certificates import rules as certificates
from lms.domain.certificates.models import Certificate
from lms.domain.certificates.queries import in_state, seen_by
from lms.domain.certificates.rules import State
from lms.domain.enrollments.models import Enrollment

Statement = Select[*tuple[Any, ...]]
MANY = 500
Conditions = list[ColumnElement[bool]]
DONE = Enrollment.completed_on.is_not(None)
_DONE_BY = {"user_id": Enrollment.jp_year.is_not(None), "version_id": Enrollment.completed_at.is_not(None)}
"""The same (a check of the table holds day, year and instant together), as the index by person or version
has it."""
ITS_CERTIFICATES = (Certificate, Certificate.enrollment_id == Enrollment.id)


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
class LineSet:
    """Completions, certificates or both joined; each row counts `weight` lines (1 or -1)."""

    weight: int
    table: str  # completions | certificates | lines
    done: Conditions  # asked of the completion, besides that it is one
    asked: Conditions  # asked of the certificate
    of_people: bool  # some people are asked for

    @property
    def rows(self) -> Statement:
        """The rows, yet without columns."""
        if self.table == "certificates":
            return self._certificates()
        return self._completions(_DONE_BY["user_id"] if self.of_people else DONE)

    def by(self, column: str) -> Select[Any]:
        """How many lines each person (`user_id`) or version (`version_id`) has, as columns `key` and `n`."""
        key: Any = getattr(Enrollment, column)
        if self.table == "certificates":
            its = select(key).where(Enrollment.id == Certificate.enrollment_id).scalar_subquery()
            each = self._certificates().add_columns(its.label("key")).subquery()
            return select(each.c.key, (func.count() * self.weight).label("n")).group_by(each.c.key)
        counted = self._completions(_DONE_BY[column]).add_columns(
            key.label("key"), (func.count() * self.weight).label("n")
        )
        return counted.group_by(key)

    def _certificates(self) -> Statement:
        """That a certificate belongs to a completion need not be asked."""
        statement: Statement = select().select_from(Certificate).where(*self.asked)
        its = exists().where(Enrollment.id == Certificate.enrollment_id, *self.done)
        return statement.where(its) if self.done else statement

    def _completions(self, is_done: ColumnElement[bool]) -> Statement:
        statement: Statement = select().select_from(Enrollment).where(is_done, *self.done, *self.asked)
        return statement.outerjoin(*ITS_CERTIFICATES) if self.table == "lines" else statement


def filtered(wanted: CompletionsWanted, actor: User, today: date, *, walk: bool = False) -> Conditions:
    """Return the conditions on a line: a completion joined with its certificates, if any.

    `walk`: names are compared along the days instead of looking up each person's completions.
    """
    return [DONE, *_of_completions(wanted, actor, walk), *_of_certificates(wanted, today)]


def sets_of(wanted: CompletionsWanted, actor: User, today: date) -> list[LineSet]:
    """Return sets that add up to the lines, so that no completion has to be joined with its certificates.

    Each completion is a line, and each certificate that replaces another one makes one more. A completion
    is without a certificate unless there is a first one. Who asks for certificates gets these alone.
    """
    done, asked = _of_completions(wanted, actor), _of_certificates(wanted, today)
    some = bool(wanted.text or wanted.unit_path) or subtree_paths(actor) is not None
    if _mixed(wanted):
        return [LineSet(1, "lines", done, asked, of_people=some)]
    first, again = Certificate.replaces_id.is_(None), Certificate.replaces_id.is_not(None)
    completions = LineSet(1, "completions", done, [], of_people=some)
    if wanted.without:
        return [completions, LineSet(-1, "certificates", done, [first], of_people=some)]
    if asked:
        return [LineSet(1, "certificates", done, asked, of_people=some)]
    return [completions, LineSet(1, "certificates", done, [again], of_people=some)]


def count_in(session: Session, sets: Sequence[LineSet]) -> int:
    """Return how many lines the sets add up to: one statement."""
    parts = [one.rows.add_columns(func.count()).scalar_subquery() for one in sets]
    row = session.execute(select(*parts)).one()
    return sum(one.weight * int(count) for one, count in zip(sets, row, strict=True))


def narrowed_to(
    session: Session, sets: Sequence[LineSet], sort: str, descending: bool, limit: int, offset: int
) -> tuple[ColumnElement[bool], int]:
    """Return the condition "has one of the names (of a person, unit or course) that a page shows", and the
    offset among these: one statement. So only they are put in order line by line.
    """
    by_course = sort == "course"
    each = union_all(*(one.by("version_id" if by_course else "user_id") for one in sets)).subquery("each")
    name, owner = _NAMED[sort]
    rows = (
        select(name.label("name"), func.sum(each.c.n)).select_from(each).join(owner, owner.id == each.c.key)
    )
    if sort == "unit":
        rows = rows.outerjoin(OrgUnit, OrgUnit.id == User.unit_id)
    order = name.desc().nulls_last() if descending else name.asc().nulls_last()
    before, upto = 0, 0
    shown: list[str | None] = []
    for key, count in session.execute(rows.group_by(name).order_by(order)):
        upto += int(count)
        if upto <= offset:
            before = upto
        else:
            shown.append(key)
        if upto >= offset + limit:
            break
    named = or_(
        name.in_([key for key in shown if key is not None]), and_(name.is_(None), literal(None in shown))
    )
    if by_course:
        return Enrollment.version_id.in_(select(CourseVersion.id).where(named)), offset - before
    people = select(User.id).outerjoin(OrgUnit, OrgUnit.id == User.unit_id).where(named)
    return Enrollment.user_id.in_(people), offset - before


_NAMED: dict[str, tuple[ColumnElement[str], type[User] | type[CourseVersion]]] = {
    "name": (func.lower(User.name), User), "unit": (func.lower(OrgUnit.name), User),
    "course": (func.lower(CourseVersion.title), CourseVersion),
}  # fmt: skip


def _mixed(wanted: CompletionsWanted) -> bool:
    """Whether something is asked that a completion or its certificate may fulfil."""
    number = bool(wanted.text) and _may_be_number(wanted.text)
    return number or bool(wanted.unit_path and wanted.at_issue) or wanted.keys is not None


def names_many(session: Session, wanted: CompletionsWanted) -> bool:
    """Say whether a name is searched that so many people have that any day has somebody of that name."""
    if not wanted.text or _may_be_number(wanted.text):
        return False
    some = select(User.id).where(matches_text(wanted.text)).limit(MANY + 1).subquery()
    return (session.scalar(select(func.count()).select_from(some)) or 0) > MANY


def _of_completions(wanted: CompletionsWanted, actor: User, walk: bool = False) -> Conditions:
    """What is asked of completions alone: people are asked for as a set, so that their table is not
    joined.
    """
    found: Conditions = []
    if subtree_paths(actor) is not None:
        found.append(Enrollment.user_id.in_(select(User.id).where(seen_by(actor))))
    if wanted.unit_path and not wanted.at_issue:
        found.append(Enrollment.user_id.in_(_people_of(wanted.unit_path)))
    if wanted.text and not _may_be_number(wanted.text):
        person = Enrollment.user_id + 0 if walk else Enrollment.user_id  # a sum is not looked up
        found.append(person.in_(select(User.id).where(matches_text(wanted.text))))
    if wanted.course_id is not None:
        found.append(Enrollment.course_id == wanted.course_id)
    return found if wanted.by_issue else found + _days(Enrollment.completed_on.expression, wanted)


def _of_certificates(wanted: CompletionsWanted, today: date) -> Conditions:
    """What is asked of certificates, or of both."""
    found: Conditions = []
    if wanted.text and _may_be_number(wanted.text):
        found.append(_matches(wanted.text))
    if wanted.unit_path and wanted.at_issue:
        then = Certificate.unit_id.in_(select(OrgUnit.id).where(subtree(wanted.unit_path)))
        today_ = Certificate.unit_id.is_(None) & Enrollment.user_id.in_(_people_of(wanted.unit_path))
        found.append(or_(then, today_))
    if wanted.by_issue:
        found += _days(Certificate.issued_on.expression, wanted)
    if wanted.without:
        found.append(Certificate.id.is_(None))
    elif wanted.state is not None:
        found.append(and_(Certificate.id.is_not(None), in_state(wanted.state, today)))
    if wanted.keys is not None:
        found.append(_picked(wanted.keys))
    return found


def _people_of(unit_path: str) -> Select[int]:
    return select(User.id).where(User.unit_id.in_(select(OrgUnit.id).where(subtree(unit_path))))


def _days(column: ColumnElement[Any], wanted: CompletionsWanted) -> Conditions:
    first = [column >= wanted.first] if wanted.first is not None else []
    return first + ([column <= wanted.last] if wanted.last is not None else [])


def _may_be_number(text: str) -> bool:
    """Numbers and codes of certificates have digits; a text without any can only be a name."""
    return any(sign.isdigit() for sign in text) or certificates.parse_code(text) is not None


def _matches(text: str) -> ColumnElement[bool]:
    """Person, number or code; both sides are found first, then the completions they lead to."""
    people = select(User.id).where(matches_text(text))
    code, inner = certificates.parse_code(text), aliased(Certificate)
    number = func.lower(inner.number).contains(text.lower(), autoescape=True)
    numbered = select(inner.id).where(or_(number, inner.code == code) if code else number)
    mine, other = aliased(Enrollment), aliased(Certificate)
    either = (
        select(mine.id).where(mine.user_id.in_(people))
        .union(select(other.enrollment_id).where(other.id.in_(numbered)))
    )  # fmt: skip
    return and_(Enrollment.id.in_(either), or_(Enrollment.user_id.in_(people), Certificate.id.in_(numbered)))


def _picked(keys: Sequence[str]) -> ColumnElement[bool]:
    return or_(
        Certificate.id.in_(ids_in(keys, "c")),
        and_(Certificate.id.is_(None), Enrollment.id.in_(ids_in(keys, "e"))),
    )


def ids_in(keys: Sequence[str], kind: str) -> list[int]:
    """Return the ids of the keys of one kind: "c" certificates, "e" completions without one."""
    return [int(key[1:]) for key in keys if key[:1] == kind and key[1:].isascii() and key[1:].isdigit()]

"""Find enrolments; a person reaches only the own ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, literal, or_, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session, contains_eager, joinedload
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from lms.clock import WIB
from lms.db import UtcDateTime, holding
from lms.domain.accounts.models import User
from lms.domain.accounts.queries import Person
from lms.domain.catalog.models import Course, CourseVersion
from lms.domain.catalog.queries import live_prerequisites
from lms.domain.enrollments.models import Enrollment
from lms.domain.enrollments.rules import Prerequisite, Prior, asking_back
from lms.domain.outside.models import OutsideTraining
from lms.domain.outside.queries import COUNTING


def enrollment_for(
    session: Session, user: User | Person, slug: str, *, lock: bool = False
) -> Enrollment | None:
    """Return the person's newest enrolment in a course that is not withdrawn, with course and version.

    One statement. `lock` holds the row until the end of the transaction (PostgreSQL).
    """
    query = _newest()
    if lock:
        query = holding(query, of=Enrollment)
    return session.scalars(query, {"user_id": user.id, "slug": slug}).first()


@cache
def _newest() -> Select[Enrollment]:
    """Every page of a course sends this statement: it is built once."""
    return (
        select(Enrollment)
        .join(Enrollment.course)
        .join(Enrollment.version)
        .options(contains_eager(Enrollment.course), contains_eager(Enrollment.version))
        .where(
            Enrollment.user_id == bindparam("user_id"),
            Course.slug == bindparam("slug"),
            Enrollment.withdrawn_at.is_(None),
        )
        .order_by(Enrollment.cycle.desc())
        .limit(1)
    )


def enrollments_of(session: Session, user_id: int) -> Sequence[Enrollment]:
    """Return all enrolments of a person that are not withdrawn, latest act first, with course and version."""
    return session.scalars(_all_of(), {"user_id": user_id}).all()


@cache
def _all_of() -> Select[Enrollment]:
    """Built once: home, catalogue and profile send it."""
    return (
        select(Enrollment)
        .options(joinedload(Enrollment.course), joinedload(Enrollment.version))
        .where(Enrollment.user_id == bindparam("user_id"), Enrollment.withdrawn_at.is_(None))
        .order_by(func.coalesce(Enrollment.last_act_at, Enrollment.enrolled_at).desc(), Enrollment.id.desc())
    )


def prerequisites_of(session: Session, user_id: int, slug: str, version: CourseVersion) -> list[Prerequisite]:
    """Return the courses that a version asks to be done before, with the person's state of each.

    `slug` is its own course, which it cannot ask for. No statement when it asks for none, else two. Any
    completion counts, whenever it was.
    """
    slugs = [one for one in version.header.get("prerequisites", []) if one != slug]
    if not slugs:
        return []
    live = live_prerequisites(session)
    titles = {one: title for one, (title, _asked) in live.items()}
    circular = asking_back(slug, {one: asked for one, (_title, asked) in live.items()} | {slug: slugs})
    own: dict[str, Prior] = {}
    for item in enrollments_of(session, user_id):
        if item.completed_at is not None:
            own[item.course.slug] = Prior.DONE
        else:
            own.setdefault(item.course.slug, Prior.UNDER_WAY)
    for one in circular:
        if own.get(one) is not Prior.DONE:
            own[one] = Prior.CIRCULAR
    return [
        Prerequisite(one, titles.get(one, one), own.get(one, Prior.OPEN if one in titles else Prior.ABSENT))
        for one in slugs
    ]


def circular_titles(session: Session, slug: str, prerequisites: Sequence[str]) -> list[str]:
    """Return the titles of published courses that a text asks for and that ask for it in turn."""
    if not prerequisites:
        return []
    live = live_prerequisites(session)
    asked = {one: asked for one, (_title, asked) in live.items()} | {slug: list(prerequisites)}
    return sorted(live[one][0] for one in asking_back(slug, asked) if one in live)


def lacking_for(
    session: Session, user_id: int, course_id: int, asked: Sequence[Prerequisite]
) -> tuple[Prerequisite, ...]:
    """Return which of these keep the person from joining; none for one who was in the course before."""
    lacking = tuple(one for one in asked if one.lacking)
    if not lacking:
        return ()
    own = select(Enrollment.id).where(Enrollment.user_id == user_id, Enrollment.course_id == course_id)
    return () if session.scalar(own.limit(1)) is not None else lacking


def is_in_version(session: Session, user_id: int, version_ids: Sequence[int]) -> bool:
    """Tell whether the person is in (or has completed) a course at one of the versions.

    Who has completed a course reads its live version, too: it may offer an addition.
    """
    found = session.scalar(
        select(Enrollment.id)
        .join(Enrollment.course)
        .where(
            Enrollment.user_id == user_id,
            or_(
                Enrollment.version_id.in_(version_ids),
                and_(Enrollment.completed_at.is_not(None), Course.live_version_id.in_(version_ids)),
            ),
            Enrollment.withdrawn_at.is_(None),
        )
        .limit(1)
    )
    return found is not None


@dataclass(frozen=True)
class HoursEntry:
    """A line of the JP ledger: a completed course and the hours it counts (None: not approved yet).

    `again`: the course counts in that year already. `slug` is that of a course of this site; a training
    elsewhere has its id in `outside_id` instead.
    """

    title: str
    slug: str | None
    day: date
    jp: int | None
    expected_jp: int
    again: bool = False
    outside_id: int | None = None
    organiser: str = ""


@dataclass(frozen=True)
class Hours:
    """JP of one person in one calendar year (WIB)."""

    year: int
    target: int
    entries: tuple[HoursEntry, ...]
    under_way: int  # JP of courses begun and not finished

    @property
    def credited(self) -> int:
        """JP that count."""
        return sum(entry.jp or 0 for entry in self.entries)

    @property
    def waiting(self) -> int:
        """JP of completed courses whose hours BKPSDM has not approved yet."""
        return sum(entry.expected_jp for entry in self.entries if entry.jp is None and not entry.again)

    @property
    def lacking(self) -> int:
        """JP still missing to the target, never negative."""
        return max(0, self.target - self.credited)


def hours_from(
    enrollments: Sequence[Enrollment],
    year: int,
    target: int,
    outside: Sequence[OutsideTraining] = (),
    *,
    once: bool,
) -> Hours:
    """Return the JP ledger of one person and year from all enrolments of that person (versions loaded).

    `outside` are all reports of trainings elsewhere: verified ones count, those that wait are shown.
    `once`: a course counts once in a calendar year, however often it is completed.
    """
    done = [item for item in enrollments if item.jp_year == year and item.completed_on is not None]
    entries = []
    counted: set[int] = set()
    for item in sorted(done, key=lambda item: (item.completed_on, item.id)):
        again = once and item.course_id in counted and not item.credited_jp
        counted.add(item.course_id)
        if item.completed_on is not None:
            entries.append(
                HoursEntry(
                    item.version.title,
                    item.course.slug,
                    item.completed_on,
                    item.credited_jp,
                    item.version.jp,
                    again,
                )  # fmt: skip
            )
    still = [item for item in enrollments if item.completed_at is None]
    under_way = sum(item.version.jp for item in still if not once or item.course_id not in counted)
    entries += [
        HoursEntry(
            item.title, None, item.ended_on, item.credited_jp, item.jp,
            outside_id=item.id, organiser=item.organiser,
        )
        for item in outside
        if item.jp_year == year and item.state in COUNTING
    ]  # fmt: skip
    return Hours(year, target, tuple(sorted(entries, key=lambda entry: entry.day)), under_way)


def with_elsewhere(hours: Hours, day: date, jp: int, waiting: int) -> Hours:
    """Return the ledger with the sums of trainings elsewhere, for pages that list no lines."""
    sums = (
        HoursEntry("", None, day, jp, jp),
        HoursEntry("", None, day, None, waiting),
    )
    return replace(hours, entries=hours.entries + sums)


def counts_already(session: Session, enrollment: Enrollment) -> bool:
    """Whether another cycle of the course has its hours credited to the JP year of a completed enrolment."""
    found = session.scalar(
        select(Enrollment.id)
        .where(
            Enrollment.user_id == enrollment.user_id,
            Enrollment.course_id == enrollment.course_id,
            Enrollment.jp_year == enrollment.jp_year,
            Enrollment.id != enrollment.id,
            Enrollment.credited_jp > 0,
        )
        .limit(1)
    )
    return found is not None


def uncredited(session: Session, course_id: int, jp: int, limit: int) -> Sequence[int]:
    """Return ids of completed enrolments whose version counts `jp` hours that are not credited yet."""
    return session.scalars(
        select(Enrollment.id)
        .join(Enrollment.version)
        .where(
            Enrollment.course_id == course_id,
            Enrollment.completed_at.is_not(None),
            Enrollment.credited_jp.is_(None),
            CourseVersion.jp == jp,
        )
        .order_by(Enrollment.completed_at, Enrollment.id)
        .limit(limit)
    ).all()


class _DaysBefore(FunctionElement[datetime]):
    """An instant so many days before another one: both databases add days in their own words."""

    name = "days_before"
    type = UtcDateTime()
    inherit_cache = True


@compiles(_DaysBefore, "sqlite")
def _days_before_sqlite(element: _DaysBefore, compiler: SQLCompiler, **options: Any) -> str:
    moment, days = (compiler.process(clause, **options) for clause in element.clauses)
    return f"datetime({moment}, '-' || {days} || ' days')"


@compiles(_DaysBefore, "postgresql")
def _days_before_postgresql(element: _DaysBefore, compiler: SQLCompiler, **options: Any) -> str:
    moment, days = (compiler.process(clause, **options) for clause in element.clauses)
    return f"(CAST({moment} AS TIMESTAMP) - make_interval(days => {days}))"


def is_late(today: date) -> ColumnElement[bool]:
    """Open enrolments past their deadline on a day (WIB), as `rules.deadline` has it; version joined."""
    midnight = literal(datetime.combine(today, time(), WIB), UtcDateTime())
    return and_(
        Enrollment.completed_at.is_(None),
        Enrollment.withdrawn_at.is_(None),
        CourseVersion.due_days > 0,
        Enrollment.enrolled_at < _DaysBefore(midnight, CourseVersion.due_days),
    )

"""Which course closes which gap, soonest first."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from lms.domain.accounts.models import User
from lms.domain.accounts.queries import Person
from lms.domain.catalog.models import Course, CourseVersion, VersionClaim
from lms.domain.competencies.models import Competency, Rating, Requirement
from lms.domain.competencies.rules import valid


@dataclass(frozen=True)
class Need:
    """A competency in which the person has not been found at the level that the position requires."""

    code: str
    name: str
    required: int
    assessed: int | None  # None: not assessed


@dataclass(frozen=True)
class Suggestion:
    """A published course that trains a needed competency."""

    slug: str
    title: str
    minutes: int
    jp: int
    size_bytes: int
    need: Need
    level: int  # that the course claims

    @property
    def closes(self) -> bool:
        """Whether the claimed level reaches what the position requires."""
        return self.level >= self.need.required


def needs(session: Session, user: User | Person, today: date) -> list[Need]:
    """Return what the position requires and no valid assessment shows (one statement), largest gap first."""
    if user.position_id is None:
        return []
    return _open_needs(session.execute(_required(), _values(user, today)), today)


def _values(user: User | Person, today: date) -> dict[str, Any]:
    return {"user_id": user.id, "position_id": user.position_id, "today": today}


def _open_needs(rows: Iterable[Any], today: date) -> list[Need]:
    """What is lacking by rows that begin with the columns of `_required`."""
    required: dict[int, tuple[str, str, int]] = {}
    assessed: dict[int, int] = {}
    for key, code, name, level, found_level, until, *_offer in rows:
        required[key] = (code, name, level)
        if found_level is not None and valid(until, today):
            assessed[key] = found_level
    found = [
        Need(code, name, level, assessed.get(key))
        for key, (code, name, level) in required.items()
        if level > assessed.get(key, 0)
    ]
    return sorted(
        found, key=lambda need: (need.assessed is None, (need.assessed or 0) - need.required, need.code)
    )


@cache
def _required() -> Select[*tuple[Any, ...]]:
    """What a position requires, with the ratings of a person; built once, since home sends it."""
    return (
        select(
            Competency.id, Competency.code, Competency.name, Requirement.level,
            Rating.level.label("found"), Rating.valid_until,
        )
        .join(Requirement, Requirement.competency_id == Competency.id)
        .outerjoin(
            Rating, (Rating.competency_id == Competency.id) & (Rating.user_id == bindparam("user_id"))
        )
        .where(
            Requirement.position_id == bindparam("position_id"),
            Requirement.valid_from <= bindparam("today"),
            Competency.retired_on.is_(None),
        )
        .order_by(Requirement.valid_from, Requirement.id, Rating.assessed_on, Rating.id)
    )  # fmt: skip


@cache
def _required_with_offers() -> Select[*tuple[Any, ...]]:
    """The same with the live courses that claim each competency; built once, since home sends it."""
    offers = _offered().subquery()
    return _required().add_columns(*offers.c).outerjoin(offers, offers.c.code == Competency.code)


def suggestions(
    session: Session, user: User | Person, today: date, taken: Collection[int], limit: int = 5
) -> list[Suggestion]:
    """Return published courses that train what a person needs and are not taken yet (one statement).

    A course that closes a gap comes before one that only narrows it; then the shorter one.
    `taken` are course ids. Each course appears once, with the need it serves best.
    """
    if user.position_id is None:
        return []
    rows = session.execute(_required_with_offers(), _values(user, today)).all()
    wanted = _open_needs(rows, today)
    offered = dict.fromkeys(tuple(row[6:]) for row in rows if row.slug is not None)
    order = {need.code: place for place, need in enumerate(wanted)}
    best: dict[str, Suggestion] = {}

    def rank(item: Suggestion) -> tuple[bool, bool, int, int]:
        return (not item.closes, item.need.assessed is None, item.minutes, order[item.need.code])

    for item in _serving(offered, wanted, taken):
        if item.slug not in best or rank(item) < rank(best[item.slug]):
            best[item.slug] = item
    return sorted(best.values(), key=rank)[:limit]


def ways(
    session: Session, wanted: Sequence[Need], taken: Collection[int], each: int = 3
) -> list[tuple[Need, list[Suggestion]]]:
    """Return each need with the courses that close or narrow it, at most `each` (one statement).

    Courses that close it come first, then the shorter ones; needs with the shortest way come first, those
    that no course serves last. `taken` are course ids.
    """
    found: dict[str, list[Suggestion]] = {need.code: [] for need in wanted}
    for item in _offers(session, wanted, taken):
        found[item.need.code].append(item)
    pairs = [
        (need, sorted(found[need.code], key=lambda item: (not item.closes, item.minutes, item.title))[:each])
        for need in wanted
    ]
    return sorted(
        pairs,
        key=lambda pair: (not pair[1], bool(pair[1]) and not pair[1][0].closes,
                          pair[1][0].minutes if pair[1] else 0, pair[0].code),
    )  # fmt: skip


def _offers(session: Session, wanted: Sequence[Need], taken: Collection[int]) -> Iterator[Suggestion]:
    """Yield (course, need) pairs of live courses that claim more than was assessed."""
    if wanted:
        rows = session.execute(_claims(), {"codes": [need.code for need in wanted]})
        yield from _serving(rows, wanted, taken)


def _serving(rows: Iterable[Any], wanted: Sequence[Need], taken: Collection[int]) -> Iterator[Suggestion]:
    by_code = {need.code: need for need in wanted}
    for course_id, slug, title, minutes, jp, size_bytes, code, level in rows:
        need = by_code.get(code)
        if need is not None and course_id not in taken and level > (need.assessed or 0):
            yield Suggestion(slug, title, minutes, jp, size_bytes, need, level)


@cache
def _claims() -> Select[*tuple[Any, ...]]:
    """Live courses that claim to teach some competencies; built once."""
    return _offered().where(VersionClaim.code.in_(bindparam("codes", expanding=True)))


def _offered() -> Select[*tuple[Any, ...]]:
    """Live courses by what they claim to teach."""
    return (
        select(
            Course.id, Course.slug, CourseVersion.title, CourseVersion.minutes, CourseVersion.jp,
            CourseVersion.size_bytes, VersionClaim.code, VersionClaim.level,
        )
        .join(CourseVersion, CourseVersion.id == Course.live_version_id)
        .join(VersionClaim, VersionClaim.version_id == CourseVersion.id)
        .where(Course.archived_at.is_(None))
    )  # fmt: skip

"""Paths of one person: those open to them, those they are on, and how far they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session, aliased

from lms.domain.accounts.models import OrgUnit, Position, User
from lms.domain.enrollments.models import Enrollment
from lms.domain.programmes import rules
from lms.domain.programmes.models import (
    Programme,
    ProgrammeEdition,
    ProgrammeMember,
    ProgrammeOrder,
)
from lms.domain.programmes.queries.texts import (
    CourseRef,
    EditionText,
    StepText,
    edition_rows,
    editions,
    newest_open,
    opened_since,
    texts_of,
)

Root = aliased(OrgUnit, name="root")
"""The unit of a path; OrgUnit is that of the person."""


@dataclass(frozen=True)
class Membership:
    """How somebody came onto a path."""

    edition_id: int
    joined_on: date
    due_on: date | None
    letter_number: str
    letter_on: date | None
    note: str


@dataclass(frozen=True)
class Way:
    """One person and one path: `texts` from the edition of joining (the newest, for others) to the newest."""

    texts: tuple[EditionText, ...]
    closed: bool
    unit: str
    member: Membership | None
    days: Mapping[int, Sequence[date]]  # completions by course
    under_way: frozenset[int]  # courses begun and not completed

    @property
    def text(self) -> EditionText:
        """The edition that holds now."""
        return self.texts[-1]

    @cached_property
    def standing(self) -> rules.Standing:
        """How far the person is."""
        plain = [text.plain for text in self.texts]
        return rules.standing(plain, rules.counted(plain, self.days))

    @cached_property
    def done(self) -> set[int]:
        """Courses of any edition that are done while it counted."""
        return set().union(*rules.counted([text.plain for text in self.texts], self.days))

    @property
    def completed_on(self) -> date | None:
        """The day on which the path was completed; None while it is not, or for who is not on it."""
        if self.member is None:
            return None
        return rules.completed_on([text.plain for text in self.texts], self.days, self.member.joined_on)

    @property
    def next(self) -> StepText | None:
        """The step to go on with."""
        place = self.standing.next
        return None if place is None else self.text.steps[place]

    @property
    def next_course(self) -> CourseRef | None:
        """The course to go on with: one under way, else the first that is published and not done."""
        step = self.next
        left = [one for one in step.courses if one.live and one.id not in self.done] if step else []
        return next((one for one in left if one.id in self.under_way), left[0] if left else None)

    @property
    def hours(self) -> int:
        """JP of the courses done, by step no more courses than are to be chosen."""
        found = 0
        for step in self.text.steps:
            jp = sorted((one.jp for one in step.courses if one.id in self.done), reverse=True)
            found += sum(jp[: step.choose])
        return found

    def locked(self, place: int) -> bool:
        """Whether the step at that place waits for one before it."""
        return rules.locked(self.text.plain, self.standing, place)

    def late(self, today: date) -> bool:
        """Whether the day of the order is over and the path is not completed."""
        due = self.member.due_on if self.member else None
        return due is not None and due < today and self.standing.completed is None

    @property
    def dropped(self) -> list[CourseRef]:
        """Courses done that only earlier editions name."""
        kept = {course.id for course in self.text.courses}
        earlier = {course.id: course for text in self.texts for course in text.courses}
        return [one for one in earlier.values() if one.id in self.done and one.id not in kept]


def ways_of(session: Session, user_id: int, enrollments: Iterable[Enrollment]) -> list[Way]:
    """Return the paths a person is on, by title; `enrollments` are all of the person, not withdrawn.

    One statement.
    """
    rows = session.execute(_memberships(), {"user_id": user_id}).all()
    texts = texts_of(rows)
    first = {row.programme_id: row for row in reversed(rows)}
    days, under_way = _acts(enrollments)
    found = [_way(first[key], several, days, under_way) for key, several in texts.items()]
    return sorted(found, key=lambda way: way.text.title.casefold())


def ways_for(session: Session, user_id: int, enrollments: Iterable[Enrollment]) -> list[Way]:
    """Return the paths a person is on and the open ones that are meant for them, by title: two statements."""
    rows = session.execute(_offered(), {"user_id": user_id}).all()
    texts = editions(session, ProgrammeEdition.programme_id.in_([row.id for row in rows]))
    days, under_way = _acts(enrollments)
    found = []
    for row in rows:
        text = newest_open(texts.get(row.id, ()))
        joined = row.edition_id is not None
        if text is not None and (joined or (row.closed_at is None and _meant(text, row.rank_class))):
            found.append(_way(row, texts[row.id], days, under_way))
    return sorted(found, key=lambda way: way.text.title.casefold())


def _meant(text: EditionText, rank_class: str | None) -> bool:
    return not text.audience or rank_class in text.audience


def way_for(
    session: Session, user_id: int, programme_id: int, enrollments: Iterable[Enrollment]
) -> Way | None:
    """Return a path that the person is on or that is open and meant for them; else None."""
    found = ways_for(session, user_id, enrollments)
    return next((way for way in found if way.text.programme_id == programme_id), None)


def _way(
    row: Any, texts: Sequence[EditionText], days: Mapping[int, Sequence[date]], under_way: frozenset[int]
) -> Way:
    joined = row.edition_id is not None
    opened = opened_since(texts, row.edition_id) if joined else [newest_open(texts)]
    member = None
    if joined:
        member = Membership(
            row.edition_id, row.joined_on, row.due_on, row.letter_number or "", row.letter_on, row.note or ""
        )
    shown = tuple(text for text in opened if text is not None)
    return Way(shown, row.closed_at is not None, row.unit, member, days, under_way)


def _acts(enrollments: Iterable[Enrollment]) -> tuple[dict[int, list[date]], frozenset[int]]:
    days: dict[int, list[date]] = {}
    under_way = set()
    for item in enrollments:
        if item.completed_on is not None:
            days.setdefault(item.course_id, []).append(item.completed_on)
        elif item.started_at is not None:
            under_way.add(item.course_id)
    return days, frozenset(under_way)


_NAMES = (
    Programme.closed_at, Root.name.label("unit"), ProgrammeMember.edition_id, ProgrammeMember.joined_on,
    ProgrammeMember.due_on, ProgrammeOrder.letter_number, ProgrammeOrder.letter_on, ProgrammeOrder.note,
)  # fmt: skip


@cache
def _memberships() -> Select[*tuple[Any, ...]]:
    """Opened editions of the paths a person is on; built once, since home sends it."""
    return (
        edition_rows()
        .add_columns(*_NAMES)
        .join(Programme, Programme.id == ProgrammeEdition.programme_id)
        .join(Root, Root.id == Programme.unit_id)
        .join(ProgrammeMember, ProgrammeMember.programme_id == Programme.id)
        .outerjoin(ProgrammeOrder, ProgrammeOrder.id == ProgrammeMember.order_id)
        .where(
            ProgrammeMember.user_id == bindparam("user_id"), ProgrammeMember.left_on.is_(None),
            ProgrammeEdition.opened_on.is_not(None),
        )
    )  # fmt: skip


@cache
def _offered() -> Select[*tuple[Any, ...]]:
    return (
        select(Programme.id, *_NAMES, Position.rank_class)
        .join(Root, Root.id == Programme.unit_id)
        .join(User, User.id == bindparam("user_id"))
        .outerjoin(OrgUnit, OrgUnit.id == User.unit_id)
        .outerjoin(Position, Position.id == User.position_id)
        .outerjoin(
            ProgrammeMember,
            (ProgrammeMember.programme_id == Programme.id)
            & (ProgrammeMember.user_id == User.id)
            & ProgrammeMember.left_on.is_(None),
        )
        .outerjoin(ProgrammeOrder, ProgrammeOrder.id == ProgrammeMember.order_id)
        .where(ProgrammeMember.user_id.is_not(None) | OrgUnit.path.startswith(Root.path))
    )

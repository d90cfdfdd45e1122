"""Notes on honesty for the owner of a course: who answered alike beyond chance, who was too quick."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.cache import Cache
from lms.content.questions import Question
from lms.domain.accounts.models import OrgUnit, User
from lms.domain.analysis.queries.answers import OPTIONS, TYPED
from lms.domain.analysis.queries.editions import Edition, signature
from lms.domain.analysis.queries.sheets import Sheet, read_sheets, stamp_of
from lms.domain.analysis.rules import ALL, reading_seconds
from lms.domain.analysis.rules.likeness import Pair, alike, is_too_quick
from lms.domain.enrollments.models import Enrollment


@dataclass(frozen=True)
class Someone:
    """A learner who is named: only people who have not withdrawn are."""

    enrollment_id: int
    name: str
    unit: str


@dataclass(frozen=True)
class Alike:
    """Two people of one unit and what is alike in their answers."""

    first: Someone
    second: Someone
    pair: Pair


@dataclass(frozen=True)
class Quick:
    """A person who handed in faster than the paper can be read."""

    person: Someone
    seconds: float
    reading: float


@dataclass(frozen=True)
class Notes:
    """What one edition of a quiz gives reason to ask about; `enough` is False below thirty people."""

    people: int
    alike: tuple[Alike, ...]
    quick: tuple[Quick, ...]

    @property
    def enough(self) -> bool:
        """Whether so many have answered that chance can be told."""
        return self.people >= ALL


@dataclass(frozen=True)
class _Found:
    people: tuple[int, ...]
    pairs: tuple[Pair, ...]
    quick: tuple[tuple[int, float, float], ...]


_kept: Cache[tuple[object, ...], _Found] = Cache(16)


def notes_of(session: Session, course_id: int, edition: Edition) -> Notes:
    """Return the notes on an edition of a quiz (at most six statements)."""
    key = edition.quiz.id
    units = dict(
        session.execute(
            select(User.id, User.unit_id)
            .join(Enrollment, Enrollment.user_id == User.id)
            .where(Enrollment.course_id == course_id)
        ).all()
    )
    mark = (course_id, key, signature(edition.quiz), edition.version_ids, stamp_of(session, course_id, key),
            tuple(sorted(units.items())))  # fmt: skip

    def find() -> _Found:
        (sheet,) = read_sheets(session, course_id, key, [edition])
        return _found(sheet, units)

    found = _kept.get(mark, find)
    places = {place for pair in found.pairs for place in (pair.first, pair.second)}
    places |= {place for place, _seconds, _reading in found.quick}
    named = _named(session, course_id, {found.people[place] for place in places})
    people = {place: named.get(found.people[place]) for place in places}
    pairs = [(people[pair.first], people[pair.second], pair) for pair in found.pairs]
    return Notes(
        len(found.people),
        tuple(Alike(one, two, pair) for one, two, pair in pairs if one and two),
        tuple(
            Quick(one, seconds, reading)
            for place, seconds, reading in found.quick
            if (one := people[place]) is not None
        ),
    )


def _found(sheet: Sheet, units: dict[int, int | None]) -> _Found:
    people = tuple(sheet.people)
    if len(people) < ALL:
        return _Found(people, (), ())
    wrong: list[dict[str, str]] = [{} for _ in people]
    reading, points, most = ([0.0] * len(people) for _ in range(3))
    for question, _drawn in sheet.edition.asked:
        takes = reading_seconds(question)
        for place, mark in enumerate(sheet.marks[question.id]):
            if mark is None:
                continue
            reading[place] += takes
            points[place] += mark
            most[place] += question.points
            answer = _wrong_answer(question, mark, sheet.answers[question.id][place])
            if answer:
                wrong[place][question.id] = answer
    quick = [
        (place, 60 * minutes, reading[place])
        for place, minutes in enumerate(sheet.minutes)
        if most[place] and is_too_quick(60 * minutes, reading[place], points[place] / most[place])
    ]
    pairs = alike([units.get(user_id) for user_id in people], wrong)
    return _Found(people, tuple(pairs), tuple(quick))


def _wrong_answer(question: Question, mark: float, given: Collection[str]) -> str:
    """A wrong answer as one text that can be compared; empty for a right or an empty one.

    Of a question with one wrong option alone it says nothing.
    """
    if question.kind not in OPTIONS | TYPED or mark > question.points - 1e-6 or len(question.options) == 2:
        return ""
    return " ".join(sorted(given))


def _named(session: Session, course_id: int, user_ids: Collection[int]) -> dict[int, Someone]:
    rows = session.execute(
        select(User.id, Enrollment.id, User.name, OrgUnit.name)
        .join(Enrollment, Enrollment.user_id == User.id)
        .outerjoin(OrgUnit, OrgUnit.id == User.unit_id)
        .where(Enrollment.course_id == course_id, Enrollment.withdrawn_at.is_(None), User.id.in_(user_ids))
        .order_by(Enrollment.id)
    )
    return {row[0]: Someone(row[1], row[2], row[3] or "") for row in rows}

"""The editions of paths with their steps and courses, on plain columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, select
from sqlalchemy.orm import Session

from lms.domain.catalog.models import Course, CourseVersion, VersionClaim
from lms.domain.programmes import rules
from lms.domain.programmes.models import ProgrammeCourse, ProgrammeEdition, ProgrammeStep


@dataclass(frozen=True)
class CourseRef:
    """A course as a step names it; JP and minutes are those of its published version."""

    id: int
    slug: str
    title: str
    jp: int
    minutes: int
    live: bool  # in the catalogue


@dataclass(frozen=True)
class StepText:
    """A step with its courses."""

    key: int
    choose: int
    courses: tuple[CourseRef, ...]

    @property
    def plain(self) -> rules.Step:
        """As the rules see it."""
        return rules.Step(self.key, self.choose, tuple(course.id for course in self.courses))

    @property
    def hours(self) -> tuple[int, int]:
        """The least and the most JP."""
        return rules.hours_between(self.choose, [course.jp for course in self.courses])


@dataclass(frozen=True)
class EditionText:
    """An edition, whole."""

    id: int
    programme_id: int
    number: int
    title: str
    purpose: str
    audience: tuple[str, ...]
    ordered: bool
    counts_from: date | None
    change_note: str
    revision: int
    opened_on: date | None
    replaced_on: date | None
    steps: tuple[StepText, ...] = ()

    @cached_property
    def plain(self) -> rules.Edition:
        """As the rules see it; a draft counts as opened on no day yet."""
        return rules.Edition(
            self.number, self.ordered, tuple(step.plain for step in self.steps), self.opened_on or date.max,
            self.counts_from, self.replaced_on,
        )  # fmt: skip

    @property
    def hours(self) -> tuple[int, int]:
        """The least and the most JP of the whole path."""
        pairs = [step.hours for step in self.steps]
        return sum(pair[0] for pair in pairs), sum(pair[1] for pair in pairs)

    @property
    def courses(self) -> tuple[CourseRef, ...]:
        """The courses of all steps."""
        return tuple(course for step in self.steps for course in step.courses)

    @property
    def problems(self) -> tuple[str, ...]:
        """Why it cannot be opened."""
        live = {course.id for course in self.courses if course.live}
        return rules.problems(self.plain.steps, live, self.title)


def editions(session: Session, *wanted: ColumnElement[bool]) -> dict[int, list[EditionText]]:
    """Return all editions of some paths (conditions on ProgrammeEdition), the oldest first: one statement."""
    return texts_of(session.execute(edition_rows().where(*wanted)))


def edition_rows() -> Select[*tuple[Any, ...]]:
    """Select editions with steps and courses, in order; `texts_of` reads the rows."""
    return (
        select(
            ProgrammeEdition.id, ProgrammeEdition.programme_id, ProgrammeEdition.number,
            ProgrammeEdition.title, ProgrammeEdition.purpose, ProgrammeEdition.audience,
            ProgrammeEdition.ordered, ProgrammeEdition.counts_from, ProgrammeEdition.change_note,
            ProgrammeEdition.revision, ProgrammeEdition.opened_on, ProgrammeEdition.replaced_on,
            ProgrammeStep.key, ProgrammeStep.choose, Course.id.label("course_id"), Course.slug,
            Course.archived_at, CourseVersion.title.label("course_title"), CourseVersion.jp,
            CourseVersion.minutes,
        )
        .select_from(ProgrammeEdition)
        .outerjoin(ProgrammeStep, ProgrammeStep.edition_id == ProgrammeEdition.id)
        .outerjoin(
            ProgrammeCourse,
            (ProgrammeCourse.edition_id == ProgrammeStep.edition_id)
            & (ProgrammeCourse.step_key == ProgrammeStep.key),
        )
        .outerjoin(Course, Course.id == ProgrammeCourse.course_id)
        .outerjoin(CourseVersion, CourseVersion.id == Course.live_version_id)
        .order_by(
            ProgrammeEdition.programme_id, ProgrammeEdition.number, ProgrammeStep.position,
            ProgrammeCourse.position,
        )
    )  # fmt: skip


def texts_of(rows: Iterable[Any]) -> dict[int, list[EditionText]]:
    """Return the editions that the rows of `edition_rows` name, by path."""
    found: dict[int, list[EditionText]] = {}
    for _id, several in groupby(rows, key=lambda row: row.id):
        text = _edition(tuple(several))
        found.setdefault(text.programme_id, []).append(text)
    return found


def _edition(rows: Sequence[Any]) -> EditionText:
    row = rows[0]
    text = EditionText(
        row.id, row.programme_id, row.number, row.title, row.purpose, tuple(row.audience), row.ordered,
        row.counts_from, row.change_note, row.revision, row.opened_on, row.replaced_on,
    )  # fmt: skip
    steps = [
        StepText(key, choose, tuple(_course(one) for one in several if one.course_id is not None))
        for (key, choose), several in groupby(rows, key=lambda one: (one.key, one.choose))
        if key is not None
    ]
    return replace(text, steps=tuple(steps))


def _course(row: Row[Any]) -> CourseRef:
    live = row.archived_at is None and row.course_title is not None
    return CourseRef(
        row.course_id, row.slug, row.course_title or row.slug, row.jp or 0, row.minutes or 0, live
    )


def newest_open(texts: Iterable[EditionText]) -> EditionText | None:
    """Return the edition that holds now; None before the first was opened."""
    return next((text for text in texts if text.opened_on is not None and text.replaced_on is None), None)


def draft_of(texts: Iterable[EditionText]) -> EditionText | None:
    """Return the edition that is still written."""
    return next((text for text in texts if text.opened_on is None), None)


def opened_since(texts: Iterable[EditionText], edition_id: int) -> list[EditionText]:
    """Return the opened editions from one on, the oldest first."""
    opened = [text for text in texts if text.opened_on is not None]
    first = next((place for place, text in enumerate(opened) if text.id == edition_id), 0)
    return opened[first:]


def skills(session: Session, text: EditionText) -> dict[str, int]:
    """Return {competency code: highest level} that the published courses of a path teach: one statement."""
    found: dict[str, int] = {}
    ids = [course.id for course in text.courses]
    for code, level in session.execute(
        select(VersionClaim.code, VersionClaim.level)
        .join(Course, Course.live_version_id == VersionClaim.version_id)
        .where(Course.id.in_(ids))
        .order_by(VersionClaim.code)
    ):
        found[code] = max(level, found.get(code, 0))
    return found

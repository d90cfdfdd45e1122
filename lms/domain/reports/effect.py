"""The report of a course and year: who took part, what it brought, what it cost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from statistics import median

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lms.clock import WIB
from lms.domain.catalog.models import Course, CourseVersion, Piece
from lms.domain.enrollments.models import Enrollment
from lms.domain.evaluations.models import EvaluationAnswer
from lms.domain.evaluations.queries import people_by_version
from lms.domain.evaluations.rules import ENOUGH, results_of
from lms.domain.reports.budget import Budget, budget_of
from lms.domain.reports.gains import CourseGain, course_gain
from lms.domain.settings.rates import rates_of
from lms.domain.settings.rules import Policy


@dataclass(frozen=True)
class CourseOfYear:
    """A published course and how often it was completed in a year."""

    course_id: int
    slug: str
    title: str
    completions: int


def course_years(session: Session, today: date) -> list[int]:
    """Return the years in which courses were completed, and this one; the newest first."""
    found = session.scalars(select(Enrollment.jp_year).where(Enrollment.jp_year.is_not(None)).distinct())
    return sorted({today.year, *(year for year in found if year is not None)}, reverse=True)


def courses_of_year(session: Session, year: int) -> list[CourseOfYear]:
    """Return the published courses with their completions of a year (WIB), by title (one statement)."""
    done = (
        select(Enrollment.course_id, func.count().label("n"))
        .where(Enrollment.jp_year == year, Enrollment.withdrawn_at.is_(None))
        .group_by(Enrollment.course_id)
        .subquery()
    )
    rows = session.execute(
        select(Course.id, Course.slug, CourseVersion.title, func.coalesce(done.c.n, 0))
        .join(CourseVersion, CourseVersion.id == Course.live_version_id)
        .outerjoin(done, done.c.course_id == Course.id)
        .order_by(func.lower(CourseVersion.title))
    )
    return [CourseOfYear(*row) for row in rows]


@dataclass(frozen=True)
class Reaction:
    """What learners say (1 to 4): mean of each form, None with too few. `year` 0: of all years together."""

    year: int
    people: int
    organisation: float | None
    teaching: float | None


@dataclass(frozen=True)
class CourseReport:
    """The figures of a course and year. `median_days` from begin to completion, None without any."""

    begun: int
    completions: int
    jp: int
    waiting: int
    median_days: float | None
    reaction: Reaction
    gain: CourseGain | None
    budget: Budget | None


def report_of(session: Session, version: CourseVersion, year: int, policy: Policy) -> CourseReport:
    """Return the report of a course (its live version) and a calendar year (WIB)."""
    start, end = (datetime(one, 1, 1, tzinfo=WIB) for one in (year, year + 1))
    ours = (Enrollment.course_id == version.course_id, Enrollment.withdrawn_at.is_(None))
    begun = session.scalar(
        select(func.count()).select_from(Enrollment)
        .where(*ours, Enrollment.started_at >= start, Enrollment.started_at < end)
    )  # fmt: skip
    done = session.execute(
        select(Enrollment.started_at, Enrollment.completed_at, Enrollment.credited_jp)
        .where(*ours, Enrollment.jp_year == year)
    ).all()  # fmt: skip
    days = [
        (row.completed_at - row.started_at).total_seconds() / 86400
        for row in done if row.started_at is not None and row.completed_at is not None
    ]  # fmt: skip
    everybody = session.scalar(
        select(func.count()).select_from(Enrollment)
        .where(Enrollment.jp_year == year, Enrollment.withdrawn_at.is_(None))
    )  # fmt: skip
    return CourseReport(
        begun or 0, len(done), sum(row.credited_jp or 0 for row in done),
        sum(row.credited_jp is None for row in done), median(days) if days else None,
        reaction_of(session, version.course_id, year), _gain(session, version, year),
        budget_of(rates_of(policy, year), len(done), version.jp, everybody or 0),
    )  # fmt: skip


def reaction_of(session: Session, course_id: int, year: int) -> Reaction:
    """Return the reaction of a year where each year has enough answers, else that of all years together.

    Otherwise the few of one year could be had by subtracting the others from the whole. How many answered in
    a year is the largest number of answers to one item: the form keeps no person (two statements).
    """
    counted = [
        (int(month[:4]), item, score or 0, count)
        for month, item, score, count in session.execute(
            select(EvaluationAnswer.month, EvaluationAnswer.item, EvaluationAnswer.score, func.count())
            .join(CourseVersion, CourseVersion.id == EvaluationAnswer.version_id)
            .where(CourseVersion.course_id == course_id, EvaluationAnswer.score.is_not(None))
            .group_by(EvaluationAnswer.month, EvaluationAnswer.item, EvaluationAnswer.score)
        )
    ]
    items: dict[int, dict[str, int]] = {}
    for one, item, _score, count in counted:
        of_year = items.setdefault(one, {})
        of_year[item] = of_year.get(item, 0) + count
    people = {one: max(found.values()) for one, found in items.items()}
    chosen = year if year in people and min(people.values()) >= ENOUGH else 0
    scores: dict[tuple[str, int], int] = {}
    for one, item, score, count in counted:
        if not chosen or one == chosen:
            scores[item, score] = scores.get((item, score), 0) + count
    number = people[chosen] if chosen else sum(people_by_version(session, course_id).values())
    found = results_of(number, scores, {})
    return Reaction(chosen, number, found.mean("organisation"), found.mean("teaching"))


def _gain(session: Session, version: CourseVersion, year: int) -> CourseGain | None:
    """The gain of those who completed in the year; None below ENOUGH of them."""
    keys = session.execute(
        select(Piece.key, Piece.use)
        .where(Piece.version_id == version.id, Piece.kind == "quiz")
        .order_by(Piece.position)
    ).all()
    pre = next((row.key for row in keys if row.use == "pretest"), None)
    post = next((row.key for row in reversed(keys) if row.use == "exam"), None)
    found = course_gain(session, version.course_id, pre, post, year) if pre and post else None
    return found if found and found.people >= ENOUGH else None

"""The few questions of one's courses that most deserve a look, for the first page of the desk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy.orm import Session

from lms.cache import Cache
from lms.domain.analysis.queries import analyses_of, count_first_of
from lms.domain.analysis.rules import INDICATIVE, Flag
from lms.domain.catalog.queries import OwnCourse

FEW = 3
_Key = tuple[int, int, str, int, str]
_kept: Cache[_Key, tuple[Weak, ...]] = Cache(1024)


@dataclass(frozen=True)
class Weak:
    """A question with the gravest reason to look at it."""

    slug: str
    course: str
    quiz: str
    quiz_title: str
    question: str
    number: int
    title: str
    flag: Flag


def weakest(session: Session, rows: Sequence[OwnCourse], now: datetime) -> list[Weak]:
    """Return at most three flagged questions of the newest editions, doubtful keys first.

    One statement counts; the figures of a quiz are reckoned again when a first attempt at it came in, at
    least once an hour. Quizzes below the threshold of an indication say nothing.
    """
    return sorted(_found(session, rows, now), key=lambda one: not one.flag.severe)[:FEW]


def _found(session: Session, rows: Sequence[OwnCourse], now: datetime) -> list[Weak]:
    live = [row for row in rows if row.version_id is not None and row.archived_at is None]
    attempts = count_first_of(session, [row.id for row in live])
    found: list[Weak] = []
    for row in live:
        for quiz, count in sorted(attempts.get(row.id, {}).items()):
            if count >= INDICATIVE:
                key = (row.id, row.version_id or 0, quiz, count, f"{now:%Y%m%d%H}")
                found += _kept.get(key, partial(_weak, session, row, quiz))
    return found


def _weak(session: Session, row: OwnCourse, key: str) -> tuple[Weak, ...]:
    """The flagged questions of a quiz as the live version has it; none of a survey."""
    newest = next(iter(analyses_of(session, row.id, key)), None)
    if newest is None or row.version_id not in newest.edition.version_ids:
        return ()
    quiz = newest.edition.quiz
    found = [
        Weak(row.slug, row.title or row.slug, key, quiz.title, one.question.id, one.number,
             one.question.title, one.flags[0])
        for one in newest.questions
        if one.flags and quiz.use != "survey"
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: not one.flag.severe))


def weak_pairs(session: Session, rows: Sequence[OwnCourse], now: datetime) -> set[tuple[int, str]]:
    """Return the flagged questions of the newest editions as (course id, question id)."""
    ids = {row.slug: row.id for row in rows}
    return {(ids[one.slug], one.question) for one in _found(session, rows, now)}

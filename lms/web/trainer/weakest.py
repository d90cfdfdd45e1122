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
from lms.domain.catalog.queries import OwnCourse, pieces

FEW = 3
_Key = tuple[int, int, tuple[tuple[str, int], ...], str]
_kept: Cache[_Key, tuple[Weak, ...]] = Cache(256)


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

    One statement counts; the figures are reckoned again when a first attempt came in, at least once
    an hour. Quizzes below the threshold of an indication say nothing.
    """
    live = [row for row in rows if row.version_id is not None and row.archived_at is None]
    attempts = count_first_of(session, [row.id for row in live])
    found: list[Weak] = []
    for row in live:
        counts = {key: count for key, count in attempts.get(row.id, {}).items() if count >= INDICATIVE}
        if counts:
            key = (row.id, row.version_id or 0, tuple(sorted(counts.items())), f"{now:%Y%m%d%H}")
            found += _kept.get(key, partial(_weak, session, row, counts))
    return sorted(found, key=lambda one: not one.flag.severe)[:FEW]


def _weak(session: Session, row: OwnCourse, counts: dict[str, int]) -> tuple[Weak, ...]:
    assert row.version_id is not None
    found: list[Weak] = []
    for piece in pieces(session, row.version_id):
        if piece.key not in counts or piece.use == "survey":
            continue
        for newest in analyses_of(session, row.id, piece.key)[:1]:
            found += [
                Weak(row.slug, row.title or row.slug, piece.key, newest.edition.quiz.title, one.question.id,
                     one.number, one.question.title, one.flags[0])
                for one in newest.questions
                if one.flags
            ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: not one.flag.severe)[:FEW])

"""The text that authors work on, its banks and quizzes, and what a tried file of questions would change."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, undefer

from lms.cache import Cache
from lms.content.bundle import normal_text
from lms.content.exchange.banks import Judged, ids_in, judge
from lms.content.exchange.dialects import DIALECTS
from lms.content.exchange.items import Reading
from lms.domain.catalog.models import Course, IndexedQuestion, QuestionImport
from lms.domain.catalog.queries.files import draft_bundle, version_bundle

_readings: Cache[tuple[str, str], Reading] = Cache(4)
_judged: Cache[tuple[str, str, str, str], tuple[Judged, ...]] = Cache(8)


@dataclass(frozen=True)
class Trial:
    """What a file would do to a bank: each question judged, and the text of the bank ("" without one)."""

    reading: Reading
    judged: tuple[Judged, ...]
    bank: str
    base: str  # SHA-256 of the bank's file, "" for a new one


def working_bundle(session: Session, course: Course) -> dict[str, bytes]:
    """Return the files that authors work on: the draft's, else those of the live version."""
    found = draft_bundle(session, course.id)
    if found is None and course.live_version_id is not None:
        found = version_bundle(session, course.live_version_id)
    return found or {}


def import_for(session: Session, course_id: int, user_id: int, import_id: int) -> QuestionImport | None:
    """Return a tried file with its bytes; None when it is not the person's, or of another course."""
    return session.scalars(
        select(QuestionImport)
        .options(undefer(QuestionImport.data))
        .where(
            QuestionImport.id == import_id,
            QuestionImport.course_id == course_id,
            QuestionImport.user_id == user_id,
        )
    ).one_or_none()


def trial_of(session: Session, course: Course, row: QuestionImport) -> Trial:
    """Return what writing the file would change now; the same file is read once."""
    dialect = DIALECTS[row.dialect]
    reading = _readings.get((row.digest, row.dialect), lambda: dialect.read(row.data))
    bundle = working_bundle(session, course)
    data = bundle.get(row.path, b"")
    bank = normal_text(data.decode("utf-8", errors="replace"))
    others = {
        path: text.decode("utf-8", errors="replace")
        for path, text in bundle.items()
        if path.endswith(".md") and path != row.path
    }
    base = hashlib.sha256(data).hexdigest() if data else ""
    state = hashlib.sha256("\0".join([*sorted(bundle), *others.values()]).encode()).hexdigest()
    judged = _judged.get(
        (row.digest, row.dialect, base, state), lambda: judge(reading, bank, ids_in(others), bundle.keys())
    )
    return Trial(reading, judged, bank, base)


@dataclass(frozen=True)
class QuestionFile:
    """A bank or quiz with questions of its own, and how many."""

    path: str
    questions: int


def question_files(session: Session, course_id: int) -> list[QuestionFile]:
    """Return the banks and quizzes of a course that hold questions, by path (one statement)."""
    rows = session.execute(
        select(IndexedQuestion.path, func.count())
        .where(IndexedQuestion.course_id == course_id)
        .group_by(IndexedQuestion.path)
        .order_by(IndexedQuestion.path)
    )
    return [QuestionFile(*row) for row in rows]

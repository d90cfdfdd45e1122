"""The text that authors work on, its banks and quizzes, and what a tried file of questions would change."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session, undefer

from lms.cache import Cache
from lms.content.bundle import normal_text
from lms.content.exchange.banks import Judged, ids_in, judge
from lms.content.exchange.dialects import DIALECTS
from lms.content.exchange.items import Item, Reading
from lms.content.exchange.markdown import write_question
from lms.content.exchange.text import pictures_in
from lms.content.lines import ASSETS
from lms.content.sources import sources_of
from lms.domain.catalog.models import Course, IndexedQuestion, QuestionImport
from lms.domain.catalog.queries.bank import BankRow
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
    return _trial(reading, (row.digest, row.dialect), working_bundle(session, course), row.path)


def _trial(reading: Reading, key: tuple[str, str], bundle: Mapping[str, bytes], bank_path: str) -> Trial:
    data = bundle.get(bank_path, b"")
    bank = normal_text(data.decode("utf-8", errors="replace"))
    others = {
        path: text.decode("utf-8", errors="replace")
        for path, text in bundle.items()
        if path.endswith(".md") and path != bank_path
    }
    base = hashlib.sha256(data).hexdigest() if data else ""
    state = hashlib.sha256("\0".join([*sorted(bundle), *others.values()]).encode()).hexdigest()
    here = {data: path for path, data in bundle.items() if path.startswith(ASSETS)} if reading.files else {}
    same = {path: here[data] for path, data in reading.files.items() if data in here}
    judged = _judged.get(
        (*key, f"{bank_path}:{base}", state),
        lambda: judge(reading, bank, ids_in(others), bundle.keys(), same),
    )
    return Trial(reading, judged, bank, base)


@dataclass(frozen=True)
class Copy:
    """A question on its way to another course: its source with where it is from, and the trial there."""

    source: str
    trial: Trial


def copy_of(
    session: Session, row: BankRow, into: Course | None = None, path: str = "", note: str = ""
) -> Copy | None:
    """Return a question of the index as a copy for a bank of another course; None when its text is gone.

    `note` is put below the heading as a comment, which no learner sees.
    """
    files = working_bundle(session, session.get_one(Course, row.course_id or 0))
    own = next((one.questions for one in sources_of(files) if one.path == row.path), ())
    question = next((item for item in own if item.id == row.key), None)
    if question is None:
        return None
    source = write_question(question)
    pictures = {name: files[name] for name in pictures_in(list(question.texts())) if name in files}
    reading = Reading((Item(0, row.title, question, source_id=row.key),), pictures)
    bundle = working_bundle(session, into) if into is not None else {}
    digest = hashlib.sha256(source.encode()).hexdigest()
    trial = _trial(reading, (digest, "copy"), bundle, path)
    heading, _, rest = source.partition("\n")
    noted = f"{heading}\n\n<!-- {note} -->\n{rest}" if note else source
    judged = tuple(replace(item, source=noted if item.source else "") for item in trial.judged)
    return Copy(source, replace(trial, judged=judged))


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

"""Files of questions: tried out, then written into a bank of the draft."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from lms.content.exchange.banks import Judged, empty_bank, merge
from lms.content.exchange.text import pictures_in
from lms.content.limits import MAX_TEXT
from lms.domain.audit.actions import record
from lms.domain.catalog.actions.writing import begin_draft, save_file
from lms.domain.catalog.models import Course, QuestionImport
from lms.domain.catalog.queries import Trial


class BankTooLarge(Exception):
    """The bank would be larger than a text of a course may be."""


def keep_import(
    session: Session,
    course: Course,
    *,
    name: str,
    dialect: str,
    path: str,
    data: bytes,
    by: int,
    now: datetime,
) -> QuestionImport:
    """Keep a file to try; an earlier one of the same person and course gives way."""
    session.execute(
        delete(QuestionImport).where(QuestionImport.course_id == course.id, QuestionImport.user_id == by)
    )
    row = QuestionImport(
        course_id=course.id, user_id=by, created_at=now, name=name[:200], dialect=dialect, path=path,
        digest=hashlib.sha256(data).hexdigest(), data=data,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def drop_import(session: Session, row: QuestionImport) -> None:
    """Forget a tried file."""
    session.delete(row)
    session.flush()


def write_import(
    session: Session, course: Course, row: QuestionImport, trial: Trial, ids: Collection[str] | None, *,
    by: int, now: datetime,
) -> int:  # fmt: skip
    """Write the new and changed questions of a trial, those of `ids` or all; return how many.

    A draft is begun when there is none. Raises BankTooLarge, PublishedElsewhere, and ChangedMeanwhile when
    the bank is no longer the one that the trial saw.
    """
    chosen = [
        item for item in trial.judged
        if item.state in {"new", "changed"} and (ids is None or item.id in ids)
    ]  # fmt: skip
    if chosen:
        write_questions(session, course, row.path, trial, chosen, by=by, now=now)
        record(session, "questions.imported", now=now, actor=by, subject=("course", course.id),
               path=row.path, count=len(chosen), dialect=row.dialect)  # fmt: skip
        session.flush()
    return len(chosen)


def write_questions(
    session: Session, course: Course, path: str, trial: Trial, chosen: Collection[Judged], *, by: int,
    now: datetime,
) -> None:  # fmt: skip
    """Write judged questions and their pictures into a bank of the draft. Raises as `write_import`."""
    name = path.removeprefix("bank/").removesuffix(".md")
    before = trial.bank or empty_bank(f"bank-{name}", name.replace("-", " ").capitalize())
    data = merge(before, chosen).encode()
    if len(data) > MAX_TEXT:
        raise BankTooLarge
    begin_draft(session, course, by=by, now=now)
    for picture in _pictures(chosen):
        if picture in trial.reading.files:
            save_file(session, course, picture, trial.reading.files[picture], base=None, by=by, now=now)
    save_file(session, course, path, data, base=trial.base, by=by, now=now)


def _pictures(chosen: Collection[Judged]) -> list[str]:
    texts = [text for item in chosen if item.question for text in item.question.texts()]
    return list(pictures_in(texts))

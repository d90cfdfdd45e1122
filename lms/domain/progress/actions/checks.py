"""Keep the answer to a question inside a lesson. Verbs flush and never commit."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, case
from sqlalchemy.orm import Session

from lms.content.questions import Question, kind_of
from lms.db import inserting
from lms.domain.enrollments import actions as enrollments
from lms.domain.enrollments.models import Enrollment
from lms.domain.progress.actions.settling import open_lesson
from lms.domain.progress.models import CheckAnswer

MOST_COUNTED = 1_000_000


def answer_check(
    session: Session, enrollment: Enrollment, lesson_key: str, question: Question, answer: Any, *,
    readable: bool, now: datetime,
) -> None:  # fmt: skip
    """Grade an answer to a question of a lesson and keep it in place of the one before.

    `readable` is False for what is kept only to be shown again, text that cannot be read or a part of the
    fields: it leaves the question open. Nothing is scored, and the course is not settled: the lesson is
    finished by its own button. Who answers has opened the lesson. One statement for the answer, so that two
    tabs at once lose no count.
    """
    mark = kind_of(question).grade(question, answer) if readable else None
    table = cast(Table, CheckAnswer.__table__)
    statement = inserting(session)(table).values(
        enrollment_id=enrollment.id,
        lesson_key=lesson_key,
        question_key=question.id,
        answer=answer,
        fraction=None if mark is None else mark.fraction,
        count=int(readable),
        first_at=now,
        last_at=now,
    )
    open_lesson(session, enrollment.id, lesson_key, now=now)
    counted = case((table.c.count < MOST_COUNTED, table.c.count + int(readable)), else_=table.c.count)
    session.execute(
        statement.on_conflict_do_update(
            index_elements=["enrollment_id", "lesson_key", "question_key"],
            set_={
                "answer": statement.excluded.answer,
                "fraction": statement.excluded.fraction,
                "last_at": statement.excluded.last_at,
                "count": counted,
            },
        )
    )
    enrollments.act(enrollment, lesson_key, now=now)
    session.flush()

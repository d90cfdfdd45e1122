"""Mark an essay: append the level a person chose. Nothing is overwritten; the newest mark counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.content.questions import Question, mark
from lms.content.questions.essay import fraction_of
from lms.db import holding
from lms.domain.quizzes import rules
from lms.domain.quizzes.actions.telling import tell_corrected
from lms.domain.quizzes.models import Attempt, Grading
from lms.domain.quizzes.queries import history_of


@dataclass(frozen=True)
class Judgement:
    """What a marker decided. `seen` is the id of the newest mark on the page of the marker, 0 without one."""

    level: Decimal
    comment: str
    reason: str
    seen: int


class MarkState(StrEnum):
    """What became of a judgement."""

    SAVED = "saved"
    SAME = "same"  # the mark that counts says the same already: sent twice, or by two markers
    OTHER = "other"  # somebody marked meanwhile; the marker has not seen it
    REASON = "reason"  # a changed mark needs a reason


@dataclass(frozen=True)
class MarkOutcome:
    """The state, and the mark that counts now."""

    state: MarkState
    grading: Grading | None


def mark_essay(
    session: Session, attempt: Attempt, question: Question, given: Judgement, *, by: int, now: datetime
) -> MarkOutcome:
    """Append a mark by a level of the rubric, when the marker has seen the newest one.

    The row of the attempt is held first, so that of two markers one is told of the other. Raises KeyError
    for a level that the rubric does not have, ValueError for an attempt that is not handed in.
    """
    fraction = fraction_of(question, given.level)
    held = session.execute(
        holding(select(Attempt).where(Attempt.id == attempt.id), of=Attempt, key_share=True)
    ).scalar_one()
    if held.submitted_at is None:
        raise ValueError(f"attempt {held.id} is open")
    newest = next(iter(history_of(session, held.id, question.id)), None)
    if newest is not None:
        if newest.fraction == fraction and newest.comment == given.comment:
            return MarkOutcome(MarkState.SAME, newest)
        if newest.id != given.seen:
            return MarkOutcome(MarkState.OTHER, newest)
        if not given.reason:
            return MarkOutcome(MarkState.REASON, newest)
    most = next(
        entry["points"] for entry in rules.paper_of(held.paper)["questions"] if entry["id"] == question.id
    )
    row = Grading(
        attempt_id=held.id,
        question_key=question.id,
        fraction=fraction,
        points=round(fraction * most, 6),
        max_points=most,
        verdict=mark(fraction).verdict,
        key_version_id=held.version_id,
        graded_at=now,
        graded_by=by,
        reason=given.reason,
        level=float(given.level),
        comment=given.comment,
    )
    session.add(row)
    session.flush()
    if newest is not None and newest.level is not None:
        tell_corrected(session, [held.id], given.reason, now=now)
    return MarkOutcome(MarkState.SAVED, row)

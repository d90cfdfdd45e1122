"""How often questions were answered, and how well: the figures beside a list of questions."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Text, cast, func, select, true
from sqlalchemy.orm import Session, aliased

from lms.content.questions.short import normal
from lms.domain.catalog.models import CourseVersion
from lms.domain.quizzes.models import Attempt, Grading, Response


@dataclass(frozen=True)
class Answered:
    """How many marked answers a question has, and their mean share of the points, 0 to 1."""

    count: int
    facility: float


def answered(
    session: Session, wanted: Collection[tuple[int, str]], quizzes: Collection[str] | None
) -> dict[tuple[int, str], Answered]:
    """Return the figures of questions given as (course id, question id), asked in those quizzes (None: any).

    One statement, none without questions; the newest mark of an answer counts. A question nobody answered
    is left out.
    """
    if not wanted or (quizzes is not None and not quizzes):
        return {}
    later = aliased(Grading)
    newer = select(later.id).where(
        later.attempt_id == Grading.attempt_id,
        later.question_key == Grading.question_key,
        later.id > Grading.id,
    )
    rows = session.execute(
        select(CourseVersion.course_id, Grading.question_key, func.count(), func.avg(Grading.fraction))
        .join(Attempt, Attempt.version_id == CourseVersion.id)
        .join(Grading, Grading.attempt_id == Attempt.id)
        .where(
            CourseVersion.course_id.in_({course_id for course_id, _key in wanted}),
            true() if quizzes is None else Attempt.quiz_key.in_(set(quizzes)),
            Grading.question_key.in_({key for _course_id, key in wanted}),
            ~newer.exists(),
        )
        .group_by(CourseVersion.course_id, Grading.question_key)
    )
    found = {(course_id, key): Answered(count, float(mean)) for course_id, key, count, mean in rows}
    return {pair: figures for pair, figures in found.items() if pair in set(wanted)}


@dataclass(frozen=True)
class Typed:
    """An answer that was typed, as first written, and how often."""

    text: str
    count: int


def typed_answers(
    session: Session, course_id: int, keys: Collection[str], *, least: int = 2, most: int = 2_000
) -> dict[str, list[Typed]]:
    """Return the typed answers of handed-in attempts by question id, the most frequent first.

    Those to the gaps of a text stand under "id:gap". One statement, none without keys. Those given less
    than `least` times are left out: they teach little and may betray a person.
    """
    if not keys:
        return {}
    written = cast(Response.answer, Text)
    rows = session.execute(
        select(Response.question_key, written, func.count())
        .join(Attempt, Attempt.id == Response.attempt_id)
        .join(CourseVersion, CourseVersion.id == Attempt.version_id)
        .where(
            CourseVersion.course_id == course_id,
            Response.question_key.in_(list(keys)),
            Attempt.submitted_at.is_not(None),
        )
        .group_by(Response.question_key, written)
        .order_by(func.count().desc(), written)
        .limit(most)
    )
    found: dict[str, dict[str, Typed]] = {}
    for key, raw, count in rows:
        answer = json.loads(raw) if raw else None
        gaps = answer.items() if isinstance(answer, dict) else ()
        for place, text in ((key, answer), *((f"{key}:{gap}", text) for gap, text in gaps)):
            if isinstance(text, str) and text.strip():
                known = found.setdefault(place, {})
                before = known.get(normal(text))
                total = count + (before.count if before else 0)
                known[normal(text)] = Typed(before.text if before else text, total)
    return {
        key: [one for one in sorted(known.values(), key=lambda one: -one.count) if one.count >= least]
        for key, known in found.items()
    }

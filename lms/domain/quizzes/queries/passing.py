"""Which quizzes are passed: plain columns, since home and every lesson ask."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import fields
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import Session

from lms.db import columns, plain_rows
from lms.domain.quizzes import rules
from lms.domain.quizzes.models import Attempt, Grading
from lms.domain.quizzes.queries.attempts import ClosedAttempt, result_of, score_of, sums_of
from lms.domain.quizzes.rules import Result


def passed_quizzes(session: Session, enrollment_ids: Collection[int]) -> set[tuple[int, str]]:
    """Return (enrolment id, quiz key) of all quizzes that are passed by the attempt that counts.

    One statement, whatever the number of enrolments. The condition of each attempt (pass mark, which
    one counts) is the one frozen in its paper.
    """
    tries: dict[tuple[int, str], list[tuple[ClosedAttempt, Result]]] = defaultdict(list)
    for *values, points, count, most in plain_rows(session, _closed(), {"ids": list(enrollment_ids)}):
        attempt = ClosedAttempt(*values)
        result = result_of(attempt, score_of(points, count, most))
        tries[attempt.enrollment_id, attempt.quiz_key].append((attempt, result))
    passed = set()
    for place, group in tries.items():
        last, _result_of_last = max(group, key=lambda pair: pair[0].number)
        counts = rules.paper_of(last.paper)["counts"]
        taken = rules.counting([result for _attempt, result in group], counts)
        if taken is not None and taken.passed:
            passed.add(place)
    return passed


@cache
def _closed() -> Select[Any]:
    """Closed attempts of enrolments with the sum of their newest marks; built once, most pages send it."""
    attempt, grading = columns(Attempt), columns(Grading)
    closed = attempt.enrollment_id.in_(bindparam("ids", expanding=True)) & attempt.submitted_at.is_not(None)
    newest = (
        select(func.max(grading.id))
        .join(Attempt.__table__, attempt.id == grading.attempt_id)
        .where(closed)
        .group_by(grading.attempt_id, grading.question_key)
    )
    sums = sums_of(newest).subquery()
    wanted = [attempt[field.name] for field in fields(ClosedAttempt)]
    return (
        select(*wanted, sums.c.points, sums.c.count, sums.c.most)
        .outerjoin(sums, sums.c.attempt_id == attempt.id)
        .where(closed)
    )

"""Many people who answer a quiz at once: rows as the actions would have written them, in few statements."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from lms.domain.accounts.models import OrgUnit, User
from lms.domain.catalog.models import CourseVersion
from lms.domain.enrollments.models import Enrollment
from lms.domain.quizzes import rules
from lms.domain.quizzes.models import Attempt, Grading, Response
from lms.domain.quizzes.queries import quiz_of
from tests.courses import RIGHT

Answers = Mapping[str, Any]


def answer_all(
    session: Session, version: CourseVersion, unit: OrgUnit, given: Sequence[Answers], *, now: datetime,
    key: str = "kuis-loket", name: str = "Pegawai", seconds: int = 20,
) -> list[int]:  # fmt: skip
    """Let as many new people as there are answers hand in their first attempt; return their attempts' ids.

    They answer in the order of the paper, `seconds` for each.
    """
    quiz = quiz_of(session, version.id, key)
    people = [
        User(name=f"{name} {n}", email=f"{name.lower()}{n}@gurindam.example", unit_id=unit.id, nip=None,
             employment="pns", rank=None, position_id=None, created_at=now)
        for n in range(len(given))
    ]  # fmt: skip
    session.add_all(people)
    session.flush()
    enrolled = [
        Enrollment(user_id=one.id, course_id=version.course_id, version_id=version.id, enrolled_at=now)
        for one in people
    ]
    session.add_all(enrolled)
    session.flush()
    attempts = [
        Attempt(enrollment_id=one.id, version_id=version.id, quiz_key=key, number=1, started_at=now,
                paper=dict(rules.draw(quiz, random.Random(place))))
        for place, one in enumerate(enrolled)
    ]  # fmt: skip
    session.add_all(attempts)
    session.flush()
    responses, gradings, closed = [], [], []
    for attempt, answers in zip(attempts, given, strict=True):
        paper = rules.paper_of(attempt.paper)
        at = now
        for question in rules.keys_of(paper):
            at += timedelta(seconds=seconds)
            if question in answers:
                responses.append({"attempt_id": attempt.id, "question_key": question,
                                  "answer": answers[question], "saved_at": at, "flagged": False,
                                  "revision": 1})  # fmt: skip
        graded = rules.grade(quiz, paper, answers)
        gradings += [
            {"attempt_id": attempt.id, "question_key": mark.question_key, "fraction": mark.fraction,
             "points": mark.points, "max_points": mark.max_points, "verdict": mark.verdict,
             "key_version_id": version.id, "graded_at": at, "reason": "", "comment": ""}
            for mark in graded.marks
        ]  # fmt: skip
        closed.append({"id": attempt.id, "submitted_at": at, "closed_by": "learner", "points": graded.points,
                       "max_points": graded.max_points, "passed": graded.passed})  # fmt: skip
    if responses:
        session.execute(insert(Response), responses)
    session.execute(insert(Grading), gradings)
    session.execute(update(Attempt), closed)
    session.expire_all()
    return [row["id"] for row in closed]


def people(count: int) -> list[dict[str, object]]:
    """Answers to the small quiz: the stronger, the more is right; k-06 is missed by the stronger ones."""
    found = []
    for number in range(count):
        right = 3 + 7 * number // count
        answers = {key: RIGHT[key] for key in list(RIGHT)[:right]}
        answers["k-06"] = "o2" if number >= count // 3 else "o1"
        if right < 5:
            answers["k-05"] = "Kotak saran" if number % 2 else "kotak  SARAN"
        found.append(answers)
    return found

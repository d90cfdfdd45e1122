"""Before and after a course: pre-test and exam of those learners who handed in both."""

from __future__ import annotations

import math
from dataclasses import dataclass

from sqlalchemy import Float, cast, func, select
from sqlalchemy.orm import Session

from lms.domain.analysis.rules import mean_interval
from lms.domain.enrollments.models import Enrollment
from lms.domain.quizzes.rules import normalised_gain
from lms.domain.reports.courses import best_scores


@dataclass(frozen=True)
class CourseGain:
    """Averages of the best scores out of 100; `share` is the normalised gain of the averages, None at 100.

    `deviation` is that of the differences between both scores of one person, None for a single one.
    """

    people: int
    pre: float
    post: float
    deviation: float | None = None

    @property
    def share(self) -> float | None:
        """How much of what could still be gained was gained, as Hake (1998) reckons it for a class."""
        return normalised_gain(self.pre, self.post)

    @property
    def interval(self) -> tuple[float, float] | None:
        """The 95 % interval of the mean difference of both scores; None below ten people."""
        if self.deviation is None:
            return None
        return mean_interval(self.post - self.pre, self.deviation, self.people)


def course_gain(
    session: Session, course_id: int, pre_key: str, post_key: str, year: int | None = None
) -> CourseGain | None:
    """Return the gain between two quizzes of a course (one statement); None when nobody has both.

    With a year: of those who completed the course in it (WIB).
    """
    of_year = select(Enrollment.id).where(Enrollment.course_id == course_id, Enrollment.jp_year == year)
    pre, post = best_scores(course_id), best_scores(course_id)
    difference = cast(post.c.best, Float) - cast(pre.c.best, Float)
    people, before, after, square = session.execute(
        select(
            func.count(), func.avg(cast(pre.c.best, Float)), func.avg(cast(post.c.best, Float)),
            func.avg(difference * difference),
        )
        .select_from(pre)
        .join(post, post.c.enrollment_id == pre.c.enrollment_id)
        .where(
            pre.c.quiz_key == pre_key, post.c.quiz_key == post_key, pre.c.best.is_not(None),
            post.c.best.is_not(None), *(() if year is None else (pre.c.enrollment_id.in_(of_year),)),
        )
    ).one()  # fmt: skip
    if not people:
        return None
    spread = max(0.0, square - (after - before) ** 2)
    deviation = math.sqrt(spread * people / (people - 1)) if people > 1 else None
    return CourseGain(people, round(before, 1), round(after, 1), deviation)

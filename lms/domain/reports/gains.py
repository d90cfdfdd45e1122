"""Before and after a course: pre-test and exam of those learners who handed in both."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Float, cast, func, select
from sqlalchemy.orm import Session

from lms.domain.quizzes.rules import normalised_gain
from lms.domain.reports.courses import best_scores


@dataclass(frozen=True)
class CourseGain:
    """Averages of the best scores out of 100; `share` is the normalised gain of the averages, None at 100."""

    people: int
    pre: float
    post: float

    @property
    def share(self) -> float | None:
        """How much of what could still be gained was gained, as Hake (1998) reckons it for a class."""
        return normalised_gain(self.pre, self.post)


def course_gain(session: Session, course_id: int, pre_key: str, post_key: str) -> CourseGain | None:
    """Return the gain between two quizzes of a course (one statement); None when nobody has both."""
    pre, post = best_scores(course_id), best_scores(course_id)
    people, before, after = session.execute(
        select(func.count(), func.avg(cast(pre.c.best, Float)), func.avg(cast(post.c.best, Float)))
        .select_from(pre)
        .join(post, post.c.enrollment_id == pre.c.enrollment_id)
        .where(
            pre.c.quiz_key == pre_key, post.c.quiz_key == post_key, pre.c.best.is_not(None),
            post.c.best.is_not(None),
        )
    ).one()  # fmt: skip
    return CourseGain(people, round(before, 1), round(after, 1)) if people else None

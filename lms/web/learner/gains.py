"""What a person knew before a course and after it: pre-test and exam side by side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from lms.content.course import Quiz
from lms.db import db
from lms.domain.enrollments.models import Enrollment
from lms.domain.progress.rules import Progress
from lms.domain.quizzes import rules
from lms.domain.quizzes.queries import attempts_at, closed_results
from lms.domain.quizzes.rules import Result


@dataclass(frozen=True)
class Gain:
    """The results that count of the first pre-test and of the last exam; None where none was handed in."""

    pre: Result | None = None
    post: Result | None = None
    post_taken: bool = True

    @property
    def share(self) -> float | None:
        """The normalised gain; None when it cannot be told."""
        if self.pre is None or self.post is None:
            return None
        return rules.normalised_gain(self.pre.percent, self.post.percent)


def gain_of(enrollment: Enrollment, progress: Progress, quiz: Quiz, now: datetime) -> Gain:
    """Return the gain for the result of a pre-test or an exam; nothing is read for other quizzes.

    `post_taken` is True when the course has no exam: then nothing needs to stay hidden.
    """
    if quiz.use not in {"pretest", "exam"}:
        return Gain()
    pre = next((step.piece.key for step in progress.steps if step.piece.use == "pretest"), "")
    exams = [step.piece.key for step in progress.steps if step.piece.use == "exam"]
    session = db.session()
    found = attempts_at(session, enrollment.id, [pre, *exams])
    every = closed_results(session, found, now)
    taken = {key: {item.id for item in found if item.quiz_key == key} for key in (pre, *exams)}
    post_taken = not exams or any(item.attempt_id not in taken[pre] for item in every)
    counts = {item.quiz_key: rules.paper_of(item.paper)["counts"] for item in found}

    def counting(key: str) -> Result | None:
        own = [item for item in every if item.attempt_id in taken[key]]
        return rules.counting(own, counts.get(key, "highest"))

    return Gain(counting(pre), counting(exams[-1]) if exams else None, post_taken)

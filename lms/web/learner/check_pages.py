"""The questions inside a lesson as its page prints them: no key and no feedback before an answer."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from lms.content.course import Check, Lesson
from lms.content.questions import Question, kind_of
from lms.domain.enrollments.models import Enrollment
from lms.domain.progress.models import CheckAnswer
from lms.domain.progress.queries import LastAnswer
from lms.domain.progress.rules import open_checks
from lms.domain.quizzes.rules import Marked, Reveal
from lms.domain.regulations.queries import LawNotice
from lms.i18n.locale import current_locale
from lms.web.course_pages import CourseText, at_checks
from lms.web.learner.paper_pages import Asked, ask
from lms.web.learner.result_pages import Judged, Line, judge

_OWN = Reveal(score=False, verdicts=True, feedback=True, keys=False, explanation=False)
_WHOLE = Reveal(score=False, verdicts=True, feedback=True, keys=True, explanation=True)


@dataclass(frozen=True)
class Kept:
    """The last answer in the form that a paper shows."""

    answer: Any
    saved_at: datetime
    flagged: bool = False
    revision: int = 0


@dataclass(frozen=True)
class Tried:
    """One question of a check. `judged` and `whole` are None while its form is shown; `whole` has the key.

    `problem` says why the form is shown again.
    """

    asked: Asked
    judged: Judged | None = None
    whole: Judged | None = None
    problem: str = ""

    @property
    def verdict(self) -> str:
        """What became of the last answer; "" while the form is shown."""
        return self.judged.verdict if self.judged else ""

    @property
    def solution(self) -> tuple[Line, ...]:
        """The right answers that were not given."""
        return tuple(line for line in self.whole.lines if line.state == "right") if self.whole else ()


@dataclass(frozen=True)
class Part:
    """Text of a lesson up to its next check, and that check with its questions."""

    html: Markup
    check: Check | None = None
    questions: tuple[Tried, ...] = ()


@dataclass(frozen=True)
class Desk:
    """What the questions of one lesson are shown with; `again` is the question to answer once more."""

    lesson: Lesson
    enrollment: Enrollment
    text: CourseText
    answers: Mapping[str, CheckAnswer | LastAnswer]
    again: str = ""
    blank: bool = False
    law: Mapping[str, Sequence[LawNotice]] = field(default_factory=dict)

    @property
    def left(self) -> str:
        """Say how many questions of the lesson were never answered; "" when none is left."""
        count = len(open_checks(self.lesson, self.answers))
        return left_text(count) if count else ""

    def parts(self, html: Markup) -> list[Part]:
        """Cut the HTML of the lesson at the marks of its checks."""
        found: list[Part] = []
        number = 0
        for before, check in at_checks(html, self.lesson):
            questions = check.questions if check else ()
            tried = tuple(self.tried(item, number + at) for at, item in enumerate(questions, 1))
            number += len(tried)
            found.append(Part(before, check, tried))
        return found

    def one(self, key: str) -> Tried | None:
        """Return one question; None when the lesson has no such."""
        numbered: Iterator[tuple[int, Question]] = enumerate(self.lesson.questions(), 1)
        return next((self.tried(item, number) for number, item in numbered if item.id == key), None)

    def tried(self, question: Question, number: int) -> Tried:
        """Return a question with its form, or with what became of the last answer."""
        row = self.answers.get(question.id)
        kept = Kept(row.answer, row.last_at) if row else None
        rng = random.Random(f"{self.enrollment.id}:{question.id}")  # noqa: S311  # same order on each visit
        order = kind_of(question).shuffled(question, rng)
        asked = ask(question, number, "", order, kept, self.text, "practice")
        if row is None or row.fraction is None or self.again == question.id:
            return Tried(asked, problem=self._problem(question, row, asked))
        mark = kind_of(question).grade(question, row.answer)
        marked = Marked(question.id, mark.fraction, mark.fraction, 1.0, mark.verdict)
        own, whole = (
            judge(question, number, row.answer, marked, None, reveal, self.text) for reveal in (_OWN, _WHOLE)
        )
        told = tuple(replace(line, correct=Markup()) for line in whole.gaps)
        return Tried(asked, replace(own, gaps=told), whole)

    def _problem(self, question: Question, row: CheckAnswer | LastAnswer | None, asked: Asked) -> str:
        if self.blank and self.again == question.id:
            return str(_("Answer first, then press Check."))
        partly = row is not None and row.fraction is None and not asked.problem
        return str(_("Fill in every part, then press Check.")) if partly else ""


def left_text(count: int) -> str:
    """Return "Masih ada 2 soal yang belum dijawab"."""
    return _left(current_locale(), count)


@lru_cache(256)
def _left(_language: str, count: int) -> str:
    """Kept, because each opening of a lesson says it."""
    return str(
        ngettext(
            "%(num)s question in this lesson is not answered yet.",
            "%(num)s questions in this lesson are not answered yet.",
            count,
        )
    )

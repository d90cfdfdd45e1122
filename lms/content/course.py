"""A course as read: Course > Module > Lesson | Quiz, frozen."""

import datetime
import math
from collections.abc import Iterator
from dataclasses import dataclass

from lms.content.claims import Claim
from lms.content.lines import assets_in
from lms.content.questions.question import Question

__all__ = ["Check", "Claim", "CompletionRule", "Course", "Lesson", "Module", "Pool", "Question", "Quiz"]

WORDS_A_MINUTE = 200


@dataclass(frozen=True)
class CompletionRule:
    """What completes a course: all lessons, all quizzes that count, and named quizzes passed."""

    all_lessons: bool
    all_quizzes: bool
    quizzes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Check:
    """Questions inside a lesson; `mark` stands in the lesson's `body` as a paragraph where they belong."""

    id: str
    title: str
    questions: tuple[Question, ...]
    line: int
    mark: str


@dataclass(frozen=True)
class Lesson:
    """A page to read. `minutes` are written by the author or counted from `words` (200 a minute).

    `review_by` is the day before which its author looks at it again.
    """

    id: str
    title: str
    minutes: int
    finish: str
    legal_basis: tuple[str, ...]
    sources: tuple[str, ...]
    change: str
    body: str
    path: str
    words: int
    assets: tuple[str, ...]
    checks: tuple[Check, ...] = ()
    review_by: datetime.date | None = None

    def questions(self) -> Iterator[Question]:
        """The questions of its checks in reading order."""
        return (question for check in self.checks for question in check.questions)


@dataclass(frozen=True)
class Pool:
    """A group of questions of which `take` are drawn; all of them when it is None.

    `pinned` are the ids of those that everybody gets, `excepted` of those of its banks that nobody gets.
    """

    title: str
    take: int | None
    questions: tuple[Question, ...]
    pinned: tuple[str, ...] = ()
    excepted: tuple[str, ...] = ()

    @property
    def drawn(self) -> int:
        """How many questions a learner sees of this pool."""
        return len(self.questions) if self.take is None else min(self.take, len(self.questions))

    @property
    def minutes(self) -> float:
        """About how long its drawn questions take."""
        total = sum(question.minutes for question in self.questions)
        return total * self.drawn / len(self.questions) if self.questions else 0.0


@dataclass(frozen=True)
class Quiz:
    """A set of questions. `pass_mark` in percent; times in hours and minutes; None attempts = no limit."""

    id: str
    title: str
    use: str
    pass_mark: int
    attempts: int | None
    wait_hours: int
    minutes_limit: int | None
    counts: str
    layout: str
    reveal: str
    shuffle: bool
    intro: str
    pools: tuple[Pool, ...]
    path: str

    def questions(self) -> Iterator[Question]:
        """Every question that may be drawn, in source order."""
        return (question for pool in self.pools for question in pool.questions)

    @property
    def minutes(self) -> int:
        """The minutes of the drawn questions, never more than the time limit, at least one."""
        estimate = max(1, math.ceil(sum(pool.minutes for pool in self.pools)))
        return estimate if self.minutes_limit is None else min(estimate, self.minutes_limit)

    @property
    def assets(self) -> tuple[str, ...]:
        """The files of `aset/` that its introduction and questions show."""
        texts = [self.intro, *(text for question in self.questions() for text in question.texts())]
        return tuple(dict.fromkeys(name for text in texts for name in assets_in(text)))


@dataclass(frozen=True)
class Module:
    """A folder of pieces in reading order; `open` is sequential or free."""

    id: str
    title: str
    open: str
    aims: tuple[str, ...]
    intro: str
    path: str
    pieces: tuple[Lesson | Quiz, ...]


@dataclass(frozen=True)
class Course:
    """A whole course. `as_of` is the day whose law it describes; `quizzes` are those of no module."""

    id: str
    title: str
    language: str
    summary: str
    jp: int
    audience: tuple[str, ...]
    authors: tuple[str, ...]
    competencies: tuple[Claim, ...]
    legal_basis: tuple[str, ...]
    prerequisites: tuple[str, ...]
    completion: CompletionRule
    certificate: bool
    valid_months: int | None
    refresh: str
    retake: bool
    supplement: tuple[str, ...]
    due_days: int | None
    evaluation: str
    as_of: datetime.date | None
    licence: str
    description: str
    modules: tuple[Module, ...]
    quizzes: tuple[Quiz, ...]
    review_by: datetime.date | None = None
    organiser: str = ""  # key of a partner institution; empty: the office itself

    def pieces(self) -> Iterator[Lesson | Quiz]:
        """Lessons and quizzes in reading order: pre-tests of the course, the modules, its other quizzes."""
        yield from (quiz for quiz in self.quizzes if quiz.use == "pretest")
        for module in self.modules:
            yield from module.pieces
        yield from (quiz for quiz in self.quizzes if quiz.use != "pretest")

    @property
    def minutes(self) -> int:
        """The minutes of all pieces together."""
        return sum(piece.minutes for piece in self.pieces())

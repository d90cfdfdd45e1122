"""The questions of a course counted by where they stand: for authors who look whether outcomes are tested."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from lms.content.course import Course, Lesson, Quiz
from lms.content.questions import Question


@dataclass(frozen=True)
class Count:
    """Questions of one kind or outcome: inside lessons, in quizzes, in the banks that quizzes draw from."""

    name: str
    checks: int
    quizzes: int
    banks: int

    @property
    def total(self) -> int:
        """Everywhere together."""
        return self.checks + self.quizzes + self.banks


def by_kind(course: Course) -> list[Count]:
    """Count by kind of question, in alphabetical order."""
    return _counted(course, lambda question: question.kind)


def by_outcome(course: Course) -> list[Count]:
    """Count by the competency that a question tests, as CODE:level; "" for those that name none, last."""
    return _counted(course, _outcome)


def _outcome(question: Question) -> str:
    return f"{question.competency.code}:{question.competency.level}" if question.competency else ""


def _counted(course: Course, name: Callable[[Question], str]) -> list[Count]:
    pieces = list(course.pieces())
    checks = [item for piece in pieces if isinstance(piece, Lesson) for item in piece.questions()]
    quizzes = [piece for piece in pieces if isinstance(piece, Quiz)]
    own = [item for quiz in quizzes for item in quiz.questions() if item.path == quiz.path]
    drawn = {item.id: item for quiz in quizzes for item in quiz.questions() if item.path != quiz.path}
    places = [_tally(items, name) for items in (checks, own, drawn.values())]
    names = sorted({key for place in places for key in place}, key=lambda key: (not key, key))
    return [Count(key, *(place[key] for place in places)) for key in names]


def _tally(items: Iterable[Question], name: Callable[[Question], str]) -> Counter[str]:
    return Counter(map(name, items))

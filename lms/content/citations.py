"""Where a course names the rules of law it rests on: its first page, lessons, questions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lms.content.course import Course, Lesson, Quiz
from lms.content.parse import COURSE_FILE
from lms.content.questions.question import Question


@dataclass(frozen=True)
class Cited:
    """A citation as written. `kind` is course, lesson or question, `key` the id of that place.

    `piece` is the lesson or quiz in which a question stands (of several quizzes the first).
    """

    kind: str
    key: str
    title: str
    path: str
    piece: str
    text: str


def citations_of(course: Course) -> Iterator[Cited]:
    """Every citation in reading order; a question that several quizzes draw is named once."""
    for text in course.legal_basis:
        yield Cited("course", course.id, course.title, COURSE_FILE, "", text)
    seen: set[str] = set()
    for piece in course.pieces():
        if isinstance(piece, Lesson):
            for text in piece.legal_basis:
                yield Cited("lesson", piece.id, piece.title, piece.path, piece.id, text)
        for question in _new(piece, seen):
            yield Cited(
                "question", question.id, question.title, question.path, piece.id, question.legal_basis
            )


def _new(piece: Lesson | Quiz, seen: set[str]) -> Iterator[Question]:
    for question in piece.questions():
        if question.legal_basis and question.id not in seen:
            seen.add(question.id)
            yield question

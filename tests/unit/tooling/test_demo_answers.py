"""The invented people can answer every question of the courses in the folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from lms.cli.demo_data.life import answer_of
from lms.content.bundle import read_folder
from lms.content.course import Lesson, Quiz
from lms.content.parse import parse_course
from lms.content.questions import kind_of

COURSES = sorted(path.parent for path in Path(__file__).parents[3].glob("courses/*/kursus.md"))


@pytest.mark.parametrize("folder", COURSES, ids=lambda folder: folder.name)
def test_each_question_with_a_key_gets_a_right_answer(folder: Path) -> None:
    course = parse_course(read_folder(folder), folder.name).course
    assert course is not None
    pieces = list(course.pieces())
    asked = [item for piece in pieces if isinstance(piece, Quiz) for item in piece.questions()]
    asked += [
        item
        for piece in pieces
        if isinstance(piece, Lesson)
        for check in piece.checks
        for item in check.questions
    ]
    keyed = [question for question in asked if question.keyed and question.kind != "essay"]
    assert keyed
    for question in keyed:
        answer = answer_of(question, right=True)
        assert answer is not None, question.id
        assert kind_of(question).grade(question, answer).verdict == "right", question.id
        for turn in range(5):
            wrong = answer_of(question, right=False, turn=turn)
            assert kind_of(question).grade(question, wrong).verdict != "right", question.id

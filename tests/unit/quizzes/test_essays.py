"""Attempts with essays: what is certain, what waits, marks that are appended."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from lms.content.parse import parse_quiz
from lms.content.questions import Question
from lms.domain.enrollments.models import Enrollment
from lms.domain.progress.actions import mark_essay
from lms.domain.progress.queries import progress_of
from lms.domain.quizzes import rules
from lms.domain.quizzes.actions import Judgement, MarkState
from lms.domain.quizzes.models import Attempt
from lms.domain.quizzes.queries import closed_results, gradings_of, passed_quizzes, quiz_of, results_of
from lms.domain.quizzes.rules import Refusal, is_undecided, may_start
from tests.cast import NOW, Cast
from tests.courses import quiz_text
from tests.essays import ESSAY, ESSAY_QUIZ, KEYS, QUESTIONS, hand_in, publish_essays
from tests.learning import office_of


# Worked by hand: points so far, points of the essays, points of the paper, pass mark.
@pytest.mark.parametrize(
    ("points", "missing", "most", "mark", "undecided"),
    [
        (2, 8, 10, 70, True),
        (0, 8, 10, 70, True),  # 8 of 10 would be enough
        (0, 6, 10, 70, False),  # 6 of 10 would not
        (7, 3, 10, 70, False),  # enough already
        (1, 6, 10, 70, True),  # exactly 7 of 10
        (0, 8, 10, 0, False),  # handing in is enough
        (0, 0, 0, 70, False),
    ],
)
def test_the_essay_decides_only_while_both_are_possible(
    points: float, missing: float, most: float, mark: int, undecided: bool
) -> None:
    assert is_undecided(points, missing, most, mark) is undecided


@pytest.fixture
def handed(session: Session, cast: Cast, app: Flask) -> tuple[Enrollment, Attempt]:
    """The learner handed in: 2 of 10 points by the rules, an essay of 8 points waits."""
    publish_essays(session, cast.trainer, now=NOW)
    return hand_in(session, app, cast.learner, now=NOW)


def question_of(session: Session, attempt: Attempt) -> Question:
    quiz = quiz_of(session, attempt.version_id, attempt.quiz_key)
    return next(question for question in quiz.questions() if question.id == ESSAY)


def test_handing_in_leaves_the_essay_without_a_mark(
    session: Session, handed: tuple[Enrollment, Attempt]
) -> None:
    enrollment, attempt = handed
    assert (attempt.points, attempt.passed, attempt.for_person) == (2.0, None, 1)
    assert set(gradings_of(session, [attempt.id])[attempt.id]) == {"e-01"}
    [result] = results_of(session, [attempt])
    assert (result.points, result.waiting, result.undecided, result.passed) == (2.0, 1, True, False)
    assert closed_results(session, [attempt], NOW) == [result] and result.waits
    assert passed_quizzes(session, [enrollment.id]) == set()


def test_a_blank_essay_is_marked_at_once(session: Session, cast: Cast, app: Flask) -> None:
    publish_essays(session, cast.trainer, now=NOW)
    _enrollment, attempt = hand_in(session, app, cast.learner, now=NOW, answers={"e-01": "o1"})
    assert (attempt.passed, attempt.for_person) == (False, 0)
    assert gradings_of(session, [attempt.id])[attempt.id][ESSAY].verdict == "blank"


@pytest.mark.parametrize(("mark", "passed", "waits"), [("20", True, True), ("90", False, False)])
def test_what_is_certain_is_said_before_the_essay_is_marked(
    session: Session, cast: Cast, app: Flask, mark: str, passed: bool, waits: bool
) -> None:
    answers: dict[str, object] = {"e-01": "o1" if passed else "o2", ESSAY: "Menyapa."}
    publish_essays(session, cast.trainer, now=NOW, nilai_lulus=mark)
    enrollment, attempt = hand_in(session, app, cast.learner, now=NOW, answers=answers)
    [result] = results_of(session, [attempt])
    assert (attempt.passed, result.passed, result.undecided, result.waiting) == (passed, passed, False, 1)
    assert result.waits is waits
    assert (passed_quizzes(session, [enrollment.id]) != set()) is passed


def test_no_new_attempt_while_an_essay_may_still_decide(handed: tuple[Enrollment, Attempt]) -> None:
    attempt = handed[1]
    quiz = parse_quiz(quiz_text(ESSAY_QUIZ, "Esai", "kuis", QUESTIONS, **KEYS), "kuis.md")
    assert may_start(quiz, [attempt], False, NOW, waits=True).refusal is Refusal.MARKING
    assert may_start(quiz, [attempt], False, NOW).allowed
    assert may_start(replace(quiz, use="practice"), [attempt], False, NOW, waits=True).allowed


def test_marks_are_appended_and_the_newest_counts(
    session: Session, cast: Cast, app: Flask, handed: tuple[Enrollment, Attempt]
) -> None:
    enrollment, attempt = handed
    question, office = question_of(session, attempt), office_of(app, session)

    def mark(level: int, seen: int, reason: str = "", comment: str = "", by: str = "trainer") -> MarkState:
        given = Judgement(Decimal(level), comment, reason, seen)
        outcome = mark_essay(
            session, attempt, question, given, by=getattr(cast, by).id, now=NOW, office=office
        )
        return outcome.state

    assert mark(2, 0, comment="Lengkapi langkahnya.") is MarkState.SAVED
    first = gradings_of(session, [attempt.id])[attempt.id][ESSAY]
    assert (first.points, first.max_points, first.verdict, first.level) == (4.0, 8.0, "partial", 2.0)
    assert results_of(session, [attempt])[0].percent == 60.0
    assert mark(2, 0, comment="Lengkapi langkahnya.") is MarkState.SAME
    assert mark(4, 0, by="other_trainer") is MarkState.OTHER
    assert mark(4, first.id) is MarkState.REASON
    assert mark(4, first.id, "Langkah ketiga terlewat dibaca.") is MarkState.SAVED
    [result] = results_of(session, [attempt])
    assert (result.points, result.passed, result.waiting) == (10.0, True, 0)
    assert progress_of(session, enrollment).complete
    with pytest.raises(KeyError):
        mark(3, first.id)


def test_a_waiting_first_attempt_does_not_hide_a_passed_one() -> None:
    waiting = rules.Result(1, 1, NOW, NOW, "learner", 2.0, 10.0, False, waiting=1, undecided=True)
    passed = rules.Result(2, 2, NOW, NOW, "learner", 8.0, 10.0, True)
    assert rules.counting([waiting, passed], "highest") == passed
    assert rules.counting([waiting, passed], "first") == waiting

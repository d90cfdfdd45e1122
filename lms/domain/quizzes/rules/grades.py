"""Marks of a paper, and which of several attempts counts."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lms.content.course import Quiz
from lms.content.questions import Question, Verdict, kind_of
from lms.domain.quizzes.rules.papers import Paper

EPSILON = 1e-9


@dataclass(frozen=True)
class Marked:
    """The mark of one question; `fraction` is 0 to 1. The verdict "pending" is no mark yet."""

    question_key: str
    fraction: float
    points: float
    max_points: float
    verdict: Verdict


@dataclass(frozen=True)
class Graded:
    """The marks of a paper and what they add up to; pending ones add nothing yet."""

    marks: tuple[Marked, ...]
    points: float
    max_points: float
    passed: bool
    waiting: int = 0
    undecided: bool = False

    @property
    def percent(self) -> float:
        """The score out of 100."""
        return percent(self.points, self.max_points)


@dataclass(frozen=True)
class Result:
    """An attempt that is closed, as lists show it.

    `waiting` answers are not marked yet; `points` are those so far. `passed` is said only when it is
    certain; `undecided` when the missing marks can still make it so.
    """

    attempt_id: int
    number: int
    started_at: datetime
    submitted_at: datetime
    closed_by: str
    points: float
    max_points: float
    passed: bool
    waiting: int = 0
    undecided: bool = False
    receipt: str | None = None

    @property
    def percent(self) -> float:
        """The score out of 100, of the points so far while answers wait."""
        return percent(self.points, self.max_points)

    @property
    def waits(self) -> bool:
        """Whether marks are missing that may still matter: not when it is failed whatever they are."""
        return self.waiting > 0 and (self.passed or self.undecided)


def percent(points: float, max_points: float) -> float:
    """Return the score out of 100, one decimal, rounded down: what is shown never exceeds what was reached.

    A paper without points (a survey) is 100.
    """
    if max_points <= 0:
        return 100.0
    return math.floor(points / max_points * 1000 + 1e-6) / 10


def has_passed(points: float, max_points: float, pass_mark: int) -> bool:
    """Tell whether the points reach the pass mark (percent); with a pass mark of 0 handing in is enough."""
    return max_points <= 0 or points / max_points * 100 + EPSILON >= pass_mark


def is_undecided(points: float, missing: float, max_points: float, pass_mark: int) -> bool:
    """Tell whether missing marks, worth `missing` points, decide: not passed yet, still possible."""
    reached = has_passed(points, max_points, pass_mark)
    return not reached and has_passed(points + missing, max_points, pass_mark)


def score_missing(score: float, pass_mark: int) -> float:
    """Return how much of 100 was missing to the pass mark, as the score is shown; 0 when it was reached."""
    return max(0.0, round(pass_mark - score, 1))


def normalised_gain(pre: float, post: float) -> float | None:
    """Return how much of what could still be gained was gained: (post - pre) / (100 - pre).

    Scores are out of 100; the gain is at most 1 and negative after a loss. None when the pre-test left
    nothing to gain. Source: Hake, R. R. (1998), Interactive-engagement versus traditional methods,
    American Journal of Physics 66(1), 64-74.
    """
    return None if pre >= 100 else (post - pre) / (100 - pre)


def marked(question: Question, answer: Any, max_points: float) -> Marked:
    """Mark one stored answer by the rule of its question; points to six decimals."""
    mark = kind_of(question).grade(question, answer)
    return Marked(question.id, mark.fraction, round(mark.fraction * max_points, 6), max_points, mark.verdict)


def grade(quiz: Quiz, paper: Paper, answers: Mapping[str, Any]) -> Graded:
    """Mark the answers (question id -> stored answer) of a paper.

    Raises KeyError when the quiz lacks a question of the paper: another version was given.
    """
    questions = {question.id: question for question in quiz.questions()}
    marks = []
    for entry in paper["questions"]:
        question = questions[entry["id"]]
        marks.append(marked(question, answers.get(question.id), entry["points"]))
    points = round(sum(mark.points for mark in marks), 6)
    total, wanted = paper["max_points"], paper["pass_mark"]
    waiting = [mark.max_points for mark in marks if mark.verdict == "pending"]
    passed = has_passed(points, total, wanted)
    undecided = is_undecided(points, sum(waiting), total, wanted) if waiting else False
    return Graded(tuple(marks), points, total, passed, len(waiting), undecided)


def counting(results: Iterable[Result], counts: str) -> Result | None:
    """Return the attempt whose score is taken: the highest (the earlier of equals), the latest, the first."""
    closed: Sequence[Result] = sorted(results, key=lambda result: result.number)
    if not closed:
        return None
    if counts == "latest":
        return closed[-1]
    if counts == "first":
        return closed[0]
    return max(closed, key=lambda result: (result.passed, result.percent, -result.number))

"""Rules of quizzes, by tables worked out by hand."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from lms.content.parse import parse_quiz
from lms.domain.quizzes import rules
from lms.domain.quizzes.rules import HIDDEN, Refusal, Result, Reveal
from tests.courses import EXAM_KEYS, EXAM_QUESTIONS, QUIZ_KEYS, RIGHT, quiz_text

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
QUIZ = parse_quiz(quiz_text("kuis-loket", "Kuis loket", **QUIZ_KEYS), "kuis.md")
EXAM = parse_quiz(quiz_text("ujian-loket", "Ujian", "ujian", EXAM_QUESTIONS, **EXAM_KEYS), "ujian.md")


@dataclass(frozen=True)
class Try:
    number: int = 1
    submitted_at: datetime | None = None
    deadline_at: datetime | None = None


def result(number: int, points: float, passed: bool = False) -> Result:
    return Result(number, number, NOW, NOW, "learner", points, 10.0, passed)


# question, answer, points, verdict
MARKS = [
    ("k-01", "o2", 1.0, "right"),
    ("k-01", "o1", 0.0, "wrong"),
    ("k-01", None, 0.0, "blank"),
    ("k-02", ["o1", "o2"], 2.0, "right"),
    ("k-02", ["o1"], 1.0, "partial"),  # 1/2 right - 0/2 wrong = 50 %
    ("k-02", ["o1", "o2", "o3"], 1.0, "partial"),  # 2/2 - 1/2 = 50 %
    ("k-02", ["o1", "o3"], 0.0, "wrong"),  # 1/2 - 1/2 = 0
    ("k-02", ["o1", "o2", "o3", "o4"], 0.0, "wrong"),  # 2/2 - 2/2 = 0
    ("k-03", "o2", 1.0, "right"),
    ("k-04", "7", 1.0, "right"),
    ("k-04", "12", 0.0, "wrong"),
    ("k-04", {"unreadable": "tujuh"}, 0.0, "blank"),
    ("k-05", "lapor!", 1.0, "right"),
    ("k-05", "LAPOR", 0.0, "wrong"),
    ("k-10", "  Standar   Operasional Prosedur. ", 1.0, "right"),
]


@pytest.mark.parametrize(("key", "answer", "points", "verdict"), MARKS)
def test_one_question_is_marked_as_by_hand(key: str, answer: object, points: float, verdict: str) -> None:
    paper = rules.draw(QUIZ, random.Random(1))
    marks = {mark.question_key: mark for mark in rules.grade(QUIZ, paper, {key: answer}).marks}
    assert (marks[key].points, marks[key].verdict) == (points, verdict)
    assert all(mark.verdict == "blank" for other, mark in marks.items() if other != key)


@pytest.mark.parametrize(
    ("wrong", "points", "percent", "passed"),
    [
        ([], 11.0, 100.0, True),
        (["k-02"], 9.0, 81.8, True),  # 9/11 = 81.81..
        (["k-02", "k-01"], 8.0, 72.7, True),  # 8/11 = 72.72..
        (["k-02", "k-01", "k-03"], 7.0, 63.6, False),  # 7/11 = 63.63.. < 70
        (list(RIGHT), 0.0, 0.0, False),
    ],
)
def test_whole_paper(wrong: list[str], points: float, percent: float, passed: bool) -> None:
    paper = rules.draw(QUIZ, random.Random(2))
    answers = {key: answer for key, answer in RIGHT.items() if key not in wrong}
    graded = rules.grade(QUIZ, paper, answers)
    assert (graded.points, graded.percent, graded.passed) == (points, percent, passed)
    assert graded.max_points == 11.0


def test_part_of_a_number_earns_part_of_the_points() -> None:
    paper = rules.draw(EXAM, random.Random(3))
    graded = rules.grade(EXAM, paper, {"u-04": "18"})  # within 15 ± 5 only: half of 3 points
    assert (graded.points, graded.max_points, graded.percent) == (1.5, 5.0, 30.0)


@pytest.mark.parametrize(
    ("points", "total", "mark", "passed"),
    [
        (7.0, 10.0, 70, True),
        (6.999, 10.0, 70, False),
        (2.1, 3.0, 70, True),  # 0.7000000000000001 or 0.69999..: the limit itself passes
        (0.0, 10.0, 0, True),
        (0.0, 0.0, 70, True),
    ],
)
def test_pass_mark_is_reached_at_its_value(points: float, total: float, mark: int, passed: bool) -> None:
    assert rules.has_passed(points, total, mark) is passed


def test_shown_percent_never_reaches_a_mark_that_was_missed() -> None:
    assert rules.percent(69.96, 100) == 69.9
    assert rules.percent(70.0, 100) == 70.0
    assert rules.score_missing(rules.percent(7.0, 11.0), 70) == 6.4


def test_paper_holds_no_key() -> None:
    paper = rules.draw(QUIZ, random.Random(4))
    assert set(paper) == {"questions", "max_points", "pass_mark", "counts", "use", "minutes"}
    assert all(set(entry) == {"id", "digest", "points", "pool", "options"} for entry in paper["questions"])


def test_fixed_option_stays_last() -> None:
    orders = {
        tuple(entry["options"])
        for seed in range(60)
        for entry in rules.draw(QUIZ, random.Random(seed))["questions"]
        if entry["id"] == "k-02"
    }
    assert {order[-1] for order in orders} == {"o4"}
    assert len(orders) == 6


def test_groups_keep_their_order_and_source_order_without_shuffling() -> None:
    drawn = [rules.keys_of(rules.draw(EXAM, random.Random(seed))) for seed in range(60)]
    assert all(keys[-1] == "u-04" and keys[:-1] == sorted(keys[:-1]) and len(keys) == 3 for keys in drawn)
    assert len({tuple(keys) for keys in drawn}) == 3
    assert len({tuple(rules.keys_of(rules.draw(QUIZ, random.Random(seed)))) for seed in range(20)}) > 1


@pytest.mark.parametrize(
    ("attempts", "passed", "changes", "refusal"),
    [
        ([], False, {}, None),
        ([Try()], False, {}, Refusal.OPEN),
        ([Try(submitted_at=NOW)], False, {}, None),
        ([Try(1, NOW), Try(2, NOW), Try(3, NOW)], False, {}, Refusal.USED_UP),
        ([Try(1, NOW), Try(2, NOW), Try(3, NOW)], False, {"attempts": None}, None),
        ([Try(1, NOW)], True, {}, Refusal.PASSED),  # answers were shown after passing
        ([Try(1, NOW)], True, {"reveal": "after_submission"}, None),
        ([Try(1, NOW)], True, {"reveal": "after_submission", "counts": "latest"}, Refusal.PASSED),
        ([Try(1, NOW)], True, {"use": "practice"}, None),
        ([Try(1, NOW - timedelta(hours=1))], False, {"wait_hours": 2}, Refusal.WAIT),
        ([Try(1, NOW - timedelta(hours=2))], False, {"wait_hours": 2}, None),
        ([Try(1, None, NOW)], False, {"attempts": 1}, Refusal.USED_UP),  # overdue, not closed yet
    ],
)
def test_may_start(
    attempts: list[Try], passed: bool, changes: dict[str, object], refusal: Refusal | None
) -> None:
    quiz = replace(QUIZ, **changes)  # type: ignore[arg-type]
    assert rules.may_start(quiz, attempts, passed, NOW).refusal == refusal


def test_waiting_says_until_when() -> None:
    permit = rules.may_start(replace(QUIZ, wait_hours=24), [Try(1, NOW)], False, NOW + timedelta(hours=3))
    assert permit.wait_until == NOW + timedelta(hours=24)


def test_deadline_is_late_itself() -> None:
    end = rules.deadline(EXAM, NOW)
    assert end == NOW + timedelta(minutes=30)
    attempt = Try(deadline_at=end)
    assert rules.is_open(attempt, end - timedelta(seconds=1))
    assert not rules.is_open(attempt, end)
    assert rules.is_overdue(attempt, end)
    assert rules.deadline(QUIZ, NOW) is None


def test_time_is_added_once_by_half() -> None:
    paper = rules.draw(EXAM, random.Random(5))
    end = NOW + timedelta(minutes=30)
    assert rules.extension_minutes(paper, NOW, end) == 15
    assert rules.extension_minutes(paper, NOW, end + timedelta(minutes=15)) == 0
    assert rules.extension_minutes(rules.draw(QUIZ, random.Random(5)), NOW, None) == 0


@pytest.mark.parametrize(
    ("results", "counts", "number"),
    [
        ([], "highest", None),
        ([result(1, 5), result(2, 8, True), result(3, 7, True)], "highest", 2),
        ([result(1, 8, True), result(2, 8, True)], "highest", 1),
        ([result(1, 8, True), result(2, 3)], "latest", 2),
        ([result(2, 9, True), result(1, 3)], "first", 1),
    ],
)
def test_which_attempt_counts(results: list[Result], counts: str, number: int | None) -> None:
    taken = rules.counting(results, counts)
    assert (taken.number if taken else None) == number


ALL = Reveal(score=True, verdicts=True, feedback=True, keys=True, explanation=True)
REMARKS = Reveal(score=True, verdicts=True, feedback=True, keys=False, explanation=False)
SCORE = Reveal(score=True, verdicts=False, feedback=False, keys=False, explanation=False)


@pytest.mark.parametrize("passed", [True, False])
@pytest.mark.parametrize("rule", ["immediately", "after_submission", "after_passing", "never"])
def test_nothing_is_revealed_while_answers_can_change(rule: str, passed: bool) -> None:
    assert rules.revealed(rule, "quiz", closed=False, passed=passed) == HIDDEN


@pytest.mark.parametrize(
    ("rule", "use", "passed", "shown"),
    [
        ("immediately", "quiz", False, ALL),
        ("after_submission", "exam", False, ALL),
        ("after_passing", "quiz", False, REMARKS),
        ("after_passing", "quiz", True, ALL),
        ("never", "exam", True, SCORE),
        ("after_submission", "survey", True, HIDDEN),
    ],
)
def test_what_is_revealed(rule: str, use: str, passed: bool, shown: Reveal) -> None:
    assert rules.revealed(rule, use, closed=True, passed=passed) == shown


@pytest.mark.parametrize(
    ("pre", "post", "gain"), [(40, 85, 0.75), (50, 50, 0), (80, 60, -1), (0, 100, 1), (100, 100, None)]
)
def test_the_normalised_gain_is_the_share_of_what_could_be_gained(
    pre: float, post: float, gain: float | None
) -> None:
    assert rules.normalised_gain(pre, post) == gain


@pytest.mark.parametrize(
    ("rule", "use", "passed", "used_up", "post_taken", "keys"),
    [
        ("after_passing", "quiz", False, False, True, False),
        ("after_passing", "quiz", False, True, True, True),
        ("after_passing", "quiz", True, False, True, True),
        ("after_submission", "pretest", True, True, False, False),
        ("after_submission", "pretest", True, True, True, True),
        ("never", "pretest", True, True, True, False),
    ],
)
def test_keys_show_after_passing_or_the_last_attempt_and_of_a_pretest_after_the_exam(
    rule: str, use: str, passed: bool, used_up: bool, post_taken: bool, keys: bool
) -> None:
    found = rules.revealed(rule, use, closed=True, passed=passed, used_up=used_up, post_taken=post_taken)
    assert found.keys == found.explanation == keys

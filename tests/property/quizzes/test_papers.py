"""Under any draw and any answer: counts hold, marks stay within bounds, the key earns everything."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from lms.content.parse import parse_quiz
from lms.domain.quizzes import rules
from tests.courses import QUESTIONS, QUIZ_KEYS, RIGHT, quiz_text

TAKE = st.integers(1, 10)
SEEDS = st.integers(0, 2**32)
ANSWERS = st.one_of(
    st.none(),
    st.text(max_size=30),
    st.lists(st.sampled_from(["o1", "o2", "o3", "o4", "o9"]), max_size=5),
    st.sampled_from(["o1", "o2", "7", "12", "5", "lapor!"]),
    st.fixed_dictionaries({"unreadable": st.text(max_size=10)}),
    st.integers(),
)


def quiz_of(take: int, scoring: str = "sebagian", shuffle: bool = True):  # type: ignore[no-untyped-def]
    questions = f"# Semua {{ambil={take}}}\n{QUESTIONS}".replace("nilai=sebagian", f"nilai={scoring}")
    keys = {**QUIZ_KEYS, "acak_soal": "ya" if shuffle else "tidak"}
    return parse_quiz(quiz_text("kuis", "Kuis", questions=questions, **keys), "kuis.md")


@given(TAKE, SEEDS, st.booleans())
def test_draw_takes_as_many_as_asked_each_once(take: int, seed: int, shuffle: bool) -> None:
    quiz = quiz_of(take, shuffle=shuffle)
    paper = rules.draw(quiz, random.Random(seed))
    keys = rules.keys_of(paper)
    assert len(keys) == len(set(keys)) == take
    options = {question.id: [option.key for option in question.options] for question in quiz.questions()}
    assert all(sorted(entry["options"]) == options[entry["id"]] for entry in paper["questions"])
    assert paper["max_points"] == sum(entry["points"] for entry in paper["questions"])
    assert shuffle or keys == sorted(keys)


@given(TAKE, SEEDS, st.sampled_from(["persis", "sebagian", "sebagian-ketat"]))
def test_the_key_earns_all_points_under_any_draw(take: int, seed: int, scoring: str) -> None:
    quiz = quiz_of(take, scoring)
    graded = rules.grade(quiz, rules.draw(quiz, random.Random(seed)), RIGHT)
    assert graded.points == graded.max_points
    assert graded.percent == 100.0 and graded.passed


@given(
    SEEDS, st.dictionaries(st.sampled_from(sorted(RIGHT)), ANSWERS), st.sampled_from(["persis", "sebagian"])
)
def test_marks_stay_within_bounds(seed: int, answers: dict[str, object], scoring: str) -> None:
    quiz = quiz_of(8, scoring)
    graded = rules.grade(quiz, rules.draw(quiz, random.Random(seed)), answers)
    assert len(graded.marks) == 8
    assert all(0.0 <= mark.points <= mark.max_points and 0.0 <= mark.fraction <= 1.0 for mark in graded.marks)
    assert 0.0 <= graded.points <= graded.max_points and 0.0 <= graded.percent <= 100.0
    assert graded.passed is (graded.points / graded.max_points * 100 + 1e-9 >= quiz.pass_mark)

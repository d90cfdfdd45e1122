"""Essays: rubric and points, the text as it is kept, words, marks that only a person gives."""

from __future__ import annotations

from decimal import Decimal

import pytest

from lms.content.parse import parse_quiz
from lms.content.questions import KINDS, Mark, Question, Unreadable
from lms.content.questions.essay import MAX_LETTERS, clean, count_words, fraction_of

HEAD = "---\njenis: kuis\nid: k\njudul: Kuis\n{extra}---\n"
KIND = KINDS["essay"]


def essay(rubric: str, attributes: str = "", extra: str = "") -> Question:
    text = f"{HEAD.format(extra=extra)}## Judul {{#s1 tipe=esai {attributes}}}\n\nJelaskan.\n\n{rubric}\n"
    return next(parse_quiz(text, "kuis.md").questions())


# Worked by hand: points of the question times level / highest level.
@pytest.mark.parametrize(
    ("rubric", "points", "worth"),
    [
        ("4 = a; 2 = b; 0 = c", 10, {"4": 10.0, "2": 5.0, "0": 0.0}),
        ("0 = c; 2 = b; 4 = a", 10, {"4": 10.0, "2": 5.0, "0": 0.0}),
        ("5 = a; 3 = b; 1 = c; 0 = d", 7, {"5": 7.0, "3": 4.2, "1": 1.4, "0": 0.0}),
        ("3 = a; 1 = b; 0 = c", 1, {"3": 1.0, "1": 0.333333, "0": 0.0}),
        ("2.5 = a; 1 = b; 0 = c", 5, {"2.5": 5.0, "1": 2.0, "0": 0.0}),
        ("100 = a; 85 = b; 0 = c", 4, {"100": 4.0, "85": 3.4, "0": 0.0}),
    ],
)
def test_the_highest_level_earns_all_points_and_others_in_proportion(
    rubric: str, points: int, worth: dict[str, float]
) -> None:
    question = essay(f"> Rubrik: {rubric}", f"poin={points}")
    got = {value: round(fraction_of(question, Decimal(value)) * question.points, 6) for value in worth}
    assert got == worth
    assert [level.value for level in question.rubric] == sorted(map(Decimal, worth), reverse=True)


def test_a_level_that_is_not_in_the_rubric_earns_nothing_by_mistake() -> None:
    with pytest.raises(KeyError):
        fraction_of(essay("> Rubrik: 4 = a; 0 = b"), Decimal(3))


def test_a_rubric_may_stand_on_lines_and_wrap() -> None:
    question = essay("> Rubrik:\n> - 4 = menyebut pasal,\n>   dan jalurnya.\n> - 0 = tidak relevan.")
    assert [(str(level.value), level.text) for level in question.rubric] == [
        ("4", "menyebut pasal, dan jalurnya"),
        ("0", "tidak relevan"),
    ]


@pytest.mark.parametrize(
    ("written", "limits"),
    [("100..300", (100, 300)), ("100..", (100, 0)), ("..50", (0, 50)), ("", (0, 0))],
)
def test_how_many_words_are_asked_for(written: str, limits: tuple[int, int]) -> None:
    question = essay("> Rubrik: 1 = a; 0 = b", f"kata={written}" if written else "")
    assert (question.min_words, question.max_words) == limits


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("satu", 1),
        ("satu  dua\n\ntiga\tempat", 4),
        ("anak-anak dan/atau orang tua", 4),
        ("Biaya Rp1.000, lunas.", 3),
        ("ya – tidak ... !", 2),
        ("2026", 1),
        ("kata’ku élan 你好", 3),
    ],
)
def test_words_are_runs_that_hold_a_letter_or_a_digit(text: str, count: int) -> None:
    assert count_words(text) == count


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("satu\r\ndua\rtiga\n", "satu\ndua\ntiga"),
        ("a\x00b\x07c\x1b[31m\u0085", "abc[31m"),
        ("  kolom\tdua  ", "kolom\tdua"),
        ("cafe\u0301", "café"),
        ("gaji\u202egnp.exe\u2066", "gajignp.exe"),
        ("Assalamu\u2019alaikum \U0001f642", "Assalamu\u2019alaikum \U0001f642"),
    ],
)
def test_the_text_is_kept_without_what_cannot_be_seen(typed: str, kept: str) -> None:
    assert clean(typed) == kept
    assert clean(kept) == kept


def test_reading_and_grading() -> None:
    question = essay("> Rubrik: 4 = a; 0 = b")
    assert KIND.read(question, {"": ["Satu.\r\n\r\nDua."]}) == "Satu.\n\nDua."
    assert KIND.read(question, {"": [" \x00\r\n "]}) is None
    assert KIND.read(question, {}) is None
    assert KIND.grade(question, "Satu.") == Mark(0.0, "pending")
    assert KIND.grade(question, None) == KIND.grade(question, " ") == Mark(0.0, "blank")
    assert KIND.grade(question, {"unreadable": "x"}) == Mark(0.0, "blank")
    assert KIND.show(question, "Satu.\n\nDua.") == "Satu.\n\nDua."
    assert KIND.right_answer(question) == ""


def test_a_text_of_twenty_thousand_letters_is_taken_and_one_more_is_not() -> None:
    question = essay("> Rubrik: 4 = a; 0 = b")
    assert KIND.read(question, {"": ["a" * MAX_LETTERS + "\r\n"]}) == "a" * MAX_LETTERS
    with pytest.raises(Unreadable) as caught:
        KIND.read(question, {"": ["a" * (MAX_LETTERS + 1)]})
    assert caught.value.code == "essay_long"


def test_in_a_survey_nothing_is_marked() -> None:
    question = essay("", extra="guna: evaluasi\n")
    assert not question.keyed and question.points == 0
    assert KIND.grade(question, "Baik sekali.") == Mark(1.0, "right")


def test_an_essay_takes_longer_than_a_choice() -> None:
    rubric = "> Rubrik: 4 = a; 0 = b"
    assert essay(rubric).minutes == 5
    assert essay(rubric, "kata=300..600").minutes == 15
    questions = (
        f"## A {{#a tipe=esai kata=200..}}\n\nJelaskan.\n\n{rubric}\n\n"
        "## B {#b}\n\nMana?\n\n- [x] Ini\n- [ ] Itu\n"
    )
    text = HEAD.format(extra="") + questions
    assert parse_quiz(text, "kuis.md").minutes == 11

"""Which questions are worth a look, and from how many people on."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from lms.content.parse import parse_quiz
from lms.content.questions import Question
from lms.domain.analysis.rules import (
    Choice,
    FlagCode,
    ItemFigures,
    Look,
    Offer,
    choices_of,
    flags_of,
    random_share,
    reading_seconds,
    seconds_of,
    shown_of,
)
from tests.cast import NOW
from tests.courses import QUESTIONS, quiz_text

F = FlagCode
GOOD = ItemFigures(
    100, 25.0, facility=70.0, discrimination=40.0, discrimination_interval=(20.0, 60.0), efficiency=60.0,
    intended=10.0, effective=11.0,
)  # fmt: skip


def choice(key: str, count: int, mean: float | None, worth: float = 0.0, *, of: int = 100, top: float = 0.1,
           correlation: float = -0.1) -> Choice:  # fmt: skip
    return Choice(Offer(key, key, worth), count, count / of, top, 0.1, mean, correlation)


KEY, OTHER = choice("key", 70, 80, 1.0, correlation=0.4), choice("other", 30, 60)
LOOK = Look(GOOD, (KEY, OTHER), dead=True, seconds=20, quiz_seconds=20, reading=12)


def codes(look: Look) -> list[FlagCode]:
    return [flag.code for flag in flags_of(look)]


def test_a_good_question_has_no_flag() -> None:
    assert codes(LOOK) == []
    easy = replace(GOOD, facility=95.0, efficiency=5.0)
    assert codes(replace(LOOK, figures=easy)) == []


SWAPPED = (choice("key", 30, 60, 1.0), choice("other", 70, 80))
CASES = {
    F.KEY_WRONG: replace(LOOK, choices=SWAPPED),
    F.KEY_AGAINST: replace(
        LOOK, figures=replace(GOOD, discrimination=-30.0, discrimination_interval=(-50.0, -1.0))
    ),
    F.TWO_RIGHT: replace(LOOK, choices=(KEY, choice("other", 30, 60, top=0.25, correlation=0.01))),
    F.DEAD_OPTION: replace(LOOK, choices=(KEY, OTHER, choice("third", 2, 50))),
    F.NO_DIFFERENCE: replace(LOOK, figures=replace(GOOD, efficiency=14.9)),
    F.TOO_HARD: replace(LOOK, figures=replace(GOOD, facility=34.9)),
    F.KNOWN_BEFORE: replace(LOOK, figures=replace(GOOD, facility=95.0), before=0.86),
    F.TOO_QUICK: replace(LOOK, figures=replace(GOOD, facility=97.0), seconds=3.9),
    F.SKIPPED: replace(LOOK, blank=16),
    F.SLOW: replace(LOOK, seconds=41),
    F.WEIGHT: replace(LOOK, figures=replace(GOOD, effective=21.0)),
}


@pytest.mark.parametrize(("code", "look"), CASES.items(), ids=CASES)
def test_each_reason_and_the_number_of_people_it_needs(code: FlagCode, look: Look) -> None:
    assert codes(look) == [code]
    needs = {F.KEY_WRONG: 10, F.KEY_AGAINST: 10, F.DEAD_OPTION: 60, F.WEIGHT: 60}.get(code, 30)

    def of(count: int) -> Look:
        blank = round(look.blank * count / 100 + 0.4) if look.blank else 0
        return replace(look, figures=replace(look.figures, count=count), blank=blank)

    assert codes(of(needs)) == [code]
    assert codes(of(needs - 1)) == []


@pytest.mark.parametrize(
    ("code", "look"),
    [
        (F.KEY_WRONG, replace(LOOK, choices=(choice("key", 30, 80, 1.0), choice("other", 70, 60)))),
        (F.KEY_AGAINST,
         replace(LOOK, figures=replace(GOOD, discrimination=-30.0, discrimination_interval=(-50.0, 1.0)))),
        (F.TWO_RIGHT, replace(LOOK, choices=(KEY, choice("other", 30, 60, top=0.24, correlation=0.2)))),
        (F.DEAD_OPTION, replace(LOOK, choices=(KEY, OTHER, choice("third", 3, 50)))),
        (F.NO_DIFFERENCE, replace(LOOK, figures=replace(GOOD, facility=86.0, efficiency=5.0))),
        (F.NO_DIFFERENCE, replace(LOOK, figures=replace(GOOD, efficiency=15.0))),
        (F.TOO_HARD, replace(LOOK, figures=replace(GOOD, facility=35.0))),
        (F.TOO_HARD, replace(LOOK, figures=replace(GOOD, facility=10.0), pretest=True)),
        (F.KNOWN_BEFORE, replace(LOOK, figures=replace(GOOD, facility=96.5), before=0.86)),
        (F.KNOWN_BEFORE, replace(LOOK, figures=replace(GOOD, facility=90.0), before=0.85)),
        (F.SKIPPED, replace(LOOK, blank=15)),
        (F.WEIGHT, replace(LOOK, figures=replace(GOOD, effective=20.0))),
    ],
)  # fmt: skip
def test_just_short_of_a_reason_is_none(code: FlagCode, look: Look) -> None:
    assert codes(look) == []


def test_a_key_that_nobody_chose_is_told_of_few_people_too() -> None:
    none = (choice("key", 0, None, 1.0), choice("other", 9, 60))
    for count, expected in ((9, [F.KEY_UNCHOSEN]), (5, [F.KEY_UNCHOSEN]), (4, [])):
        assert codes(Look(ItemFigures(count, 25.0), none)) == expected


def test_accepted_texts_are_one_key() -> None:
    typed = (choice("warga", 30, 60, 1.0), choice("masyarakat", 25, 60, 1.0), choice("orang", 45, 70))
    assert codes(replace(LOOK, choices=typed, dead=False)) == []
    assert codes(replace(LOOK, choices=typed, dead=False, several=True)) == [F.KEY_WRONG]


def test_how_much_is_told() -> None:
    assert [shown_of(count) for count in (9, 10, 29, 30)] == ["counts", "indicative", "indicative", "all"]


def test_choices_name_who_took_them() -> None:
    offers = [Offer("o1", "Ya", 1.0), Offer("o2", "Tidak", 0.0)]
    given = [{"o1"}] * 5 + [{"o2"}] * 4 + [set[str]()]
    totals = [10.0, 9, 8, 7, 6, 5, 4, 3, 2, 1]
    one, two = choices_of(offers, given, totals, totals, 10)
    assert (one.count, one.share, one.top, one.bottom, one.mean) == (5, 0.5, 1, 0, 80)
    assert (two.count, two.top, two.mean) == (4, 0, 35)
    assert two.bottom == pytest.approx(2 / 3)
    assert one.correlation == pytest.approx(0.8704, abs=5e-5)


def questions() -> dict[str, Question]:
    more = """
## Pasangan {#k-11 nilai=sebagian}

Pasangkan.

- A -> satu
- B -> dua
- -> tiga
"""
    quiz = parse_quiz(quiz_text("kuis", "Kuis", questions=QUESTIONS + more), "kuis.md")
    return {question.id: question for question in quiz.questions()}


def test_guessing_by_kind() -> None:
    found = {key: random_share(question) for key, question in questions().items()}
    expected = {"k-01": 100 / 3, "k-02": None, "k-03": 50, "k-04": None, "k-06": 50, "k-11": 100 / 3}
    assert {key: found[key] for key in expected} == pytest.approx(expected)


def test_seconds_between_answers() -> None:
    def at(seconds: int) -> datetime:
        return NOW + timedelta(seconds=seconds)

    assert seconds_of(NOW, {"b": at(50), "a": at(20), "d": at(90)}) == {"a": 20, "b": 30, "d": 40}
    assert seconds_of(NOW, {"a": at(60), "b": at(60)}) == {}
    assert seconds_of(NOW, {}) == {}


def test_reading_takes_two_hundred_words_a_minute() -> None:
    assert reading_seconds(questions()["k-06"]) == pytest.approx(15 * 0.3)

"""Numbers of learners are read as Indonesians write them, and never guessed."""

from __future__ import annotations

import pytest

from lms.content.questions import Unreadable
from lms.content.questions.numbers import learner_number, like_thousands, plain_text, source_range, spoken


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("20", "20"),
        ("3,5", "3.5"),
        ("3.5", "3.5"),
        ("1.000", "1000"),
        ("12.500", "12500"),
        ("1.000,5", "1000.5"),
        ("1.234.567", "1234567"),
        ("0.500", "0.5"),
        ("-3,5", "-3.5"),
        ("−7", "-7"),
        ("+4", "4"),
        (" 20 ", "20"),
        ("007", "7"),
        ("1.0000", "1"),
    ],
)
def test_what_is_read(typed: str, read: str) -> None:
    assert plain_text(learner_number(typed)) == read


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "dua puluh",
        "1,000,000",
        "1,000.5",
        "1.00.000",
        "3,5,1",
        "1e3",
        "20 JP",
        "--3",
        "½",
        "٣",
        "1 000",
        "9" * 40,
    ],
)
def test_what_is_refused(typed: str) -> None:
    with pytest.raises(Unreadable) as caught:
        learner_number(typed)
    assert caught.value.code == "number_unreadable"


@pytest.mark.parametrize(
    ("source", "low", "high"),
    [
        ("20", "20", "20"),
        ("25 ± 0.5", "24.5", "25.5"),
        ("25 +- 0.5", "24.5", "25.5"),
        ("200 ± 5%", "190", "210"),
        ("19..21", "19", "21"),
        ("-3.5", "-3.5", "-3.5"),
    ],
)
def test_tolerance_and_range(source: str, low: str, high: str) -> None:
    found = source_range(source)
    assert found is not None
    assert (plain_text(found.low), plain_text(found.high)) == (low, high)


@pytest.mark.parametrize("source", ["21..19", "3,5", "dua", "1e3", "20 ± x", ".."])
def test_what_is_no_number_in_a_source(source: str) -> None:
    assert source_range(source) is None


def test_a_point_that_looks_like_thousands() -> None:
    assert like_thousands("1.000")
    assert like_thousands("25 ± 1.000")
    assert not like_thousands("0.500")
    assert not like_thousands("1.5")


def test_a_number_is_shown_the_indonesian_way() -> None:
    assert [spoken(text) for text in ("1000.5", "-12500", "0.25", "3")] == ["1.000,5", "-12.500", "0,25", "3"]

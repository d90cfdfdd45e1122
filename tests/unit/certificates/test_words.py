from datetime import date

import pytest

from lms.domain.certificates import words


@pytest.mark.parametrize(
    ("n", "said"),
    [
        (0, "nol"),
        (1, "satu"),
        (10, "sepuluh"),
        (11, "sebelas"),
        (12, "dua belas"),
        (19, "sembilan belas"),
        (20, "dua puluh"),
        (45, "empat puluh lima"),
        (100, "seratus"),
        (111, "seratus sebelas"),
        (200, "dua ratus"),
        (999, "sembilan ratus sembilan puluh sembilan"),
        (1000, "seribu"),
        (1011, "seribu sebelas"),
        (2026, "dua ribu dua puluh enam"),
        (9999, "sembilan ribu sembilan ratus sembilan puluh sembilan"),
    ],
)
def test_numbers_are_said_as_in_indonesian(n: int, said: str) -> None:
    assert words.number_words(n) == said


def test_each_number_has_its_own_words() -> None:
    assert len({words.number_words(n) for n in range(10_000)}) == 10_000


@pytest.mark.parametrize("n", [-1, 10_000])
def test_other_numbers_have_no_words(n: int) -> None:
    with pytest.raises(ValueError):
        words.number_words(n)


def test_months() -> None:
    assert [words.month_roman(month) for month in (1, 4, 9, 11, 12)] == ["I", "IV", "IX", "XI", "XII"]
    assert words.long_date(date(2026, 5, 1)) == "1 Mei 2026"


@pytest.mark.parametrize(("value", "text"), [(87.5, "87,5"), (100.0, "100"), (66.666, "66,67"), (0.0, "0")])
def test_scores_have_a_comma(value: float, text: str) -> None:
    assert words.decimal(value) == text


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (date(2026, 11, 2), date(2026, 11, 20), "tanggal 2 sampai 20 November 2026"),
        (date(2026, 11, 2), date(2026, 11, 2), "tanggal 2 November 2026"),
        (date(2026, 10, 28), date(2026, 11, 3), "tanggal 28 Oktober sampai 3 November 2026"),
        (date(2026, 12, 28), date(2027, 1, 3), "tanggal 28 Desember 2026 sampai 3 Januari 2027"),
        (date(2026, 11, 2), date(2027, 11, 2), "tanggal 2 November 2026 sampai 2 November 2027"),
    ],
)
def test_a_period_says_nothing_twice(first: date, last: date, text: str) -> None:
    assert words.period(first, last) == text


def test_a_period_runs_forward() -> None:
    with pytest.raises(ValueError):
        words.period(date(2026, 11, 3), date(2026, 11, 2))

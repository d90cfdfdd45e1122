"""The figures of published examples, to four decimals, and what has no figure."""

from __future__ import annotations

import pytest

from lms.domain.analysis.rules import Item, analyse, groups_of, near, top_bottom, wilson

FIVE = ["11110", "11110", "11101", "11100", "11011", "11001", "10100", "10001", "11001", "10001"]
THREE = ["213", "212", "113", "201", "010", "102", "000", "213"]
MAXIMA = (2, 1, 3)


def items_of(rows: list[str], maxima: tuple[int, ...]) -> list[Item]:
    return [Item(most, [float(row[place]) for row in rows]) for place, most in enumerate(maxima)]


NAMES = ("facility", "spread", "intended", "effective", "discrimination", "efficiency")
ROWS_OF_FIVE = [
    (100, 0, 20, 0, None, None),
    (70, 48.3046, 20, 38.7787, 53.4522, 100),
    (50, 52.7046, 20, 26.1446, -25, -33.3333),
    (30, 48.3046, 20, 35.0767, 21.8218, 37.5),
    (60, 51.6398, 20, None, -59.7614, -75),
]
ROWS_OF_THREE = [
    (62.5, 44.3203, 33.3333, 34.1988, 63.0341, 67.5676),
    (62.5, 51.7549, 16.6667, 22.0282, 41.4039, 50),
    (58.3333, 42.7247, 50, 43.7731, 76.7129, 79.4872),
]


@pytest.mark.parametrize(
    ("rows", "maxima", "expected"),
    [(FIVE, (1,) * 5, ROWS_OF_FIVE), (THREE, MAXIMA, ROWS_OF_THREE)],
    ids=["right or wrong", "points in parts"],
)
def test_figures_of_each_question(
    rows: list[str], maxima: tuple[int, ...], expected: list[tuple[float | None, ...]]
) -> None:
    found = analyse(items_of(rows, maxima)).items
    for figures, row in zip(found, expected, strict=True):
        assert tuple(getattr(figures, name) for name in NAMES) == pytest.approx(row, abs=5e-5)
    assert [figures.negative for figures in found] == [row[3] is None for row in expected]


def test_figures_of_the_whole() -> None:
    five, three = analyse(items_of(FIVE, (1,) * 5)).whole, analyse(items_of(THREE, MAXIMA)).whole
    assert five is not None and three is not None
    names = (
        "mean", "median", "deviation", "skewness", "kurtosis", "consistency", "error_ratio", "error", "kr20"
    )  # fmt: skip
    assert [getattr(five, name) for name in names] == pytest.approx(
        [3.1, 3, 0.8756, -0.2235, -1.7337, -39.8551, 118.2603, 1.0355, -0.3986], abs=5e-5
    )
    assert [getattr(three, name) for name in names] == pytest.approx(
        [3.625, 4, 2.2638, -0.5618, -1.0983, 71.0801, 53.7772, 1.2174, None], abs=5e-5
    )
    assert five.kr20 == pytest.approx((five.consistency or 0) / 100)


def test_top_and_bottom_of_the_published_groups_and_with_everyone_who_ties() -> None:
    """The published figures take three people in the order of the rows; here whoever ties is in the group."""
    totals = [sum(int(mark) for mark in row) for row in FIVE]
    order = sorted(range(10), key=lambda place: -totals[place])
    published = [
        top_bottom([float(row[place]) for row in FIVE], 1, order[:3], order[-3:]) for place in range(5)
    ]
    assert published == pytest.approx([0, 1, 0.6667, 0.6667, -0.3333], abs=5e-5)
    groups = groups_of(totals)
    assert (sorted(groups.top), sorted(groups.bottom)) == ([0, 1, 2, 4], [6, 7, 9])
    found = analyse(items_of(FIVE, (1,) * 5)).items
    assert [one.top_bottom for one in found] == pytest.approx([0, 1, 5 / 12, 0.75, -1 / 6])
    assert (found[0].top, found[0].bottom) == (4, 3)
    assert [one.top_bottom for one in analyse(items_of(THREE, MAXIMA)).items] == pytest.approx([1, 0.5, 1])


def test_quarters_rise_and_people_of_one_total_are_in_one() -> None:
    groups = groups_of([1, 2, 3, 4, 5, 6, 7, 8])
    assert groups.quarter == (0, 0, 1, 1, 2, 2, 3, 3)
    assert len(set(groups_of([5, 5, 5, 5]).quarter)) == 1
    figures = analyse(items_of(FIVE, (1,) * 5)).items[1]
    assert figures.quarters == (0, 100, None, 100)


def test_a_drawn_question_is_compared_with_the_whole_total() -> None:
    marks = [[1, 0, 1, None, 1, 0, None], [1, 0, 1, 1, 0, 0, 1], [0, 0, 1, 1, 1, 0, 0]]
    found = analyse([Item(1, marks[0], drawn=True), Item(1, marks[1]), Item(1, marks[2])])
    drawn = found.items[0]
    assert (drawn.count, drawn.facility, drawn.intended, drawn.effective) == (5, 60, None, None)
    # totals of those who were asked: 2 0 3 2 0, marks 1 0 1 1 0: covariance 0.7, variances 0.3 and 1.8
    assert drawn.discrimination == pytest.approx(100 * 0.7 / (0.3 * 1.8) ** 0.5)
    assert found.whole is not None and found.whole.consistency is None and found.whole.kr20 is None


@pytest.mark.parametrize("people", [0, 1, 2, 12])
def test_questions_without_spread_have_blanks(people: int) -> None:
    found = analyse([Item(1, [1 / 3] * people), Item(2, [2.0] * people)])
    assert all(
        (one.discrimination, one.efficiency) == (None, None) and one.effective in (None, 0)
        for one in found.items
    )
    if found.whole is None:
        assert people == 0
    else:
        assert (found.whole.consistency, found.whole.error, found.whole.skewness) == (None, None, None)


def test_wilson_interval() -> None:
    """Newcombe (1998), Statistics in Medicine 17, 857-872, table I, score method without correction."""
    assert wilson(81 / 263, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert wilson(15 / 148, 148) == pytest.approx((0.0624, 0.1605), abs=5e-5)
    assert wilson(0, 20) == pytest.approx((0, 0.1611), abs=5e-5)


def test_near_the_border_counts_both_sides_and_the_edge() -> None:
    assert near([5, 6, 7, 8, 9.01], border=7, error=1) == 3

"""Whom an assignment touches, as plain values."""

from __future__ import annotations

from datetime import date

import pytest

from lms.domain.assignments.rules import Counts, Rule, newcomer_due, rule_of

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    "rule", [Rule(), Rule((1, 2), (3,), ("pns",), (4, 5)), Rule(people=(9,)), Rule(employment=("pppk",))]
)
def test_a_rule_survives_its_row(rule: Rule) -> None:
    assert rule_of(rule.plain) == rule


def test_only_traits_can_be_followed() -> None:
    assert not Rule(people=(1,)).by_trait
    assert Rule(units=(1,)).by_trait and Rule(positions=(1,)).by_trait and Rule(employment=("pns",)).by_trait


@pytest.mark.parametrize(
    ("due", "days", "found"),
    [
        (date(2026, 12, 31), 30, date(2026, 12, 31)),
        (date(2026, 12, 1), 30, date(2026, 12, 24)),
        (date(2026, 1, 1), 1, date(2026, 11, 25)),
    ],
)
def test_newcomers_have_their_days(due: date, days: int, found: date) -> None:
    assert newcomer_due(due, days, TODAY) == found


def test_the_exempt_are_not_in_the_denominator() -> None:
    counts = Counts(not_begun=1, begun=2, done=3, late=4, exempt=5)
    assert (counts.asked, counts.share) == (10, 30.0)
    assert Counts(exempt=5).share == 0.0

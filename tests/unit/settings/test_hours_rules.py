"""Rules of lesson hours by year, with figures worked out by hand."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.clock import local_date
from lms.domain.settings.rules import (
    HOURS_FIELDS,
    Policy,
    hours_rule,
    minutes_per_jp,
    target_jp,
    with_hours_rule,
)

BASE = {
    "minutes_per_jp": 45, "target_jp_pns": 20, "target_jp_cpns": 20, "target_jp_pppk": 20,
    "target_jp_pppk_paruh_waktu": 20, "target_jp_lainnya": 0,
}  # fmt: skip


def with_rule(policy: Policy, since: int, *, this_year: int = 2026, **changes: int) -> Policy:
    rules = with_hours_rule(policy, since, BASE | changes, "SK 1/2026", this_year=this_year)
    return Policy(hours_rules=rules)


def test_a_year_keeps_the_rule_that_began_before_it() -> None:
    policy = with_rule(Policy(), 2029, target_jp_pppk=24, minutes_per_jp=60)
    policy = with_rule(policy, 2027, target_jp_pppk=22)
    found = [(target_jp(policy, "pppk", year), minutes_per_jp(policy, year)) for year in range(2025, 2031)]
    assert found == [(20, 45), (20, 45), (22, 45), (22, 45), (24, 60), (24, 60)]
    assert hours_rule(policy, 2026).since is None and hours_rule(policy, 2028).source == "SK 1/2026"
    assert target_jp(policy, "unknown", 2029) == 0


def test_the_newer_rule_of_one_year_takes_the_place_of_the_older() -> None:
    policy = with_rule(with_rule(Policy(), 2027, target_jp_pns=30), 2027, target_jp_pns=25)
    assert len(policy.hours_rules) == 1 and target_jp(policy, "pns", 2027) == 25


def test_a_past_year_is_refused() -> None:
    with pytest.raises(ValueError, match="past year"):
        with_rule(Policy(), 2025)


def test_the_year_turns_at_midnight_in_wib() -> None:
    policy = with_rule(Policy(), 2027, target_jp_pns=25)
    before, after = datetime(2026, 12, 31, 16, 59, 59, tzinfo=UTC), datetime(2026, 12, 31, 17, tzinfo=UTC)
    assert [target_jp(policy, "pns", local_date(moment).year) for moment in (before, after)] == [20, 25]


@given(st.lists(st.tuples(st.integers(2026, 2040), st.integers(0, 400)), max_size=8), st.integers(2000, 2060))
def test_a_rule_changes_no_year_before_it(changes: list[tuple[int, int]], year: int) -> None:
    """Whatever is stored in which order: the newest rule of the latest year that began counts."""
    policy = Policy()
    for since, target in changes:
        earlier = {one: hours_rule(policy, one) for one in range(2020, since)}
        policy = with_rule(policy, since, target_jp_pns=target)
        assert all(hours_rule(policy, one) == rule for one, rule in earlier.items())
    last = {since: target for since, target in changes if since <= year}
    assert target_jp(policy, "pns", year) == (last[max(last)] if last else 20)
    assert set(hours_rule(policy, year).values) == set(HOURS_FIELDS)

"""Whatever the day and the rule: a window opens before the end, and states follow each other in order."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from lms.domain.obligations.rules import State, Terms, standing, valid_until

DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))
MONTHS = st.none() | st.integers(1, 120)
ORDER = [State.VALID, State.SOON, State.EXPIRED]


@st.composite
def terms(draw: st.DrawFn) -> Terms:
    start = draw(DAYS)
    first = draw(st.none() | st.integers(0, 400).map(lambda days: start + timedelta(days=days)))
    return Terms(start, draw(MONTHS), draw(st.integers(0, 366)), first, draw(st.integers(1, 366)))


@given(DAYS, st.integers(1, 120))
def test_months_keep_the_day_or_take_the_last_one(done: date, months: int) -> None:
    until = valid_until(done, months)
    assert (until.year - done.year) * 12 + until.month - done.month == months
    assert until.day == done.day or (until + timedelta(days=1)).day == 1 and until.day < done.day


@given(DAYS, DAYS, MONTHS)
def test_a_later_completion_never_ends_earlier(one: date, other: date, months: int | None) -> None:
    first, last = sorted((one, other))
    assert first < valid_until(first, months) <= valid_until(last, months)


@given(DAYS, MONTHS)
def test_a_calendar_year_ends_with_the_next_one(done: date, months: int | None) -> None:
    until = valid_until(done, None)
    assert (until.month, until.day, until.year) == (12, 31, done.year + 1)


@given(terms(), st.none() | DAYS, DAYS, DAYS, st.integers(1, 2000))
def test_time_goes_one_way(rule: Terms, done: date | None, since: date, today: date, step: int) -> None:
    now = standing(rule, done, since, today)
    later = standing(rule, done, since, today + timedelta(days=step))
    assert (now.due_on, now.opens_on) == (later.due_on, later.opens_on)
    if done is None:
        assert [now.state, later.state] != [State.DUE, State.NEVER]
        assert (now.state is State.DUE) == (today > now.due_on)
    else:
        assert ORDER.index(now.state) <= ORDER.index(later.state)
        assert now.opens_on <= now.due_on
        assert (now.state is State.EXPIRED) == (today > now.due_on)
        assert now.renewable == (today >= now.opens_on or now.state is State.EXPIRED)

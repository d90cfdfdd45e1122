"""When somebody may be written to: quiet hours, weekends, days off, across midnight and the year's end."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.clock import WIB
from lms.domain.reminders.rules import Hours, Schedule, time_of, week_of
from lms.domain.reminders.rules.times import BACKOFF, NoTime, next_try

NIGHT = Hours(time(17), time(7), True)
TIMES = st.times().map(lambda at: at.replace(microsecond=0))
INSTANTS = st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC)).map(
    lambda at: at.replace(microsecond=0)
)
DAYS = st.sets(st.dates(date(2026, 1, 1), date(2028, 3, 1)), max_size=25)
HOURS = st.builds(Hours, TIMES, TIMES, st.booleans(), DAYS)


def wib(day: int, hour: int, minute: int = 0, *, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=WIB)


@given(HOURS, INSTANTS)
def test_the_next_open_hour_is_open_and_nothing_before_it_is(hours: Hours, at: datetime) -> None:
    found = hours.next_open(at)
    if found is None:
        return
    assert found >= at and hours.is_open(found)
    assert hours.is_open(at) == (found == at)
    step = (found - at) / 50
    for part in range(50 if step > timedelta(0) else 0):
        assert not hours.is_open(at + part * step)


@given(HOURS, INSTANTS, st.integers(1, 7), TIMES)
def test_no_run_is_due_in_a_quiet_hour_nor_twice(
    hours: Hours, now: datetime, weekday: int, hour: time
) -> None:
    schedule = Schedule(weekday, hour, hours)
    due = schedule.due(now, ())
    assert not due or hours.is_open(now)
    assert schedule.due(now, due) == []
    for key in due:
        slot = datetime.combine(date.fromisoformat(key.partition(":")[2]), hour, WIB)
        assert now - timedelta(days=7) <= slot <= now
        assert not key.startswith("weekly") or slot.isoweekday() == weekday


@given(HOURS, INSTANTS, st.integers(1, 7), TIMES)
def test_what_is_foretold_comes_true(hours: Hours, now: datetime, weekday: int, hour: time) -> None:
    schedule = Schedule(weekday, hour, hours)
    at = schedule.next_weekly(now, ())
    if at is not None and at - now < timedelta(days=6):
        assert any(key.startswith("weekly") for key in schedule.due(at, ())) or (
            schedule.weekly_day(at) < at.astimezone(WIB).date() == schedule.weekly_day(at) + timedelta(days=7)
        )


def test_a_night_across_midnight_and_a_weekend() -> None:
    assert NIGHT.next_open(wib(27, 16, 59)) == wib(27, 16, 59)  # a Friday
    assert NIGHT.next_open(wib(27, 17)) == wib(30, 7)
    assert NIGHT.next_open(wib(26, 23, 59)) == wib(27, 7)
    assert NIGHT.next_open(wib(27, 0)) == wib(27, 7)
    noon = Hours(time(12), time(13), False)
    assert noon.next_open(wib(27, 12, 30)) == wib(27, 13)
    assert Hours(time(7), time(7), False).is_open(wib(27, 3))


def test_days_off_over_the_end_of_the_year() -> None:
    feast = Hours(time(17), time(7), True, {date(2026, 12, day) for day in (24, 25, 31)} | {date(2027, 1, 1)})
    assert feast.next_open(wib(23, 20, month=12)) == wib(28, 7, month=12)
    assert feast.next_open(wib(30, 18, month=12)) == datetime(2027, 1, 4, 7, tzinfo=WIB)
    everything = {date(2026, 11, 1) + timedelta(days=days) for days in range(90)}
    assert Hours(time(17), time(7), True, everything).next_open(wib(2, 9)) is None


def test_a_monday_off_postpones_the_digest_and_nothing_comes_before_it() -> None:
    off = Hours(time(17), time(7), True, {date(2026, 11, 23)})
    schedule = Schedule(1, time(8), off)
    done = {"weekly:2026-11-16", "daily:2026-11-20"}
    assert schedule.next_weekly(wib(20, 12), done) == wib(24, 7)
    assert schedule.due(wib(24, 6, 59), done) == []
    assert schedule.due(wib(24, 7), done) == ["weekly:2026-11-23", "daily:2026-11-23"]
    plain = Schedule(1, time(8), NIGHT)
    assert plain.due(wib(23, 7, 30), done) == []  # the urgent ones wait for the digest of this morning
    assert plain.due(wib(23, 8), done) == ["weekly:2026-11-23", "daily:2026-11-23"]


def test_what_lies_before_the_switch_is_not_made_up_for() -> None:
    schedule = Schedule(1, time(8), NIGHT, since=wib(25, 9))
    assert schedule.due(wib(25, 10), ()) == []
    assert schedule.next_weekly(wib(25, 10), ()) == wib(30, 8)
    assert schedule.next_daily(wib(25, 10), ()) == wib(26, 8)
    assert schedule.due(wib(26, 8), ()) == ["daily:2026-11-26"]


def test_the_week_begins_on_monday_in_wib() -> None:
    assert week_of(datetime(2026, 11, 29, 16, 59, tzinfo=UTC)) == wib(23, 0)  # Sunday 23.59 WIB
    assert week_of(datetime(2026, 11, 29, 17, 0, tzinfo=UTC)) == wib(30, 0)
    assert week_of(datetime(2027, 1, 1, 3, tzinfo=UTC)) == wib(28, 0, month=12)


def test_times_of_day_and_tries() -> None:
    assert time_of(" 07.30 ") == time_of("07:30") == time(7, 30)
    for wrong in ("7.30", "24.00", "08.60", "", "pagi", "०८.००"):
        with pytest.raises(NoTime):
            time_of(wrong)
    now = wib(24, 10)
    assert [next_try(tries, now) for tries in range(1, 6)] == [now + wait for wait in BACKOFF]
    assert next_try(6, now) is None

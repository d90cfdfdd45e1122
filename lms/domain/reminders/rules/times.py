"""When somebody may be written to, and when a run is due; all days and hours are those of WIB."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from lms.clock import WIB

SEARCHED_DAYS = 60
"""So far ahead an open hour is looked for: no feast lasts longer."""
_TIME = re.compile(r"([01]\d|2[0-3])[.:]([0-5]\d)", re.ASCII)


class NoTime(ValueError):
    """The text is no time of day."""


def time_of(text: str) -> time:
    """Return "08.00" or "08:00" as a time of day. Raises NoTime."""
    found = _TIME.fullmatch(text.strip())
    if found is None:
        raise NoTime(text)
    return time(int(found[1]), int(found[2]))


@dataclass(frozen=True)
class Hours:
    """When nobody is written to: hours of the night (may cross midnight), weekends, days off.

    The same time twice means no quiet hours.
    """

    quiet_from: time
    quiet_until: time
    weekend: bool  # Saturday and Sunday are quiet
    holidays: Collection[date] = frozenset()

    def is_open(self, at: datetime) -> bool:
        """Whether somebody may be written to at this instant."""
        local = at.astimezone(WIB)
        return not self._closed(local.date()) and not self._quiet(local.time())

    def next_open(self, at: datetime) -> datetime | None:
        """Return the first instant from `at` on that is open; None when none comes within sixty days."""
        day = at.astimezone(WIB).date()
        for step in range(SEARCHED_DAYS + 1):
            for hour in (time(), self.quiet_until):
                begin = datetime.combine(day + timedelta(days=step), hour, WIB)
                if step == 0 and begin < at:
                    begin = at
                if self.is_open(begin):
                    return begin
        return None

    def _closed(self, day: date) -> bool:
        return (self.weekend and day.isoweekday() >= 6) or day in self.holidays

    def _quiet(self, hour: time) -> bool:
        if self.quiet_from <= self.quiet_until:
            return self.quiet_from <= hour < self.quiet_until
        return hour >= self.quiet_from or hour < self.quiet_until


@dataclass(frozen=True)
class Schedule:
    """The day (1 is Monday) and hour of the weekly digest; urgent reminders go at this hour each day.

    Runs planned before `since` (reminders were switched on, or day or hour changed) are not made up for.
    """

    weekday: int
    hour: time
    hours: Hours
    since: datetime | None = None

    def weekly_day(self, now: datetime) -> date:
        """Return the day of the newest weekly digest whose hour has come."""
        day = self.daily_day(now)
        return day - timedelta(days=(day.isoweekday() - self.weekday) % 7)

    def daily_day(self, now: datetime) -> date:
        """Return the newest day whose hour has come."""
        local = now.astimezone(WIB)
        return local.date() - timedelta(days=0 if local.time() >= self.hour else 1)

    def due(self, now: datetime, done: Collection[str]) -> list[str]:
        """Return the keys of runs that are due, the weekly one first: postponed ones, too, never in a quiet
        hour. A day whose weekly digest is still to come has no run before it.
        """
        if not self.hours.is_open(now):
            return []
        today = now.astimezone(WIB).date()
        if today.isoweekday() == self.weekday and self.daily_day(now) < today:
            return []
        keys = [f"weekly:{self.weekly_day(now)}", f"daily:{self.daily_day(now)}"]
        return [key for key in keys if not self._over(key, done)]

    def next_weekly(self, now: datetime, done: Collection[str]) -> datetime | None:
        """Return when the next weekly digest goes out."""
        day = self.weekly_day(now)
        if self._over(f"weekly:{day}", done):
            day += timedelta(days=7)
        return self.hours.next_open(max(now, datetime.combine(day, self.hour, WIB)))

    def next_daily(self, now: datetime, done: Collection[str]) -> datetime | None:
        """Return when urgent reminders go out next."""
        day = self.daily_day(now)
        if self._over(f"daily:{day}", done):
            day += timedelta(days=1)
        return self.hours.next_open(max(now, datetime.combine(day, self.hour, WIB)))

    def _over(self, key: str, done: Collection[str]) -> bool:
        begin = datetime.combine(slot_of(key), self.hour, WIB)
        return key in done or (self.since is not None and begin < self.since)


def week_of(at: datetime) -> datetime:
    """Return the Monday midnight (WIB) that begins the week of an instant."""
    day = at.astimezone(WIB).date()
    return datetime.combine(day - timedelta(days=day.isoweekday() - 1), time(), WIB)


def slot_of(key: str) -> date:
    """Return the day of a run's key."""
    return date.fromisoformat(key.partition(":")[2])


BACKOFF = tuple(timedelta(minutes=minutes) for minutes in (5, 15, 60, 240, 720))
"""Waits after a failure that may pass: mail servers that greylist want more than five minutes."""
LIFE = timedelta(days=5)
"""An unsent message is given up when it is this old; the next digest says what is true then."""


def next_try(tries: int, now: datetime) -> datetime | None:
    """Return when a message that failed `tries` times is sent again; None: it is given up."""
    return now + BACKOFF[tries - 1] if tries <= len(BACKOFF) else None

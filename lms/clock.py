"""The one clock of the application; rules take the time as an argument."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

WIB = ZoneInfo("Asia/Jakarta")
_frozen: ContextVar[datetime | None] = ContextVar("frozen_clock", default=None)
_global_frozen: list[datetime] = []


def now() -> datetime:
    """Return the present instant, aware, in UTC, to the second (what the database keeps)."""
    moved = _frozen.get() or (_global_frozen[-1] if _global_frozen else None)
    return moved or datetime.now(UTC).replace(microsecond=0)


def local_date(instant: datetime) -> date:
    """Return the calendar day of an aware instant in WIB (Asia/Jakarta, UTC+7)."""
    return instant.astimezone(WIB).date()


@contextmanager
def frozen(instant: datetime) -> Iterator[None]:
    """Hold the clock at `instant` (aware) in this context and, for servers under test, in all threads."""
    token = _frozen.set(instant)
    _global_frozen.append(instant)
    try:
        yield
    finally:
        _global_frozen.pop()
        _frozen.reset(token)

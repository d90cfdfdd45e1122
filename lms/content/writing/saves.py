"""Which saved states of a text are kept: all of the last day, one an hour for a week, then one a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

ALL_FOR = timedelta(days=1)
HOURLY_FOR = timedelta(days=7)


def surplus(saves: Sequence[tuple[int, datetime]], now: datetime) -> list[int]:
    """The ids of those to drop; `saves` are (id, time) from the oldest to the newest.

    Of an hour or a day the last one stays; the newest of all always stays.
    """
    kept: dict[tuple[int, ...], int] = {}
    for one, at in saves:
        age = now - at
        if age < ALL_FOR:
            key: tuple[int, ...] = (one,)
        else:
            key = (at.year, at.month, at.day, at.hour if age < HOURLY_FOR else -1, -1)
        kept[key] = one
    stay = {*kept.values(), *(one for one, _at in saves[-1:])}
    return [one for one, _at in saves if one not in stay]

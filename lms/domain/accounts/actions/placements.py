"""The history of places: which unit and position a person has from which day on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from lms.domain.accounts.models import Placement

Where = tuple[int | None, int | None]


@dataclass(frozen=True)
class Move:
    """A person comes to a unit and position (ids) on a day; `before`: where they were, None for nowhere."""

    user_id: int
    to: Where
    since: date
    before: Where | None = None


def record_moves(session: Session, moves: Sequence[Move], *, now: datetime, actor: int | None) -> None:
    """Append a place for each move, in three statements however many there are.

    Somebody without history first gets the place held before, from an unknown day on. A move dated on or
    before the newest place corrects that place: the order of days is the order of the moves.
    """
    newest = _newest(session, [move.user_id for move in moves])
    added: list[dict[str, object]] = []
    mended: list[dict[str, object]] = []
    stamp = {"recorded_at": now, "recorded_by": actor}
    for move in moves:
        last = newest.get(move.user_id)
        place = {"unit_id": move.to[0], "position_id": move.to[1]}
        if last is None and move.before is not None:
            earlier = {"unit_id": move.before[0], "position_id": move.before[1]}
            added.append({"user_id": move.user_id, "since": None, **earlier, **stamp})
        if last is not None and last[1] is not None and move.since <= last[1]:
            mended.append({"id": last[0], **place, **stamp})
        else:
            added.append({"user_id": move.user_id, "since": move.since, **place, **stamp})
    if added:
        session.execute(insert(Placement), added)
    if mended:
        session.execute(update(Placement), mended)


def _newest(session: Session, user_ids: Sequence[int]) -> dict[int, tuple[int, date | None]]:
    """Return id and day of the newest place of each person."""
    found: dict[int, tuple[int, date | None]] = {}
    rows = select(Placement.user_id, Placement.id, Placement.since).where(Placement.user_id.in_(user_ids))
    for user_id, place_id, since in session.execute(rows):
        last = found.get(user_id)
        if last is None or last[1] is None or (since is not None and since > last[1]):
            found[user_id] = (place_id, since)
    return found

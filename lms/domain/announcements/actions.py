"""Publish and withdraw announcements."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.domain.accounts.actions import Refused
from lms.domain.accounts.models import OrgUnit, User
from lms.domain.accounts.rules import squeezed
from lms.domain.announcements.models import Announcement
from lms.domain.audit.actions import record

TITLE_MAX, BODY_MAX, DAYS_MAX = 120, 1000, 92


def announce(
    session: Session, *, title: str, body: str, shown_from: date, shown_until: date, unit_id: int | None,
    by: User, now: datetime,
) -> Announcement:  # fmt: skip
    """Publish a message for some days, both ends included; the same one again is the one that is there.

    Raises Refused: "announcement.title", ".body" for a length, ".days" for an end before the begin or a
    span of more than three months, "unit.unknown".
    """
    title, body = squeezed(title), body.strip().replace("\r\n", "\n")
    if not 1 <= len(title) <= TITLE_MAX:
        raise Refused("announcement.title", "title", most=TITLE_MAX)
    if not 1 <= len(body) <= BODY_MAX:
        raise Refused("announcement.body", "body", most=BODY_MAX)
    if not 0 <= (shown_until - shown_from).days <= DAYS_MAX:
        raise Refused("announcement.days", "shown_until", most=DAYS_MAX)
    if unit_id is not None:
        unit = session.get(OrgUnit, unit_id)
        if unit is None or unit.closed_on is not None:
            raise Refused("unit.unknown", "unit_id")
    same = session.scalar(
        select(Announcement).where(
            Announcement.title == title, Announcement.body == body, Announcement.shown_from == shown_from,
            Announcement.shown_until == shown_until, Announcement.unit_id.is_not_distinct_from(unit_id),
            Announcement.withdrawn_at.is_(None),
        ).limit(1)
    )  # fmt: skip
    if same is not None:
        return same
    made = Announcement(
        title=title, body=body, shown_from=shown_from, shown_until=shown_until, unit_id=unit_id,
        created_at=now, created_by=by.id,
    )  # fmt: skip
    session.add(made)
    session.flush()
    record(
        session, "announcement.made", now=now, actor=by.id, subject=("announcement", made.id), name=title,
        unit=unit_id,
    )  # fmt: skip
    session.flush()
    return made


def withdraw(session: Session, item: Announcement, *, by: User, now: datetime) -> bool:
    """Take a message off the home page; False when it was withdrawn already."""
    if item.withdrawn_at is not None:
        return False
    item.withdrawn_at = now
    record(
        session, "announcement.withdrawn", now=now, actor=by.id, subject=("announcement", item.id),
        name=item.title,
    )  # fmt: skip
    session.flush()
    return True

"""Find announcements: what a person is to see today, all of them for the desk."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache

from sqlalchemy import Select, bindparam, func, or_, select
from sqlalchemy.orm import Session, aliased, joinedload

from lms.domain.accounts.models import OrgUnit, User
from lms.domain.announcements.models import Announcement

MOST_SHOWN = 3


def announcements_for(session: Session, user_id: int, today: date) -> Sequence[Announcement]:
    """Return the newest announcements of today for the unit of a person: one statement, at most three."""
    return session.scalars(_shown(), {"user_id": user_id, "today": today}).all()


@cache
def _shown() -> Select[Announcement]:
    """Built once, since home sends it."""
    scope, home = aliased(OrgUnit), aliased(OrgUnit)
    below = (
        select(User.id)
        .join(home, home.id == User.unit_id)
        .where(
            User.id == bindparam("user_id"),
            func.substr(home.path, 1, func.length(scope.path)) == scope.path,
        )
        .exists()
    )
    return (
        select(Announcement)
        .outerjoin(scope, scope.id == Announcement.unit_id)
        .where(
            Announcement.shown_until >= bindparam("today"),
            Announcement.shown_from <= bindparam("today"),
            Announcement.withdrawn_at.is_(None),
            or_(Announcement.unit_id.is_(None), below),
        )
        .order_by(Announcement.shown_from.desc(), Announcement.id.desc())
        .limit(MOST_SHOWN)
    )


def count_announcements(session: Session) -> int:
    """Return how many there are, past and withdrawn ones too."""
    return session.scalar(select(func.count()).select_from(Announcement)) or 0


def find_announcements(session: Session, *, limit: int, offset: int = 0) -> Sequence[Announcement]:
    """Return a page of all, the newest first, with their units."""
    return session.scalars(
        select(Announcement).options(joinedload(Announcement.unit))
        .order_by(Announcement.id.desc()).limit(limit).offset(offset)
    ).all()  # fmt: skip

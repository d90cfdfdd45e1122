"""Read what a person was told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache

from sqlalchemy import ScalarSelect, Select, bindparam, func, select
from sqlalchemy.orm import Session

from lms.db import columns
from lms.domain.notices.models import Notice


def unread_of(user_id: object) -> ScalarSelect[int]:
    """Return how many notices a person has not read, as a part of another statement (a partial index)."""
    notice = columns(Notice)
    return (
        select(func.count())
        .select_from(Notice.__table__)
        .where(notice.user_id == user_id, notice.read_at.is_(None))
        .scalar_subquery()
    )


def count_notices(session: Session, user_id: int) -> int:
    """Return how many notices of a person are kept."""
    return session.scalar(select(func.count()).select_from(Notice).where(Notice.user_id == user_id)) or 0


def notices_of(session: Session, user_id: int, *, limit: int, offset: int = 0) -> Sequence[Notice]:
    """Return a page of a person's notices, the newest first."""
    return session.scalars(
        select(Notice).where(Notice.user_id == user_id).order_by(Notice.id.desc()).limit(limit).offset(offset)
    ).all()


def unread_notices(session: Session, user_id: int, *, limit: int) -> Sequence[Notice]:
    """Return the newest notices that a person has not read."""
    return session.scalars(_unread(limit), {"user_id": user_id}).all()


@lru_cache(8)
def _unread(limit: int) -> Select[Notice]:
    """Built once, since home sends it."""
    return (
        select(Notice)
        .where(Notice.user_id == bindparam("user_id"), Notice.read_at.is_(None))
        .order_by(Notice.id.desc())
        .limit(limit)
    )


def notices_since(session: Session, user_id: int, when: datetime, *, limit: int = 50) -> Sequence[Notice]:
    """Return what a person was told since then and has not read, the oldest first (for messages outside)."""
    return session.scalars(
        select(Notice)
        .where(Notice.user_id == user_id, Notice.at >= when, Notice.read_at.is_(None))
        .order_by(Notice.id)
        .limit(limit)
    ).all()


def notice_for(session: Session, user_id: int, notice_id: int) -> Notice | None:
    """Return one notice of the person; None for those of others."""
    return session.scalars(
        select(Notice).where(Notice.id == notice_id, Notice.user_id == user_id)
    ).one_or_none()

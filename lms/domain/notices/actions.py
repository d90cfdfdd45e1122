"""Tell people something, mark it as read, forget what is old."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, update
from sqlalchemy.orm import Session

from lms.db import inserting
from lms.domain.notices.models import Notice


def tell(
    session: Session,
    user_ids: Collection[int],
    kind: str,
    *,
    about: tuple[str, int],
    now: datetime,
    **facts: Any,
) -> None:
    """Tell people one thing. Who has not read the same one yet is not told twice."""
    rows = [
        {"user_id": one, "kind": kind, "about": f"{about[0]}:{about[1]}", "at": now, "facts": facts}
        for one in sorted(set(user_ids))
    ]
    if rows:
        session.execute(inserting(session)(Notice).on_conflict_do_nothing(), rows)


def read(session: Session, user_id: int, *, now: datetime, notice_id: int | None = None) -> None:
    """Mark one notice of a person as read, or all of them; one that was read stays as it is."""
    unread = update(Notice).where(Notice.user_id == user_id, Notice.read_at.is_(None))
    if notice_id is not None:
        unread = unread.where(Notice.id == notice_id)
    session.execute(unread.values(read_at=now).execution_options(synchronize_session=False))


def done(
    session: Session, user_id: int, kinds: Collection[str], about: tuple[str, int], *, now: datetime
) -> None:
    """What a person has done is no news any more: mark that person's notices of these kinds as read."""
    session.execute(
        update(Notice)
        .where(
            Notice.user_id == user_id, Notice.kind.in_(kinds), Notice.about == f"{about[0]}:{about[1]}",
            Notice.read_at.is_(None),
        )
        .values(read_at=now)
        .execution_options(synchronize_session=False)
    )  # fmt: skip


def settled(session: Session, kind: str, about: tuple[str, int], *, now: datetime) -> None:
    """What is done needs nobody any more: mark the notices of one kind about one thing as read for all."""
    session.execute(
        update(Notice)
        .where(Notice.kind == kind, Notice.about == f"{about[0]}:{about[1]}", Notice.read_at.is_(None))
        .values(read_at=now)
        .execution_options(synchronize_session=False)
    )


def forget(session: Session, *, before: datetime, but: Select[str] | None = None) -> None:
    """Remove notices that are older than that; those about a thing that `but` selects ("review:12") stay."""
    old = delete(Notice).where(Notice.at < before)
    if but is not None:
        old = old.where(Notice.about.not_in(but))
    session.execute(old.execution_options(synchronize_session=False))

"""The delivery log: what was sent to whom, when, by which channel, with what result."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from lms.domain.accounts.models import User
from lms.domain.accounts.queries import in_units, matches_text, staff_for
from lms.domain.reminders.models import ReminderMessage


@dataclass(frozen=True)
class LogWanted:
    """What the log is narrowed to; "" and None do not narrow. `until` is the first instant left out."""

    text: str = ""
    unit_path: str = ""
    kind: str = ""
    state: str = ""
    channel: str = ""
    since: datetime | None = None
    until: datetime | None = None


def _wanted(wanted: LogWanted, actor: User) -> Select[ReminderMessage]:
    seen = staff_for(actor).with_only_columns(User.id)
    found = select(ReminderMessage).join(ReminderMessage.user).where(ReminderMessage.user_id.in_(seen))
    if wanted.text:
        found = found.where(matches_text(wanted.text))
    if wanted.unit_path:
        found = found.where(in_units((wanted.unit_path,)))
    for column, value in (
        (ReminderMessage.kind, wanted.kind),
        (ReminderMessage.state, wanted.state),
        (ReminderMessage.channel, wanted.channel),
    ):
        if value:
            found = found.where(column == value)
    if wanted.since is not None:
        found = found.where(ReminderMessage.planned_at >= wanted.since)
    if wanted.until is not None:
        found = found.where(ReminderMessage.planned_at < wanted.until)
    return found


def count_messages(session: Session, wanted: LogWanted, actor: User) -> int:
    """Return how many messages to people the actor looks after match."""
    return session.scalar(select(func.count()).select_from(_wanted(wanted, actor).subquery())) or 0


def find_messages(
    session: Session, wanted: LogWanted, actor: User, *, limit: int, offset: int = 0
) -> Sequence[ReminderMessage]:
    """Return a page of messages to people the actor looks after, the newest first, with their people."""
    found = _wanted(wanted, actor).options(
        contains_eager(ReminderMessage.user).options(joinedload(User.unit))
    )
    return session.scalars(found.order_by(ReminderMessage.id.desc()).limit(limit).offset(offset)).all()


def messages_of(session: Session, user_id: int, limit: int) -> Sequence[ReminderMessage]:
    """Return the newest messages that a person got, and those of which the mail did not arrive."""
    return session.scalars(
        select(ReminderMessage)
        .where(ReminderMessage.user_id == user_id, ReminderMessage.state.in_(("sent", "failed")),
               ReminderMessage.kind != "test")
        .order_by(ReminderMessage.ended_at.desc(), ReminderMessage.id.desc()).limit(limit)
    ).all()  # fmt: skip


def unsent(
    session: Session, now: datetime, limit: int, *, tests_only: bool = False
) -> Sequence[ReminderMessage]:
    """Return messages whose turn has come, the oldest first; in quiet hours only tests are sent."""
    due = select(ReminderMessage).where(
        ReminderMessage.state == "waiting", ReminderMessage.next_try_at <= now
    )
    if tests_only:
        due = due.where(ReminderMessage.kind == "test")
    return session.scalars(due.order_by(ReminderMessage.id).limit(limit)).all()

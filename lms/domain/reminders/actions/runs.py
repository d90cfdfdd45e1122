"""Plan a run, note what became of a message, forget old ones."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from lms.clock import local_date
from lms.db import inserting
from lms.domain.accounts.models import User
from lms.domain.notices.actions import tell
from lms.domain.reminders.models import ReminderChoice, ReminderMessage, ReminderRun
from lms.domain.reminders.queries import forecast, open_people
from lms.domain.reminders.rules import Line, next_try, slot_of
from lms.domain.settings.rules import Policy

PART = 500
HOST_MAX = 100
ERROR_MAX = 300


def plan_run(session: Session, key: str, policy: Policy, *, now: datetime, host: str, server: bool) -> int:
    """Plan a run for everybody, once: a message each, to be checked again when its turn comes.

    `host` names this site in message ids. Return how many messages; 0 also when it was planned before.
    """
    fresh = session.execute(
        inserting(session)(ReminderRun).values(key=key, at=now, planned=0)
        .on_conflict_do_nothing().returning(ReminderRun.key)
    ).first()  # fmt: skip
    if fresh is None:
        return 0
    found = forecast(session, key.partition(":")[0], open_people(), policy, at=now, server=server).written
    rows = [
        {"user_id": row.to.user_id, "kind": row.kind, **_planned(key, now, host)} for row in found
    ]  # fmt: skip
    for start in range(0, len(rows), PART):
        part = rows[start : start + PART]
        session.execute(inserting(session)(ReminderMessage).values(part).on_conflict_do_nothing())
    session.get_one(ReminderRun, key).planned = len(rows)
    session.flush()
    return len(rows)


def _planned(key: str, now: datetime, host: str) -> dict[str, object]:
    slot = slot_of(key)
    return {
        "slot": slot, "planned_at": now, "next_try_at": now, "message_id": message_id(slot.isoformat(), host),
        "state": "waiting", "channel": "", "reason": "", "error": "", "tries": 0, "lines": [],
    }  # fmt: skip


def message_id(stem: str, host: str) -> str:
    """Return a new Message-ID (RFC 5322); a message keeps it through all its tries."""
    return f"<{stem}.{secrets.token_hex(12)}@{host[:HOST_MAX]}>"


def plan_test(session: Session, user: User, *, now: datetime, host: str) -> ReminderMessage:
    """Plan a message that says only that mails arrive; one that still waits is returned."""
    waiting = session.scalar(
        select(ReminderMessage).where(
            ReminderMessage.user_id == user.id, ReminderMessage.kind == "test",
            ReminderMessage.slot == local_date(now),
        )
    )  # fmt: skip
    if waiting is not None and waiting.state == "waiting":
        return waiting
    if waiting is not None:
        session.delete(waiting)
        session.flush()
    made = ReminderMessage(
        user_id=user.id, kind="test", slot=local_date(now), planned_at=now, next_try_at=now,
        message_id=message_id("uji", host),
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made


def sent(
    session: Session, message: ReminderMessage, channel: str, reason: str, lines: Sequence[Line], *,
    now: datetime,
) -> None:  # fmt: skip
    """Note that a message was handed over to the mail server; one for the application becomes a notice."""
    message.state, message.channel, message.reason, message.error = "sent", channel, reason, ""
    if channel == "email":
        message.tries += 1
    _end(session, message, lines, now=now, shown=channel == "app")


def left_out(message: ReminderMessage, reason: str, *, now: datetime) -> None:
    """Note that a message was not sent: done meanwhile, switched off, account closed, too old."""
    message.state, message.reason, message.ended_at = "left", reason, now


def later(
    session: Session, message: ReminderMessage, error: str, lines: Sequence[Line], *, now: datetime
) -> None:
    """Note a failure that may pass: the message is tried again. After the last try it is given up, and what
    it says stands in the application.
    """
    message.tries += 1
    message.error = error[:ERROR_MAX]
    again = next_try(message.tries, now)
    if again is not None:
        message.next_try_at = again
        return
    message.state, message.channel, message.reason = "failed", "email", "given_up"
    _end(session, message, lines, now=now, shown=True)


def refused(
    session: Session, message: ReminderMessage, error: str, lines: Sequence[Line], *, address: str | None,
    now: datetime,
) -> None:  # fmt: skip
    """Note a failure for good; what the message says stands in the application. The `address` that was
    refused gets nothing more until it changes.
    """
    message.tries += 1
    message.error = error[:ERROR_MAX]
    message.state, message.channel, message.reason = "failed", "email", "refused"
    _end(session, message, lines, now=now, shown=True)
    if address is not None:
        choice = session.get(ReminderChoice, message.user_id)
        if choice is None:
            choice = ReminderChoice(user_id=message.user_id, changed_at=now)
            session.add(choice)
        choice.refused_address = address
        session.flush()


def _end(
    session: Session, message: ReminderMessage, lines: Sequence[Line], *, now: datetime, shown: bool
) -> None:
    message.lines, message.ended_at = [line.plain for line in lines], now
    if shown and lines:
        about = ("reminder", message.id)
        tell(session, [message.user_id], "reminder", about=about, now=now, count=len(lines))
    session.flush()


def forget_old(session: Session, policy: Policy, *, now: datetime) -> None:
    """Take messages out of the log that ended longer ago than the office keeps them."""
    kept = now - timedelta(days=policy.reminder_keep_days)
    session.execute(
        delete(ReminderMessage).where(ReminderMessage.ended_at < kept)
        .execution_options(synchronize_session=False)
    )  # fmt: skip

"""From planned messages to letters: what waits is read anew just before it is sent."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, partial

from flask import Flask
from sqlalchemy.orm import Session

from lms.clock import local_date
from lms.domain.accounts.models import User
from lms.domain.reminders.models import ReminderMessage
from lms.domain.reminders.queries import Addressee, addressees, late_staff, lines_of, open_people, text_of
from lms.domain.reminders.rules import Line, Outcome, Words, channel, is_urgent
from lms.domain.reminders.rules.times import LIFE
from lms.domain.settings.rules import Policy
from lms.mail.letters import Letter, letter, mail_of, test_letter
from lms.mail.sending import NotSent, Post
from lms.mail.server import mail_server

log = logging.getLogger("lms.jobs")


@dataclass(frozen=True)
class Ready:
    """A message whose turn has come: how it ends (email, app, left), why, and what it says."""

    id: int
    end: str
    reason: str
    message_id: str = ""
    name: str = ""
    address: str = ""
    lines: list[Line] = field(default_factory=list)
    letter: Letter | None = None


def ready(
    app: Flask, session: Session, messages: Sequence[ReminderMessage], policy: Policy, *, now: datetime
) -> list[Ready]:
    """Return what becomes of these messages now; a fixed number of statements."""
    people = open_people().where(User.id.in_([message.user_id for message in messages]))
    known = addressees(session, people)
    waiting = lines_of(session, people, policy, now)
    staff = late_staff(session, policy, now) if any(one.kind == "escalation" for one in messages) else {}
    server = mail_server(app.config) is not None
    words = cache(partial(text_of, session))
    found = []
    for message in messages:
        lines = _lines(message, waiting, staff, policy, now)
        found.append(_ready(app, words, message, known.get(message.user_id), lines, policy, server, now))
    return found


def _lines(
    message: ReminderMessage, waiting: dict[int, list[Line]], staff: dict[int, list[Line]], policy: Policy,
    now: datetime,
) -> list[Line]:  # fmt: skip
    if message.kind == "escalation":
        return staff.get(message.user_id, [])
    lines = waiting.get(message.user_id, [])
    if message.kind == "urgent":
        return [one for one in lines if is_urgent(one, local_date(now), policy.reminder_urgent_days)]
    return lines


def _ready(
    app: Flask, words: Callable[[str, str], Words], message: ReminderMessage, to: Addressee | None,
    lines: list[Line], policy: Policy, server: bool, now: datetime,
) -> Ready:  # fmt: skip
    reason = _left(message, to, lines, policy, now)
    if to is None or reason:
        return Ready(message.id, "left", reason)
    by = channel(to.reader, server=server)
    if message.kind == "test":
        by = Outcome.EMAIL if server and to.reader.email else Outcome.APP_NO_EMAIL
    if by is not Outcome.EMAIL:
        return Ready(message.id, "app", by.value, lines=lines)
    try:
        if message.kind == "test":
            written = test_letter(app, to.locale, policy)
        else:
            written = letter(
                app, words(message.kind, to.locale), to, lines, policy, of_staff=message.kind == "escalation"
            )
    except Exception:  # whatever it is: one message must not keep all others from being sent
        log.exception("message %s cannot be written", message.id)
        return Ready(message.id, "left", "broken")
    return Ready(
        message.id, "email", by.value, message.message_id, to.name, to.reader.email or "", lines, written
    )


def _left(
    message: ReminderMessage, to: Addressee | None, lines: list[Line], policy: Policy, now: datetime
) -> str:
    """Return why a message is not sent after all, "" when it is."""
    if to is None:
        return "closed"
    if message.kind == "test":
        return ""
    if not policy.reminders_on or (message.kind == "weekly" and not to.reader.weekly):
        return "off"
    if now - message.planned_at > LIFE:
        return "expired"
    return "" if lines else "nothing"


def hand_over(post: Post, one: Ready, site_name: str, *, now: datetime) -> NotSent | None:
    """Send a letter by mail; return why the server did not take it. Without a letter nothing is sent."""
    if one.letter is None:
        return None
    try:
        mail = mail_of(
            one.letter, to=(one.name, one.address), sender=(site_name, post.server.sender),
            message_id=one.message_id, now=now,
        )  # fmt: skip
        post.send(mail, one.address)
    except NotSent as error:
        return error
    return None

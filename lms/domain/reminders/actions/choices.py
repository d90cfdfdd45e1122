"""What a person chooses about reminders, and the phone number the person keeps."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from lms.domain.accounts.actions import Refused
from lms.domain.accounts.models import User
from lms.domain.audit.actions import record
from lms.domain.reminders.models import ReminderChoice
from lms.domain.reminders.rules import InvalidPhone, normalise_phone


def choose(
    session: Session, user_id: int, *, weekly: bool, by_email: bool, phone: str, whatsapp: bool, now: datetime
) -> None:
    """Store what a person chose. Raises Refused: "phone.invalid", "phone.missing" (agreed without one)."""
    try:
        number = normalise_phone(phone) if phone.strip() else None
    except InvalidPhone as error:
        raise Refused("phone.invalid", "phone") from error
    if whatsapp and number is None:
        raise Refused("phone.missing", "phone")
    choice = _held(session, user_id, now)
    before = (choice.weekly, choice.by_email, choice.phone, choice.whatsapp)
    choice.weekly, choice.by_email, choice.phone, choice.whatsapp = weekly, by_email, number, whatsapp
    if before != (weekly, by_email, number, whatsapp):
        choice.changed_at = now
        record(
            session, "reminders.chosen", now=now, actor=user_id, subject=("user", user_id),
            weekly=weekly, email=by_email, whatsapp=whatsapp,
        )  # fmt: skip
    session.flush()


def stop_mails(session: Session, user_id: int, *, now: datetime) -> None:
    """Send no more mails to a person (by the link in a mail); reminders stay in the application."""
    choice = _held(session, user_id, now)
    if choice.by_email:
        choice.by_email, choice.changed_at = False, now
        record(session, "reminders.stopped", now=now, actor=user_id, subject=("user", user_id))
    session.flush()


def try_address_again(session: Session, user: User, *, by: User, now: datetime) -> bool:
    """Forget that a mail server refused the person's address; False when it has not."""
    choice = session.get(ReminderChoice, user.id)
    if choice is None or choice.refused_address is None:
        return False
    choice.refused_address = None
    record(session, "reminders.address_again", now=now, actor=by.id, subject=("user", user.id))
    session.flush()
    return True


def _held(session: Session, user_id: int, now: datetime) -> ReminderChoice:
    choice = session.get(ReminderChoice, user_id, with_for_update=True, populate_existing=True)
    if choice is None:
        choice = ReminderChoice(user_id=user_id, changed_at=now)
        session.add(choice)
        session.flush()
    return choice

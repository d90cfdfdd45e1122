"""What the office keeps: words around reminders, days off."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from lms.domain.accounts.actions import Refused
from lms.domain.accounts.models import User
from lms.domain.accounts.rules import squeezed
from lms.domain.audit.actions import record
from lms.domain.reminders.models import Holiday, ReminderText
from lms.domain.reminders.queries import text_of
from lms.domain.reminders.rules import Words
from lms.domain.reminders.rules.texts import PART_MAX, SUBJECT_MAX, problem

NAME_MAX = 120
MOST_DAYS = 400


def checked(kind: str, subject: str, greeting: str, closing: str) -> Words:
    """Return the words as they are kept. Raises Refused with the codes of rules.texts.problem."""
    words = Words(
        "" if kind == "whatsapp" else squeezed(subject), _plain(greeting), _plain(closing)
    )  # fmt: skip
    for part, most in (("subject", SUBJECT_MAX), ("greeting", PART_MAX), ("closing", PART_MAX)):
        if part == "subject" and kind == "whatsapp":
            continue
        found = problem(part, getattr(words, part), most)
        if found is not None:
            raise Refused(found[0], part, **found[1])
    return words


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def write_text(session: Session, kind: str, locale: str, words: Words, *, by: User, now: datetime) -> bool:
    """Append a version of a text; False when it says what is in force already."""
    before = text_of(session, kind, locale)
    if words == before:
        return False
    session.add(
        ReminderText(kind=kind, locale=locale, written_at=now, written_by=by.id, **vars(words))
    )  # fmt: skip
    changed = [part for part in ("subject", "greeting", "closing")
               if getattr(words, part) != getattr(before, part)]  # fmt: skip
    record(
        session, "reminders.text", now=now, actor=by.id, subject=("reminder_text", f"{kind}-{locale}"),
        kind=kind, fields=changed,
    )  # fmt: skip
    session.flush()
    return True


def keep_holidays(session: Session, days: Sequence[tuple[date, str]], *, by: User, now: datetime) -> int:
    """Add days off, or rename those that are there; return how many are new or renamed.

    Raises Refused: "holiday.name" for an empty or long name, "holiday.many" for more than 400 days.
    """
    if len(days) > MOST_DAYS:
        raise Refused("holiday.many", "file", most=MOST_DAYS)
    changed = 0
    for day, name in days:
        name = squeezed(name)
        if not 1 <= len(name) <= NAME_MAX:
            raise Refused("holiday.name", "name", most=NAME_MAX)
        known = session.get(Holiday, day)
        if known is None:
            session.add(Holiday(day=day, name=name, added_at=now, added_by=by.id))
            session.flush()
        elif known.name != name:
            known.name = name
        else:
            continue
        changed += 1
    if changed:
        record(session, "holidays.kept", now=now, actor=by.id, subject=("holidays", ""), count=changed)
    session.flush()
    return changed


def drop_holiday(session: Session, day: date, *, by: User, now: datetime) -> bool:
    """Take a day off from the list; False when it is not there."""
    known = session.get(Holiday, day)
    if known is None:
        return False
    session.delete(known)
    record(
        session, "holidays.dropped", now=now, actor=by.id, subject=("holidays", day.isoformat()),
        name=known.name,
    )  # fmt: skip
    session.flush()
    return True

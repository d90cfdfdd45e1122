"""What is kept: choices of people, days off, the office's texts, runs."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from lms.domain.accounts.queries import names_of
from lms.domain.reminders.models import Holiday, ReminderChoice, ReminderRun, ReminderText
from lms.domain.reminders.rules import DEFAULTS, Words


def choice_of(session: Session, user_id: int) -> ReminderChoice | None:
    """Return what a person chose; None: nothing yet, the defaults hold."""
    return session.get(ReminderChoice, user_id, populate_existing=True)


def phones_of(session: Session, user_ids: Collection[int]) -> dict[int, str]:
    """Return the numbers of those of these people who agreed to WhatsApp."""
    rows = session.execute(
        select(ReminderChoice.user_id, ReminderChoice.phone).where(
            ReminderChoice.user_id.in_(user_ids), ReminderChoice.whatsapp.is_(True)
        )
    )
    return {row.user_id: row.phone for row in rows if row.phone}


def text_of(session: Session, kind: str, locale: str) -> Words:
    """Return the words in force: the newest of the office, else those to begin with."""
    row = session.scalars(_texts(kind, locale).limit(1)).first()
    return Words(row.subject, row.greeting, row.closing) if row else DEFAULTS[kind, locale]


def text_versions(session: Session, kind: str, locale: str) -> list[tuple[ReminderText, str]]:
    """Return the texts that were written so far, the newest first, with the names of who wrote them."""
    rows = session.scalars(_texts(kind, locale).limit(20)).all()
    names = names_of(session, [row.written_by for row in rows])
    return [(row, names.get(row.written_by, "")) for row in rows]


def _texts(kind: str, locale: str) -> Select[ReminderText]:
    found = select(ReminderText).where(ReminderText.kind == kind, ReminderText.locale == locale)
    return found.order_by(ReminderText.id.desc())


def holidays_from(session: Session, day: date) -> Sequence[Holiday]:
    """Return the days off from a day on."""
    return session.scalars(select(Holiday).where(Holiday.day >= day).order_by(Holiday.day)).all()


def runs(session: Session, limit: int) -> Sequence[ReminderRun]:
    """Return the newest runs."""
    return session.scalars(select(ReminderRun).order_by(ReminderRun.at.desc()).limit(limit)).all()

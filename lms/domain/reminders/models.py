"""Reminders: what a person chose, days off, the office's texts, runs, and what was sent to whom."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.db import Base, UtcDateTime
from lms.domain.accounts.models import User


class ReminderChoice(Base):
    """What a person chose about reminders, and the phone number the person keeps; no row: the defaults.

    `refused_address` is an address that a mail server refused for good: nothing is sent there any more.
    """

    __tablename__ = "reminder_choice"
    __table_args__ = (CheckConstraint("NOT whatsapp OR phone IS NOT NULL", name="whatsapp_phone"),)

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    weekly: Mapped[bool] = mapped_column(default=True)  # the weekly digest; what is urgent always comes
    by_email: Mapped[bool] = mapped_column(default=True)  # else only in the application
    phone: Mapped[str | None] = mapped_column(String(15), default=None)  # digits with country code
    whatsapp: Mapped[bool] = mapped_column(default=False)  # the office of the unit may write there
    refused_address: Mapped[str | None] = mapped_column(String(254), default=None)


class Holiday(Base):
    """A day on which nobody is written to, kept by the office."""

    __tablename__ = "holiday"
    __table_args__ = (CheckConstraint("length(name) BETWEEN 1 AND 120", name="name_length"),)

    day: Mapped[date] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
    added_by: Mapped[int] = mapped_column(ForeignKey("user.id"))


class ReminderText(Base):
    """The office's words around a reminder; appended, the newest of kind and language counts (trigger)."""

    __tablename__ = "reminder_text"
    __table_args__ = (
        CheckConstraint("kind IN ('weekly','urgent','escalation','whatsapp')", name="kind"),
        CheckConstraint("locale IN ('id','en')", name="locale"),
        Index("ix_reminder_text_kind_locale", "kind", "locale", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    kind: Mapped[str] = mapped_column(String(10))
    locale: Mapped[str] = mapped_column(String(2))
    subject: Mapped[str] = mapped_column(String(150))
    greeting: Mapped[str] = mapped_column(String(1000))
    closing: Mapped[str] = mapped_column(String(1000))
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    written_by: Mapped[int] = mapped_column(ForeignKey("user.id"))


class ReminderRun(Base):
    """A planned run is planned once: `key` is "weekly:2026-11-23" or "daily:2026-11-24"."""

    __tablename__ = "reminder_run"

    key: Mapped[str] = mapped_column(String(20), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    planned: Mapped[int] = mapped_column(default=0)  # messages


class ReminderMessage(Base):
    """One message to one person: waits, was sent, left out when its turn came, or failed for good.

    `lines` are filled in when it is sent (rules.Line.plain). The row is the delivery log and the list in the
    application alike; the text that was sent is not kept.
    """

    __tablename__ = "reminder_message"
    __table_args__ = (
        UniqueConstraint("user_id", "kind", "slot"),
        CheckConstraint("kind IN ('weekly','urgent','escalation','test')", name="kind"),
        CheckConstraint("state IN ('waiting','sent','left','failed')", name="state"),
        CheckConstraint("channel IN ('','email','app')", name="channel"),
        CheckConstraint("(state = 'waiting') = (ended_at IS NULL)", name="end_whole"),
        Index("ix_reminder_message_state_next_try_at", "state", "next_try_at"),
        Index("ix_reminder_message_ended_at", "ended_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    kind: Mapped[str] = mapped_column(String(10))
    slot: Mapped[date]  # the day for which it was planned
    planned_at: Mapped[datetime] = mapped_column(UtcDateTime)
    next_try_at: Mapped[datetime] = mapped_column(UtcDateTime)
    message_id: Mapped[str] = mapped_column(String(160), unique=True)  # the same at each try
    state: Mapped[str] = mapped_column(String(8), default="waiting")
    channel: Mapped[str] = mapped_column(String(5), default="")
    reason: Mapped[str] = mapped_column(String(24), default="")  # a value of rules.Outcome, or of an end
    error: Mapped[str] = mapped_column(String(300), default="")  # what the mail server said
    tries: Mapped[int] = mapped_column(default=0)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    lines: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default_factory=list)

    user: Mapped[User] = relationship(lazy="raise_on_sql", init=False)

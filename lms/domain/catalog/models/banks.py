"""Banks of questions that several courses draw from, who works on them, what was saved of their texts."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import Base, UtcDateTime


class SharedBank(Base):
    """A bank of the server's folder or of the desk; `digest` is its text in force, which drafts draw from.

    Versions of courses hold the copy of their day under `bersama/<slug>.md`. `written` is the text under the
    pen at the desk while it is another one. One that is not `is_open` is read and drawn from by its members
    alone. `competencies` are those of its header: ",CODE:level,".
    """

    __tablename__ = "shared_bank"
    __table_args__ = (CheckConstraint("home IN ('disk','desk')", name="home"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    slug: Mapped[str] = mapped_column(String(40), unique=True)
    title: Mapped[str] = mapped_column(String(200))
    questions: Mapped[int]
    digest: Mapped[str] = mapped_column(ForeignKey("blob.digest"))
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    home: Mapped[str] = mapped_column(String(4), default="disk")
    is_open: Mapped[bool] = mapped_column(default=True)
    competencies: Mapped[str] = mapped_column(String(300), default="")
    written: Mapped[str | None] = mapped_column(ForeignKey("blob.digest"), default=None)
    archived_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)


class SharedBankMember(Base):
    """Who may write or review a shared bank of the desk."""

    __tablename__ = "shared_bank_member"
    __table_args__ = (CheckConstraint("role IN ('owner','author','reviewer')", name="role"),)

    bank_id: Mapped[int] = mapped_column(ForeignKey("shared_bank.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True, index=True)
    role: Mapped[str] = mapped_column(String(8), default="owner")


class SharedBankSave(Base):
    """A text of a shared bank as it was saved at the desk (older ones are thinned)."""

    __tablename__ = "shared_bank_save"
    __table_args__ = (Index("ix_shared_bank_save_bank_id_id", "bank_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    bank_id: Mapped[int] = mapped_column(ForeignKey("shared_bank.id"))
    digest: Mapped[str] = mapped_column(ForeignKey("blob.digest"))
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    saved_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"), default=None)

"""Banks of questions that several courses draw from."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import Base, UtcDateTime


class SharedBank(Base):
    """A bank of the server's folder under one name; `digest` is its text now, which drafts draw from.

    Versions of courses hold the copy of their day under `bersama/<slug>.md`.
    """

    __tablename__ = "shared_bank"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    slug: Mapped[str] = mapped_column(String(40), unique=True)
    title: Mapped[str] = mapped_column(String(200))
    questions: Mapped[int]
    digest: Mapped[str] = mapped_column(ForeignKey("blob.digest"))
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)

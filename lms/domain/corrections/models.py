"""What people ask to be corrected in their personal data (UU 27/2022: the right to correction)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.db import Base, UtcDateTime
from lms.domain.accounts.models import User


class CorrectionRequest(Base):
    """One wish of one person; it is answered once, by somebody else, and then stays as it is."""

    __tablename__ = "correction_request"
    __table_args__ = (
        CheckConstraint("state IN ('open','done','refused')", name="state"),
        CheckConstraint(
            "(state = 'open') = (answered_at IS NULL) AND (state = 'open') = (answered_by IS NULL)",
            name="answer_whole",
        ),
        Index("ix_correction_request_state_id", "state", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    wish: Mapped[str] = mapped_column(String(1000))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    state: Mapped[str] = mapped_column(String(8), default="open")
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"), default=None)
    answer: Mapped[str] = mapped_column(String(1000), default="")

    user: Mapped[User] = relationship(lazy="raise_on_sql", init=False, foreign_keys=[user_id])

"""Partner institutions: universities, professional bodies and others that organise courses with the city."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import Base, UtcDateTime


class PartnerKind(StrEnum):
    """What an institution is."""

    UNIVERSITY = "perguruan_tinggi"
    PROFESSION = "organisasi_profesi"
    AGENCY = "instansi"
    TRAINING = "lembaga_pelatihan"
    OTHER = "lainnya"


class Partner(Base):
    """An institution that may organise courses. Texts of courses name it by `key`, which never changes."""

    __tablename__ = "partner"
    __table_args__ = (
        CheckConstraint("length(key) BETWEEN 2 AND 40", name="key_length"),
        CheckConstraint("length(name) BETWEEN 1 AND 160", name="name_length"),
        CheckConstraint(
            "kind IN ('perguruan_tinggi','organisasi_profesi','instansi','lembaga_pelatihan','lainnya')",
            name="kind",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    key: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(160), unique=True)
    short_name: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(20))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    address: Mapped[str] = mapped_column(String(300), default="")
    contact: Mapped[str] = mapped_column(String(120), default="")  # a person or an office there
    email: Mapped[str] = mapped_column(String(254), default="")  # lower case
    phone: Mapped[str] = mapped_column(String(40), default="")
    web: Mapped[str] = mapped_column(String(200), default="")  # printed as text, never a link
    logo_sha256: Mapped[str] = mapped_column(String(64), default="")  # PNG in the file store
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)

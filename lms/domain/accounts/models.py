"""People, their units, positions, roles, sign-in sessions and activation codes."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.db import Base, UtcDateTime


class RoleName(StrEnum):
    """What a person may do besides learning; one person may hold several."""

    TRAINER = "trainer"
    REVIEWER = "reviewer"
    HR = "hr"
    BKPSDM = "bkpsdm"
    ADMIN = "admin"


class Employment(StrEnum):
    """Employment status of a person (UU 20/2023: PNS and PPPK are ASN)."""

    PNS = "pns"
    CPNS = "cpns"
    PPPK = "pppk"
    PPPK_PART_TIME = "pppk_paruh_waktu"
    OTHER = "lainnya"


class PositionClass(StrEnum):
    """Class of a position; it seeds the required competency level."""

    JPT_MADYA = "jpt_madya"
    JPT_PRATAMA = "jpt_pratama"
    ADMINISTRATOR = "administrator"
    PENGAWAS = "pengawas"
    PELAKSANA = "pelaksana"
    AHLI_UTAMA = "ahli_utama"
    AHLI_MADYA = "ahli_madya"
    AHLI_MUDA = "ahli_muda"
    AHLI_PERTAMA = "ahli_pertama"
    PENYELIA = "penyelia"
    MAHIR = "mahir"
    TERAMPIL = "terampil"
    PEMULA = "pemula"


class OrgUnit(Base):
    """A unit of the government; `path` is '/1/4/9/' so that a subtree is a prefix."""

    __tablename__ = "org_unit"
    __table_args__ = (
        UniqueConstraint("parent_id", "name"),
        Index("ix_org_unit_path", "path"),
        CheckConstraint("length(name) BETWEEN 1 AND 200", name="name_length"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("org_unit.id"), default=None)
    path: Mapped[str] = mapped_column(String(400), default="")
    closed_on: Mapped[date | None] = mapped_column(default=None)


class Position(Base):
    """A position (jabatan) and its class."""

    __tablename__ = "position"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    rank_class: Mapped[str] = mapped_column(String(24))
    closed_on: Mapped[date | None] = mapped_column(default=None)


class User(Base):
    """A person. NIP and name come from HR data, never from the person's own form."""

    __tablename__ = "user"
    __table_args__ = (
        CheckConstraint("length(name) BETWEEN 1 AND 200", name="name_length"),
        CheckConstraint("email IS NOT NULL OR nip IS NOT NULL", name="identity"),
        CheckConstraint(
            "partner_id IS NULL OR (nip IS NULL AND unit_id IS NULL AND position_id IS NULL)", name="external"
        ),
        CheckConstraint("access_until IS NULL OR partner_id IS NOT NULL", name="access"),
        Index("ix_user_unit_id_name", "unit_id", "name"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    name: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    email: Mapped[str | None] = mapped_column(String(254), unique=True, default=None)  # lower case
    nip: Mapped[str | None] = mapped_column(String(18), unique=True, default=None)  # 18 digits, text
    password_hash: Mapped[str | None] = mapped_column(String(255), default=None)
    employment: Mapped[str] = mapped_column(String(24), default=Employment.OTHER.value)
    rank: Mapped[str | None] = mapped_column(String(60), default=None)  # "Penata Muda, III/a"
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("org_unit.id"), default=None)
    position_id: Mapped[int | None] = mapped_column(ForeignKey("position.id"), default=None)
    locale: Mapped[str | None] = mapped_column(String(2), default=None)
    theme: Mapped[str | None] = mapped_column(String(5), default=None)
    is_demo: Mapped[bool] = mapped_column(default=False)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    # an external author: of an institution (partners), never staff; the last day of access (WIB)
    partner_id: Mapped[int | None] = mapped_column(ForeignKey("partner.id"), default=None)
    access_until: Mapped[date | None] = mapped_column(default=None)

    unit: Mapped[OrgUnit | None] = relationship(lazy="raise_on_sql", init=False)
    position: Mapped[Position | None] = relationship(lazy="raise_on_sql", init=False)
    grants: Mapped[list[RoleGrant]] = relationship(lazy="raise_on_sql", init=False, back_populates="user")


class RoleGrant(Base):
    """A role of a person; `unit_id` limits an HR role to that subtree (NULL: everywhere)."""

    __tablename__ = "role_grant"
    __table_args__ = (
        UniqueConstraint("user_id", "role", "unit_id"),
        CheckConstraint("role IN ('trainer','reviewer','hr','bkpsdm','admin')", name="role"),
        CheckConstraint("role <> 'hr' OR unit_id IS NOT NULL", name="hr_scope"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    role: Mapped[str] = mapped_column(String(16))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("org_unit.id"), default=None)

    user: Mapped[User] = relationship(lazy="raise_on_sql", init=False, back_populates="grants")
    unit: Mapped[OrgUnit | None] = relationship(lazy="raise_on_sql", init=False)


class FormerNip(Base):
    """A NIP that a person had before (PPPK numbers change with a new contract)."""

    __tablename__ = "former_nip"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    nip: Mapped[str] = mapped_column(String(18))
    replaced_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Placement(Base):
    """Where a person works from a day on, until the next row; a correction of the same day replaces it."""

    __tablename__ = "placement"
    __table_args__ = (UniqueConstraint("user_id", "since"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("org_unit.id"), default=None)
    position_id: Mapped[int | None] = mapped_column(ForeignKey("position.id"), default=None)
    since: Mapped[date | None] = mapped_column(default=None)  # TMT; NULL: before records were kept
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"), default=None)

    unit: Mapped[OrgUnit | None] = relationship(lazy="raise_on_sql", init=False)
    position: Mapped[Position | None] = relationship(lazy="raise_on_sql", init=False)


class Superior(Base):
    """The direct superior of a person as HR data name it; without a row the head of the unit is it."""

    __tablename__ = "superior"
    __table_args__ = (CheckConstraint("user_id <> superior_id", name="other"),)

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    superior_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    set_at: Mapped[datetime] = mapped_column(UtcDateTime)


class UnitHead(Base):
    """Who heads a unit."""

    __tablename__ = "unit_head"

    unit_id: Mapped[int] = mapped_column(ForeignKey("org_unit.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    set_at: Mapped[datetime] = mapped_column(UtcDateTime)


class MergedRecord(Base):
    """A record that was a second one of the same person; it is closed and points to the one that stays."""

    __tablename__ = "merged_record"
    __table_args__ = (CheckConstraint("user_id <> into_id", name="other"),)

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    into_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    merged_at: Mapped[datetime] = mapped_column(UtcDateTime)
    merged_by: Mapped[int] = mapped_column(ForeignKey("user.id"))


class LoginSession(Base):
    """A signed-in device; the cookie holds the token, the table only its SHA-256."""

    __tablename__ = "login_session"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    device: Mapped[str] = mapped_column(String(120), default="")
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)


class ActivationCode(Base):
    """A printed one-time code that lets a person set a password; only its SHA-256 is kept."""

    __tablename__ = "activation_code"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)


class ThrottleCount(Base):
    """Tries of one key in one window; shared by all workers, no address or name in clear."""

    __tablename__ = "throttle_count"

    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    window: Mapped[int] = mapped_column(primary_key=True)  # start, seconds since the epoch
    n: Mapped[int] = mapped_column(default=0)

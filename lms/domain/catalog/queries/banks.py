"""Shared banks: their texts, which courses draw from them, and which of those have an older copy."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from lms.content.paths import SHARED
from lms.content.shared import shared_path
from lms.domain.accounts.models import RoleName, User
from lms.domain.accounts.rules import role_names
from lms.domain.catalog.models import (
    Blob,
    Course,
    CourseVersion,
    Draft,
    DraftFile,
    SharedBank,
    SharedBankMember,
    VersionFile,
)
from lms.domain.catalog.rules import WRITERS


@dataclass(frozen=True)
class BankUse:
    """A published course that draws from a shared bank; `current`: its copy is the bank of today."""

    title: str
    current: bool
    version: int
    course_id: int


@dataclass(frozen=True)
class SharedRow:
    """A shared bank with the published courses that draw from it, and how many drafts do.

    `role` is what the person is in its team, "" for none; `members` how many are in it.
    """

    bank: SharedBank
    uses: tuple[BankUse, ...]
    drafts: int
    role: str = ""
    members: int = 0

    @property
    def codes(self) -> tuple[str, ...]:
        """The competencies it is for, CODE:level."""
        return tuple(code for code in self.bank.competencies.split(",") if code)

    @property
    def may_write(self) -> bool:
        """Whether the person may change it here and now: as its author, at the desk, not archived."""
        return self.role in WRITERS and self.bank.home == "desk" and self.bank.archived_at is None

    @property
    def older(self) -> int:
        """How many published courses ask an older copy of it."""
        return sum(not use.current for use in self.uses)


def shared_banks(session: Session) -> list[SharedRow]:
    """Return all shared banks by title, with where they are used (three statements)."""
    banks = session.scalars(select(SharedBank).order_by(SharedBank.title, SharedBank.id)).all()
    return _rows(session, [(bank, "", 0) for bank in banks])


def banks_for(session: Session, user: User) -> list[SharedRow]:
    """Return the shared banks that a person reads, by title, with where they are used (three statements).

    A member reads his own; who holds the role of a trainer reads the open ones, too.
    """
    return _rows(session, [_own(user, row) for row in session.execute(_readable(user))])


def bank_for(session: Session, user: User, slug: str) -> SharedRow | None:
    """Return a shared bank that the person may read, as `banks_for` does; None when it is not for them."""
    found = session.execute(_readable(user).where(SharedBank.slug == slug)).one_or_none()
    return _rows(session, [_own(user, found)])[0] if found else None


def readable_banks(user: User) -> ColumnElement[bool]:
    """Whether a row of SharedBank, joined with the person's own SharedBankMember, is for them to read."""
    trains = RoleName.TRAINER in role_names(user) and user.partner_id is None
    member = SharedBankMember.user_id.is_not(None)
    return or_(member, SharedBank.is_open) if trains else member


def mine(user: User) -> ColumnElement[bool]:
    """The join of SharedBank with the person's own part in its team."""
    return and_(SharedBankMember.bank_id == SharedBank.id, SharedBankMember.user_id == user.id)


def _readable(user: User) -> Select[Any]:
    team = select(func.count()).select_from(_ALL).where(_ALL.c.bank_id == SharedBank.id).scalar_subquery()
    return (
        select(SharedBank, SharedBankMember.role, team)
        .outerjoin(SharedBankMember, mine(user))
        .where(readable_banks(user))
        .order_by(SharedBank.title, SharedBank.id)
    )


_ALL = SharedBankMember.__table__.alias()


def _own(user: User, row: Any) -> tuple[SharedBank, str, int]:
    bank, role, members = row
    trains = RoleName.TRAINER in role_names(user)
    return bank, (role if trains or not role else "reviewer") or "", members


def _rows(session: Session, banks: Iterable[tuple[SharedBank, str, int]]) -> list[SharedRow]:
    found = list(banks)
    paths = [shared_path(bank.slug) for bank, _role, _members in found]
    uses: dict[str, list[Any]] = defaultdict(list)
    for row in session.execute(
        select(
            VersionFile.path, VersionFile.digest, CourseVersion.title, CourseVersion.number,
            CourseVersion.course_id,
        )
        .join(CourseVersion, CourseVersion.id == VersionFile.version_id)
        .join(Course, Course.live_version_id == CourseVersion.id)
        .where(VersionFile.path.in_(paths))
        .order_by(CourseVersion.title)
    ):  # fmt: skip
        uses[row.path].append(row)
    drafts = dict(
        session.execute(
            select(DraftFile.path, func.count())
            .join(Draft, Draft.id == DraftFile.draft_id)
            .where(DraftFile.path.in_(paths))
            .group_by(DraftFile.path)
        ).all()
    )
    return [
        SharedRow(
            bank,
            tuple(
                BankUse(row.title, row.digest == bank.digest, row.number, row.course_id) for row in uses[path]
            ),
            drafts.get(path, 0),
            role,
            members,
        )
        for path, (bank, role, members) in zip(paths, found, strict=True)
    ]


def bank_text(session: Session, slug: str) -> bytes:
    """Return the text in force of a shared bank. Raises NoResultFound when there is none."""
    query = select(Blob.data).join(SharedBank, SharedBank.digest == Blob.digest)
    return session.scalars(query.where(SharedBank.slug == slug)).one()


def bank_digests(session: Session, slugs: Collection[str]) -> dict[str, str]:
    """Return {name: SHA-256} of those shared banks that there are; no statement without names."""
    if not slugs:
        return {}
    rows = session.execute(
        select(SharedBank.slug, SharedBank.digest).where(SharedBank.slug.in_(slugs)).order_by(SharedBank.slug)
    )
    return dict(rows.all())


def changed_banks(session: Session, version_id: int) -> list[SharedBank]:
    """Return the shared banks that have another text than the copy in a version."""
    name = func.substr(VersionFile.path, len(SHARED) + 1)
    return list(
        session.scalars(
            select(SharedBank)
            .join(VersionFile, name == SharedBank.slug + ".md")
            .where(
                VersionFile.version_id == version_id,
                VersionFile.path.like(f"{SHARED}%"),
                VersionFile.digest != SharedBank.digest,
            )
            .order_by(SharedBank.title)
        )
    )

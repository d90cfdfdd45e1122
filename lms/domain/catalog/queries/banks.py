"""Shared banks: their texts, which courses draw from them, and which of those have an older copy."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lms.content.paths import SHARED
from lms.content.shared import shared_path
from lms.domain.catalog.models import (
    Blob,
    Course,
    CourseVersion,
    Draft,
    DraftFile,
    SharedBank,
    VersionFile,
)


@dataclass(frozen=True)
class BankUse:
    """A published course that draws from a shared bank; `current`: its copy is the bank of today."""

    title: str
    current: bool


@dataclass(frozen=True)
class SharedRow:
    """A shared bank with the published courses that draw from it, and how many drafts do."""

    bank: SharedBank
    uses: tuple[BankUse, ...]
    drafts: int


def shared_banks(session: Session) -> list[SharedRow]:
    """Return all shared banks by title, with where they are used (three statements)."""
    banks = session.scalars(select(SharedBank).order_by(SharedBank.title, SharedBank.id)).all()
    live = session.execute(
        select(VersionFile.path, VersionFile.digest, CourseVersion.title)
        .join(CourseVersion, CourseVersion.id == VersionFile.version_id)
        .join(Course, Course.live_version_id == CourseVersion.id)
        .where(VersionFile.path.like(f"{SHARED}%"))
        .order_by(CourseVersion.title)
    ).all()
    drafts = dict(
        session.execute(
            select(DraftFile.path, func.count())
            .join(Draft, Draft.id == DraftFile.draft_id)
            .where(DraftFile.path.like(f"{SHARED}%"))
            .group_by(DraftFile.path)
        ).all()
    )
    return [
        SharedRow(
            bank,
            tuple(BankUse(row.title, row.digest == bank.digest) for row in live if row.path == path),
            drafts.get(path, 0),
        )
        for bank in banks
        if (path := shared_path(bank.slug))
    ]


def shared_bank(session: Session, slug: str) -> SharedBank | None:
    """Return the shared bank of that name."""
    return session.scalars(select(SharedBank).where(SharedBank.slug == slug)).one_or_none()


def bank_text(session: Session, slug: str) -> bytes:
    """Return the text of a shared bank. Raises NoResultFound when there is none."""
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

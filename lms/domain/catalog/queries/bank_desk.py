"""What the desk reads of a shared bank: its text under the pen, what was saved of it, who works on it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lms.content.shared import shared_path
from lms.domain.accounts.models import OrgUnit, User
from lms.domain.catalog.models import Blob, SharedBank, SharedBankMember, SharedBankSave
from lms.domain.catalog.queries.courses import Member, by_part
from lms.domain.catalog.queries.writing import DraftText, Save


def shared_bank(session: Session, slug: str) -> SharedBank | None:
    """Return the shared bank of that name, whoever may read it."""
    return session.scalars(select(SharedBank).where(SharedBank.slug == slug)).one_or_none()


def bank_under_pen(session: Session, bank: SharedBank) -> DraftText:
    """Return the text of a bank as it was last saved, by whom; it may not be in force yet."""
    digest = bank.written or bank.digest
    data = session.scalars(select(Blob.data).where(Blob.digest == digest)).one()
    last = session.execute(
        select(SharedBankSave.saved_at, User.name)
        .outerjoin(User, User.id == SharedBankSave.saved_by)
        .where(SharedBankSave.bank_id == bank.id)
        .order_by(SharedBankSave.id.desc())
        .limit(1)
    ).one_or_none()
    at, by = last or (bank.changed_at, "")
    return DraftText(shared_path(bank.slug), digest, data, at, by or "")


def count_bank_saves(session: Session, bank_id: int) -> int:
    """Return how many saved states of a bank are kept."""
    return session.scalar(select(func.count()).where(SharedBankSave.bank_id == bank_id)) or 0


def bank_saves(
    session: Session, bank_id: int, *, limit: int, offset: int = 0, save_id: int | None = None
) -> list[Save]:
    """Return saved states of a bank, newest first; with `save_id` that one alone."""
    query = (
        select(SharedBankSave.id, SharedBankSave.saved_at, User.name, SharedBankSave.digest, Blob.size)
        .outerjoin(User, User.id == SharedBankSave.saved_by)
        .join(Blob, Blob.digest == SharedBankSave.digest)
        .where(SharedBankSave.bank_id == bank_id)
        .order_by(SharedBankSave.id.desc())
        .limit(limit)
        .offset(offset)
    )
    if save_id is not None:
        query = query.where(SharedBankSave.id == save_id)
    return [Save(one, at, name or "", digest, size) for one, at, name, digest, size in session.execute(query)]


def bank_save_data(session: Session, bank_id: int, *, save_id: int = 0, digest: str = "") -> bytes | None:
    """Return the bytes of one saved state of a bank, by its id or its SHA-256; None when there is none."""
    wanted = SharedBankSave.id == save_id if save_id else SharedBankSave.digest == digest
    return session.scalar(
        select(Blob.data)
        .join(SharedBankSave, SharedBankSave.digest == Blob.digest)
        .where(SharedBankSave.bank_id == bank_id, wanted)
        .limit(1)
    )


def bank_team(session: Session, bank_id: int) -> list[Member]:
    """Return who works on a bank, owners first (one statement)."""
    rows = session.execute(
        select(User.id, User.name, func.coalesce(OrgUnit.name, ""), SharedBankMember.role)
        .join(SharedBankMember, SharedBankMember.user_id == User.id)
        .outerjoin(OrgUnit, OrgUnit.id == User.unit_id)
        .where(SharedBankMember.bank_id == bank_id)
    )
    return by_part(Member(*row) for row in rows)


def last_saved(session: Session, bank_ids: list[int]) -> dict[int, datetime]:
    """Return {bank: when its text was last saved at the desk} (one statement)."""
    rows = session.execute(
        select(SharedBankSave.bank_id, func.max(SharedBankSave.saved_at))
        .where(SharedBankSave.bank_id.in_(bank_ids))
        .group_by(SharedBankSave.bank_id)
    )
    return dict(rows.all())

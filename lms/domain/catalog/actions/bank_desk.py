"""Shared banks at the desk: begun, written without overwriting anybody, put in force, opened, archived."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from lms.content.bundle import normalize
from lms.content.shared import begun_bank, read_shared, shared_path
from lms.content.writing.saves import surplus
from lms.domain.accounts.models import User
from lms.domain.audit.actions import record
from lms.domain.catalog.actions.bank_index import index_bank
from lms.domain.catalog.actions.banks import held_bank, put_in_force, readable
from lms.domain.catalog.actions.drafts import SlugTaken
from lms.domain.catalog.actions.members import set_member
from lms.domain.catalog.actions.rows import drop_unnamed, listed, store_files
from lms.domain.catalog.actions.writing import ChangedMeanwhile
from lms.domain.catalog.models import Blob, SharedBank, SharedBankMember, SharedBankSave


class BankClosed(Exception):
    """The bank is archived, or written in the server's folder: nobody writes it at the desk."""


@dataclass(frozen=True)
class SavedBank:
    """The SHA-256 of the text under the pen, the base of the next save; `changed`: it was another before."""

    digest: str
    changed: bool


def new_bank(
    session: Session, slug: str, title: str, competencies: Sequence[str], *, by: int, now: datetime
) -> SharedBank:
    """Make a bank of the desk without questions, which only its owner reads. Raises SlugTaken."""
    if held_bank(session, slug) is not None:
        raise SlugTaken(slug)
    data = begun_bank(slug, title, tuple(competencies))
    digest = store_files(session, {"": data})[""]
    bank = SharedBank(
        slug=slug, title=read_shared(data, slug).title, questions=0, digest=digest, changed_at=now,
        home="desk", is_open=False, competencies=listed(competencies, 300),
    )  # fmt: skip
    try:
        with session.begin_nested():
            session.add(bank)
            session.flush()
    except IntegrityError:  # made by another just now
        raise SlugTaken(slug) from None
    session.add(SharedBankMember(bank_id=bank.id, user_id=by, role="owner"))
    _remember(session, bank, digest, by=by, now=now)
    record(session, "bank.created", now=now, actor=by, subject=("bank", bank.id), slug=slug)
    session.flush()
    return bank


def save_bank(
    session: Session, bank: SharedBank, data: bytes, *, base: str | None, by: int, now: datetime
) -> SavedBank:
    """Save the text under the pen; what courses draw from stays until `release_bank`.

    `base` is the SHA-256 that the text was made from. Raises ChangedMeanwhile when somebody else saved
    another text, BankClosed.
    """
    held = _writable(session, bank)
    current = held.written or held.digest
    path = shared_path(held.slug)
    digest = store_files(session, normalize({path: data}))[path]
    if digest == current:
        return SavedBank(digest, False)
    if base is not None and base != current:
        raise ChangedMeanwhile(current)
    known = select(SharedBankSave.id).where(SharedBankSave.bank_id == held.id).limit(1)
    if session.scalar(known) is None:
        session.add(SharedBankSave(bank_id=held.id, digest=current, saved_at=held.changed_at))
        session.flush()
    held.written = None if digest == held.digest else digest
    _remember(session, held, digest, by=by, now=now)
    index_bank(session, held)
    return SavedBank(digest, True)


def release_bank(session: Session, bank: SharedBank, *, seen: str, by: int, now: datetime) -> bool:
    """Put the text under the pen in force; False when it is that already.

    `seen` is the SHA-256 of the text that was looked at. Raises ChangedMeanwhile, BankErrors, BankClosed.
    """
    held = _writable(session, bank)
    if seen != (held.written or held.digest):
        raise ChangedMeanwhile(held.written or held.digest)
    if held.written is None:
        return False
    data = session.scalars(select(Blob.data).where(Blob.digest == held.written)).one()
    text = readable(session, held, held.slug, data)
    put_in_force(session, held, text, held.written, by=by, now=now)
    return True


def open_bank(session: Session, bank: SharedBank, is_open: bool, *, by: int, now: datetime) -> None:
    """Let every trainer read a bank and draw from it, or its members alone; courses keep what they have."""
    held = _writable(session, bank)
    if held.is_open != is_open:
        held.is_open = is_open
        verb = "bank.opened" if is_open else "bank.closed"
        record(session, verb, now=now, actor=by, subject=("bank", held.id), slug=held.slug)
    session.flush()


def archive_bank(session: Session, bank: SharedBank, *, by: int, now: datetime) -> None:
    """Take a bank out of use: no course begins to draw from it; those that do keep it."""
    held = _writable(session, bank)
    held.archived_at = now
    record(session, "bank.archived", now=now, actor=by, subject=("bank", held.id), slug=held.slug)
    session.flush()


def restore_bank(session: Session, bank: SharedBank, *, by: int, now: datetime) -> None:
    """Take an archived bank into use again."""
    held = held_bank(session, bank.slug)
    if held is not None and held.archived_at is not None:
        held.archived_at = None
        record(session, "bank.restored", now=now, actor=by, subject=("bank", held.id), slug=held.slug)
    session.flush()


def hand_bank_over(session: Session, bank: SharedBank, user: User, *, now: datetime) -> None:
    """Move a bank of the server's folder to the desk, with its owner. Raises NotOfTheDesk."""
    set_member(session, bank, user, "owner", by=None, now=now)
    if bank.home != "desk":
        bank.home = "desk"
        record(session, "bank.handed_over", now=now, actor=None, subject=("bank", bank.id), slug=bank.slug)
    session.flush()


def _writable(session: Session, bank: SharedBank) -> SharedBank:
    held = held_bank(session, bank.slug)
    if held is None or held.home != "desk" or held.archived_at is not None:
        raise BankClosed
    return held


def _remember(session: Session, bank: SharedBank, digest: str, *, by: int, now: datetime) -> None:
    """Append a saved text to the history of the bank, and thin what is older."""
    session.add(SharedBankSave(bank_id=bank.id, digest=digest, saved_at=now, saved_by=by))
    session.flush()
    rows = session.execute(
        select(SharedBankSave.id, SharedBankSave.saved_at, SharedBankSave.digest)
        .where(SharedBankSave.bank_id == bank.id)
        .order_by(SharedBankSave.id)
    ).all()
    gone = set(surplus([(row.id, row.saved_at) for row in rows], now))
    if gone:
        session.execute(delete(SharedBankSave).where(SharedBankSave.id.in_(gone)))
        drop_unnamed(session, {row.digest for row in rows if row.id in gone})

"""Institutions by id, key and words typed."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from lms.domain.accounts.models import User
from lms.domain.partners.models import Partner


def find_partners(session: Session, text: str = "", *, closed: bool = False) -> Sequence[Partner]:
    """Return the institutions that match the words typed, by name; with `closed` those, too."""
    found = select(Partner).order_by(func.lower(Partner.name), Partner.id)
    if not closed:
        found = found.where(Partner.closed_at.is_(None))
    for word in text.split()[:6]:
        places = (Partner.name, Partner.short_name, Partner.key)
        found = found.where(or_(*(column.icontains(word, autoescape=True) for column in places)))
    return session.scalars(found).all()


def partners_by_id(session: Session, ids: Collection[int]) -> dict[int, Partner]:
    """Return {id: institution}; no statement when none is asked for."""
    if not ids:
        return {}
    return {row.id: row for row in session.scalars(select(Partner).where(Partner.id.in_(set(ids))))}


def authors_of(session: Session, partner_id: int) -> Sequence[User]:
    """Return the accounts of the authors of an institution, open or not, by name."""
    found = select(User).where(User.partner_id == partner_id)
    return session.scalars(found.order_by(func.lower(User.name), User.id)).all()


def open_keys(session: Session) -> dict[str, int]:
    """Return {key: id} of the institutions that courses may name."""
    rows = session.execute(select(Partner.key, Partner.id).where(Partner.closed_at.is_(None)))
    return dict(rows.all())


def has_logo(session: Session, digest: str) -> bool:
    """Whether a picture is the logo of an institution: no other file of the store is given out by it."""
    return session.scalar(select(Partner.id).where(Partner.logo_sha256 == digest).limit(1)) is not None

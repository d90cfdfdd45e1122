"""Keep the list of institutions. What a published course names is closed, never removed."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lms.domain.accounts.actions import Refused
from lms.domain.accounts.actions.refusals import unique
from lms.domain.accounts.models import User
from lms.domain.accounts.rules import InvalidEmail, normalise_email, squeezed
from lms.domain.audit.actions import record
from lms.domain.partners.models import Partner, PartnerKind
from lms.domain.partners.rules import MOST, Entry, is_key, key_from

_USED = "partner.used"


def add(session: Session, entry: Entry, *, by: int, now: datetime) -> Partner:
    """Add an institution; one that is there with exactly these data is returned as it is.

    Raises Refused with the field that is wrong, or whose name or key is taken.
    """
    twin = session.scalar(select(Partner).where(Partner.name == squeezed(entry.name)))
    data = _checked(session, entry, twin.id if twin and twin.closed_at is None else 0)
    if twin is not None and all(getattr(twin, name) == value for name, value in asdict(data).items()):
        return twin
    if not is_key(data.key):
        raise Refused("partner.key", "key")
    row = Partner(**asdict(data), created_at=now)
    with unique(session, Refused("partner.taken", "key", name=data.key)):
        session.add(row)
    _note(session, "partner.added", row, by, now)
    return row


def edit(session: Session, row: Partner, entry: Entry, *, by: int, now: datetime) -> bool:
    """Store what is known; the key stays, since texts of courses name it. False when nothing differs.

    Raises Refused.
    """
    data = _checked(session, replace(entry, key=row.key), row.id)
    changed = sorted(name for name, value in asdict(data).items() if getattr(row, name) != value)
    if not changed:
        return False
    with unique(session, Refused("partner.taken", "name", name=data.name)):
        for name in changed:
            setattr(row, name, getattr(data, name))
    _note(session, "partner.edited", row, by, now, fields=changed)
    return True


def set_logo(session: Session, row: Partner, digest: str, *, by: int, now: datetime) -> bool:
    """Set the picture (SHA-256 in the file store), or none with ""; False when it is the same."""
    if row.logo_sha256 == digest:
        return False
    row.logo_sha256 = digest
    _note(session, "partner.edited", row, by, now, fields=["logo"])
    return True


def close(session: Session, row: Partner, *, by: int, now: datetime) -> bool:
    """Let no further course name it; those that do keep it. False when it is closed already.

    Raises Refused("partner.authors") while accounts of its authors are open.
    """
    if row.closed_at is not None:
        return False
    open_authors = select(func.count()).where(User.partner_id == row.id, User.closed_at.is_(None))
    count = session.scalar(open_authors) or 0
    if count:
        raise Refused("partner.authors", count=count)
    row.closed_at = now
    _note(session, "partner.closed", row, by, now)
    return True


def reopen(session: Session, row: Partner, *, by: int, now: datetime) -> bool:
    """Let courses name it again; False when it is open."""
    if row.closed_at is None:
        return False
    row.closed_at = None
    _note(session, "partner.reopened", row, by, now)
    return True


def remove(session: Session, row: Partner, *, by: int, now: datetime) -> None:
    """Remove an institution entered by mistake.

    Raises Refused("partner.used") when anything names it: the references of the tables decide, so a course
    published meanwhile is seen, too.
    """
    _note(session, "partner.removed", row, by, now)
    with unique(session, Refused(_USED)):
        session.delete(row)


def _checked(session: Session, entry: Entry, own_id: int) -> Entry:
    texts = {name: squeezed(getattr(entry, name)) for name in MOST}
    for name, most in MOST.items():
        if len(texts[name]) > most or (name in ("name", "short_name") and not texts[name]):
            raise Refused("text.length", name, most=most)
    if entry.kind not in set(PartnerKind):
        raise Refused("partner.kind", "kind")
    email = squeezed(entry.email)
    try:
        email = normalise_email(email) if email else ""
    except InvalidEmail as error:
        raise Refused("email.invalid", "email") from error
    key = entry.key.strip().casefold() or key_from(texts["short_name"])
    for name, value in (("key", key), ("name", texts["name"])):
        column = func.lower(getattr(Partner, name))
        taken = select(Partner.id).where(column == value.lower(), Partner.id != own_id)
        if session.scalar(taken.limit(1)) is not None:
            raise Refused("partner.taken", name, name=value)
    return Entry(kind=entry.kind, key=key, email=email, **texts)


def _note(session: Session, verb: str, row: Partner, by: int, now: datetime, **detail: list[str]) -> None:
    session.flush()
    record(session, verb, now=now, actor=by, subject=("partner", row.id), name=row.name, **detail)
    session.flush()

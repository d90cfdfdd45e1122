"""Accounts of external authors: people of an institution who write courses and are no staff."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from lms.clock import local_date
from lms.domain.accounts.actions import Person, Refused, create_user, edit_user, grant_role
from lms.domain.accounts.models import RoleName, User
from lms.domain.accounts.rules import is_over
from lms.domain.audit.actions import record
from lms.domain.partners.models import Partner


def add_author(
    session: Session, partner: Partner, name: str, email: str, access_until: date | None, *, by: int | None,
    now: datetime, is_demo: bool = False,
) -> User:  # fmt: skip
    """Make the account of somebody of an open institution: a trainer without NIP, unit and position.

    `access_until` is the last day (WIB), None for no end. Raises Refused: "partner.closed", "access.past",
    "email.missing", and what `create_user` refuses.
    """
    if partner.closed_at is not None:
        raise Refused("partner.closed")
    _check(email, access_until, now)
    user = create_user(session, Person(name, email=email), now=now, actor=by, is_demo=is_demo)
    user.partner_id, user.access_until = partner.id, access_until
    session.flush()
    grant_role(session, user, RoleName.TRAINER, now=now, actor=by)
    _note(session, user, by, now)
    return user


def edit_author(
    session: Session, user: User, name: str, email: str, access_until: date | None, *, by: int | None,
    now: datetime,
) -> bool:  # fmt: skip
    """Change name, e-mail and last day of an author; False when nothing differs.

    A last day that is over may stay; a new one is today or later. Who is to go at once: close the account.
    Raises Refused.
    """
    _check(email, access_until if access_until != user.access_until else None, now)
    changed = edit_user(session, user, Person(name, email=email), now=now, actor=by)
    moved = user.access_until != access_until
    if moved:
        user.access_until = access_until
        _note(session, user, by, now)
    return bool(changed) or moved


def _check(email: str, access_until: date | None, now: datetime) -> None:
    if not email.strip():
        raise Refused("email.missing", "email")
    if is_over(access_until, local_date(now)):
        raise Refused("access.past", "access_until")


def _note(session: Session, user: User, by: int | None, now: datetime) -> None:
    partner = session.get_one(Partner, user.partner_id)
    until = user.access_until.isoformat() if user.access_until else None
    subject = ("user", user.id)
    record(session, "author.access", now=now, actor=by, subject=subject, partner=partner.name, until=until)
    session.flush()

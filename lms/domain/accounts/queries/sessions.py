"""Who signs in, who is signed in, whose is a code."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session, joinedload

from lms.db import columns, plain_rows
from lms.domain.accounts.models import ActivationCode, LoginSession, RoleGrant, User
from lms.domain.accounts.queries.people import identity_of
from lms.domain.accounts.rules import InvalidCode, code_hash
from lms.domain.notices.queries import unread_of

SESSION_DAYS = 14  # the cookie lasts as long


@dataclass(frozen=True)
class Credentials:
    """What a sign-in is checked against; both None when nobody may sign in by that identity."""

    user_id: int | None
    password_hash: str | None


def credentials_of(session: Session, identity: str) -> Credentials:
    """Return the stored hash for a NIP or e-mail; None for unknown, closed, or without password."""
    condition = identity_of(identity)
    if condition is None:
        return Credentials(None, None)
    row = session.execute(
        select(User.id, User.password_hash).where(condition, User.closed_at.is_(None))
    ).one_or_none()
    return Credentials(row.id, row.password_hash) if row and row.password_hash else Credentials(None, None)


@dataclass(frozen=True)
class Person:
    """The signed-in person as every request needs one; the row (`signed_in_user`) is a statement more."""

    id: int
    name: str
    employment: str
    position_id: int | None
    locale: str | None
    theme: str | None
    partner_id: int | None  # of an external author
    access_until: date | None
    unread: int  # notices
    roles: frozenset[str]


def person_by_token(session: Session, token_hash: str) -> Person | None:
    """Return the person of an open session: one statement over plain columns, since every request sends it.

    How long the token's cookie is accepted is checked by its signature, not here.
    """
    rows = plain_rows(session, _person(), {"token": token_hash}).all()
    if not rows:
        return None
    roles = frozenset(row.role for row in rows if row.role is not None)
    return Person(*(*rows[0][:-1], roles))  # the columns in the order of the fields, the role last


@cache
def _person() -> Select[Any]:
    """Built once, on the tables: rows of the ORM would cost three times as much."""
    login, user, grant = columns(LoginSession), columns(User), columns(RoleGrant)
    return (
        select(
            user.id,
            user.name,
            user.employment,
            user.position_id,
            user.locale,
            user.theme,
            user.partner_id,
            user.access_until,
            unread_of(user.id).label("unread"),
            grant.role,
        )  # fmt: skip
        .select_from(
            LoginSession.__table__.join(User.__table__, user.id == login.user_id).outerjoin(
                RoleGrant.__table__, grant.user_id == user.id
            )
        )
        .where(login.token_hash == bindparam("token"), login.ended_at.is_(None), user.closed_at.is_(None))
    )


def signed_in_user(session: Session, user_id: int) -> User:
    """Return the row of a person with unit, grants and the grants' units loaded: one statement."""
    return session.execute(_signed_in(), {"id": user_id}).unique().scalar_one()


@cache
def _signed_in() -> Select[User]:
    """Built once: most pages of a desk send it."""
    return (
        select(User)
        .where(User.id == bindparam("id"))
        .options(joinedload(User.unit), joinedload(User.grants).joinedload(RoleGrant.unit))
    )


def open_sessions(session: Session, user_id: int, now: datetime) -> Sequence[LoginSession]:
    """Return a person's devices that are signed in and were used in the last 14 days, the latest first."""
    return session.scalars(
        select(LoginSession)
        .where(
            LoginSession.user_id == user_id,
            LoginSession.ended_at.is_(None),
            LoginSession.last_seen_at > now - timedelta(days=SESSION_DAYS),
        )
        .order_by(LoginSession.last_seen_at.desc(), LoginSession.id.desc())
    ).all()


@dataclass(frozen=True)
class OwnedCode:
    """An activation code that exists, and its person (unit and grants not loaded)."""

    code: ActivationCode
    user: User


def code_owner(session: Session, text: str) -> OwnedCode | None:
    """Return the code typed by a person, whatever its state; None when there is no such code."""
    try:
        digest = code_hash(text)
    except InvalidCode:
        return None
    row = session.execute(
        select(ActivationCode, User)
        .join(User, User.id == ActivationCode.user_id)
        .where(ActivationCode.code_hash == digest)
    ).one_or_none()
    return OwnedCode(row[0], row[1]) if row else None


def latest_codes(session: Session, user_ids: Collection[int]) -> dict[int, ActivationCode]:
    """Return the newest activation code of each person that has one."""
    rows = session.scalars(
        select(ActivationCode).where(ActivationCode.user_id.in_(user_ids)).order_by(ActivationCode.id)
    )
    return {code.user_id: code for code in rows}

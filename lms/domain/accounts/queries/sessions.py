"""Who signs in, who is signed in, whose is a code."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session, joinedload

from lms.domain.accounts.models import ActivationCode, LoginSession, RoleGrant, User
from lms.domain.accounts.queries.people import identity_of
from lms.domain.accounts.rules import InvalidCode, code_hash

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


def user_by_token(session: Session, token_hash: str) -> User | None:
    """Return the person of an open session with unit, grants and the grants' units loaded: one statement.

    How long the token's cookie is accepted is checked by its signature, not here.
    """
    return session.execute(_signed_in(), {"token": token_hash}).unique().scalar_one_or_none()


@cache
def _signed_in() -> Select[User]:
    """Every request sends this statement: it is built once."""
    return (
        select(User)
        .join(LoginSession, LoginSession.user_id == User.id)
        .where(
            LoginSession.token_hash == bindparam("token"),
            LoginSession.ended_at.is_(None),
            User.closed_at.is_(None),
        )
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

"""Signing in and out, passwords.

Hashing a password takes 25 ms and is done by the caller before the transaction that writes:
`queries.credentials_of` -> `rules.verify_password` (no lock held) -> `sign_in`.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from lms.clock import local_date
from lms.domain.accounts.actions.refusals import Refused
from lms.domain.accounts.models import LoginSession, User
from lms.domain.accounts.queries import Credentials
from lms.domain.accounts.rules import is_over, new_token, token_hash
from lms.domain.audit.actions import record

DEVICE_MAX = 120
KEPT_DAYS = 90  # ended sessions stay that long


def sign_in(
    session: Session, credentials: Credentials, *, now: datetime, device: str, rehashed: str | None = None
) -> tuple[User, str]:
    """Start a session for verified credentials; return the person and the token for the cookie.

    Raises Refused("credentials.changed") when the account was closed or its password changed meanwhile;
    the row is held, so that a new password either refuses this sign-in or ends its session. Raises
    Refused("access.ended") with the last day for an external author whose access is over.
    """
    held = select(User).where(User.id == credentials.user_id, User.closed_at.is_(None)).with_for_update()
    user = session.scalar(held.execution_options(populate_existing=True))
    if user is None or user.password_hash is None or user.password_hash != credentials.password_hash:
        raise Refused("credentials.changed")
    if is_over(user.access_until, local_date(now)):
        raise Refused("access.ended", day=user.access_until)
    if rehashed is not None:
        user.password_hash = rehashed
    token = start_session(session, user, now=now, device=device)
    record(session, "session.started", now=now, actor=user.id, subject=("user", user.id))
    return user, token


def start_session(session: Session, user: User, *, now: datetime, device: str) -> str:
    """Add a sign-in session and return its random token; old rows of the person are swept."""
    session.execute(
        delete(LoginSession).where(
            LoginSession.user_id == user.id, LoginSession.last_seen_at < now - timedelta(days=KEPT_DAYS)
        )
    )
    token = new_token()
    session.add(
        LoginSession(
            user_id=user.id,
            token_hash=token_hash(token),
            created_at=now,
            last_seen_at=now,
            device=device[:DEVICE_MAX],
        )  # fmt: skip
    )
    session.flush()
    return token


def touch_session(session: Session, digest: str, now: datetime) -> None:
    """Note that the device of a token's hash was used."""
    session.execute(update(LoginSession).where(LoginSession.token_hash == digest).values(last_seen_at=now))


def end_session(session: Session, digest: str, now: datetime) -> None:
    """End the session of a token's hash (sign-out); ending it twice is nothing."""
    login = session.scalar(
        select(LoginSession).where(LoginSession.token_hash == digest, LoginSession.ended_at.is_(None))
    )
    if login is not None:
        login.ended_at = now
        record(session, "session.ended", now=now, actor=login.user_id, subject=("user", login.user_id))
        session.flush()


def end_session_of(session: Session, user: User, login_id: int, now: datetime) -> bool:
    """End one device of the person; False when the person has no such session."""
    login = session.scalar(
        select(LoginSession).where(LoginSession.id == login_id, LoginSession.user_id == user.id)
    )
    if login is None:
        return False
    if login.ended_at is None:
        login.ended_at = now
        record(session, "session.ended", now=now, actor=user.id, subject=("user", user.id))
        session.flush()
    return True


def end_sessions(session: Session, user_id: int, *, now: datetime, keep: str | None = None) -> int:
    """End the open sessions of a person but that of the token hash `keep`; return how many."""
    ids = session.scalars(
        select(LoginSession.id).where(
            LoginSession.user_id == user_id,
            LoginSession.ended_at.is_(None),
            LoginSession.token_hash != (keep or ""),
        )
    ).all()
    session.execute(update(LoginSession).where(LoginSession.id.in_(ids)).values(ended_at=now))
    return len(ids)


def end_expired(session: Session, *, now: datetime) -> int:
    """Sign out external authors whose access is over; return how many devices were signed in."""
    over = select(User.id).where(User.access_until < local_date(now))
    signed_in = select(LoginSession.user_id).where(
        LoginSession.ended_at.is_(None), LoginSession.user_id.in_(over)
    )
    count = 0
    for user_id in session.scalars(signed_in.distinct().order_by(LoginSession.user_id)).all():
        ended = end_sessions(session, user_id, now=now)
        record(session, "sessions.ended", now=now, actor=None, subject=("user", user_id), count=ended)
        count += ended
    session.flush()
    return count


def end_other_sessions(
    session: Session, user_id: int, *, now: datetime, actor: int, keep: str | None = None
) -> int:
    """End the sessions of a person but `keep` and log it; return how many were open."""
    ended = end_sessions(session, user_id, now=now, keep=keep)
    if ended:
        record(session, "sessions.ended", now=now, actor=actor, subject=("user", user_id), count=ended)
    session.flush()
    return ended


def set_password(
    session: Session, user: User, password_hash: str, *, now: datetime, keep: str | None = None,
    actor: int | None = None,
) -> None:  # fmt: skip
    """Store a new password's hash (`rules.hash_password`) and end all other sessions of the person.

    `keep` is the token hash of the device at hand; `actor` is the person unless given.
    """
    user.password_hash = password_hash
    ended = end_sessions(session, user.id, now=now, keep=keep)
    by = actor or user.id
    record(session, "password.changed", now=now, actor=by, subject=("user", user.id), sessions=ended)
    session.flush()

"""Activation codes: how a person without e-mail gets a first or a new password."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session, joinedload, selectinload

from lms.clock import local_date
from lms.domain.accounts.actions.refusals import Refused
from lms.domain.accounts.actions.sessions import set_password
from lms.domain.accounts.models import ActivationCode, RoleGrant, User
from lms.domain.accounts.queries import code_owner
from lms.domain.accounts.rules import code_hash, is_over, may_reset_password, new_code
from lms.domain.audit.actions import record


@dataclass(frozen=True)
class IssuedCode:
    """A fresh code, in clear only here: to be shown or printed once."""

    user: User
    code: str
    expires_at: datetime


def issue_codes(
    session: Session, user_ids: Sequence[int], *, by: User, now: datetime, days: int,
    make: Callable[[User], str] | None = None,
) -> list[IssuedCode]:  # fmt: skip
    """Make one code for each person, in the order given; older unused codes of theirs are withdrawn.

    `by` must have grants with units loaded. Raises Refused("code.forbidden") with the name when the
    issuer may not open that account, Refused("user.closed") for a closed one; then none is issued.
    `make` gives the code of a person in place of a random one.
    """
    people = _people(session, user_ids)
    for user in people:
        if user.closed_at is not None:
            raise Refused("user.closed", name=user.name)
        if not may_reset_password(by, user):
            raise Refused("code.forbidden", name=user.name)
    session.execute(
        update(ActivationCode)
        .where(
            ActivationCode.user_id.in_(user.id for user in people),
            ActivationCode.used_at.is_(None),
            ActivationCode.withdrawn_at.is_(None),
        )
        .values(withdrawn_at=now)
        .execution_options(synchronize_session="fetch")
    )
    expires_at = now + timedelta(days=days)
    issued = []
    for user in people:
        code = make(user) if make else new_code()
        session.add(
            ActivationCode(
                user_id=user.id,
                code_hash=code_hash(code),
                created_at=now,
                created_by=by.id,
                expires_at=expires_at,
            )  # fmt: skip
        )
        record(session, "code.issued", now=now, actor=by.id, subject=("user", user.id))
        issued.append(IssuedCode(user, code, expires_at))
    session.flush()
    return issued


def _people(session: Session, user_ids: Sequence[int]) -> list[User]:
    found: dict[int, User] = {}
    wanted = list(dict.fromkeys(user_ids))
    for start in range(0, len(wanted), 500):
        people = session.scalars(
            select(User)
            .where(User.id.in_(wanted[start : start + 500]))
            .options(joinedload(User.unit), selectinload(User.grants).joinedload(RoleGrant.unit))
            .execution_options(populate_existing=True)
        )
        found.update({user.id: user for user in people})
    if len(found) != len(wanted):
        raise Refused("user.unknown")
    return [found[user_id] for user_id in wanted]


def code_problem(code: ActivationCode, user: User, now: datetime) -> str | None:
    """Return why a code opens nothing: "code.used", "code.withdrawn", "code.expired", "code.over" (access
    of an external author has ended); None if it does.
    """
    if code.used_at is not None:
        return "code.used"
    if code.withdrawn_at is not None or user.closed_at is not None:
        return "code.withdrawn"
    if is_over(user.access_until, local_date(now)):
        return "code.over"
    return "code.expired" if now >= code.expires_at else None


def use_code(session: Session, text: str, password_hash: str, *, now: datetime) -> User:
    """Spend a code: set the person's password, end their sessions, return them.

    Raises Refused("code.unknown" | "code.used" | "code.withdrawn" | "code.expired" | "code.over"); of two
    requests at once only one gets through.
    """
    owned = code_owner(session, text)
    if owned is None:
        raise Refused("code.unknown", "code")
    problem = code_problem(owned.code, owned.user, now)
    if problem is not None:
        raise Refused(problem, "code")
    spent = session.execute(
        update(ActivationCode)
        .where(
            ActivationCode.id == owned.code.id,
            ActivationCode.used_at.is_(None),
            ActivationCode.withdrawn_at.is_(None),
        )
        .values(used_at=now)
        .returning(ActivationCode.id)
    ).one_or_none()
    if spent is None:
        raise Refused("code.used", "code")
    record(session, "code.used", now=now, actor=owned.user.id, subject=("user", owned.user.id))
    set_password(session, owned.user, password_hash, now=now)
    return owned.user

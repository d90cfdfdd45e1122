"""Give and take roles."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.domain.accounts.actions.refusals import Refused, unique
from lms.domain.accounts.models import OrgUnit, RoleGrant, RoleName, User
from lms.domain.accounts.queries import open_admins
from lms.domain.accounts.rules import SCOPED_ROLES
from lms.domain.audit.actions import record


def grant_role(
    session: Session, user: User, role: str, unit_id: int | None = None, *, now: datetime, actor: int | None
) -> RoleGrant:
    """Give a role; a role held already is returned as it is.

    An HR role needs its unit, the others reach everywhere and take none; an external author is a
    trainer at most. Raises Refused.
    """
    if role not in set(RoleName):
        raise Refused("role.unknown", "role")
    if user.partner_id is not None and role != RoleName.TRAINER:
        raise Refused("role.external", "role")
    scope = unit_id if role in SCOPED_ROLES else None
    if role in SCOPED_ROLES and (scope is None or session.get(OrgUnit, scope) is None):
        raise Refused("role.unit", "unit_id")
    held = session.scalar(
        select(RoleGrant).where(
            RoleGrant.user_id == user.id,
            RoleGrant.role == role,
            RoleGrant.unit_id.is_not_distinct_from(scope),
        )
    )
    if held is not None:
        return held
    grant = RoleGrant(user_id=user.id, role=role, unit_id=scope)
    with unique(session, Refused("role.held", "role")):
        session.add(grant)
    session.expire(user, ["grants"])
    record(session, "role.granted", now=now, actor=actor, subject=("user", user.id), role=role, unit=scope)
    session.flush()
    return grant


def revoke_role(session: Session, user: User, grant_id: int, *, now: datetime, actor: int | None) -> bool:
    """Take a role of this person; False when there is no such grant any more.

    Raises Refused("admin.self") for the own admin role and Refused("admin.last") for that of the last
    open account that holds it.
    """
    lock_admins(session)
    grant = session.scalar(select(RoleGrant).where(RoleGrant.id == grant_id, RoleGrant.user_id == user.id))
    if grant is None:
        return False
    if grant.role == RoleName.ADMIN:
        if user.id == actor:
            raise Refused("admin.self")
        if user.closed_at is None and open_admins(session) <= 1:
            raise Refused("admin.last")
    role, unit_id = grant.role, grant.unit_id
    session.delete(grant)
    session.flush()
    session.expire(user, ["grants"])
    record(session, "role.revoked", now=now, actor=actor, subject=("user", user.id), role=role, unit=unit_id)
    session.flush()
    return True


def lock_admins(session: Session) -> None:
    """Let acts that could leave no admin wait for each other (PostgreSQL; SQLite has one writer anyway)."""
    admins = select(RoleGrant.id).where(RoleGrant.role == RoleName.ADMIN.value)
    session.execute(admins.order_by(RoleGrant.id).with_for_update())

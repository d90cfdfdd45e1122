"""Who writes and who reviews a course."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lms.domain.accounts.models import RoleGrant, User
from lms.domain.audit.actions import record
from lms.domain.catalog.actions.rows import locked_course
from lms.domain.catalog.models import Course, CourseMember
from lms.domain.catalog.rules import ROLES_NEEDED


class LastOwner(Exception):
    """A course that has an owner keeps one: somebody else must become owner first."""


class NotOfTheDesk(Exception):
    """The person holds no role that opens the trainers' desk for this work; an admin gives it."""


def set_member(
    session: Session, course: Course, user: User, role: str, *, by: int | None, now: datetime
) -> bool:
    """Make a person owner, author or reviewer of a course; return whether something changed.

    Raises LastOwner and NotOfTheDesk.
    """
    held = locked_course(session, course.slug, home=course.home, now=now)
    needed = [name.value for name in ROLES_NEEDED[role]]
    grants = select(RoleGrant.id).where(RoleGrant.user_id == user.id, RoleGrant.role.in_(needed))
    if user.closed_at is not None or session.scalar(grants.limit(1)) is None:
        raise NotOfTheDesk
    member = session.get(CourseMember, (held.id, user.id))
    if member is None:
        session.add(CourseMember(course_id=held.id, user_id=user.id, role=role))
    elif member.role == role:
        return False
    else:
        _keep_an_owner(session, member)
        member.role = role
    _note(session, "member.set", held, user, role, by=by, now=now)
    return True


def remove_member(session: Session, course: Course, user: User, *, by: int | None, now: datetime) -> bool:
    """Take a person out of the team; False when they are not in it. Raises LastOwner."""
    held = locked_course(session, course.slug, home=course.home, now=now)
    member = session.get(CourseMember, (held.id, user.id))
    if member is None:
        return False
    _keep_an_owner(session, member)
    role = member.role
    session.delete(member)
    _note(session, "member.removed", held, user, role, by=by, now=now)
    return True


def _keep_an_owner(session: Session, member: CourseMember) -> None:
    owners = select(func.count()).where(
        CourseMember.course_id == member.course_id,
        CourseMember.role == "owner",
        CourseMember.user_id != member.user_id,
    )
    if member.role == "owner" and not session.scalar(owners):
        raise LastOwner


def _note(
    session: Session, verb: str, course: Course, user: User, role: str, *, by: int | None, now: datetime
) -> None:
    subject = ("course", course.id)
    record(session, verb, now=now, actor=by, subject=subject, name=user.name, team_role=role)
    session.flush()

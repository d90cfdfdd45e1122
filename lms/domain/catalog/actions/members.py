"""Who writes and who reviews a course or a shared bank."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lms.db import holding
from lms.domain.accounts.models import RoleGrant, User
from lms.domain.audit.actions import record
from lms.domain.catalog.actions.rows import locked_course
from lms.domain.catalog.models import Course, CourseMember, SharedBank, SharedBankMember
from lms.domain.catalog.rules import ROLES_NEEDED

Place = Course | SharedBank


class LastOwner(Exception):
    """A course or bank that has an owner keeps one: somebody else must become owner first."""


class NotOfTheDesk(Exception):
    """The person holds no role that opens the trainers' desk for this work, or is an external author who
    is to review, or to work on a bank of several courses.
    """


def set_member(
    session: Session, place: Place, user: User, role: str, *, by: int | None, now: datetime
) -> bool:
    """Make a person owner, author or reviewer of a course or a bank; return whether something changed.

    Raises LastOwner and NotOfTheDesk.
    """
    held = _held(session, place, now)
    needed = [name.value for name in ROLES_NEEDED[role]]
    grants = select(RoleGrant.id).where(RoleGrant.user_id == user.id, RoleGrant.role.in_(needed))
    outside = user.partner_id is not None and (role == "reviewer" or isinstance(held, SharedBank))
    if outside or user.closed_at is not None or session.scalar(grants.limit(1)) is None:
        raise NotOfTheDesk
    member = _member(session, held, user.id)
    if member is None:
        session.add(
            CourseMember(course_id=held.id, user_id=user.id, role=role)
            if isinstance(held, Course)
            else SharedBankMember(bank_id=held.id, user_id=user.id, role=role)
        )
    elif member.role == role:
        return False
    else:
        _keep_an_owner(session, member)
        member.role = role
    _note(session, "member.set", held, user, role, by=by, now=now)
    return True


def remove_member(session: Session, place: Place, user: User, *, by: int | None, now: datetime) -> bool:
    """Take a person out of the team; False when they are not in it. Raises LastOwner."""
    held = _held(session, place, now)
    member = _member(session, held, user.id)
    if member is None:
        return False
    _keep_an_owner(session, member)
    role = member.role
    session.delete(member)
    _note(session, "member.removed", held, user, role, by=by, now=now)
    return True


def _held(session: Session, place: Place, now: datetime) -> Place:
    if isinstance(place, Course):
        return locked_course(session, place.slug, home=place.home, now=now)
    return session.scalars(holding(select(SharedBank).where(SharedBank.id == place.id), of=SharedBank)).one()


def _member(session: Session, place: Place, user_id: int) -> CourseMember | SharedBankMember | None:
    if isinstance(place, Course):
        return session.get(CourseMember, (place.id, user_id))
    return session.get(SharedBankMember, (place.id, user_id))


def _keep_an_owner(session: Session, member: CourseMember | SharedBankMember) -> None:
    if isinstance(member, CourseMember):
        same = CourseMember.course_id == member.course_id
        others = CourseMember.role == "owner", CourseMember.user_id != member.user_id
    else:
        same = SharedBankMember.bank_id == member.bank_id
        others = SharedBankMember.role == "owner", SharedBankMember.user_id != member.user_id
    if member.role == "owner" and not session.scalar(select(func.count()).where(same, *others)):
        raise LastOwner


def _note(
    session: Session, verb: str, place: Place, user: User, role: str, *, by: int | None, now: datetime
) -> None:
    subject = ("course" if isinstance(place, Course) else "bank", place.id)
    record(session, verb, now=now, actor=by, subject=subject, name=user.name, team_role=role)
    session.flush()

"""Follow-ups: one's own, those one is asked about, those of the people somebody looks after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, String, cast, exists, func, literal, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from lms.domain.accounts.models import User
from lms.domain.accounts.queries import in_units, led_by
from lms.domain.accounts.rules import subtree_paths
from lms.domain.effects.models import Followup, FollowupAnswer, FollowupLink, FollowupRule
from lms.domain.enrollments.models import Enrollment

STATES = ("coming", "open", "done")
"""Not due yet; asked, and somebody has not answered; learner, superior and colleague have answered."""


def open_rule(session: Session, course_id: int) -> FollowupRule | None:
    """Return the rule of a course that is switched on; else None."""
    return session.scalar(
        select(FollowupRule).where(FollowupRule.course_id == course_id, FollowupRule.ended_at.is_(None))
    )


def rules_of(session: Session) -> dict[int, FollowupRule]:
    """Return the rules that are switched on, by course."""
    rows = session.scalars(select(FollowupRule).where(FollowupRule.ended_at.is_(None)))
    return {row.course_id: row for row in rows}


def _whole() -> Select[Followup]:
    """Follow-ups with completion, version and person."""
    return (
        select(Followup)
        .join(Followup.enrollment)
        .join(Enrollment.user)
        .options(
            contains_eager(Followup.enrollment).options(
                joinedload(Enrollment.version), joinedload(Enrollment.course),
                contains_eager(Enrollment.user).options(joinedload(User.unit)),
            )
        )
    )  # fmt: skip


def followup_of(session: Session, enrollment_id: int) -> int | None:
    """Return the id of the follow-up of a completion; None when its course asks for none."""
    return session.scalar(select(Followup.id).where(Followup.enrollment_id == enrollment_id))


def awaiting_plan() -> Select[str]:
    """What notices call the follow-ups whose action plan can still be written, and is not."""
    return select(literal("followup:") + cast(Followup.id, String)).where(
        Followup.opened_at.is_(None), Followup.planned_at.is_(None)
    )


def own_followup(session: Session, user_id: int, followup_id: int) -> Followup | None:
    """Return one's own follow-up; else None."""
    return session.scalar(_whole().where(Followup.id == followup_id, Enrollment.user_id == user_id))


def followups_of(session: Session, user_id: int) -> Sequence[Followup]:
    """Return all follow-ups of a person, the newest first."""
    return session.scalars(_whole().where(Enrollment.user_id == user_id).order_by(Followup.id.desc())).all()


def plans_of(session: Session, user_id: int) -> Sequence[Followup]:
    """Return the follow-ups of a person that hold an action plan, the newest first."""
    own = _whole().where(Enrollment.user_id == user_id, Followup.planned_at.is_not(None))
    return session.scalars(own.order_by(Followup.id.desc())).all()


def asked_of(session: Session, user_id: int) -> list[tuple[Followup, str]]:
    """Return what others' follow-ups wait for this person to answer, as (follow-up, role)."""
    staff = led_by(session, user_id)
    found: list[tuple[Followup, str]] = []
    for role, condition in (("superior", staff), ("colleague", Followup.colleague_id == user_id)):
        answered = exists().where(FollowupAnswer.followup_id == Followup.id, FollowupAnswer.role == role)
        rows = session.scalars(
            _whole().where(Followup.opened_at.is_not(None), condition, ~answered)
            .order_by(Followup.due_on, Followup.id).limit(200)
        )  # fmt: skip
        found += [(row, role) for row in rows]
    return found


def respondent_for(session: Session, user_id: int, followup_id: int) -> tuple[Followup, str] | None:
    """Return an opened follow-up and as what this person answers it; None for one that is not asked.

    Who is the superior now answers as the superior; who was it before is not asked any more.
    """
    row = session.scalar(_whole().where(Followup.id == followup_id, Followup.opened_at.is_not(None)))
    if row is None:
        return None
    if row.enrollment.user_id == user_id:
        return row, "self"
    staff = select(User.id).where(User.id == row.enrollment.user_id, led_by(session, user_id))
    if session.scalar(staff) is not None:
        return row, "superior"
    return (row, "colleague") if row.colleague_id == user_id else None


def answers_of(session: Session, followup_id: int) -> dict[str, FollowupAnswer]:
    """Return the answers to a follow-up by role."""
    rows = session.scalars(select(FollowupAnswer).where(FollowupAnswer.followup_id == followup_id))
    return {row.role: row for row in rows}


def links_of(session: Session, followup_id: int) -> Sequence[FollowupLink]:
    """Return the links of a follow-up, the newest first."""
    found = select(FollowupLink).where(FollowupLink.followup_id == followup_id)
    return session.scalars(found.order_by(FollowupLink.id.desc())).all()


@dataclass(frozen=True)
class FollowupsWanted:
    """Which follow-ups: a state of STATES ("" for all), a subtree of units, a course (0: all)."""

    state: str = ""
    unit_path: str = ""
    course_id: int = 0


def _seen_by(actor: User) -> Select[Followup]:
    """Follow-ups of the people the actor looks after; nobody reads what others say of oneself."""
    found = _whole().where(Enrollment.user_id != actor.id)
    paths = subtree_paths(actor)
    return found if paths is None else found.where(in_units(paths))


def _wanted(wanted: FollowupsWanted, actor: User) -> Select[Followup]:
    found = _seen_by(actor)
    answers = (
        select(func.count()).select_from(FollowupAnswer)
        .where(FollowupAnswer.followup_id == Followup.id).scalar_subquery()
    )  # fmt: skip
    if wanted.state == "coming":
        found = found.where(Followup.opened_at.is_(None))
    elif wanted.state == "open":
        found = found.where(Followup.opened_at.is_not(None), answers < 3)
    elif wanted.state == "done":
        found = found.where(Followup.opened_at.is_not(None), answers >= 3)
    if wanted.unit_path:
        found = found.where(in_units((wanted.unit_path,)))
    return found.where(Enrollment.course_id == wanted.course_id) if wanted.course_id else found


def count_followups(session: Session, wanted: FollowupsWanted, *, actor: User) -> int:
    """Return how many follow-ups match."""
    ids = _wanted(wanted, actor).with_only_columns(Followup.id).subquery()
    return session.scalar(select(func.count()).select_from(ids)) or 0


def find_followups(
    session: Session, wanted: FollowupsWanted, *, actor: User, limit: int, offset: int = 0
) -> list[tuple[Followup, frozenset[str]]]:
    """Return a page of follow-ups with the roles that have answered, by the day they are due."""
    found = _wanted(wanted, actor).order_by(Followup.due_on, Followup.id).limit(limit).offset(offset)
    rows = session.scalars(found).all()
    ids = [row.id for row in rows]
    given = session.execute(
        select(FollowupAnswer.followup_id, FollowupAnswer.role).where(
            or_(FollowupAnswer.followup_id.in_(ids))
        )
    ).all()
    return [(row, frozenset(one.role for one in given if one.followup_id == row.id)) for row in rows]


def followup_for(session: Session, actor: User, followup_id: int) -> Followup | None:
    """Return the follow-up of somebody the actor looks after; else None."""
    return session.scalar(_seen_by(actor).where(Followup.id == followup_id))

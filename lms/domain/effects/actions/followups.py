"""Switch follow-ups on for a course, begin and open them, write the plan, name a colleague."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from lms.clock import local_date
from lms.db import inserting
from lms.domain.accounts.actions import Refused
from lms.domain.accounts.models import User
from lms.domain.accounts.queries import superiors_of
from lms.domain.audit.actions import record
from lms.domain.catalog.models import CourseVersion
from lms.domain.effects.actions.links import hold, revoke_links
from lms.domain.effects.models import Followup, FollowupAnswer, FollowupRule
from lms.domain.effects.rules import PlanLine, months_later, plan_problem
from lms.domain.enrollments.models import Enrollment
from lms.domain.notices.actions import done, tell

AT_ONCE = 200
"""How many follow-ups one step of the sweep opens."""


def switch_on(session: Session, course_id: int, *, months: int, since: date, by: User, now: datetime) -> int:
    """Follow up who completed the course since a day, `months` later; return how many were added.

    Follow-ups that exist keep their day. ValueError for months outside 1 to 24.
    """
    if not 1 <= months <= 24:
        raise ValueError(months)
    rule = session.get(FollowupRule, course_id)
    if rule is None:
        session.add(FollowupRule(course_id=course_id, months=months, since=since, set_at=now, set_by=by.id))
    else:
        rule.months, rule.since, rule.set_at, rule.set_by, rule.ended_at = months, since, now, by.id, None
    session.flush()
    record(
        session, "followup.on", now=now, actor=by.id, subject=("course", course_id), months=months,
        since=since.isoformat(),
    )  # fmt: skip
    completed = session.execute(
        select(Enrollment.id, Enrollment.user_id, Enrollment.completed_on, CourseVersion.title)
        .join(CourseVersion, CourseVersion.id == Enrollment.version_id)
        .outerjoin(Followup, Followup.enrollment_id == Enrollment.id)
        .where(
            Enrollment.course_id == course_id, Enrollment.completed_on >= since,
            Enrollment.withdrawn_at.is_(None), Followup.id.is_(None),
        )
    ).all()  # fmt: skip
    for row in completed:
        _begin(session, row.id, row.user_id, row.title, months_later(row.completed_on, months), now)
    return len(completed)


def switch_off(session: Session, course_id: int, *, by: User, now: datetime) -> bool:
    """Follow nobody up any more who completes the course from now on; False when it was off."""
    rule = session.get(FollowupRule, course_id)
    if rule is None or rule.ended_at is not None:
        return False
    rule.ended_at = now
    record(session, "followup.off", now=now, actor=by.id, subject=("course", course_id))
    session.flush()
    return True


def begin(session: Session, enrollment: Enrollment, title: str, *, now: datetime) -> None:
    """Begin the follow-up of a completion where its course asks for one (one statement if it does not)."""
    rule = session.scalar(
        select(FollowupRule).where(
            FollowupRule.course_id == enrollment.course_id, FollowupRule.ended_at.is_(None)
        )
    )
    day = enrollment.completed_on
    if rule is not None and day is not None and day >= rule.since:
        _begin(session, enrollment.id, enrollment.user_id, title, months_later(day, rule.months), now)


def _begin(
    session: Session, enrollment_id: int, user_id: int, title: str, due_on: date, now: datetime
) -> None:
    made = session.scalar(
        inserting(session)(Followup)
        .values(enrollment_id=enrollment_id, due_on=due_on, plan=[], colleague_name="")
        .on_conflict_do_nothing(index_elements=["enrollment_id"])
        .returning(Followup.id)
    )
    if made is not None:
        tell(
            session, [user_id], "followup.plan", about=("followup", made), now=now, followup=made,
            course=title,
        )  # fmt: skip


def write_plan(session: Session, followup: Followup, lines: Sequence[PlanLine], *, now: datetime) -> None:
    """Keep the learner's action plan in place of the former one. Raises Refused; `field` is line-1 to line-3.

    The completion of the follow-up must be loaded. From the day it is due on the plan stays as it is.
    """
    held = hold(session, followup)
    if local_date(now) >= held.due_on:
        raise Refused("plan.closed", "line-1")
    completed = followup.enrollment.completed_on
    problem = plan_problem(lines, completed or local_date(now))
    if problem is not None:
        raise Refused(problem[1], f"line-{problem[0] + 1}")
    held.plan = [{"text": line.text, "by": line.by.isoformat()} for line in lines]
    held.planned_at = now
    session.flush()
    done(session, followup.enrollment.user_id, ("followup.plan",), ("followup", held.id), now=now)
    record(
        session, "followup.planned", now=now, actor=followup.enrollment.user_id,
        subject=("enrollment", held.enrollment_id),
    )  # fmt: skip


def name_colleague(
    session: Session, followup: Followup, *, colleague: User | None, name: str, superior_id: int | None,
    now: datetime,
) -> None:  # fmt: skip
    """Let the learner name the colleague who is asked: a person of this site, or a name without an account.

    Links that an earlier colleague got end. Raises Refused: nobody, oneself, the superior, or answered.
    """
    held = hold(session, followup)
    learner = followup.enrollment.user_id
    if colleague is None and not 1 <= len(name) <= 200:
        raise Refused("colleague.none", "colleague")
    if colleague is not None and colleague.id in {learner, superior_id}:
        raise Refused("colleague.same", "colleague")
    answered = select(FollowupAnswer.id).where(
        FollowupAnswer.followup_id == held.id, FollowupAnswer.role == "colleague"
    )
    if session.scalar(answered) is not None:
        raise Refused("colleague.answered", "colleague")
    before = held.colleague_id, held.colleague_name
    held.colleague_id = colleague.id if colleague else None
    held.colleague_name = "" if colleague else name
    if before == (held.colleague_id, held.colleague_name):
        return
    revoke_links(session, held.id, "colleague", now=now)
    session.flush()
    record(session, "followup.colleague", now=now, actor=learner, subject=("enrollment", held.enrollment_id))
    if colleague is not None and held.opened_at is not None:
        _ask(session, held.id, [colleague.id], _title(session, held.enrollment_id), now)


def open_due(session: Session, *, now: datetime) -> int:
    """Open up to AT_ONCE follow-ups that are due and tell who is asked; return how many were opened."""
    rows = session.execute(
        select(Followup.id, Followup.colleague_id, Enrollment.user_id, CourseVersion.title)
        .join(Enrollment, Enrollment.id == Followup.enrollment_id)
        .join(CourseVersion, CourseVersion.id == Enrollment.version_id)
        .where(Followup.opened_at.is_(None), Followup.due_on <= local_date(now))
        .order_by(Followup.due_on, Followup.id)
        .limit(AT_ONCE)
    ).all()  # fmt: skip
    if not rows:
        return 0
    superiors = superiors_of(session, {row.user_id for row in rows})
    for row in rows:
        opened = session.execute(
            update(Followup)
            .where(Followup.id == row.id, Followup.opened_at.is_(None))
            .values(opened_at=now)
            .returning(Followup.id)
        ).first()
        if opened is None:
            continue
        _ask(session, row.id, [row.user_id], row.title, now, "followup.self")
        others = {row.colleague_id, superiors.get(row.user_id)} - {None}
        _ask(session, row.id, sorted(one for one in others if one is not None), row.title, now)
    return len(rows)


def _ask(
    session: Session, followup_id: int, people: Sequence[int], title: str, now: datetime,
    kind: str = "followup.asked",
) -> None:  # fmt: skip
    tell(session, people, kind, about=("followup", followup_id), now=now, followup=followup_id, course=title)


def _title(session: Session, enrollment_id: int) -> str:
    return session.scalars(
        select(CourseVersion.title)
        .join(Enrollment, Enrollment.version_id == CourseVersion.id)
        .where(Enrollment.id == enrollment_id)
    ).one()

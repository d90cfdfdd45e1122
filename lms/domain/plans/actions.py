"""Propose an activity, agree to it or not, close it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from lms.domain.accounts.actions import Refused
from lms.domain.accounts.models import User
from lms.domain.audit.actions import record
from lms.domain.plans.models import PlanItem
from lms.domain.plans.rules import MOST_OPEN, NOTE_MAX, OPEN, Draft, draft_problem


def propose(session: Session, user: User, draft: Draft, *, today: date, now: datetime) -> PlanItem:
    """Put an activity into one's plan; the same one that is still open is returned. Raises Refused."""
    problem = draft_problem(draft, today)
    if problem is not None:
        raise Refused(problem[1], problem[0])
    session.execute(select(User.id).where(User.id == user.id).with_for_update())
    waiting = (PlanItem.user_id == user.id, PlanItem.year == draft.year, PlanItem.state.in_(OPEN))
    same = session.scalar(
        select(PlanItem).where(
            *waiting,
            PlanItem.title == draft.title,
            PlanItem.form == draft.form,
            PlanItem.competency_id.is_not_distinct_from(draft.competency_id),
        )
    )
    if same is not None:
        return same
    if (session.scalar(select(func.count()).select_from(PlanItem).where(*waiting)) or 0) >= MOST_OPEN:
        raise Refused("plan.full", "title")
    item = PlanItem(**vars(draft), user_id=user.id, proposed_at=now)
    session.add(item)
    session.flush()
    record(session, "plan.proposed", now=now, actor=user.id, subject=("user", user.id))
    return item


def drop(session: Session, item: PlanItem, *, now: datetime) -> bool:
    """Take an open activity out of one's own plan; False when it is closed already."""
    held = _held(session, item)
    if held.state not in OPEN:
        return False
    held.state = "dropped"
    record(session, "plan.dropped", now=now, actor=held.user_id, subject=("user", held.user_id))
    session.flush()
    return True


def decide(
    session: Session, item: PlanItem, *, agreed: bool, by: User, now: datetime, note: str = ""
) -> bool:
    """Agree to a proposed activity, or refuse it with a reason; False when somebody has decided already.

    Raises Refused when a refusal has no reason, or when it is the actor's own.
    """
    held = _held(session, item)
    if held.user_id == by.id:
        raise Refused("plan.own")
    if not agreed and not 1 <= len(note) <= NOTE_MAX:
        raise Refused("plan.note", "note")
    if held.state != "proposed":
        return False
    held.state, held.note = ("agreed" if agreed else "refused"), note
    held.decided_at, held.decided_by = now, by.id
    record(session, "plan.decided", now=now, actor=by.id, subject=("user", held.user_id), kind=held.state)
    session.flush()
    return True


def finish(session: Session, item: PlanItem, *, on: date, by: User, today: date, now: datetime) -> bool:
    """Close an agreed activity that happened elsewhere; False when it is not agreed or closed already.

    Raises Refused for a day to come, or for the actor's own.
    """
    held = _held(session, item)
    if held.user_id == by.id:
        raise Refused("plan.own")
    if on > today:
        raise Refused("plan.future", "done_on")
    if held.state != "agreed":
        return False
    held.state, held.done_on = "done", on
    record(session, "plan.done", now=now, actor=by.id, subject=("user", held.user_id))
    session.flush()
    return True


def close_by_completion(session: Session, user_id: int, course_id: int, on: date) -> None:
    """Close the open activities of a person that this course was to serve (one statement)."""
    session.execute(
        update(PlanItem)
        .where(PlanItem.user_id == user_id, PlanItem.course_id == course_id, PlanItem.state.in_(OPEN))
        .values(state="done", done_on=on)
        .execution_options(synchronize_session=False)
    )


def _held(session: Session, item: PlanItem) -> PlanItem:
    return session.scalars(
        select(PlanItem)
        .where(PlanItem.id == item.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()

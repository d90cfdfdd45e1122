"""The moves of a merge, one function for each noun; the row that says who was merged exists already.

Triggers let fixed rows go to the record that a person was merged into, and nowhere else.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, delete, exists, or_, select, update
from sqlalchemy.orm import Session, aliased

from lms.db import inserting
from lms.domain.accounts.models import FormerNip, MergedRecord, Superior, UnitHead
from lms.domain.assignments.models import AssignmentException, AssignmentPerson
from lms.domain.catalog.models import CourseMember, SharedBankMember
from lms.domain.competencies.models import Evidence, Rating
from lms.domain.corrections.models import CorrectionRequest
from lms.domain.effects.models import Followup
from lms.domain.enrollments.models import Enrollment
from lms.domain.inquiries.models import Inquiry
from lms.domain.notices.models import Notice
from lms.domain.obligations.models import ObligationExemption
from lms.domain.outside.models import OutsideTraining
from lms.domain.plans.models import PlanItem
from lms.domain.programmes.models import ProgrammeMember
from lms.domain.reminders.models import ReminderChoice

PROVEN = ("waiting", "verified")


def movable(kept_id: int, double_id: int) -> ColumnElement[bool]:
    """Return the condition on Enrollment "of the double, in a course that the other record does not have"."""
    has = select(Enrollment.course_id).where(Enrollment.user_id == kept_id)
    return (Enrollment.user_id == double_id) & Enrollment.course_id.not_in(has)


def known_outside(kept_id: int, double_id: int) -> ColumnElement[bool]:
    """Return the condition on OutsideTraining "of the double, and reported at the other record, too".

    Both count no hours twice: the same proof, or the same title and days, waiting or verified.
    """
    other = aliased(OutsideTraining)
    same = or_(
        other.proof == OutsideTraining.proof,
        (other.title == OutsideTraining.title)
        & (other.started_on == OutsideTraining.started_on)
        & (other.ended_on == OutsideTraining.ended_on),
    )
    twice = exists().where(other.user_id == kept_id, other.state.in_(PROVEN), same)
    return (OutsideTraining.user_id == double_id) & OutsideTraining.state.in_(PROVEN) & twice


def new_assignments(kept_id: int, double_id: int) -> ColumnElement[bool]:
    """Return the condition on AssignmentPerson "of the double, in an order that misses the other record"."""
    asked = select(AssignmentPerson.assignment_id).where(AssignmentPerson.user_id == kept_id)
    return (AssignmentPerson.user_id == double_id) & AssignmentPerson.assignment_id.not_in(asked)


def move_learning(session: Session, kept_id: int, double_id: int) -> list[int]:
    """Move enrolments with their evidence, ratings, and trainings elsewhere with theirs.

    Return the enrolments that moved.
    """
    moved = list(session.scalars(select(Enrollment.id).where(movable(kept_id, double_id))))
    elsewhere = OutsideTraining.id.in_(
        session.scalars(
            select(OutsideTraining.id).where(
                OutsideTraining.user_id == double_id, ~known_outside(kept_id, double_id)
            )
        ).all()
    )
    told = select(OutsideTraining.id).where(elsewhere)
    _give(session, Evidence, Evidence.enrollment_id.in_(moved) | Evidence.outside_id.in_(told), kept_id)
    _give(session, Enrollment, Enrollment.id.in_(moved), kept_id)
    _give(session, OutsideTraining, elsewhere, kept_id)
    _give(session, Rating, Rating.user_id == double_id, kept_id)
    return moved


def move_duties(session: Session, kept_id: int, double_id: int) -> None:
    """Move plans, assignments with what was given for them, learning paths, and exemptions from recurring
    training.

    Of an assignment or a path the row of the double stays, too: it is never deleted, and of a closed
    account nothing is asked.
    """
    _give(session, PlanItem, PlanItem.user_id == double_id, kept_id)
    rows = session.execute(
        select(AssignmentPerson.assignment_id, AssignmentPerson.assigned_at, AssignmentPerson.due_on).where(
            new_assignments(kept_id, double_id)
        )
    ).all()
    if rows:
        values: list[dict[str, Any]] = [{**row._mapping, "user_id": kept_id} for row in rows]
        session.execute(inserting(session)(AssignmentPerson).values(values).on_conflict_do_nothing())
    given = (AssignmentException.user_id == double_id) & AssignmentException.assignment_id.in_(
        [row.assignment_id for row in rows]
    )
    _give(session, AssignmentException, given, kept_id)
    _give(session, ObligationExemption, ObligationExemption.user_id == double_id, kept_id)
    fields = [column for column in ProgrammeMember.__table__.columns if column.name != "user_id"]
    walked = session.execute(select(*fields).where(ProgrammeMember.user_id == double_id)).all()
    if walked:
        members: list[dict[str, Any]] = [{**row._mapping, "user_id": kept_id} for row in walked]
        session.execute(inserting(session)(ProgrammeMember).values(members).on_conflict_do_nothing())


def move_place(session: Session, kept_id: int, double_id: int) -> None:
    """Move who is whose superior, which unit is headed, courses written together, former numbers, and the
    records that were merged into the double before.
    """
    session.execute(
        delete(Superior).where(Superior.user_id == kept_id, Superior.superior_id == double_id)
        .execution_options(synchronize_session=False)
    )  # fmt: skip
    _give(session, Superior, Superior.superior_id == double_id, kept_id, "superior_id")
    if session.get(Superior, kept_id) is None:
        own = (Superior.user_id == double_id) & (Superior.superior_id != kept_id)
        _give(session, Superior, own, kept_id)
    _give(session, UnitHead, UnitHead.user_id == double_id, kept_id)
    member = select(CourseMember.course_id).where(CourseMember.user_id == kept_id)
    written = (CourseMember.user_id == double_id) & CourseMember.course_id.not_in(member)
    _give(session, CourseMember, written, kept_id)
    shared = select(SharedBankMember.bank_id).where(SharedBankMember.user_id == kept_id)
    banks = (SharedBankMember.user_id == double_id) & SharedBankMember.bank_id.not_in(shared)
    _give(session, SharedBankMember, banks, kept_id)
    _give(session, FormerNip, FormerNip.user_id == double_id, kept_id)
    earlier = (MergedRecord.into_id == double_id) & (MergedRecord.user_id != kept_id)
    _give(session, MergedRecord, earlier, kept_id, "into_id")


def move_talk(session: Session, kept_id: int, double_id: int) -> None:
    """Move questions, requests that wait, notices, and the choice about reminders where there is none."""
    if session.get(ReminderChoice, kept_id) is None:
        _give(session, ReminderChoice, ReminderChoice.user_id == double_id, kept_id)
    _give(session, Inquiry, Inquiry.asker_id == double_id, kept_id, "asker_id")
    asked = (Followup.colleague_id == double_id) & Followup.enrollment_id.not_in(
        select(Enrollment.id).where(Enrollment.user_id == kept_id)
    )
    _give(session, Followup, asked, kept_id, "colleague_id")
    waiting = (Inquiry.handed_to == double_id) & (Inquiry.state == "open")
    _give(session, Inquiry, waiting, kept_id, "handed_to")
    wished = (CorrectionRequest.user_id == double_id) & (CorrectionRequest.state == "open")
    _give(session, CorrectionRequest, wished, kept_id)
    told = select(Notice.about).where(Notice.user_id == kept_id)
    _give(session, Notice, (Notice.user_id == double_id) & Notice.about.not_in(told), kept_id)


def _give(
    session: Session, model: type[Any], which: ColumnElement[bool], kept_id: int, column: str = "user_id"
) -> None:
    """Let rows name the record that stays."""
    changed = update(model).where(which).values({column: kept_id})
    session.execute(changed.execution_options(synchronize_session=False))

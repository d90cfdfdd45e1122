"""Merge the second record of a person into the one that stays. There is no way back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from lms.domain.accounts.actions import Refused, close_user
from lms.domain.accounts.models import MergedRecord, User
from lms.domain.accounts.queries import names_of
from lms.domain.audit.actions import record
from lms.domain.competencies.models import Evidence
from lms.domain.doubles.queries import Consequences, consequences, movable
from lms.domain.enrollments.models import Enrollment
from lms.domain.inquiries.models import Inquiry
from lms.domain.notices.models import Notice
from lms.domain.reminders.models import ReminderChoice


def check(session: Session, kept: User, double: User) -> None:
    """Raise Refused when the two cannot be merged.

    "double.same" for one record, "double.closed" when the record that stays is closed, "double.merged" for
    one that was merged already, "double.number" when only the double has a NIP.
    """
    if kept.id == double.id:
        raise Refused("double.same", "double")
    if kept.closed_at is not None:
        raise Refused("double.closed", "double")
    known = select(MergedRecord.user_id).where(MergedRecord.user_id.in_((kept.id, double.id)))
    if session.scalar(known.limit(1)) is not None:
        raise Refused("double.merged", "double")
    if kept.nip is None and double.nip is not None:
        raise Refused("double.number", "double")


def merge(session: Session, kept: User, double: User, *, by: User, now: datetime) -> Consequences:
    """Move the courses that only the double has, with attempts, JP and evidence, its questions and notices;
    close the double. What the person chose about reminders moves where the record that stays has no choice.

    Issued certificates, assessments, trainings elsewhere and courses that both have stay where they are and
    can be read there; the log names the enrolments that moved. Returns what was done. Raises Refused.
    """
    session.execute(
        select(User.id).where(User.id.in_((kept.id, double.id))).order_by(User.id).with_for_update()
    )
    check(session, kept, double)
    done = consequences(session, kept.id, double.id)
    moved = session.scalars(select(Enrollment.id).where(movable(kept.id, double.id))).all()
    for model, column in ((Evidence, Evidence.enrollment_id), (Enrollment, Enrollment.id)):
        session.execute(
            update(model).where(column.in_(moved)).values(user_id=kept.id)
            .execution_options(synchronize_session=False)
        )  # fmt: skip
    if session.get(ReminderChoice, kept.id) is None:
        session.execute(
            update(ReminderChoice).where(ReminderChoice.user_id == double.id).values(user_id=kept.id)
            .execution_options(synchronize_session=False)
        )  # fmt: skip
    told = select(Notice.about).where(Notice.user_id == kept.id)
    for asked in (
        update(Inquiry).where(Inquiry.asker_id == double.id).values(asker_id=kept.id),
        update(Notice).where(Notice.user_id == double.id, Notice.about.not_in(told)).values(user_id=kept.id),
    ):
        session.execute(asked.execution_options(synchronize_session=False))
    session.expire_all()
    session.add(MergedRecord(user_id=double.id, into_id=kept.id, merged_at=now, merged_by=by.id))
    close_user(session, double, now=now, actor=by.id, reason="double")
    names = names_of(session, (kept.id, double.id))
    for one, other in ((kept, double), (double, kept)):
        record(
            session, "user.merged", now=now, actor=by.id, subject=("user", one.id), kept=kept.id,
            double=double.id, name=names[other.id], enrollments=list(moved),
        )  # fmt: skip
    session.flush()
    return done

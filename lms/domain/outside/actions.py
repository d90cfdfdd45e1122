"""Report a training, withdraw it, decide on it, take a decision back."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lms import files as store
from lms.domain.accounts.models import User
from lms.domain.audit.actions import record
from lms.domain.outside.models import OutsideTraining
from lms.domain.outside.proofs import Proof
from lms.domain.outside.queries import COUNTING, counted_of_form
from lms.domain.outside.rules import Report, problem

MOST_WAITING = 20
ACTS = {
    "verified": "outside.verified", "refused": "outside.refused", "cancelled": "outside.cancelled",
}  # fmt: skip
"""What a decision is called in the activity log."""


class Refused(Exception):
    """The report is not taken; `field` and `code` say why."""

    def __init__(self, field: str, code: str) -> None:
        """Keep field and code."""
        super().__init__(code)
        self.field, self.code = field, code


class Decided(Exception):
    """The report is not in the state the page knew: decided, withdrawn or cancelled meanwhile."""


class OverCap(Exception):
    """More hours than the form may still count in the year; `left` are those that are."""

    def __init__(self, left: int) -> None:
        """Keep what is left, in JP."""
        super().__init__(left)
        self.left = left


def report_training(
    session: Session, user: User, report: Report, proof: Proof, *, files: Path, today: date, now: datetime
) -> OutsideTraining:
    """Keep the proof and add the report; the same title with the same proof, sent twice, is one report.

    Raises Refused.
    """
    wrong = problem(report, today)
    if wrong is not None:
        raise Refused(*wrong)
    session.execute(select(User.id).where(User.id == user.id).with_for_update())
    digest = store.keep(files, proof.data)
    mine = OutsideTraining.user_id == user.id
    same = session.scalar(
        select(OutsideTraining).where(
            mine, OutsideTraining.proof == digest, OutsideTraining.title == report.title,
            OutsideTraining.state.in_(COUNTING),
        )
    )  # fmt: skip
    if same is not None:
        return same
    waiting = session.scalar(
        select(func.count()).select_from(OutsideTraining).where(mine, OutsideTraining.state == "waiting")
    )
    if (waiting or 0) >= MOST_WAITING:
        raise Refused("title", "waiting.many")
    training = OutsideTraining(
        user_id=user.id, form=report.form, title=report.title, organiser=report.organiser,
        started_on=report.started_on, ended_on=report.ended_on, jp=report.jp, jp_year=report.ended_on.year,
        proof=digest, proof_kind=proof.kind, submitted_at=now, number=report.number,
    )  # fmt: skip
    session.add(training)
    session.flush()
    record(session, "outside.reported", now=now, actor=user.id, subject=("user", user.id), jp=report.jp)
    return training


def withdraw(session: Session, training: OutsideTraining, *, now: datetime) -> None:
    """Take one's own report back while it waits. Raises Decided."""
    held = _held(session, training.id, "waiting")
    held.state = "withdrawn"
    record(session, "outside.withdrawn", now=now, actor=held.user_id, subject=("user", held.user_id))
    session.flush()


def verify(
    session: Session, training: OutsideTraining, jp: int, *, note: str, by: User, now: datetime,
    cap: int | None = None,
) -> None:  # fmt: skip
    """Count `jp` hours (1 to 200, also fewer than reported) for the year of the last day.

    `cap`: so many JP of this form count in that year at most. Raises Decided, and OverCap when more are
    asked for than are left; nothing is changed then.
    """
    session.execute(select(User.id).where(User.id == training.user_id).with_for_update())
    held = _held(session, training.id, "waiting")
    if cap is not None:
        left = max(0, cap - counted_of_form(session, held))
        if jp > left:
            raise OverCap(left)
    held.credited_jp = jp
    _decide(session, held, "verified", note, by, now)


def refuse(session: Session, training: OutsideTraining, *, note: str, by: User, now: datetime) -> None:
    """Count nothing, with the reason. Raises Decided."""
    _decide(session, _held(session, training.id, "waiting"), "refused", note, by, now)


def cancel(session: Session, training: OutsideTraining, *, note: str, by: User, now: datetime) -> None:
    """Take the hours of a verified training back, with the reason; the row stays. Raises Decided."""
    _decide(session, _held(session, training.id, "verified"), "cancelled", note, by, now)


def _held(session: Session, training_id: int, state: str) -> OutsideTraining:
    held = session.scalars(
        select(OutsideTraining).where(OutsideTraining.id == training_id)
        .with_for_update().execution_options(populate_existing=True)
    ).one()  # fmt: skip
    if held.state != state:
        raise Decided
    return held


def _decide(session: Session, held: OutsideTraining, state: str, note: str, by: User, now: datetime) -> None:
    held.state, held.note, held.decided_at, held.decided_by = state, note, now, by.id
    record(
        session, ACTS[state], now=now, actor=by.id, subject=("user", held.user_id),
        jp=held.credited_jp, reason=note,
    )  # fmt: skip
    session.flush()

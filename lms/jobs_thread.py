"""The worker that runs jobs: a thread of each server process, or `flask jobs run`.

A job is claimed by lease in the database, so several workers share the table and a killed one's job is
taken up again. Long handlers renew the lease as they go on (`beat`) and stop when it was lost. Handlers are
idempotent: a job may run twice.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from lms import clock, uploads
from lms.db import db, reading, writing
from lms.domain.accounts.actions import end_expired
from lms.domain.assignments.actions import add_newcomers
from lms.domain.effects import actions as effects
from lms.domain.effects.queries import awaiting_plan
from lms.domain.imports.actions import forget_waiting
from lms.domain.imports.rules import KEPT_DAYS, UNDO_DAYS
from lms.domain.jobs import actions as jobs
from lms.domain.notices.actions import forget
from lms.domain.progress import actions as progress
from lms.domain.quizzes import actions as quizzes
from lms.domain.quizzes.models import KeyCorrection
from lms.domain.reminders import actions as reminders
from lms.domain.reminders.models import ReminderMessage
from lms.domain.reminders.queries import done_runs, schedule_of, unsent
from lms.domain.reminders.rules import Schedule
from lms.domain.reports import actions as reports
from lms.domain.reports.models import Export
from lms.domain.reports.queries.gaps import lacking
from lms.domain.settings.queries import policy
from lms.mail.delivery import Ready, hand_over, ready
from lms.mail.sending import MailRefused, NotSent, Post, TryLater
from lms.mail.server import host_name, mail_server

log = logging.getLogger("lms.jobs")
POLL_SECONDS = 2.0
SWEEP_EVERY = timedelta(seconds=60)
AT_ONCE = 20
"""Messages whose contents are read together, just before they are sent."""

Beat = Callable[[], None]
Handler = Callable[[Flask, Session, dict[str, Any], Beat], None]


class LeaseLost(Exception):
    """Another worker has taken the job up."""


def office(app: Flask, session: Session) -> progress.Office:
    """Return what certificates are made with outside a request."""
    return progress.Office(policy(session), str(app.config["PUBLIC_URL"]), Path(app.instance_path) / "files")


def certify_waiting(app: Flask, session: Session, payload: dict[str, Any], beat: Beat) -> None:
    """Issue the certificates that waited for the approval of a course's hours, in small transactions."""
    made = office(app, session)
    while progress.certify_waiting(session, int(payload["course_id"]), now=clock.now(), office=made):
        session.commit()
        beat()


def regrade(app: Flask, session: Session, payload: dict[str, Any], beat: Beat) -> None:
    """Mark the answers to a question again by its corrected key, in small transactions."""
    correction = session.get_one(KeyCorrection, int(payload["correction_id"]))
    if correction.finished_at is not None:
        return
    made = office(app, session)
    after: int | None = 0
    while after is not None:
        after = progress.regrade_part(session, correction, after=after, now=clock.now(), office=made)
        session.commit()
        beat()
    quizzes.finish_correction(session, correction, now=clock.now())


def sweep(app: Flask, session: Session, _payload: dict[str, Any], beat: Beat) -> None:
    """Close and grade attempts past their deadline, as of the deadline; add newcomers to assignments; open
    follow-ups that are due; have reminders sent when it is time; sign out external authors whose access is
    over; forget old notices, reminders and files that were tried and never stored.
    """
    now = clock.now()
    made = office(app, session)
    while attempts := quizzes.close_overdue(session, now=now):
        for attempt in attempts:
            progress.settle_attempt(session, attempt, now=now, office=made)
        session.commit()
        beat()
    add_newcomers(session, now=now, lacking=lacking)
    while effects.open_due(session, now=now):
        session.commit()
        beat()
    end_expired(session, now=now)
    rule = policy(session)
    schedule = schedule_of(session, rule, now)
    if (rule.reminders_on and schedule.due(now, done_runs(session, now))) or unsent(
        session, now, 1, tests_only=not schedule.hours.is_open(now)
    ):
        jobs.enqueue(session, "remind", {}, now=now, unique_key="remind")
    session.commit()
    forget(session, before=now - timedelta(days=made.policy.notice_days), but=awaiting_plan())
    reminders.forget_old(session, rule, now=now)
    forget_waiting(
        session, before=now - timedelta(days=KEPT_DAYS), applied_before=now - timedelta(days=UNDO_DAYS)
    )
    session.commit()
    uploads.forget(Path(app.instance_path), before=now - uploads.KEPT)


def remind(app: Flask, session: Session, _payload: dict[str, Any], beat: Beat) -> None:
    """Plan the runs that are due, then send what waits, a few at a time.

    No transaction is open while a mail server is asked. When it cannot be reached the rest waits for the
    next sweep. A crash between sending and noting it repeats one mail, under the same Message-ID.
    """
    now, rule, server = clock.now(), policy(session), mail_server(app.config)
    schedule = schedule_of(session, rule, now)
    for key in schedule.due(now, done_runs(session, now)) if rule.reminders_on else ():
        reminders.plan_run(session, key, rule, now=now, host=host_name(app.config), server=server is not None)
    session.commit()
    with Post(server) if server else nullcontext() as post:
        while some := _whose_turn(session, schedule):
            found = ready(app, session, some, rule, now=clock.now())
            session.commit()
            for one in found:
                beat()
                error = hand_over(post, one, rule.site_name, now=clock.now()) if post else None
                _note(session, one, error)
                session.commit()
                if isinstance(error, TryLater) and error.server:
                    return


def _whose_turn(session: Session, schedule: Schedule) -> Sequence[ReminderMessage]:
    now = clock.now()
    return unsent(session, now, AT_ONCE, tests_only=not schedule.hours.is_open(now))


def _note(session: Session, one: Ready, error: NotSent | None) -> None:
    now, message = clock.now(), session.get_one(ReminderMessage, one.id)
    if one.end == "left":
        reminders.left_out(message, one.reason, now=now)
    elif isinstance(error, MailRefused):
        address = one.address if error.address else None
        reminders.refused(session, message, str(error), one.lines, address=address, now=now)
    elif error is not None:
        reminders.later(session, message, str(error), one.lines, now=now)
    else:
        reminders.sent(session, message, one.end, one.reason, one.lines, now=now)


def export(app: Flask, session: Session, payload: dict[str, Any], beat: Beat) -> None:
    """Make an ordered file. It is read in one snapshot; writers are not kept waiting while it is made."""
    row = session.get(Export, int(payload["export_id"]))
    session.commit()
    if row is None or row.state != "waiting":
        return

    def advance(done: int) -> None:
        beat()
        _advance(row.id, done)

    try:
        with reading(session):
            made = reports.make(session, row, Path(app.instance_path) / "files", advance)
    except (OperationalError, LeaseLost):  # the database may be busy: the job comes again
        raise
    except Exception as error:
        log.exception("export %s", row.id)
        reports.fail(session, row, f"{type(error).__name__}: {error}", now=clock.now())
    else:
        reports.finish(session, row, made, now=clock.now())


def _advance(export_id: int, done: int) -> None:
    with writing(), Session(db.engine) as session:
        session.execute(update(Export).where(Export.id == export_id).values(done=done))
        session.commit()


def _beat(job_id: int, attempt: int) -> None:
    with writing(), Session(db.engine) as session:
        if not jobs.renew(session, job_id, attempt, now=clock.now()):
            raise LeaseLost
        session.commit()


HANDLERS: Mapping[str, Handler] = {
    "certify_waiting": certify_waiting,
    "export": export,
    "regrade": regrade,
    "remind": remind,
    "sweep": sweep,
}


def run_due(app: Flask, limit: int = 100) -> int:
    """Run jobs that are due until there are none, at most `limit`; return how many."""
    done = 0
    while done < limit:
        with Session(db.engine, expire_on_commit=False) as session:
            job = jobs.claim(session, now=clock.now())
            session.commit()
            if job is None:
                return done
            try:
                HANDLERS[job.kind](app, session, job.payload, partial(_beat, job.id, job.attempts))
                jobs.finish(session, job.id, job.attempts, now=clock.now())
                session.commit()
            except LeaseLost:
                session.rollback()
                log.warning("job %s %s is another worker's now", job.id, job.kind)
            except Exception as error:  # the job is put back and the reason kept, whatever it was
                session.rollback()
                log.exception("job %s %s failed", job.id, job.kind)
                jobs.fail(session, job.id, job.attempts, f"{type(error).__name__}: {error}", now=clock.now())
                session.commit()
        done += 1
    return done


def start(app: Flask) -> threading.Event:
    """Start the thread of this process; set the returned event to stop it."""
    stop = threading.Event()

    def work() -> None:
        next_sweep = clock.now()
        while not stop.wait(POLL_SECONDS):
            with app.app_context():
                try:
                    if clock.now() >= next_sweep:
                        next_sweep = clock.now() + SWEEP_EVERY
                        _order_sweep()
                    run_due(app)
                except Exception:  # the database may be away for a moment; the thread stays
                    log.exception("job thread")

    threading.Thread(target=work, name="jobs", daemon=True).start()
    return stop


def _order_sweep() -> None:
    with Session(db.engine) as session:
        jobs.enqueue(session, "sweep", {}, now=clock.now(), unique_key="sweep")
        session.commit()

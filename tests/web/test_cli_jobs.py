"""The worker command does what is due."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from lms import clock, jobs_thread
from lms.db import db, writing
from lms.domain.jobs.actions import claim, enqueue, fail, finish, renew
from lms.domain.jobs.models import Job
from lms.domain.jobs.rules import LEASE
from tests.cast import NOW


def test_once_sweeps_and_ends(app: Flask, session: Session) -> None:
    result = app.test_cli_runner().invoke(args=["jobs", "run", "--once"])
    assert result.exit_code == 0, result.output
    assert result.output == "1 jobs done\n"
    assert [(job.kind, job.state) for job in session.scalars(select(Job))] == [("sweep", "done")]


def test_a_second_run_sweeps_again(app: Flask, session: Session) -> None:
    for _ in range(2):
        assert app.test_cli_runner().invoke(args=["jobs", "run", "--once"]).exit_code == 0
    assert [job.state for job in session.scalars(select(Job))] == ["done", "done"]


def test_a_failing_job_does_not_stop_the_others(app: Flask, session: Session) -> None:
    enqueue(session, "unheard of", {}, now=clock.now())
    session.commit()
    result = app.test_cli_runner().invoke(args=["jobs", "run", "--once"])
    assert result.exit_code == 0
    session.expire_all()
    states = {job.kind: job.state for job in session.scalars(select(Job))}
    assert states == {"unheard of": "waiting", "sweep": "done"}


def test_a_long_job_keeps_its_lease(app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[bool] = []

    def slow(_app: Flask, _own: Session, _payload: dict[str, Any], beat: jobs_thread.Beat) -> None:
        with clock.frozen(NOW + LEASE - timedelta(seconds=1)):
            beat()
        with Session(db.engine) as other:
            taken.append(claim(other, now=NOW + LEASE + timedelta(seconds=1)) is not None)

    monkeypatch.setattr(jobs_thread, "HANDLERS", {"slow": slow})
    enqueue(session, "slow", {}, now=NOW)
    session.commit()
    with clock.frozen(NOW):
        assert jobs_thread.run_due(app, 1) == 1
    assert taken == [False]
    assert session.scalars(select(Job.state)).one() == "done"


def test_a_worker_that_lost_its_job_stops_and_changes_nothing(
    app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []

    def late(_app: Flask, _own: Session, _payload: dict[str, Any], beat: jobs_thread.Beat) -> None:
        with writing(), Session(db.engine) as other:
            assert claim(other, now=NOW + 2 * LEASE) is not None
            other.commit()
        done.append("before")
        beat()
        done.append("after")

    monkeypatch.setattr(jobs_thread, "HANDLERS", {"late": late})
    enqueue(session, "late", {}, now=NOW)
    session.commit()
    with clock.frozen(NOW):
        jobs_thread.run_due(app, 1)
    assert done == ["before"]
    [job] = session.scalars(select(Job).execution_options(populate_existing=True))
    assert (job.state, job.attempts, job.error) == ("running", 2, None)
    assert not renew(session, job.id, 1, now=NOW)
    assert not finish(session, job.id, 1, now=NOW)
    assert not fail(session, job.id, 1, "late", now=NOW)
    assert finish(session, job.id, 2, now=NOW)

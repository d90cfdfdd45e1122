"""The worker command does what is due."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from lms import clock
from lms.domain.jobs.actions import enqueue
from lms.domain.jobs.models import Job


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

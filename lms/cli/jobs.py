"""`flask jobs ...`: the worker for work outside requests, where the server does not do it itself."""

from __future__ import annotations

import signal
from typing import cast

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from lms import clock, jobs_thread
from lms.db import db
from lms.domain.jobs import actions as jobs

group = AppGroup("jobs", help="Exports, waiting certificates, attempts past their deadline.")


@group.command("run")
@click.option("--once", is_flag=True, help="Do what is due now, then end (for a timer).")
def run(once: bool) -> None:
    """Do waiting jobs until the process is told to end; several workers may run at once."""
    app = cast(Flask, current_app._get_current_object())  # type: ignore[attr-defined]
    if once:
        jobs.enqueue(db.session(), "sweep", {}, now=clock.now(), unique_key="sweep")
        db.session.commit()
        click.echo(f"{jobs_thread.run_due(app)} jobs done")
        return
    ends = {signal.SIGINT, signal.SIGTERM}
    signal.pthread_sigmask(signal.SIG_BLOCK, ends)  # before the thread starts, so that it inherits it
    stop = jobs_thread.start(app)
    click.echo("working; Ctrl-C ends it")
    signal.sigwait(ends)
    stop.set()

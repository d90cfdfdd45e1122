"""`flask reminders ...`: send what is due, look at the next run, try the mail server."""

from __future__ import annotations

from typing import cast

import click
from flask import Flask, current_app
from flask.cli import AppGroup
from flask_babel import gettext as _

from lms import clock, jobs_thread
from lms.db import db
from lms.domain.accounts.rules import InvalidEmail, normalise_email
from lms.domain.jobs import actions as jobs
from lms.domain.reminders.actions.runs import message_id
from lms.domain.reminders.queries import done_runs, forecast, open_people, schedule_of
from lms.domain.settings.queries import policy
from lms.i18n.formats import date_clock
from lms.mail.letters import mail_of, test_letter
from lms.mail.sending import NotSent, Post
from lms.mail.server import host_name, mail_server

group = AppGroup("reminders", help="Digests, urgent reminders, the mail server.")


def _app() -> Flask:
    return cast(Flask, current_app._get_current_object())  # type: ignore[attr-defined]


@group.command("run")
def run() -> None:
    """Plan the runs that are due and send what waits; in quiet hours nothing is sent."""
    jobs.enqueue(db.session(), "remind", {}, now=clock.now(), unique_key="remind")
    db.session.commit()
    click.echo(f"{jobs_thread.run_due(_app())} jobs done")


@group.command("dry-run")
@click.option("--daily", is_flag=True, help="The urgent reminders in place of the weekly digest.")
def dry_run(daily: bool) -> None:
    """Say whom the next run would write to and who is left out for which reason; nothing is sent."""
    session, now = db.session(), clock.now()
    rule = policy(session)
    schedule, done = schedule_of(session, rule, now), done_runs(session, now)
    at = schedule.next_daily(now, done) if daily else schedule.next_weekly(now, done)
    if at is None:
        raise click.ClickException(_("No open hour comes within sixty days. Look at the days off."))
    server = mail_server(current_app.config) is not None
    found = forecast(
        session, "daily" if daily else "weekly", open_people(), rule, at=at, server=server
    )  # fmt: skip
    off = "" if rule.reminders_on else _("reminders are switched off")
    click.echo(f"{date_clock(at)} {off}".rstrip())
    for row in found.rows:
        click.echo(f"{row.outcome}\t{row.kind}\t{len(row.lines)}\t{row.to.name}")
    for outcome, count in found.counts.items():
        click.echo(f"{outcome}: {count}")
    click.echo(f"nothing: {found.nothing}")


@group.command("test-mail")
@click.argument("address")
def test_mail(address: str) -> None:
    """Send a test mail to ADDRESS now and say what the mail server answered."""
    server = mail_server(current_app.config)
    if server is None:
        raise click.ClickException(_("No mail server is set: SMTP_HOST is empty."))
    rule = policy(db.session())
    db.session.commit()
    try:
        to = normalise_email(address)
        mail = mail_of(
            test_letter(_app(), "id", rule), to=("", to), sender=(rule.site_name, server.sender),
            message_id=message_id("uji", host_name(current_app.config)), now=clock.now(),
        )  # fmt: skip
        with Post(server) as post:
            post.send(mail, to)
    except (InvalidEmail, NotSent) as error:
        raise click.ClickException(_("Not sent: %(reason)s", reason=str(error))) from error
    click.echo(_("The mail server has taken it."))

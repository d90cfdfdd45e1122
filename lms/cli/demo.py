"""`flask demo ...`: invented units, people, courses and learning, to try the site with."""

from __future__ import annotations

import os
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from lms import clock
from lms.cli.demo_data import loading, passwords
from lms.db import db

group = AppGroup("demo", help="Invented data to try the site with.")


@group.command("load")
def load() -> None:
    """Load the demonstration into an empty database."""
    _refuse_production()
    if not loading.is_empty(db.session()):
        raise click.ClickException("The database has people already; demo data go into an empty one only.")
    for line in prepare(current_app):
        click.echo(line)


@group.command("passwords")
def reset_passwords() -> None:
    """Set the demonstration accounts to DEMO_PASSWORD or the kept password, and print it."""
    _refuse_production()
    for line in _passwords(current_app, reset=True):
        click.echo(line)


def prepare(app: Flask) -> list[str]:
    """Load the demonstration when the database is empty; return the lines that say how to sign in."""
    session = db.session()
    lines: list[str] = []
    if loading.is_empty(session):
        click.echo("Loading the demonstration into the empty database ...")
        lines = loading.load(session, app, now=clock.now())
        session.commit()
    return lines + _passwords(app)


def _passwords(app: Flask, *, reset: bool = False) -> list[str]:
    session = db.session()
    password, accounts = passwords.settle_passwords(
        session,
        Path(app.config["INSTANCE"]),
        os.environ.get("DEMO_PASSWORD") or None,
        now=clock.now(),
        reset=reset,
    )
    session.commit()
    if not accounts:
        return []
    return [
        f"Demonstration accounts, password: {password}",
        *(f"  {a.email:32}{a.name}{' (has another password)' if a.changed else ''}" for a in accounts),
    ]


def _refuse_production() -> None:
    if current_app.config["PRODUCTION"]:
        raise click.ClickException("Demo data are refused in production (LMS_ENV=production).")

"""Many invented people and years, to measure pages with: `flask --app wsgi bench seed --people 6000`."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import AppGroup

from lms.cli.bench.life import add_life
from lms.cli.bench.people import add_people
from lms.db import db

group = AppGroup("bench", help="Fill a database with invented people, to measure pages.")


@group.command("seed")
@click.option("--people", default=6000, show_default=True, help="How many people to add.")
@click.option("--courses", default=60, show_default=True, help="How many courses they learn from; 0: none.")
@click.option("--years", default=5, show_default=True, help="For how many years they have been learning.")
def seed(people: int, courses: int, years: int) -> None:
    """Add people who learnt for years, with certificates and training elsewhere; never in production."""
    if current_app.config["PRODUCTION"]:
        raise click.ClickException("This adds invented people; it is refused where LMS_ENV=production.")
    added, rated = add_people(people)
    done = add_life(people, courses=courses, years=years) if courses else {}
    db.session.commit()
    told = {"people": added, "assessed levels": rated, **done}
    click.echo(", ".join(f"{count} {name}" for name, count in told.items()) + ".")

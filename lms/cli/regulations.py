"""`flask regulations ...`: index what published courses cite, list names without a rule, add those known."""

from __future__ import annotations

import click
from flask.cli import AppGroup
from sqlalchemy import select

from lms import clock
from lms.cli.demo_data.regulations import add_known
from lms.db import db
from lms.domain.catalog.models import Course, CourseVersion
from lms.domain.catalog.queries import course_of
from lms.domain.regulations.actions import index_version, settle_all
from lms.domain.regulations.queries import missing_names

group = AppGroup("regulations", help="Rules of law that courses cite.")


@group.command("index")
def index() -> None:
    """Write anew what every version of every course cites, and bring the work list up to date."""
    session = db.session()
    query = select(CourseVersion, Course.slug).join(Course, Course.id == CourseVersion.course_id)
    for version, slug in session.execute(query.order_by(Course.slug, CourseVersion.number)).all():
        try:
            count = index_version(session, version.id, course_of(session, version))
        except ValueError as error:  # the format became stricter since: learners still read its pieces
            click.echo(f"{slug}\t{version.number}\t{error}")
            continue
        session.commit()
        click.echo(f"{slug}\t{version.number}\t{count}")
    settle_all(session, now=clock.now())
    session.commit()


@group.command("missing")
def missing() -> None:
    """List the names that published courses cite and no rule of the list has: places, courses, name."""
    for one in missing_names(db.session()):
        click.echo(f"{one.places}\t{one.courses}\t{one.short}")


@group.command("seed")
def seed() -> None:
    """Add the rules that the delivered courses cite; what is in the list already stays as it is."""
    count = add_known(db.session(), now=clock.now())
    db.session.commit()
    click.echo(str(count))

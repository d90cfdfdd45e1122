"""`flask questions ...`: fill the index of questions, turn files of other programs into a bank."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import AppGroup
from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import select

from lms.content.exchange.banks import empty_bank, judge, merge
from lms.content.exchange.dialects import DIALECTS, guess
from lms.content.page import slug as slug_of
from lms.content.shared import shared_path
from lms.db import db
from lms.domain.catalog.actions import index_bank, index_questions
from lms.domain.catalog.models import Course, SharedBank
from lms.domain.catalog.queries import working_bundle
from lms.i18n.problems import problem_message

group = AppGroup("questions", help="Questions of courses, and files of other programs.")


@group.command("index")
def index() -> None:
    """Write the index that the question bank searches anew, from drafts and published texts."""
    session = db.session()
    for course in session.scalars(select(Course).order_by(Course.slug)).all():
        count = index_questions(session, course.id, working_bundle(session, course))
        session.commit()
        click.echo(f"{course.slug}\t{count}")
    for bank in session.scalars(select(SharedBank).order_by(SharedBank.slug)).all():
        count = index_bank(session, bank)
        session.commit()
        click.echo(f"{shared_path(bank.slug)}\t{count}")


@group.command("convert")
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--lang", default="id", type=click.Choice(["id", "en"]), help="Language of messages.")
def convert(source: Path, target: Path, lang: str) -> None:
    """Add the questions of SOURCE (Excel, CSV, Moodle XML, GIFT, Aiken) to the bank file TARGET.

    Says of each question what became of it; exit 1 when one was refused. Pictures are written beside.
    """
    data = source.read_bytes()
    with force_locale(lang):
        name = guess(source.name, data)
        reading = DIALECTS[name].read(data) if name else None
        if reading is None:
            raise click.ClickException(
                _("This is none of the formats that are read. Take the template, or export it anew.")
            )
        if reading.problems:
            raise click.ClickException(problem_message(reading.problems[0]))
        stem = slug_of(target.stem) or "bank"
        bank = (
            target.read_text(encoding="utf-8") if target.exists() else empty_bank(f"bank-{stem}", target.stem)
        )
        judged = judge(reading, bank, {}, ())
        for item in judged:
            reasons = "; ".join(problem_message(problem) for problem in item.problems)
            click.echo("\t".join([item.state, item.id, item.name, reasons]))
    target.write_text(merge(bank, judged), encoding="utf-8")
    for path, picture in reading.files.items():
        place = target.parent / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(picture)
    if any(item.state == "refused" for item in judged):
        raise SystemExit(1)

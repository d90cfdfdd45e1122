"""The banks in the folder bersama/ of COURSES_DIR, from which several courses draw."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import click
from flask_babel import force_locale
from flask_babel import gettext as _

from lms import clock
from lms.content.limits import MAX_TEXT
from lms.content.paths import SHARED, dropped
from lms.content.problems import Problem, Report
from lms.content.shared import is_name, read_shared, shared_path, shared_slug, with_banks
from lms.db import db
from lms.domain.accounts.queries import user_by_identity
from lms.domain.catalog.actions import NotOfTheDesk, hand_bank_over
from lms.domain.catalog.queries import shared_bank

FOLDER = SHARED.rstrip("/")


def banks_of(root: Path) -> dict[str, bytes]:
    """Return {name: text} of the shared banks beside the courses of a folder; none is fine."""
    return {path.stem: path.read_bytes() for path in _files(root) if path.stat().st_size <= MAX_TEXT}


def bank_problems(root: Path) -> tuple[Problem, ...]:
    """Return what is wrong with the shared banks of a folder, file by file."""
    found: list[Problem] = []
    for path in _files(root):
        report = Report(shared_path(path.stem))
        if path.suffix != ".md" or not is_name(path.stem):
            report.error(0, "shared_name", name=path.name)
            found += report.items
        elif path.stat().st_size > MAX_TEXT:
            report.error(0, "text_large", limit="1 MB")
            found += report.items
        else:
            found += read_shared(path.read_bytes(), path.stem).problems
    return tuple(found)


def with_folder(files: Mapping[str, bytes], place: Path) -> dict[str, bytes]:
    """Return the files of a course with copies of the banks beside it that its quizzes draw from."""
    return with_banks(files, banks_of(place.resolve().parent))


def _files(root: Path) -> Iterator[Path]:
    folder = root / FOLDER
    if folder.is_dir():
        yield from (
            path
            for path in sorted(folder.iterdir())
            if path.is_file() and not path.is_symlink() and not dropped(path.name)
        )


@click.command("hand-over")
@click.argument("bank")
@click.argument("identity")
@click.option("--lang", default="id", type=click.Choice(["id", "en"]), help="Language of messages.")
def hand_over(bank: str, identity: str, lang: str) -> None:
    """Move the shared BANK (such as bersama/loket) to the desk, owned by a trainer (e-mail or NIP)."""
    session = db.session()
    with force_locale(lang):
        found, user = shared_bank(session, shared_slug(bank)), user_by_identity(session, identity)
        if found is None:
            raise click.ClickException(_("There is no shared bank %(bank)s.", bank=bank))
        if user is None:
            raise click.ClickException(_("Nobody has the e-mail or NIP %(identity)s.", identity=identity))
        try:
            hand_bank_over(session, found, user, now=clock.now())
        except NotOfTheDesk:
            told = _("%(name)s does not hold the role of a trainer.", name=user.name)
            raise click.ClickException(told) from None
        session.commit()
        click.echo(_("%(bank)s is written at the desk now, by %(name)s.", bank=bank, name=user.name))

"""`flask courses ...`: check, format, publish, list, export and measure courses of the folder COURSES_DIR."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup
from flask_babel import force_locale
from flask_babel import gettext as _

from lms import clock
from lms.cli.outlines import outline_lines
from lms.cli.shared import FOLDER, bank_problems, banks_of, hand_over, with_folder
from lms.content.bundle import BundleError, read_folder, read_zip, write_zip
from lms.content.formatting.course import Formatted, format_course
from lms.content.parse import COURSE_FILE, Parsed, parse_course
from lms.content.problems import Problem
from lms.content.shared import is_shared, shared_path, shared_slug
from lms.db import db
from lms.domain.accounts.queries import user_by_identity
from lms.domain.catalog.actions import (
    BankAtDesk,
    BankErrors,
    PublishedElsewhere,
    store_bank,
)
from lms.domain.catalog.queries import (
    CatalogueFilter,
    catalogue,
    course_by_slug,
    export_bundle,
)
from lms.domain.enrollments.actions import publish_course
from lms.domain.enrollments.queries import circular_titles
from lms.i18n.problems import problem_text

EXAMPLE = "contoh-"
"""How the folder of an example for authors begins."""
group = AppGroup("courses", help="Courses as Markdown files.")
_language = click.option(
    "--lang", default="id", type=click.Choice(["id", "en"]), help="Language of messages."
)


@group.command("check")
@click.argument("path", required=False, type=click.Path(exists=True, path_type=Path))
@_language
def check(path: Path | None, lang: str) -> None:
    """Find mistakes in one course (folder or ZIP) or in a folder of courses; exit 1 when there are errors."""
    with force_locale(lang):
        where = path or _root()
        banks = bank_problems(where)
        _print(where, banks)
        found = [*banks, *(problem for place in _courses(where) for problem in _check(place))]
        errors = sum(problem.severity == "error" for problem in found)
        click.echo(_("%(errors)s errors, %(warnings)s warnings", errors=errors, warnings=len(found) - errors))
    if errors:
        raise SystemExit(1)


@group.command("format")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--check", "only_check", is_flag=True, help="Change nothing; exit 1 when a file would change.")
@_language
def format_files(paths: tuple[Path, ...], only_check: bool, lang: str) -> None:
    """Write courses in canonical form: one course, a folder of courses, or all of COURSES_DIR.

    Questions and checks without an id get one. A course with errors is left as it is; exit 1.
    """
    with force_locale(lang):
        found = [_format(place, only_check) for path in paths or (_root(),) for place in _courses(path)]
        count = sum(item or 0 for item in found)
        if only_check:
            click.echo(_("%(count)s files are not in canonical form.", count=count))
        else:
            click.echo(_("%(count)s files changed.", count=count))
    if None in found or (only_check and count):
        raise SystemExit(1)


@group.command("publish")
@click.argument("slugs", nargs=-1)
@click.option("--ambil-alih", "takeover", is_flag=True, help="Take a course back from the trainers' desk.")
@click.option("--sebagai", "email", help="E-mail or NIP of the trainer who publishes.")
@_language
def publish(slugs: tuple[str, ...], takeover: bool, email: str | None, lang: str) -> None:
    """Publish courses of COURSES_DIR: all, or those named; exit 1 when one could not be published.

    Banks of the folder bersama/ are stored first; one that the desk writes is taken back by its name
    (bersama/loket). A folder that begins with "contoh-" is an example for
    authors: it is published only by its name.
    """
    with force_locale(lang):
        by = _person(email) if email else None
        named = {shared_slug(slug) for slug in slugs if is_shared(slug)}
        stored = [
            _store(slug, data, takeover and (slug in named or not slugs))
            for slug, data in banks_of(_root()).items()
        ]
        courses = [slug for slug in slugs if not is_shared(slug)]
        places = [_root() / slug for slug in courses] if slugs else _without_examples(_courses(_root()))
        published = [_publish(place, by, takeover) for place in places]
    if not all(published) or not all(stored):
        raise SystemExit(1)


group.add_command(hand_over)


@group.command("list")
def list_courses() -> None:
    """List published courses: slug, JP (a star where not approved), minutes, title."""
    for row in catalogue(db.session(), CatalogueFilter(), limit=10_000):
        star = "" if row.approved_jp is not None else "*"
        click.echo(f"{row.slug}\t{row.jp}{star}\t{row.minutes}\t{row.title}")


@group.command("export")
@click.argument("slug")
@click.argument("target", type=click.Path(path_type=Path))
@_language
def export(slug: str, target: Path, lang: str) -> None:
    """Write the live version of a course, with riwayat.txt, into a new folder or .zip file."""
    session = db.session()
    course = course_by_slug(session, slug)
    with force_locale(lang):
        if course is None or course.live_version is None:
            raise click.ClickException(_("No course is published under %(slug)s.", slug=slug))
        if target.exists():
            raise click.ClickException(_("%(path)s exists already.", path=str(target)))
        bundle = export_bundle(session, course, course.live_version)
        if target.suffix == ".zip":
            target.write_bytes(write_zip(bundle))
        else:
            for name, data in bundle.items():
                place = target / name
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(data)
        click.echo(_("%(count)s files written to %(path)s.", count=len(bundle), path=str(target)))


@group.command("outline")
@click.argument("slug")
@_language
def outline(slug: str, lang: str) -> None:
    """Print the pieces of a course with words and minutes, and its questions by kind and by outcome."""
    place = Path(slug) if Path(slug, COURSE_FILE).is_file() else _root() / slug
    with force_locale(lang):
        course = _read(place).course
        if course is None:
            raise click.ClickException(_("%(slug)s has errors: see `flask courses check`.", slug=slug))
        for line in outline_lines(course):
            click.echo(line)


def _without_examples(places: Iterable[Path]) -> list[Path]:
    found = []
    for place in places:
        if place.name.startswith(EXAMPLE):
            click.echo(_("%(slug)s: left out, an example for authors.", slug=place.name))
        else:
            found.append(place)
    return found


def _root() -> Path:
    return Path(current_app.config["COURSES_DIR"])


def _courses(path: Path) -> Iterator[Path]:
    """One course, or the courses of a folder."""
    if path.is_file() or (path / COURSE_FILE).is_file():
        yield path
        return
    yield from sorted(
        place for place in path.iterdir() if place.is_dir() and not place.name.startswith(".")
        and place.name != FOLDER
    )  # fmt: skip


def _read(place: Path) -> Parsed:
    try:
        bundle = read_zip(place.read_bytes()) if place.is_file() else with_folder(read_folder(place), place)
    except BundleError as error:
        return Parsed(None, error.problems)
    slug = place.stem if place.is_file() else place.resolve().name
    return parse_course(bundle, slug, advice=True, today=clock.local_date(clock.now()))


def _format(place: Path, only_check: bool) -> int | None:
    """How many files of a course change; None when it has errors. The files are named as they change."""
    try:
        formatted = format_course(with_folder(read_folder(place), place), place.resolve().name)
    except BundleError as error:
        formatted = Formatted(problems=error.problems)
    if formatted.problems:
        _print(place, formatted.problems)
        click.echo(_("%(slug)s: has errors, nothing changed.", slug=place.name))
        return None
    names = {
        unicodedata.normalize("NFC", item.relative_to(place).as_posix()): item for item in place.rglob("*")
    }
    for path, text in formatted.texts.items():
        if not only_check:
            names[path].write_bytes(text.encode())
        click.echo(f"{place}/{path}")
    return len(formatted.texts)


def _check(place: Path) -> tuple[Problem, ...]:
    problems = _read(place).problems
    _print(place, problems)
    return problems


def _print(place: Path, problems: tuple[Problem, ...]) -> None:
    for problem in problems:
        click.echo(f"{place}/{problem_text(problem)}")


def _publish(place: Path, by: int | None, takeover: bool) -> bool:
    session = db.session()
    try:
        bundle = read_folder(place)
        result = publish_course(
            session, place.name, bundle, home="disk", by=by, now=clock.now(), takeover=takeover
        )
    except BundleError as error:
        _print(place, error.problems)
        return False
    except PublishedElsewhere:
        session.rollback()
        click.echo(_("%(slug)s: kept at the trainers' desk; --ambil-alih takes it back.", slug=place.name))
        return False
    _print(place, result.problems)
    if result.version is None:
        session.rollback()
        click.echo(_("%(slug)s: not published, nothing changed.", slug=place.name))
        return False
    session.commit()
    circular = circular_titles(session, place.name, result.version.header["prerequisites"])
    if circular:
        told = _("asks for a course that asks for it in turn, so learners are not asked for it")
        click.echo(f"{place.name}: {told}: {'; '.join(circular)}")
    number = result.version.number
    if result.created:
        click.echo(_("%(slug)s: version %(number)s published.", slug=place.name, number=number))
    else:
        click.echo(_("%(slug)s: nothing new, version %(number)s is live.", slug=place.name, number=number))
    return True


def _store(slug: str, data: bytes, takeover: bool) -> bool:
    """Make a bank of the folder the shared one that drafts draw from; False when that is refused."""
    session = db.session()
    try:
        stored = store_bank(session, slug, data, now=clock.now(), takeover=takeover)
    except BankAtDesk:
        session.rollback()
        kept = _("%(slug)s: kept at the trainers' desk; --ambil-alih takes it back.", slug=shared_path(slug))
        click.echo(kept)
        return False
    except BankErrors as error:
        session.rollback()
        _print(_root(), error.problems)
        return False
    session.commit()
    if stored:
        click.echo(_("%(path)s: stored as a shared bank.", path=shared_path(slug)))
    return True


def _person(identity: str) -> int:
    user = user_by_identity(db.session(), identity)
    if user is None or user.closed_at is not None:
        raise click.ClickException(_("Nobody has the e-mail or NIP %(identity)s.", identity=identity))
    return user.id

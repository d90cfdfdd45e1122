"""Dictionary, standards and assessments from a file: look at what it would change, then store it.

Between the two steps the file waits, at most a day; only the person who sent it can open it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask_babel import LazyString, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response
from wtforms import DateField
from wtforms.validators import Optional

from lms import clock, files, uploads
from lms.content.exchange.grids import read_grid
from lms.content.exchange.items import Unread
from lms.db import db
from lms.domain.accounts.actions import Refused
from lms.domain.accounts.models import RoleName
from lms.domain.competencies.actions import add_ratings, save_entries, set_levels
from lms.domain.competencies.queries import dictionary_plan, rating_plan, standard_plan
from lms.domain.competencies.rules.case import NotCase, read_case
from lms.domain.competencies.rules.plans import Plan
from lms.domain.competencies.rules.tables import NoTable, Row, RowProblem, read_dictionary
from lms.domain.imports.rules import Unreadable, read_file
from lms.domain.imports.rules.cells import shown
from lms.i18n.problems import problem_message
from lms.web.access import me, require_role
from lms.web.competency_words import FIELDS, PROBLEMS, problem_text, refused_text
from lms.web.hr.intake_words import file_text
from lms.web.hr.standards import day_of
from lms.web.refusals import undo

imports = Blueprint("imports", __name__, url_prefix="/imports/<kind>")
SHOWN = 200


@dataclass(frozen=True)
class Kind:
    """What can be imported: its words, who may, what a file would change, how it is stored."""

    title: LazyString
    hint: LazyString
    accept: str
    back: str
    everybody: bool
    plan: Callable[[Session, bytes, date], Plan[Any]]
    store: Callable[[Session, Plan[Any], date], int]


def _dictionary(session: Session, data: bytes, _day: date) -> Plan[Any]:
    if data.lstrip()[:1] == b"{":
        return dictionary_plan(session, list(enumerate(read_case(data.decode("utf-8", "replace")), 1)))
    return dictionary_plan(session, *read_dictionary(read_grid(data)))


def _standards(session: Session, data: bytes, day: date) -> Plan[Any]:
    return standard_plan(session, _rows(data), day)


def _ratings(session: Session, data: bytes, _day: date) -> Plan[Any]:
    return rating_plan(session, _rows(data), actor=me(), today=_today())


def _rows(data: bytes) -> list[Row]:
    """The first sheet as offices save it: any encoding, separators and days of any kind."""
    return [(row.number, [shown(cell) for cell in row.cells]) for row in read_file(data)[0].rows]


def _today() -> date:
    return clock.local_date(clock.now())


def _keep_entries(session: Session, plan: Plan[Any], _day: date) -> int:
    return save_entries(session, plan.rows, now=clock.now(), actor=me().id)


def _keep_levels(session: Session, plan: Plan[Any], day: date) -> int:
    return set_levels(session, plan.rows, valid_from=day, now=clock.now(), actor=me().id)


def _keep_ratings(session: Session, plan: Plan[Any], _day: date) -> int:
    return add_ratings(session, plan.rows, today=_today(), now=clock.now(), actor=me().id)


KINDS: dict[str, Kind] = {
    "dictionary": Kind(
        _l("Import the dictionary"),
        _l("A CSV or Excel table with the columns of the download, or a CASE 1.1 package (JSON)."),
        ".csv,.xlsx,.json", "hr.competencies.index", False, _dictionary, _keep_entries,
    ),
    "standards": Kind(
        _l("Import the standard"),
        _l("A CSV or Excel table as you can download it: the code of a position, one column a competency, a "
           "level from 0 to 5 in each cell. Empty cells change nothing."),
        ".csv,.xlsx", "hr.standards.index", False, _standards, _keep_levels,
    ),
    "ratings": Kind(
        _l("Import assessments"),
        _l("A CSV or Excel table, one row a person: NIP, Nama, Tanggal penilaian, Metode, Penilai, Berlaku "
           "sampai, then one column a competency, named by its code. Empty cells mean: not assessed."),
        ".csv,.xlsx", "hr.staff.index", True, _ratings, _keep_ratings,
    ),
}  # fmt: skip


class ImportForm(FlaskForm):
    """The file, and for standards the day from which it holds."""

    file = FileField(_l("File"), [FileRequired(_l("Choose a file first."))])
    valid_from = DateField(_l("In force from"), [Optional()])


@imports.get("")
def new(kind: str) -> str:
    """Ask for a file."""
    _kind(kind)
    return _ask(kind, ImportForm(valid_from=_today()))


@imports.post("")
def check(kind: str) -> str | Response | tuple[str, int]:
    """Keep the file for the next step when it can be read at all."""
    what, form = _kind(kind), ImportForm()
    if not form.validate():
        return _ask(kind, form), 422
    data, day = form.file.data.stream.read(), form.valid_from.data or _today()
    plan = _plan(what, data, day)
    if isinstance(plan, str):
        form.file.errors = [plan]
        return _ask(kind, form), 422
    digest = uploads.keep(_folder(), data)
    return redirect(url_for("hr.imports.show", kind=kind, digest=digest, on=day.isoformat()), 303)


@imports.get("/<digest>")
def show(kind: str, digest: str) -> str:
    """Say what the file would change and which rows are refused; nothing is stored yet."""
    what, day = _kind(kind), day_of(request.args.get("on"))
    plan = _plan(what, _waiting(digest), day)
    if isinstance(plan, str):
        abort(404)
    return render_template(
        "hr/imports/show.html",
        kind=kind, what=what, plan=plan, digest=digest, day=day, shown=SHOWN, fields=FIELDS,
        problem_text=problem_text,
    )  # fmt: skip


@imports.post("/<digest>")
def save(kind: str, digest: str) -> Response:
    """Store what was shown; rows that were refused stay out."""
    what, day = _kind(kind), day_of(request.form.get("on"))
    plan = _plan(what, _waiting(digest), day)
    if isinstance(plan, str):
        abort(404)
    try:
        count = what.store(db.session(), plan, day)
    except Refused as error:
        undo()
        flash(_("Nothing was stored. %(why)s", why=refused_text(error)), "danger")
        return redirect(url_for("hr.imports.show", kind=kind, digest=digest, on=day.isoformat()), 303)
    db.session.commit()
    files.path_of(_folder(), digest).unlink(missing_ok=True)
    words = ngettext("%(num)s change was stored.", "%(num)s changes were stored.", count)
    flash(words if count else _("Nothing was changed."), "ok" if count else "info")
    return redirect(url_for(what.back), 303)


def _plan(what: Kind, data: bytes, day: date) -> Plan[Any] | str:
    """What the file would change, or in words why it cannot be read."""
    try:
        return what.plan(db.session(), data, day)
    except Unread as error:
        return str(problem_message(error.problem()))
    except Unreadable as error:
        undo()
        return file_text(error)
    except NotCase as error:
        undo()
        return problem_text(RowProblem(0, error.code, error.place))
    except NoTable as error:
        undo()
        return f"{error.head}: {PROBLEMS['file.column']}"


def _folder() -> Path:
    return uploads.folder_of(Path(current_app.instance_path), me().id)


def _waiting(digest: str) -> bytes:
    try:
        return files.path_of(_folder(), digest).read_bytes()
    except (ValueError, FileNotFoundError):
        abort(404)


def _kind(name: str) -> Kind:
    what = KINDS.get(name) or abort(404)
    if not what.everybody:
        require_role(RoleName.BKPSDM)
    return what


def _ask(kind: str, form: ImportForm) -> str:
    what = KINDS[kind]
    return render_template("hr/imports/new.html", kind=kind, what=what, form=form)

"""Import: send a file, say what its columns are, look at the trial, save."""

from __future__ import annotations

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from werkzeug.wrappers import Response as Answer
from wtforms import RadioField

from lms import clock
from lms.db import db
from lms.domain.accounts.actions import Refused
from lms.domain.imports import actions
from lms.domain.imports.models import StaffImport
from lms.domain.imports.queries import import_for, imports_of
from lms.domain.imports.rules import FIELDS, KEPT_DAYS, MAX_BYTES, MAX_ROWS, PEOPLE, REQUIRED, Unreadable
from lms.domain.imports.rules.plans import NEW, REFUSED, RESULTS, Plan
from lms.domain.imports.undo import may_undo
from lms.web.access import me
from lms.web.hr import intake_words as words
from lms.web.hr.intake_files import error_sheet, example
from lms.web.hr.intake_rows import fields_changed, questions_of, rows_of
from lms.web.hr.scope import is_at_desk, is_bkpsdm
from lms.web.listing import page_of
from lms.web.refusals import undo

intake = Blueprint("intake", __name__, url_prefix="/intake")
TABS = (REFUSED, NEW, "changed", "same")


class UploadForm(FlaskForm):
    """A file and what it holds."""

    kind = RadioField(_l("What the file holds"), default=PEOPLE)
    file = FileField(_l("File"), [FileRequired(_l("Choose the file first."))])


@intake.url_value_preprocessor
def _room(endpoint: str | None, _values: dict[str, object] | None) -> None:
    """Let a file be larger than a form; only for those who may send it."""
    if endpoint == "hr.intake.create" and is_at_desk():
        request.max_content_length = MAX_BYTES + 100_000


def _form() -> UploadForm:
    form = UploadForm()
    kinds = words.KINDS if is_bkpsdm() else {PEOPLE: words.KINDS[PEOPLE]}
    form.kind.choices = [(kind, str(label)) for kind, label in kinds.items()]
    return form


@intake.get("")
def index() -> str:
    """Ask for a file; list the earlier ones."""
    return _index(_form())


def _index(form: UploadForm) -> str:
    return render_template(
        "hr/intake/index.html", form=form, rows=imports_of(db.session(), me().id), kinds=words.KINDS,
        results=words.RESULTS, limit_mb=MAX_BYTES // 1_000_000, limit_rows=MAX_ROWS,
        kept_days=KEPT_DAYS,
    )  # fmt: skip


@intake.post("")
def create() -> str | Answer | tuple[str, int]:
    """Take a file in; nothing about people changes yet."""
    form = _form()
    if not form.validate():
        return _index(form), 422
    sent, session = form.file.data, db.session()
    try:
        item = actions.receive(
            session, me(), form.kind.data, sent.filename or "-", sent.read(), now=clock.now()
        )
    except Unreadable as error:
        undo()
        form.file.errors = [words.file_text(error)]
        return _index(form), 422
    session.commit()
    page = "show" if item.mapping else "columns"
    return redirect(url_for(f"hr.intake.{page}", import_id=item.id), 303)


@intake.get("/example/<kind>.xlsx")
def sample(kind: str) -> Response:
    """Give a workbook with the headers that are understood at once."""
    if kind not in FIELDS or (kind != PEOPLE and not is_bkpsdm()):
        abort(404)
    return _workbook(example(kind), f"contoh-{kind}.xlsx")


@intake.get("/<int:import_id>/columns")
def columns(import_id: int) -> str | Answer:
    """Show the columns with what they are taken for."""
    item = _import(import_id)
    return redirect(_url(item), 303) if item.applied_at else _columns(item, item.mapping, "")


def _columns(item: StaffImport, mapping: list[str] | None, error: str) -> str:
    layout = actions.layout_of(item)
    options = [("", str(_("not used"))), *((name, str(words.FIELDS[name])) for name in FIELDS[item.kind])]
    needed = ", ".join(str(words.FIELDS[name]) for name in REQUIRED[item.kind])
    return render_template(
        "hr/intake/columns.html", item=item, layout=layout, mapping=mapping or layout.mapping,
        options=options, needed=needed, error=error, rows=len(layout.data()),
    )  # fmt: skip


@intake.post("/<int:import_id>/columns")
def save_columns(import_id: int) -> str | Answer | tuple[str, int]:
    """Keep what the columns are, for this file and later ones with the same headers."""
    item = _import(import_id)
    mapping = request.form.getlist("column")
    try:
        actions.map_columns(db.session(), item, mapping, by=me(), now=clock.now())
    except Refused as error:
        undo()
        if error.code == "import.applied":
            return redirect(_url(item), 303)
        item = _import(import_id)
        fits = len(mapping) == len(actions.layout_of(item).columns)
        return _columns(item, mapping if fits else None, words.refusal(error)), 422
    db.session.commit()
    return redirect(_url(item), 303)


@intake.get("/<int:import_id>")
def show(import_id: int) -> str | Answer:
    """Show what the file would change, or what it changed."""
    item = _import(import_id)
    if item.applied_at is not None:
        return render_template(
            "hr/intake/done.html",
            item=item,
            kinds=words.KINDS,
            results=words.RESULTS,
            tabs=TABS,
            undo_offered=may_undo(item, clock.now()),
        )
    if not item.mapping:
        return redirect(url_for("hr.intake.columns", import_id=import_id), 303)
    plan = _plan(item)
    counts = {result: len(plan.of(result)) for result in RESULTS}
    wanted = request.args.get("show", "")
    shown = wanted if wanted in TABS else next((tab for tab in TABS if counts[tab]), REFUSED)
    found = plan.of(shown)
    page = page_of(request.args, len(found))
    changes = found[page.offset : page.offset + page.size]
    return render_template(
        "hr/intake/show.html", item=item, plan=plan, counts=counts, shown=shown, tabs=TABS, page=page,
        rows=rows_of(changes), results=words.RESULTS, kinds=words.KINDS,
        questions=questions_of(plan, item), changed_fields=fields_changed(plan),
        doubtful=sum(1 for one in plan.changes if one.doubts and one.result != REFUSED),
        saves=counts[NEW] + counts["changed"],
    )  # fmt: skip


@intake.post("/<int:import_id>/answers")
def answer(import_id: int) -> Answer:
    """Keep the answers to the questions of the trial."""
    item = _import(import_id)
    if item.applied_at is None and item.mapping:
        known = {question.key for question in _plan(item).questions} | set(item.choices)
        given = {key: value for key, value in request.form.items() if key in known}
        actions.choose(db.session(), item, given)
        db.session.commit()
    return redirect(_url(item), 303)


@intake.post("/<int:import_id>/apply")
def apply(import_id: int) -> Answer:
    """Save everything that the trial showed, in one transaction; otherwise nothing."""
    item = _import(import_id)
    try:
        counts = actions.apply_import(
            db.session(), item, request.form.get("seen", ""), actor=me(), now=clock.now()
        )
    except Refused as error:
        undo()
        flash(words.refusal(error), "warn")
        return redirect(url_for("hr.intake.show", import_id=import_id), 303)
    db.session.commit()
    total = counts[NEW] + counts["changed"]
    flash(ngettext("%(num)s row was saved.", "%(num)s rows were saved.", total), "ok")
    return redirect(_url(item), 303)


@intake.post("/<int:import_id>/discard")
def discard(import_id: int) -> Answer:
    """Give the file up."""
    actions.discard(db.session(), _import(import_id))
    db.session.commit()
    flash(_("The file was removed. Nothing was changed."), "info")
    return redirect(url_for("hr.intake.index"), 303)


@intake.get("/<int:import_id>/errors.xlsx")
def errors(import_id: int) -> Response:
    """Give the refused rows as a workbook, each with its reason, to be mended and sent again."""
    item = _import(import_id)
    if item.applied_at is not None or not item.mapping:
        abort(404)
    return _workbook(error_sheet(actions.layout_of(item), _plan(item)), "baris-bermasalah.xlsx")


def _plan(item: StaffImport) -> Plan:
    return actions.plan_of(db.session(), item, actor=me(), today=clock.local_date(clock.now()))


def _workbook(data: bytes, name: str) -> Response:
    mime = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    response = Response(data, mimetype=mime)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.headers["Cache-Control"] = "no-store"
    return response


def _url(item: StaffImport) -> str:
    return url_for("hr.intake.show", import_id=item.id)


def _import(import_id: int) -> StaffImport:
    item = import_for(db.session(), me(), import_id)
    if item is None or (item.kind != PEOPLE and not is_bkpsdm()):
        abort(404)
    return item

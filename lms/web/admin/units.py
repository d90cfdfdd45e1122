"""The tree of units."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from lms import clock
from lms.db import db
from lms.domain.accounts import actions
from lms.domain.accounts.models import OrgUnit
from lms.domain.accounts.queries import UnitRow, ancestors, head_of, open_units, unit_by_code, unit_rows
from lms.domain.accounts.rules import squeezed
from lms.web.access import me
from lms.web.admin.forms import HeadForm, MoveUnitForm, NewUnitForm, UnitForm, number_of, unit_choices
from lms.web.refusals import refusal_text, show_refusal, undo

units = Blueprint("units", __name__, url_prefix="/units")

TEXT_MAX = 100


@units.get("")
def index() -> str:
    """Show the tree, or the units that a search finds."""
    text = request.args.get("q", "")[:TEXT_MAX].strip().casefold()
    closed = request.args.get("state") == "all"
    rows = unit_rows(db.session(), closed=closed)
    shown = [row for row in rows if _matches(row, text)]
    return render_template(
        "admin/units/index.html", rows=shown, total=len(rows), people=_people(rows), filtered=bool(text)
    )


def _matches(row: UnitRow, text: str) -> bool:
    return not text or text in row.unit.name.casefold() or text in row.unit.code.casefold()


def _people(rows: list[UnitRow]) -> int:
    return sum(row.people for row in rows)


@units.get("/new")
def new() -> str:
    """Ask for a new unit; `parent` in the address is its place."""
    form = _new_form()
    form.parent_id.data = request.args.get("parent", "")
    return render_template("admin/units/new.html", form=form)


@units.post("/new")
def create() -> str | Response | tuple[str, int]:
    """Add a unit; the same form sent twice adds one."""
    form = _new_form()
    if not form.validate():
        return render_template("admin/units/new.html", form=form), 422
    parent_id = number_of(form.parent_id.data)
    try:
        unit = actions.create_unit(
            db.session(), code=form.code.data, name=form.name.data, parent_id=parent_id,
            now=clock.now(), actor=me().id,
        )  # fmt: skip
    except actions.Refused as error:
        undo()
        twin = unit_by_code(db.session(), squeezed(form.code.data))
        if twin is not None and (twin.name, twin.parent_id) == (squeezed(form.name.data), parent_id):
            return redirect(url_for("admin.units.show", unit_id=twin.id), 303)
        show_refusal(form, error)
        return render_template("admin/units/new.html", form=form), 422
    db.session.commit()
    flash(_("Unit %(name)s added.", name=unit.name), "ok")
    return redirect(url_for("admin.units.show", unit_id=unit.id), 303)


@units.get("/<int:unit_id>")
def show(unit_id: int) -> str:
    """Show a unit: data, place, what is below it."""
    unit = _unit(unit_id)
    return _page(unit, UnitForm(obj=unit), _move_form(unit))


@units.post("/<int:unit_id>")
def save(unit_id: int) -> Response | tuple[str, int]:
    """Rename a unit."""
    unit = _unit(unit_id)
    form = UnitForm(obj=unit)
    if not form.validate():
        return _page(unit, form, _move_form(unit, fresh=True)), 422
    try:
        changed = actions.edit_unit(
            db.session(), unit, code=form.code.data, name=form.name.data, now=clock.now(), actor=me().id
        )
    except actions.Refused as error:
        undo()
        show_refusal(form, error)
        unit = _unit(unit_id)
        return _page(unit, form, _move_form(unit, fresh=True)), 422
    db.session.commit()
    flash(_("Saved.") if changed else _("Nothing was changed."), "ok" if changed else "info")
    return redirect(url_for("admin.units.show", unit_id=unit_id), 303)


@units.post("/<int:unit_id>/move")
def move(unit_id: int) -> Response:
    """Hang a unit with everything below it under another one."""
    unit = _unit(unit_id)
    parent_id = number_of(_move_form(unit).parent_id.data)
    try:
        moved = actions.move_unit(db.session(), unit, parent_id, now=clock.now(), actor=me().id)
    except actions.Refused as error:
        return _refused(error, unit_id)
    db.session.commit()
    flash(_("The unit stands in its new place.") if moved else _("Nothing was changed."), "ok")
    return redirect(url_for("admin.units.show", unit_id=unit_id), 303)


@units.post("/<int:unit_id>/head")
def set_head(unit_id: int) -> Response | tuple[str, int]:
    """Name the head of a unit."""
    unit, form = _unit(unit_id), HeadForm()
    if not form.validate():
        return _page(unit, UnitForm(obj=unit, formdata=None), _move_form(unit, fresh=True), form), 422
    try:
        done = actions.set_head(db.session(), unit, form.head.data or "", now=clock.now(), actor=me().id)
    except actions.Refused as error:
        undo()
        show_refusal(form, error)
        unit = _unit(unit_id)
        return _page(unit, UnitForm(obj=unit, formdata=None), _move_form(unit, fresh=True), form), 422
    db.session.commit()
    flash(_("Saved.") if done else _("Nothing was changed."), "ok" if done else "info")
    return redirect(url_for("admin.units.show", unit_id=unit_id), 303)


@units.post("/<int:unit_id>/close")
def close(unit_id: int) -> Response:
    """Close a unit without people and without open units below it."""
    unit, now = _unit(unit_id), clock.now()
    try:
        done = actions.close_unit(db.session(), unit, on=clock.local_date(now), now=now, actor=me().id)
    except actions.Refused as error:
        return _refused(error, unit_id)
    db.session.commit()
    if done:
        flash(_("The unit is closed; what happened there stays on record."), "ok")
    return redirect(url_for("admin.units.show", unit_id=unit_id), 303)


@units.post("/<int:unit_id>/reopen")
def reopen(unit_id: int) -> Response:
    """Open a closed unit again."""
    try:
        done = actions.reopen_unit(db.session(), _unit(unit_id), now=clock.now(), actor=me().id)
    except actions.Refused as error:
        return _refused(error, unit_id)
    db.session.commit()
    if done:
        flash(_("The unit is open again."), "ok")
    return redirect(url_for("admin.units.show", unit_id=unit_id), 303)


def _page(unit: OrgUnit, form: UnitForm, move_form: MoveUnitForm, head_form: HeadForm | None = None) -> str:
    below, head = unit_rows(db.session(), root=unit), head_of(db.session(), unit.id)
    if head_form is None:
        head_form = HeadForm(formdata=None, head=(head.nip or head.email) if head else "")
    return render_template(
        "admin/units/show.html", unit=unit, form=form, move_form=move_form, own=below[0], below=below[1:],
        above=ancestors(db.session(), unit), leader=head, head_form=head_form,
    )  # fmt: skip


def _new_form() -> NewUnitForm:
    form = NewUnitForm()
    form.parent_id.choices = unit_choices(open_units(db.session()))
    return form


def _move_form(unit: OrgUnit, *, fresh: bool = False) -> MoveUnitForm:
    """Return the form with every place that is not the unit itself or below it."""
    form = MoveUnitForm(formdata=None) if fresh or request.method == "GET" else MoveUnitForm()
    rows = [row for row in open_units(db.session()) if not row.unit.path.startswith(unit.path)]
    form.parent_id.choices = unit_choices(rows)
    if not form.is_submitted() or fresh:
        form.parent_id.data = str(unit.parent_id or "")
    return form


def _refused(error: actions.Refused, unit_id: int) -> Response:
    text = refusal_text(error)
    undo()
    flash(text, "danger")
    return redirect(url_for("admin.units.show", unit_id=unit_id), 303)


def _unit(unit_id: int) -> OrgUnit:
    unit = db.session.get(OrgUnit, unit_id)
    if unit is None:
        abort(404)
    return unit

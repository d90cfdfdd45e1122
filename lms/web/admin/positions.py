"""The list of positions."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import select
from werkzeug.wrappers import Response

from lms import clock
from lms.db import db
from lms.domain.accounts import actions
from lms.domain.accounts.models import Position
from lms.domain.accounts.queries import position_rows
from lms.domain.accounts.rules import squeezed
from lms.web.access import me
from lms.web.admin.forms import PositionForm
from lms.web.labels import position_class_label
from lms.web.listing import page_of
from lms.web.refusals import show_refusal, undo

positions = Blueprint("positions", __name__, url_prefix="/positions")

TEXT_MAX = 100


@positions.get("")
def index() -> str:
    """List the positions with the number of people who hold them."""
    text = request.args.get("q", "")[:TEXT_MAX].strip().casefold()
    closed = request.args.get("state") == "all"
    rows = [
        (position, count)
        for position, count in position_rows(db.session())
        if (closed or position.closed_on is None)
        and (text in position.name.casefold() or text in position.code.casefold())
    ]
    page = page_of(request.args, len(rows))
    return render_template(
        "admin/positions/index.html", rows=rows[page.offset : page.offset + page.size], page=page,
        filtered=bool(text), class_label=position_class_label,
    )  # fmt: skip


@positions.get("/new")
def new() -> str:
    """Ask for a new position."""
    return render_template("admin/positions/new.html", form=PositionForm())


@positions.post("/new")
def create() -> str | Response | tuple[str, int]:
    """Add a position; the same form sent twice adds one."""
    form = PositionForm()
    if not form.validate():
        return render_template("admin/positions/new.html", form=form), 422
    fields = {"code": form.code.data, "name": form.name.data, "rank_class": form.rank_class.data}
    try:
        position = actions.create_position(db.session(), **fields, now=clock.now(), actor=me().id)
    except actions.Refused as error:
        undo()
        twin = db.session.scalar(select(Position).where(Position.code == squeezed(form.code.data)))
        if twin is not None and all(getattr(twin, key) == squeezed(text) for key, text in fields.items()):
            return redirect(url_for("admin.positions.index"), 303)
        show_refusal(form, error)
        return render_template("admin/positions/new.html", form=form), 422
    db.session.commit()
    flash(_("Position %(name)s added.", name=position.name), "ok")
    return redirect(url_for("admin.positions.index"), 303)


@positions.get("/<int:position_id>")
def edit(position_id: int) -> str:
    """Ask for changed data."""
    position = _position(position_id)
    return render_template("admin/positions/edit.html", form=PositionForm(obj=position), position=position)


@positions.post("/<int:position_id>")
def save(position_id: int) -> str | Response | tuple[str, int]:
    """Store changed data."""
    position = _position(position_id)
    form = PositionForm()
    if not form.validate():
        return render_template("admin/positions/edit.html", form=form, position=position), 422
    fields = {"code": form.code.data, "name": form.name.data, "rank_class": form.rank_class.data}
    try:
        changed = actions.edit_position(db.session(), position, **fields, now=clock.now(), actor=me().id)
    except actions.Refused as error:
        undo()
        show_refusal(form, error)
        return render_template("admin/positions/edit.html", form=form, position=_position(position_id)), 422
    db.session.commit()
    flash(_("Saved.") if changed else _("Nothing was changed."), "ok" if changed else "info")
    return redirect(url_for("admin.positions.index"), 303)


@positions.post("/<int:position_id>/close")
def close(position_id: int) -> Response:
    """Take a position off the lists; people who hold it keep it."""
    position, now = _position(position_id), clock.now()
    if actions.close_position(db.session(), position, on=clock.local_date(now), now=now, actor=me().id):
        flash(_("The position is closed; people who hold it keep it."), "ok")
    db.session.commit()
    return redirect(url_for("admin.positions.edit", position_id=position_id), 303)


@positions.post("/<int:position_id>/reopen")
def reopen(position_id: int) -> Response:
    """Offer a closed position again."""
    if actions.reopen_position(db.session(), _position(position_id), now=clock.now(), actor=me().id):
        flash(_("The position is open again."), "ok")
    db.session.commit()
    return redirect(url_for("admin.positions.edit", position_id=position_id), 303)


def _position(position_id: int) -> Position:
    position = db.session.get(Position, position_id)
    if position is None:
        abort(404)
    return position

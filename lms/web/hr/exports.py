"""Exports: order a file of what a list shows, watch it being made, download it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from flask import Blueprint, Response, abort, flash, jsonify, redirect, render_template, request, url_for
from flask import send_file as send
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from lms import clock
from lms.db import db
from lms.domain.accounts.models import OrgUnit
from lms.domain.audit.actions import record
from lms.domain.jobs.actions import enqueue
from lms.domain.reports.actions import FORMATS, MOST, MOST_PACKED, Order, order_export
from lms.domain.reports.models import Export
from lms.domain.reports.queries import completions as lines
from lms.domain.reports.queries import export_for, exports_of, jp_years, line_keys, staff_ids
from lms.domain.reports.queries.staff import SORTS
from lms.files import path_of
from lms.web.access import me
from lms.web.hr import filters
from lms.web.hr.scope import figures_of, scope
from lms.web.hr.words import EXPORT_KINDS
from lms.web.listing import order_of
from lms.web.recording import record_view
from lms.web.stored_files import file_folder

exports = Blueprint("exports", __name__, url_prefix="/exports")
SHOWN = 50
PACKED = {"package", "siasn"}  # a ZIP of PDFs
BACK = {
    "package": "completions",
    "siasn": "completions",
    "register": "completions",
    "hours": "hours",
    "staff": "staff",
}


@exports.get("")
def index() -> str:
    """List one's own orders."""
    rows = exports_of(db.session(), me(), SHOWN)
    return render_template("hr/exports/index.html", rows=rows, kinds=EXPORT_KINDS)


@exports.post("")
def create() -> Answer:
    """Order what the list shows: the rows ticked, or all that match its filters."""
    kind, _dot, form = request.form.get("kind", "").partition(".")
    form = form or request.form.get("format", "")
    if form not in FORMATS.get(kind, ()):
        abort(400)
    session, now = db.session(), clock.now()
    order = _ORDERS[kind](kind, form, request.form)
    most = MOST_PACKED if kind in PACKED else MOST
    if not order.total:
        flash(_("Nothing to download: no row matches. Widen the filter, then order again."), "warn")
        return redirect(_list(kind), 303)
    if order.total > most:
        text = _("More than %(most)s rows. Choose a unit or a shorter period, then order again.", most=most)
        flash(text, "warn")
        return redirect(_list(kind), 303)
    export, new = order_export(session, order, by=me(), now=now)
    if new:
        enqueue(session, "export", {"export_id": export.id}, now=now, unique_key=f"export:{export.id}")
    session.commit()
    return redirect(url_for("hr.exports.show", export_id=export.id), 303)


def _list(kind: str) -> str:
    """The list that the order came from, with its filters."""
    names = {"hours": filters.HOURS_FIELDS, "staff": filters.STAFF_FIELDS}.get(
        kind, filters.COMPLETION_FIELDS
    )
    kept = {name: request.form[name] for name in names if request.form.get(name)}
    return url_for(f"hr.{BACK[kind]}.index", **kept)  # type: ignore[arg-type]


def _ticked(name: str) -> list[str]:
    """The rows ticked; none, or "all that match", stands for the filters alone."""
    return [] if request.form.get("all") else request.form.getlist(name)


def _unit_code(unit: OrgUnit | None) -> str:
    return unit.code if unit else scope().code


def _of_lines(kind: str, form: str, args: Mapping[str, str]) -> Order:
    wanted, unit = filters.completions_wanted(args)
    wanted = filters.with_keys(wanted, _ticked("key"))
    sort, today = order_of(args, lines.SORTS, "-day"), clock.local_date(clock.now())
    keys = line_keys(
        db.session(), wanted, actor=me(), today=today, sort=sort.column, descending=sort.descending,
        limit=(MOST_PACKED if kind in PACKED else MOST) + 1,
    )  # fmt: skip
    words = filters.completion_words(wanted, unit)
    return Order(kind, form, today, _unit_code(unit), words, keys=tuple(keys))


def _of_people(kind: str, form: str, args: Mapping[str, str]) -> Order:
    session, today = db.session(), clock.local_date(clock.now())
    names = filters.HOURS_FIELDS if kind == "hours" else filters.STAFF_FIELDS
    year = filters.year_of(args, jp_years(session, today)) if kind == "hours" else today.year
    wanted, unit = filters.staff_wanted({name: args[name] for name in names if name in args})
    ticked = _ticked("id")
    if ticked:
        wanted = replace(wanted, ids=filters.picked_ids(ticked))
    sort = order_of(args, SORTS, "unit" if kind == "hours" else "name")
    people = staff_ids(
        session, wanted, actor=me(), when=figures_of(year), sort=sort.column, descending=sort.descending,
        limit=MOST + 1,
    )  # fmt: skip
    words = filters.staff_words(wanted, unit, year)
    return Order(kind, form, today, _unit_code(unit), words, year=year, people=tuple(people))


_ORDERS: Mapping[str, Callable[[str, str, Mapping[str, str]], Order]] = {
    "package": _of_lines, "siasn": _of_lines, "register": _of_lines, "hours": _of_people, "staff": _of_people,
}  # fmt: skip


@exports.get("/<int:export_id>")
def show(export_id: int) -> str:
    """Show how far an order is, and its file once it is whole."""
    export = _export(export_id)
    return render_template(
        "hr/exports/show.html",
        export=export,
        kind=EXPORT_KINDS[export.kind],
        counts=export.params.get("counts", {}),
        filters=export.params["filters"],
        back=url_for(f"hr.{BACK[export.kind]}.index"),
        late=export.state == "waiting" and (clock.now() - export.ordered_at).total_seconds() > 900,
    )


@exports.get("/<int:export_id>/state")
def state(export_id: int) -> Response:
    """Say the state for the script of the page."""
    export = _export(export_id)
    return jsonify(state=export.state, done=export.done, total=export.total)


@exports.get("/<int:export_id>/file")
def file(export_id: int) -> Response:
    """Send the finished file to who ordered it."""
    export = _export(export_id)
    if export.state != "ready" or not export.sha256:
        abort(404)
    path, actor = path_of(file_folder(), export.sha256), me().id
    if not path.is_file():
        abort(404)
    record_view(
        lambda session: record(
            session, "export.downloaded", now=clock.now(), actor=actor, subject=("export", export_id)
        )
    )
    response = send(path, as_attachment=True, download_name=export.file_name, conditional=True,
                    etag=export.sha256, max_age=0)  # fmt: skip
    response.headers["Cache-Control"] = "no-store"
    return response


def _export(export_id: int) -> Export:
    return export_for(db.session(), me(), export_id) or abort(404)

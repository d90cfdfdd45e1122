"""Which level each position requires: read by every personnel office, set by BKPSDM."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as Answer

from lms import clock
from lms.db import db
from lms.domain.accounts.actions import Refused
from lms.domain.accounts.models import Position, RoleName
from lms.domain.accounts.queries import position_rows
from lms.domain.competencies.actions import set_levels
from lms.domain.competencies.queries import dictionary, standard, steps_of
from lms.domain.competencies.queries.standards import Levels
from lms.domain.competencies.rules import LEVEL_OF_CLASS
from lms.domain.competencies.rules.plans import Listed, Wanted
from lms.domain.competencies.rules.tables import STANDARD_HEADS, read_level
from lms.domain.reports.spreadsheet import Cell, Column, csv_text, xlsx
from lms.web.access import me, require_role
from lms.web.competency_words import level_name
from lms.web.labels import POSITION_CLASSES, position_class_label
from lms.web.listing import page_of

standards = Blueprint("standards", __name__, url_prefix="/standards")
READ = {"hr.standards.index", "hr.standards.show", "hr.standards.file"}
TEXT_MAX = 100
_FIELD = re.compile(r"l-(\d{1,9})-(\d{1,9})")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@standards.before_request
def _others_only_read() -> None:
    if request.endpoint not in READ:
        require_role(RoleName.BKPSDM)


@standards.get("")
def index() -> str:
    """Show the matrix of positions and competencies, one page of positions at a time."""
    return _grid(editing=False)


@standards.get("/edit")
def edit_page() -> str:
    """Show the same page of the matrix with a field in each cell."""
    return _grid(editing=True)


def _grid(*, editing: bool) -> str:
    session, on = db.session(), day_of(request.args.get("on"))
    rows = _rows()
    page = page_of(request.args, len(rows))
    shown = rows[page.offset : page.offset + page.size]
    return render_template(
        "hr/standards/index.html",
        rows=shown, page=page, on=on, today=_today(), editing=editing,
        levels=standard(session, on, [position.id for position, _count in shown]),
        competencies=dictionary(session, retired=False), class_label=position_class_label,
        classes=list(POSITION_CLASSES.items()), empty_count=len(_seeds()),
        filtered=bool(request.args.get("q") or request.args.get("class")),
    )  # fmt: skip


@standards.get("/<int:position_id>")
def show(position_id: int) -> str:
    """Show what one position requires, and how that came about; BKPSDM may change it here."""
    session, position, on = db.session(), _position(position_id), _today()
    return render_template(
        "hr/standards/show.html",
        position=position, levels=standard(session, on, [position.id]).get(position.id, {}), today=on,
        competencies=dictionary(session, retired=False), steps=steps_of(session, position.id),
        level_name=level_name, class_label=position_class_label,
        expected=LEVEL_OF_CLASS.get(position.rank_class),
    )  # fmt: skip


@standards.post("/preview")
def preview() -> str | tuple[str, int]:
    """List what a form would change; nothing is stored yet. A cell that is no level is named."""
    wrong = [(*place, text) for place, level, text in _cells(request.form) if level is None]
    if wrong:
        names = {position.id: position.name for position, _count in position_rows(db.session())}
        codes = {kept.id: kept.entry.code for kept in dictionary(db.session(), retired=False)}
        return render_template(
            "hr/standards/preview.html",
            wrong=[(names.get(one, ""), codes.get(two, ""), text) for one, two, text in wrong], changed=[],
        ), 422  # fmt: skip
    return _preview(_typed(request.form), request.form.get("valid_from"))


@standards.get("/seed")
def seed() -> str | tuple[str, int]:
    """List the levels that follow from the class of positions without any entry."""
    session = db.session()
    general = [kept.id for kept in dictionary(session, retired=False) if kept.entry.kind != "technical"]
    wanted = [
        Wanted(position.id, key, LEVEL_OF_CLASS[position.rank_class])
        for position in _seeds()
        for key in general
        if position.rank_class in LEVEL_OF_CLASS
    ]
    return _preview(wanted, None)


@standards.post("")
def save() -> str | Answer | tuple[str, int]:
    """Store the levels that were listed, from the day that was listed."""
    valid_from = read_day(request.form.get("valid_from"))
    wanted = _typed(request.form)
    if valid_from is None:
        return _preview(wanted, request.form.get("valid_from", ""))
    try:
        count = set_levels(db.session(), wanted, valid_from=valid_from, now=clock.now(), actor=me().id)
    except Refused:
        abort(400)
    db.session.commit()
    words = ngettext("%(num)s level was set.", "%(num)s levels were set.", count)
    flash(words if count else _("Nothing was changed."), "ok" if count else "info")
    return redirect(url_for("hr.standards.index"), 303)


@standards.get("/file/<kind>")
def file(kind: str) -> Response:
    """Send the matrix of all open positions on a day as XLSX or CSV, one column a competency."""
    session, on = db.session(), day_of(request.args.get("on"))
    kept, levels = dictionary(session, retired=False), standard(session, on)
    columns = [Column(STANDARD_HEADS[0], 24), Column(STANDARD_HEADS[1], 40), Column(STANDARD_HEADS[2], 24)]
    columns += [Column(item.entry.code, 8) for item in kept]
    rows: list[list[Cell]] = [
        [position.code, position.name, str(position_class_label(position.rank_class)),
         *(levels.get(position.id, {}).get(item.id) for item in kept)]
        for position, _count in _rows()
    ]  # fmt: skip
    if kind == "xlsx":
        notes = [f"Standar kompetensi jabatan yang berlaku pada {on:%d/%m/%Y}."]
        notes += [f"{item.entry.code}: {item.entry.name}" for item in kept]
        response = Response(xlsx("Standar kompetensi", columns, rows, notes), mimetype=XLSX)
    elif kind == "csv":
        response = Response(csv_text(columns, rows).encode("utf-8-sig"), mimetype="text/csv")
    else:
        abort(404)
    name = f"standar-kompetensi-{on:%Y-%m-%d}.{kind}"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def _preview(wanted: list[Wanted], text: str | None) -> str | tuple[str, int]:
    session = db.session()
    valid_from = read_day(text) if text is not None else _today()
    on = valid_from or _today()
    present = standard(session, on, {item.position_id for item in wanted})
    changed = [
        item for item in wanted if present.get(item.position_id, {}).get(item.competency_id) != item.level
    ]
    people = {position.id: (position, count) for position, count in position_rows(session)}
    kept = dictionary(session, retired=False)
    words = {one.id: f"{one.entry.code} {one.entry.name}" for one in kept}
    if any(item.position_id not in people or item.competency_id not in words for item in changed):
        abort(404)
    listed = [
        Listed(people[item.position_id][0].name, words[item.competency_id], _before(present, item),
               str(item.level))
        for item in changed
    ]  # fmt: skip
    touched = {item.position_id for item in changed}
    page = render_template(
        "hr/standards/preview.html",
        changed=changed, listed=listed, valid_from=on, wrong_day=valid_from is None, positions=len(touched),
        people=sum(people[key][1] for key in touched),
    )  # fmt: skip
    return (page, 422) if valid_from is None else page


def _before(present: Levels, item: Wanted) -> str:
    level = present.get(item.position_id, {}).get(item.competency_id)
    return "" if level is None else str(level)


def _typed(form: Mapping[str, str]) -> list[Wanted]:
    """The levels of a form; a value that is none cannot come from our pages (400)."""
    return [Wanted(*place, abort(400) if level is None else level) for place, level, _text in _cells(form)]


def _cells(form: Mapping[str, str]) -> Iterator[tuple[tuple[int, int], int | None, str]]:
    """(position, competency), level and text of the filled fields; None for what is no level."""
    for name, text in form.items():
        place = _FIELD.fullmatch(name)
        if place is not None and text.strip():
            yield (int(place[1]), int(place[2])), read_level(text), text[:TEXT_MAX]


def _rows() -> list[tuple[Position, int]]:
    """The open positions that match the filter, with the number of people who hold them."""
    text = request.args.get("q", "")[:TEXT_MAX].strip().casefold()
    wanted = request.args.get("class", "")
    return [
        (position, count)
        for position, count in position_rows(db.session())
        if position.closed_on is None
        and (text in position.name.casefold() or text in position.code.casefold())
        and wanted in ("", position.rank_class)
    ]


def _seeds() -> list[Position]:
    """The open positions for which nothing was ever entered."""
    known = standard(db.session(), date.max)
    return [
        position
        for position, _count in position_rows(db.session())
        if position.closed_on is None and position.id not in known
    ]


def _position(position_id: int) -> Position:
    return db.session.get(Position, position_id) or abort(404)


def _today() -> date:
    return clock.local_date(clock.now())


def day_of(text: str | None) -> date:
    """Return the day asked for, today for nonsense."""
    return read_day(text) or _today()


def read_day(text: str | None) -> date | None:
    """Return a day of a form; None for anything but a date of this century."""
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return None
    return day if 2000 <= day.year < 2100 else None

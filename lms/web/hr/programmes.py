"""Learning paths at the HR desk: the list, one path, where people are, their file, closing."""

from __future__ import annotations

import secrets
from collections import Counter
from datetime import date

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import force_locale
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from lms import clock
from lms.db import db
from lms.domain.audit.actions import record
from lms.domain.competencies.queries import names
from lms.domain.programmes import actions
from lms.domain.programmes.queries import (
    Found,
    Traveller,
    names_on,
    programme_for,
    programmes_for,
    skills,
    travellers,
)
from lms.domain.programmes.rules import State
from lms.domain.reports.spreadsheet import Cell, Column
from lms.web.access import me
from lms.web.hr.programme_forms import NewProgramme
from lms.web.hr.scope import unit_of, unit_options, visible_units
from lms.web.labels import POSITION_CLASSES
from lms.web.listing import page_of
from lms.web.programme_words import EDITIONS, STATES, changed, hours, step_name
from lms.web.tables_sent import send_table

programmes = Blueprint("programmes", __name__, url_prefix="/programmes")
LISTS = ("open", "draft", "closed")


@programmes.get("")
def index() -> str:
    """List the paths that reach the scope."""
    state = request.args.get("state", "open")
    if state not in LISTS:
        abort(404)
    found = programmes_for(db.session(), me())
    return render_template(
        "hr/programmes/index.html", state=state, hours=hours, lists=LISTS, labels=EDITIONS,
        rows=[one for one in found if one.state == state], counts=Counter(one.state for one in found),
    )  # fmt: skip


@programmes.get("/new")
def new() -> str:
    """Ask for the title and the unit."""
    return _ask(NewProgramme(formdata=None))


@programmes.post("")
def create() -> Response | tuple[str, int]:
    """Begin a path; its draft is written on the next page."""
    form, nonce = NewProgramme(), request.form.get("nonce", "")[:40]
    unit_id = form.unit_id()
    if unit_id is None or len(nonce) < 20:
        return _ask(form), 422
    session = db.session()
    made = actions.create(session, unit_id, form.title.data or "", nonce=nonce, by=me(), now=clock.now())
    session.commit()
    return redirect(url_for("hr.programme_drafts.edit", programme_id=made.id), 303)


def _ask(form: NewProgramme) -> str:
    form.fill()
    return render_template("hr/programmes/new.html", form=form, nonce=secrets.token_urlsafe(20))


@programmes.get("/<int:programme_id>")
def show(programme_id: int) -> str:
    """Show the path, and how many of the scope are where: by step and by unit."""
    session, found = db.session(), find(programme_id)
    people = travellers(session, me(), found, _today()) if found.live else []
    units: dict[int | None, Counter[State]] = {}
    for one in people:
        units.setdefault(one.unit_id, Counter())[one.state] += 1
    opened = [text for text in found.texts if text.opened_on is not None]
    return render_template(
        "hr/programmes/show.html", found=found, text=found.text, people=people, hours=hours,
        step_name=step_name, labels=EDITIONS, states=STATES, State=State,
        total=Counter(one.state for one in people), at=Counter(one.at for one in people),
        done=[sum(one.standing.done[place] for one in people) for place in range(len(found.text.steps))],
        units=[(row.unit, units[row.unit.id]) for row in visible_units() if row.unit.id in units],
        skills=skills(session, found.text), names=names(session),
        audience=[POSITION_CLASSES[key] for key in found.text.audience if key in POSITION_CLASSES],
        changes=[(new, changed(old, new)) for old, new in zip(opened, opened[1:], strict=False)][::-1],
    )  # fmt: skip


@programmes.get("/<int:programme_id>/people")
def people(programme_id: int) -> str:
    """List the people behind the figures."""
    found = find(programme_id)
    rows = _narrowed(found)
    page = page_of(request.args, len(rows))
    shown = rows[page.offset : page.offset + page.size]
    return render_template(
        "hr/programmes/people.html", found=found, rows=shown, page=page,
        names=names_on(db.session(), found, [one.user_id for one in shown]),
        states=STATES, units=unit_options(), step_name=step_name,
    )  # fmt: skip


@programmes.post("/<int:programme_id>/people/file")
def file(programme_id: int) -> Response:
    """Send the people on screen (all pages of them) as CSV or XLSX, a column for each step."""
    found = find(programme_id)
    rows, now = _narrowed(found), clock.now()
    named = names_on(db.session(), found)
    with force_locale("id"):
        heads = [
            Column(_("NIP"), 22), Column(_("Name"), 36), Column(_("Position"), 36), Column(_("Unit"), 36),
            Column(_("State"), 16), Column(_("Steps done"), 12), Column(_("Steps"), 12),
            Column(_("Joined on"), 16), Column(_("To be done by"), 16),
            *(Column(f"{place}. {step_name(step)}", 24) for place, step in enumerate(found.text.steps, 1)),
        ]  # fmt: skip
        word = str(_("Completed"))
        lines: list[list[Cell]] = [
            [who.nip or "", who.name, who.position or "", who.unit or "", str(STATES[one.state].word),
             one.standing.count, len(one.standing.done), who.joined_on, who.due_on,
             *(word if done else "" for done in one.standing.done)]
            for one, who in ((one, named[one.user_id]) for one in rows)
        ]  # fmt: skip
        notes = [found.text.title, f"{clock.local_date(now):%d/%m/%Y}"]
        kind, title = request.form.get("format", ""), _("Learning path")
        response = send_table(kind, f"jalur-{programme_id}", title, heads, lines, notes)
    subject = ("programme", programme_id)
    record(db.session(), "programme.exported", now=now, actor=me().id, subject=subject, count=len(lines))
    db.session.commit()
    return response


@programmes.post("/<int:programme_id>/close")
def close(programme_id: int) -> Response:
    """Let nobody join any more."""
    found = may_write(programme_id)
    closed = actions.close(db.session(), found.programme, by=me(), now=clock.now())
    db.session.commit()
    flash(_("Closed. The record stays.") if closed else _("It was closed already."), "ok")
    return redirect(url_for("hr.programmes.show", programme_id=programme_id), 303)


@programmes.post("/<int:programme_id>/reopen")
def reopen(programme_id: int) -> Response:
    """Open a closed path again."""
    found = may_write(programme_id)
    actions.reopen(db.session(), found.programme, by=me(), now=clock.now())
    db.session.commit()
    flash(_("The learning path is open again."), "ok")
    return redirect(url_for("hr.programmes.show", programme_id=programme_id), 303)


def _narrowed(found: Found) -> list[Traveller]:
    """The people of the address or form; a unit outside the scope, a state or step that is none: 404."""
    unit, state = unit_of(request.values.get("unit")), request.values.get("state", "")
    step = request.values.get("step", "")
    steps = {str(place): place - 1 for place in range(1, len(found.text.steps) + 1)}
    if (state and state not in {one.value for one in State}) or (step and step not in steps):
        abort(404)
    if found.live is None:
        return []
    below = {
        row.unit.id for row in visible_units() if unit is not None and row.unit.path.startswith(unit.path)
    }
    return [
        one for one in travellers(db.session(), me(), found, _today())
        if (not state or one.state.value == state) and (unit is None or one.unit_id in below)
        and (not step or one.at == steps[step])
    ]  # fmt: skip


def find(programme_id: int) -> Found:
    """Return the path if it reaches the scope; else 404."""
    return programme_for(db.session(), me(), programme_id) or abort(404)


def may_write(programme_id: int) -> Found:
    """Return the path of a unit of the scope; 404 for one that does not reach it, 403 for one from above."""
    found = find(programme_id)
    return found if found.mine else abort(403)


def _today() -> date:
    return clock.local_date(clock.now())

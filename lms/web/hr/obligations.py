"""Training that comes round again: set the rule, see who stands how, take the list along."""

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
from lms.domain.accounts.models import OrgUnit
from lms.domain.audit.actions import record
from lms.domain.obligations import actions
from lms.domain.obligations.actions import Order
from lms.domain.obligations.queries import (
    Duty,
    ObligationRow,
    count_exemptions,
    duties_for,
    obligation_for,
    obligations_for,
    touched,
)
from lms.domain.obligations.rules import State
from lms.domain.reports.spreadsheet import Cell, Column
from lms.web.access import me
from lms.web.hr.obligation_forms import ExemptionForm, ObligationForm
from lms.web.hr.scope import is_bkpsdm, unit_of, unit_options, visible_units
from lms.web.labels import EMPLOYMENT
from lms.web.listing import page_of
from lms.web.obligation_words import STATES, exempt_text, rhythm
from lms.web.tables_sent import send_table

obligations = Blueprint("obligations", __name__, url_prefix="/obligations")


@obligations.get("")
def index() -> str:
    """List the rules that reach the scope, with how its people stand."""
    session, actor, today = db.session(), me(), _today()
    closed = request.args.get("state") == "closed"
    rows = obligations_for(session, actor, today, closed=closed)
    return render_template("hr/obligations/index.html", rows=rows, closed=closed, rhythm=rhythm, State=State)


@obligations.get("/new")
def new() -> str:
    """Ask for a rule."""
    data = {
        "rhythm": "months", "months": 12, "window_days": 60, "starts_on": _today(), "first_days": 30,
        "course": request.args.get("course", ""),
    }  # fmt: skip
    return _ask(ObligationForm(formdata=None, data=data))


@obligations.post("")
def create() -> str | Response | tuple[str, int]:
    """Show how many people the rule touches; store it once that was seen."""
    session, actor, form = db.session(), me(), ObligationForm()
    order = form.order(session, _today())
    if order is None:
        return _ask(form), 422
    count = _touched(order)
    nonce = request.form.get("nonce", "")[:40]
    if request.form.get("seen") != str(count) or len(nonce) < 20 or request.form.get("act") == "preview":
        return _ask(form, count)
    made, new_one = actions.oblige(session, order, nonce=nonce, by=actor, now=clock.now())
    session.commit()
    if new_one:
        flash(_("The rule is stored. It holds for whoever belongs to it, today and later."), "ok")
    return redirect(url_for("hr.obligations.show", obligation_id=made.id), 303)


def _touched(order: Order) -> int:
    unit = db.session.get_one(OrgUnit, order.unit_id)
    return touched(db.session(), me(), unit.path, order.position_id, order.employment)


def _ask(form: ObligationForm, count: int | None = None) -> str:
    form.fill(db.session())
    return render_template("hr/obligations/new.html", form=form, count=count, nonce=secrets.token_urlsafe(20))


@obligations.get("/<int:obligation_id>")
def show(obligation_id: int) -> str:
    """Show how the people of the scope stand, unit by unit."""
    found = obligation_of(obligation_id)
    duties = duties_for(db.session(), me(), obligation_id, _today())
    counts: dict[int, Counter[State]] = {}
    for duty in duties:
        counts.setdefault(duty.unit_id, Counter())[duty.state] += 1
    units = [(row.unit, counts[row.unit.id]) for row in visible_units() if row.unit.id in counts]
    return render_template(
        "hr/obligations/show.html", found=found, rule=found.obligation, units=units, states=STATES,
        total=Counter(duty.state for duty in duties), rhythm=rhythm, State=State,
        statuses=[EMPLOYMENT[key] for key in found.obligation.employment if key in EMPLOYMENT],
        may_close=found.obligation.closed_at is None and _may_close(found),
        exemptions=count_exemptions(db.session(), me(), obligation_id),
    )  # fmt: skip


@obligations.get("/<int:obligation_id>/people")
def people(obligation_id: int) -> str:
    """List the people behind the figures."""
    return people_with(obligation_id, ExemptionForm(formdata=None))


def people_with(obligation_id: int, form: ExemptionForm, picked: tuple[int, ...] = ()) -> str:
    """Return the list of people with the form for exemptions as it was typed."""
    found, duties = obligation_of(obligation_id), _narrowed(obligation_id)
    page = page_of(request.args, len(duties))
    return render_template(
        "hr/obligations/people.html", found=found, duties=duties[page.offset : page.offset + page.size],
        page=page, states=STATES, units=unit_options(), today=_today(), form=form, picked=picked,
        exempt_text=exempt_text,
    )  # fmt: skip


@obligations.post("/<int:obligation_id>/people/file")
def file(obligation_id: int) -> Response:
    """Send the people on screen (all pages of them) as CSV or XLSX."""
    found, duties = obligation_of(obligation_id), _narrowed(obligation_id)
    session, now = db.session(), clock.now()
    with force_locale("id"):
        heads = [
            Column(_("NIP"), 22), Column(_("Name"), 36), Column(_("Position"), 36), Column(_("Unit"), 36),
            Column(_("State"), 20), Column(_("Last completed"), 16), Column(_("To be done by"), 16),
            Column(_("Exemption"), 60),
        ]  # fmt: skip
        rows: list[list[Cell]] = [
            [duty.nip or "", duty.name, duty.position or "", duty.unit, str(STATES[duty.state].word),
             duty.done_on, duty.standing.due_on, exempt_text(duty)]
            for duty in duties
        ]  # fmt: skip
        kind, title = request.form.get("format", ""), _("Recurring training")
        notes = [found.title, rhythm(found.obligation), f"{clock.local_date(now):%d/%m/%Y}"]
        response = send_table(kind, f"berkala-{found.slug}", title, heads, rows, notes)
    record(session, "obligation.exported", now=now, actor=me().id, count=len(rows))
    session.commit()
    return response


@obligations.post("/<int:obligation_id>/close")
def close(obligation_id: int) -> Response:
    """Ask nobody any more; only its author or BKPSDM."""
    found = obligation_of(obligation_id)
    if not _may_close(found):
        abort(403)
    closed = actions.close(db.session(), found.obligation, by=me(), now=clock.now())
    db.session.commit()
    flash(_("Closed. The record stays.") if closed else _("It was closed already."), "ok")
    return redirect(url_for("hr.obligations.index"), 303)


def _may_close(found: ObligationRow) -> bool:
    return found.obligation.created_by == me().id or is_bkpsdm()


def _narrowed(obligation_id: int) -> list[Duty]:
    """The people of the address or form; a unit outside the scope is not found (404)."""
    unit, state = unit_of(request.values.get("unit")), request.values.get("state", "")
    if state and state not in {one.value for one in State}:
        abort(404)
    duties = duties_for(db.session(), me(), obligation_id, _today())
    below = {
        row.unit.id for row in visible_units() if unit is not None and row.unit.path.startswith(unit.path)
    }
    return [
        duty for duty in duties
        if (not state or duty.state.value == state) and (unit is None or duty.unit_id in below)
    ]  # fmt: skip


def _today() -> date:
    return clock.local_date(clock.now())


def obligation_of(obligation_id: int) -> ObligationRow:
    """Return a rule that reaches the scope; else 404."""
    return obligation_for(db.session(), me(), obligation_id) or abort(404)

"""Assign a course to people, follow it, give more time or an exemption, close."""

from __future__ import annotations

import secrets
from datetime import date

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import force_locale, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from werkzeug.wrappers import Response
from wtforms import DateField, StringField
from wtforms.validators import Length, Optional

from lms import clock
from lms.db import db
from lms.domain.accounts.rules import squeezed
from lms.domain.assignments import actions
from lms.domain.assignments.actions import MOST, Order
from lms.domain.assignments.models import Assignment
from lms.domain.assignments.queries import (
    assignment_for,
    assignments_for,
    count_assignments,
    count_exceptions,
    counts_of,
    people_of,
)
from lms.domain.assignments.rules import Counts, State, rule_of
from lms.domain.audit.actions import record
from lms.domain.catalog.queries import course_by_slug
from lms.domain.competencies.queries import dictionary
from lms.domain.reports.spreadsheet import Cell, Column
from lms.web.access import me
from lms.web.certificate_labels import Label
from lms.web.hr.assignment_forms import (
    FIXED,
    AssignmentForm,
    Preview,
    due_from,
    fill,
    letter_day,
    preview_of,
    rule_from,
)
from lms.web.hr.assignment_lists import SHOWN, Listed, forget_list, list_from, room
from lms.web.hr.scope import is_bkpsdm
from lms.web.listing import page_of
from lms.web.tables_sent import send_table

assignments = Blueprint("assignments", __name__, url_prefix="/assignments")
STATES: dict[State, Label] = {
    State.NOT_BEGUN: Label(_l("Not started"), "quiet", "pause"),
    State.BEGUN: Label(_l("In progress"), "info", "play"),
    State.DONE: Label(_l("Completed"), "ok", "check"),
    State.LATE: Label(_l("Late"), "danger", "warning"),
    State.EXEMPT: Label(_l("Exempt"), "quiet", "cross"),
}


class ExceptionForm(FlaskForm):
    """More time or nothing to do, with document and reason."""

    until = DateField(_l("More time until"), [Optional()])
    reason = StringField(_l("Reason"), [Length(max=300)], filters=[lambda text: squeezed(text or "")])
    document = StringField(
        _l("Document"), [Length(max=100)], filters=[lambda text: squeezed(text or "")],
        description=_l("For example the number of a leave permit or a medical letter."),
    )  # fmt: skip
    proof = FileField(_l("File of the document"), description=_l("PDF up to 2 MB, or a photograph"))


@assignments.url_value_preprocessor
def _room(endpoint: str | None, _values: dict[str, object] | None) -> None:
    room(endpoint)


@assignments.get("")
def index() -> str:
    """List the assignments that touch the people of the scope."""
    session, actor, today = db.session(), me(), _today()
    closed = request.args.get("state") == "closed"
    counts = {state: count_assignments(session, actor, closed=state) for state in (False, True)}
    page = page_of(request.args, counts[closed])
    rows = assignments_for(session, actor, today, closed=closed, limit=page.size, offset=page.offset)
    return render_template(
        "hr/assignments/index.html", rows=rows, page=page, closed=closed, counts=counts, today=today
    )


@assignments.get("/new")
def new() -> str:
    """Ask what to assign to whom."""
    today = _today()
    form = AssignmentForm(
        formdata=None,
        data={**{name: request.args.get(name, "") for name in ("course", "unit", "gap")},
              "counts_from": date(today.year, 1, 1), "due": FIXED, "due_on": date(today.year, 12, 31),
              "due_days": 30, "newcomer_days": 30},
    )  # fmt: skip
    return _ask(form)


@assignments.post("")
def create() -> str | Response | tuple[str, int]:
    """Show whom the order touches; store it once that was seen."""
    session, actor, now = db.session(), me(), clock.now()
    form = AssignmentForm()
    listed = list_from(form)
    order = _order(form, listed)
    if order is None:
        return _ask(form, listed), 422
    preview = preview_of(session, order, actor)
    if len(preview.people) > MOST:
        form.unit.errors = [_("More than %(most)s people. Choose a smaller unit.", most=MOST)]
        return _ask(form, listed), 422
    nonce = request.form.get("nonce", "")[:40]
    if request.form.get("seen") != preview.seen or not preview.people or len(nonce) < 20:
        changed = bool(request.form.get("seen"))
        return _ask(form, listed, preview, order=order, changed=changed)
    made, new = actions.assign(session, order, preview.people, nonce=nonce, by=actor, now=now)
    session.commit()
    forget_list(listed)
    if new:
        count = len(preview.people)
        flash(ngettext("Assigned to %(num)s person.", "Assigned to %(num)s people.", count), "ok")
    return redirect(url_for("hr.assignments.show", assignment_id=made.id), 303)


def _order(form: AssignmentForm, listed: Listed | None) -> Order | None:
    session = db.session()
    fill(session, form)
    unread = form.file.errors
    valid = form.validate() and not unread
    form.file.errors = unread
    course = course_by_slug(session, form.course.data or "")
    if course is None or course.live_version_id is None:
        form.course.errors = [_("Choose a course.")]
        valid = False
    try:
        letter_on = letter_day(form)
    except ValueError:
        letter_on, valid = None, False
        form.letter_on.errors = [_("Write the day.")]
    due = due_from(form, _today())
    rule = rule_from(session, form, me(), listed.named.people if listed else ())
    if not valid or rule is None or course is None or due is None:
        return None
    return Order(
        course.id, rule, due[0], form.counts_from.data, letter_number=form.letter_number.data or "",
        letter_on=letter_on, note=(form.note.data or "").strip(), follows=bool(form.follows.data),
        newcomer_days=int(form.newcomer_days.data), due_days=due[1],
    )  # fmt: skip


def _ask(
    form: AssignmentForm, listed: Listed | None = None, preview: Preview | None = None, *,
    order: Order | None = None, changed: bool = False,
) -> str:  # fmt: skip
    fill(db.session(), form)
    return render_template(
        "hr/assignments/new.html", form=form, listed=listed, preview=preview, order=order, changed=changed,
        nonce=secrets.token_urlsafe(20), shown=SHOWN,
    )  # fmt: skip


@assignments.get("/<int:assignment_id>")
def show(assignment_id: int) -> str:
    """Show how far the people of the scope are."""
    return page_with(assignment_id, ExceptionForm(formdata=None))


@assignments.post("/<int:assignment_id>/file")
def file(assignment_id: int) -> Response:
    """Send the people on screen (all pages of them) as CSV or XLSX; the NIP is text."""
    order, slug, title = assignment_of(assignment_id)
    session, actor, now, state = db.session(), me(), clock.now(), _state()
    found = people_of(session, actor, order.id, clock.local_date(now), state=state)
    with force_locale("id"):
        widths = {_("NIP"): 22, _("Name"): 36, _("Unit"): 36, _("State"): 16, _("Complete by"): 16,
                  _("Completed"): 16, _("Exception"): 16, _("Reason"): 40, _("Document"): 30}  # fmt: skip
        exempt = {"exemption": str(_("Exempt")), "extension": str(_("more time"))}
        rows: list[list[Cell]] = [
            [row.nip or "", row.name, row.unit or "", str(STATES[row.state].word), row.due_on, row.done_on,
             exempt.get(row.exception or "", ""), row.reason, row.document]
            for row in found
        ]  # fmt: skip
        notes = [title, order.letter_number, f"{clock.local_date(now):%d/%m/%Y}"]
        heads = [Column(head, width) for head, width in widths.items()]
        kind = request.form.get("format", "")
        response = send_table(kind, f"penugasan-{slug}", _("Assignment"), heads, rows, notes)
    record(session, "assignment.exported", now=now, actor=actor.id, count=len(rows),
           subject=("course", order.course_id))  # fmt: skip
    session.commit()
    return response


@assignments.post("/<int:assignment_id>/close")
def close(assignment_id: int) -> Response:
    """Ask nobody any more; only its author or BKPSDM."""
    order, _slug, _title = assignment_of(assignment_id)
    if not _may_close(order):
        abort(403)
    closed = actions.close(db.session(), order, by=me(), now=clock.now())
    db.session.commit()
    flash(_("Closed. The record stays.") if closed else _("It was closed already."), "ok")
    return redirect(url_for("hr.assignments.index"), 303)


def _may_close(order: Assignment) -> bool:
    return order.created_by == me().id or is_bkpsdm()


def page_with(assignment_id: int, form: ExceptionForm, picked: tuple[int, ...] = ()) -> str:
    """Return the page of an assignment with the form for exceptions as it was typed."""
    order, slug, title = assignment_of(assignment_id)
    session, actor, today = db.session(), me(), _today()
    counts = counts_of(session, actor, today, [order.id]).get(order.id, Counts())
    state = _state()
    total = getattr(counts, state) if state else counts.asked + counts.exempt
    page = page_of(request.args, total)
    rows = people_of(session, actor, order.id, today, state=state, limit=page.size, offset=page.offset)
    return render_template(
        "hr/assignments/show.html", order=order, slug=slug, title=title, counts=counts, rows=rows, page=page,
        state=state, states=STATES, all_states=list(State), form=form, picked=picked,
        may_close=_may_close(order) and order.closed_at is None,
        exceptions=count_exceptions(session, actor, order.id), gap=_gap_name(order),
    )  # fmt: skip


def _gap_name(order: Assignment) -> str:
    """The competency whose gap the order goes by, in words."""
    rule = rule_of(order.rule)
    found = next((one for one in dictionary(db.session()) if one.id == rule.gap), None) if rule.gap else None
    return f"{found.entry.code} {found.entry.name}" if found else ""


def _state() -> str:
    """The state that the list is narrowed to; one that is none is not found (404)."""
    state = request.values.get("state", "")
    return state if not state or state in {item.value for item in State} else abort(404)


def _today() -> date:
    return clock.local_date(clock.now())


def assignment_of(assignment_id: int) -> tuple[Assignment, str, str]:
    """Return an assignment with slug and title of its course; 404 when it touches nobody of the scope."""
    return assignment_for(db.session(), me(), assignment_id) or abort(404)

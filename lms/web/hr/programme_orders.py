"""Put people on a learning path until a day, by a letter."""

from __future__ import annotations

import hashlib
import secrets
from datetime import date

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response
from wtforms.fields import SelectChoice

from lms import clock
from lms.db import db
from lms.domain.accounts.queries import positions
from lms.domain.assignments.actions import MOST
from lms.domain.competencies.queries import dictionary
from lms.domain.programmes import actions
from lms.domain.programmes.actions import Order
from lms.domain.programmes.queries import Found
from lms.web.access import me
from lms.web.admin.forms import position_choices, unit_choices
from lms.web.hr.assignment_forms import AssignmentForm, first_names, letter_day, people_of_rule, rule_from
from lms.web.hr.programmes import find
from lms.web.hr.scope import visible_units
from lms.web.refusals import undo

programme_orders = Blueprint(
    "programme_orders", __name__, url_prefix="/programmes/<int:programme_id>/assignment"
)


class ProgrammeOrderForm(AssignmentForm):
    """Whom an order puts on a path, until when, by which letter: that of a course, without its own fields."""

    course = None
    file = None
    due = None
    due_days = None
    counts_from = None
    follows = None
    newcomer_days = None

    def fill(self, session: Session) -> None:
        """Give the lists their choices."""
        self.unit.choices = unit_choices(visible_units())
        self.position.choices = position_choices(positions(session))
        self.due_on.flags.optional = False
        self.gap.choices = [
            SelectChoice("", str(_("no gap asked for"))),
            *(
                SelectChoice(str(one.id), f"{one.entry.code} {one.entry.name}")
                for one in dictionary(session, retired=False)
            ),
        ]

    def order(self, session: Session, today: date) -> Order | None:
        """Return the order; None, with errors at the fields, when it cannot be stored."""
        self.fill(session)
        valid, letter_on = self.validate(), None
        try:
            letter_on = letter_day(self)
        except ValueError:
            self.letter_on.errors, valid = [_("Write the day.")], False
        due_on = self.due_on.data
        if due_on is None or due_on < today:
            self.due_on.errors = [_("This day is over.") if due_on else _("Write the day.")]
        rule = rule_from(session, self, me())
        if not valid or rule is None or due_on is None or due_on < today:
            return None
        return Order(rule, due_on, self.letter_number.data or "", letter_on, (self.note.data or "").strip())


@programme_orders.get("")
def new(programme_id: int) -> str:
    """Ask whom to put on the path; 404 for one that is not open."""
    found = find(programme_id)
    if found.state != "open":
        abort(404)
    data = {"due_on": date(_today().year, 12, 31)}
    return _ask(found, ProgrammeOrderForm(formdata=None, data=data))


@programme_orders.post("")
def create(programme_id: int) -> str | Response | tuple[str, int]:
    """Show whom the order touches; store it once that was seen."""
    session, found, form = db.session(), find(programme_id), ProgrammeOrderForm()
    back = redirect(url_for("hr.programmes.show", programme_id=programme_id), 303)
    if found.state == "closed":
        flash(_("This learning path is closed; nobody can join any more."), "warn")
        return back
    if found.state != "open":
        abort(404)
    order = form.order(session, _today())
    if order is None:
        return _ask(found, form), 422
    people = people_of_rule(session, order.rule, me())
    if len(people) > MOST:
        form.unit.errors = [_("More than %(most)s people. Choose a smaller unit.", most=MOST)]
        return _ask(found, form), 422
    nonce = request.form.get("nonce", "")[:40]
    looks = request.form.get("act") == "preview"
    if looks or not people or len(nonce) < 20 or request.form.get("seen") != _seen(people):
        return _ask(found, form, people)
    try:
        _made, new_one = actions.assign(
            session, found.programme, order, people, nonce=nonce, by=me(), now=clock.now()
        )
    except actions.Closed:
        undo()
        flash(_("This learning path is closed; nobody can join any more."), "warn")
        return back
    session.commit()
    if new_one:
        count = len(people)
        flash(ngettext("Assigned to %(num)s person.", "Assigned to %(num)s people.", count), "ok")
    return back


def _ask(found: Found, form: ProgrammeOrderForm, people: list[int] | None = None) -> str:
    session = db.session()
    form.fill(session)
    return render_template(
        "hr/programmes/assign.html", found=found, form=form, people=people,
        names=first_names(session, people or ()), seen=_seen(people or []), nonce=secrets.token_urlsafe(20),
    )  # fmt: skip


def _seen(people: list[int]) -> str:
    return hashlib.sha256(repr(people).encode()).hexdigest()[:16]


def _today() -> date:
    return clock.local_date(clock.now())

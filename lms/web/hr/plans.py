"""Development plans of the scope: agree to what people propose, close what happened elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from lms import clock
from lms.db import db
from lms.domain.accounts.actions import Refused
from lms.domain.accounts.models import OrgUnit
from lms.domain.competencies.models import Competency
from lms.domain.plans.actions import decide, finish
from lms.domain.plans.models import PlanItem
from lms.domain.plans.queries import ITEM_STATES, PlansWanted, count_items, find_items, item_for
from lms.web.access import me
from lms.web.hr.filters import picked_ids
from lms.web.hr.scope import unit_of, unit_options
from lms.web.listing import page_of
from lms.web.outside_words import FORMS
from lms.web.plan_words import STATES, refused_text
from lms.web.recording import record_person_view
from lms.web.refusals import undo

plans = Blueprint("plans", __name__, url_prefix="/plans")


@plans.get("")
def index() -> str:
    """List the activities of a year, those that wait for an answer unless asked otherwise."""
    session, args, today = db.session(), request.args, clock.local_date(clock.now())
    wanted, _unit = wanted_from(args)
    page = page_of(args, count_items(session, wanted, actor=me()))
    return render_template(
        "hr/plans/index.html",
        items=find_items(session, wanted, actor=me(), limit=page.size, offset=page.offset), page=page,
        wanted=wanted, states=STATES, forms=FORMS, units=unit_options(),
        years=[(text, text) for text in _years(today)], waits=wanted.state == "proposed",
    )  # fmt: skip


def wanted_from(args: Mapping[str, str]) -> tuple[PlansWanted, OrgUnit | None]:
    """Return which activities an address or a form asks for, and the unit it names."""
    today = clock.local_date(clock.now())
    unit, state = unit_of(args.get("unit")), args.get("state", "proposed")
    year = int(args["year"]) if args.get("year") in _years(today) else today.year
    return PlansWanted(year, state if state in ITEM_STATES else "", unit.path if unit else ""), unit


@plans.post("/agreements")
def agree() -> Response:
    """Agree to the activities that were ticked."""
    session, now, count = db.session(), clock.now(), 0
    for key in picked_ids(request.form.getlist("id")):
        item = item_for(session, me(), key) or abort(404)
        count += decide(session, item, agreed=True, by=me(), now=now)
    session.commit()
    words = ngettext("%(num)s activity is agreed.", "%(num)s activities are agreed.", count)
    flash(words if count else _("Nothing was changed."), "ok" if count else "info")
    return redirect(url_for("hr.plans.index"), 303)


@plans.get("/<int:item_id>")
def show(item_id: int) -> str:
    """Show one activity with what can be done about it; the view is logged."""
    item = _item(item_id)
    record_person_view(item.user_id)
    return _page(item)


@plans.post("/<int:item_id>/decision")
def decide_one(item_id: int) -> str | Response | tuple[str, int]:
    """Agree to an activity or refuse it with a reason."""
    item, agreed = _item(item_id), request.form.get("answer") == "agree"
    try:
        done = decide(
            db.session(), item, agreed=agreed, by=me(), now=clock.now(),
            note=request.form.get("note", "").strip(),
        )  # fmt: skip
    except Refused as error:
        undo()
        return _page(_item(item_id), refused_text(error)), 422
    return _answer(item_id, changed=done)


@plans.post("/<int:item_id>/completion")
def close(item_id: int) -> str | Response | tuple[str, int]:
    """Close an agreed activity that has no course here."""
    item, now = _item(item_id), clock.now()
    try:
        on = date.fromisoformat(request.form.get("done_on", ""))
    except ValueError:
        undo()
        return _page(_item(item_id), _("Write the day.")), 422
    try:
        done = finish(db.session(), item, on=on, by=me(), today=clock.local_date(now), now=now)
    except Refused as error:
        undo()
        return _page(_item(item_id), refused_text(error)), 422
    return _answer(item_id, changed=done)


def _answer(item_id: int, *, changed: bool) -> Response:
    db.session.commit()
    flash(_("Stored.") if changed else _("Somebody has decided already."), "ok" if changed else "info")
    return redirect(url_for("hr.plans.show", item_id=item_id), 303)


def _page(item: PlanItem, error: str = "") -> str:
    competency = db.session.get(Competency, item.competency_id) if item.competency_id else None
    return render_template(
        "hr/plans/show.html", item=item, competency=competency, error=error, states=STATES, forms=FORMS,
        today=clock.local_date(clock.now()),
    )  # fmt: skip


def _years(today: date) -> list[str]:
    return [str(year) for year in range(today.year + 1, today.year - 4, -1)]


def _item(item_id: int) -> PlanItem:
    return item_for(db.session(), me(), item_id) or abort(404)

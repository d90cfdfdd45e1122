"""The own staff: who has the signed-in person as direct superior; hours, profile and plan of each."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from lms import clock
from lms.db import db
from lms.domain.accounts.actions import Refused
from lms.domain.accounts.models import User
from lms.domain.accounts.queries import led_person
from lms.domain.competencies.queries import profile
from lms.domain.competencies.rules import job_match
from lms.domain.effects.queries import plans_of
from lms.domain.enrollments.queries import enrollments_of, hours_from
from lms.domain.outside.queries import trainings_of
from lms.domain.plans.actions import decide
from lms.domain.plans.queries import own_item, plan_of
from lms.domain.progress.queries import progress_of_all
from lms.domain.reports.queries import Year, find_led
from lms.domain.settings.rules import target_jp
from lms.web.access import me, person
from lms.web.context import policy
from lms.web.listing import Page, page_of
from lms.web.outside_words import FORMS
from lms.web.plan_words import STATES as PLAN_STATES
from lms.web.plan_words import refused_text
from lms.web.recording import record_person_view
from lms.web.refusals import undo

team = Blueprint("team", __name__, url_prefix="/team")


@team.get("")
def index() -> str:
    """List the own staff with their hours of the year."""
    session, now = db.session(), clock.now()
    when = Year(clock.local_date(now).year, policy(), now)
    wanted = page_of(request.args, 1_000_000)
    total, people = find_led(session, person().id, when=when, limit=wanted.size, offset=wanted.offset)
    page = Page(wanted.number, wanted.size, total)
    return render_template("learner/team/index.html", nav="profile", people=people, page=page, year=when.year)


@team.get("/<int:user_id>")
def show(user_id: int) -> str:
    """Show hours, courses and profile of one of them; the view is logged. Anybody else is 404."""
    user = led_person(db.session(), person().id, user_id) or abort(404)
    record_person_view(user.id)
    return _page(user)


@team.post("/<int:user_id>/plan/<int:item_id>")
def answer(user_id: int, item_id: int) -> str | Response | tuple[str, int]:
    """Agree to an activity of one of them, or refuse it with a reason."""
    session = db.session()
    user = led_person(session, person().id, user_id) or abort(404)
    item = own_item(session, user.id, item_id) or abort(404)
    note, agreed = request.form.get("note", "").strip(), request.form.get("answer") == "agree"
    try:
        changed = decide(session, item, agreed=agreed, by=me(), now=clock.now(), note=note)
    except Refused as error:
        undo()
        return _page(led_person(db.session(), person().id, user_id) or abort(404), refused_text(error)), 422
    session.commit()
    flash(_("Stored.") if changed else _("Somebody has decided already."), "ok" if changed else "info")
    return redirect(url_for("team.show", user_id=user_id), 303)


def _page(user: User, error: str = "") -> str:
    session, today = db.session(), clock.local_date(clock.now())
    enrollments = enrollments_of(session, user.id)
    lines = profile(session, user, today)
    going = [item for item in enrollments if item.completed_at is None and item.withdrawn_at is None]
    return render_template(
        "learner/team/show.html",
        nav="profile",
        user=user,
        hours=hours_from(
            enrollments, today.year, target_jp(policy(), user.employment, today.year),
            trainings_of(session, user.id), once=policy().jp_once_a_year,
        ),
        going=going,
        progress=progress_of_all(session, going),
        lines=lines,
        match=job_match(lines),
        followups=plans_of(session, user.id),
        plan=plan_of(session, user.id, today.year),
        plan_error=error,
        plan_states=PLAN_STATES,
        forms=FORMS,
    )  # fmt: skip

"""The own staff: who has the signed-in person as direct superior, with hours and profile, nothing more."""

from __future__ import annotations

from flask import Blueprint, abort, render_template, request
from sqlalchemy.orm import Session

from lms import clock
from lms.db import db
from lms.domain.accounts.models import User
from lms.domain.accounts.queries import led_person
from lms.domain.audit.actions import record
from lms.domain.competencies.queries import profile
from lms.domain.competencies.rules import job_match
from lms.domain.enrollments.queries import enrollments_of, hours_from
from lms.domain.outside.queries import trainings_of
from lms.domain.progress.queries import progress_of_all
from lms.domain.reports.queries import Year, find_led
from lms.domain.settings.rules import target_jp
from lms.web.access import person
from lms.web.context import policy
from lms.web.listing import Page, page_of
from lms.web.recording import record_view

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
    session, today = db.session(), clock.local_date(clock.now())
    user = led_person(session, person().id, user_id) or abort(404)
    _log_view(user)
    enrollments = enrollments_of(session, user.id)
    lines = profile(session, user, today)
    going = [item for item in enrollments if item.completed_at is None and item.withdrawn_at is None]
    return render_template(
        "learner/team/show.html",
        nav="profile",
        user=user,
        hours=hours_from(
            enrollments, today.year, target_jp(policy(), user.employment), trainings_of(session, user.id),
            once=policy().jp_once_a_year,
        ),
        going=going,
        progress=progress_of_all(session, going),
        lines=lines,
        match=job_match(lines),
    )  # fmt: skip


def _log_view(user: User) -> None:
    actor, subject = person().id, ("user", user.id)

    def write(session: Session) -> None:
        record(session, "staff.viewed", now=clock.now(), actor=actor, subject=subject)

    record_view(write)

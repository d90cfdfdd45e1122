"""The competency profile and the year's lesson hours."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from lms import clock
from lms.db import db
from lms.domain.accounts.models import Position
from lms.domain.competencies.queries import profile as profile_lines
from lms.domain.competencies.rules import job_match
from lms.domain.enrollments.queries import enrollments_of, hours_from
from lms.domain.outside.queries import COUNTING, trainings_of
from lms.domain.reports.suggestions import needs, suggestions
from lms.domain.settings.rules import target_jp
from lms.web.access import me, person
from lms.web.context import policy
from lms.web.outside_words import STATES

profile = Blueprint("profile", __name__, url_prefix="/profile")


@profile.get("")
def show() -> str:
    """Show what the position requires, what was assessed, what was learnt, which gap is left."""
    session, today = db.session(), clock.local_date(clock.now())
    user = me()
    position = session.get(Position, user.position_id) if user.position_id else None
    lines = profile_lines(session, user, today)
    enrollments = enrollments_of(session, user.id)
    wanted = needs(session, user, today)
    return render_template(
        "learner/profile/show.html",
        nav="profile",
        user=user,
        position=position,
        lines=lines,
        levels={
            "assessed": [line.assessed.level if line.assessed else 0 for line in lines],
            "learnt": [line.learnt or 0 for line in lines],
        },
        match=job_match(lines),
        policy=policy(),
        gaps=[line for line in lines if line.state in {"gap", "learning_closes"}],
        suggested=suggestions(session, wanted, {item.course_id for item in enrollments}),
        hours=hours_from(
            enrollments,
            today.year,
            target_jp(policy(), user.employment),
            trainings_of(session, user.id),
            once=policy().jp_once_a_year,
        ),
    )


@profile.get("/hours")
def hours() -> str:
    """Show the ledger of lesson hours of a year."""
    session, today = db.session(), clock.local_date(clock.now())
    enrollments = enrollments_of(session, person().id)
    outside = trainings_of(session, person().id)
    years = sorted(
        {item.jp_year for item in enrollments if item.jp_year}
        | {item.jp_year for item in outside} | {today.year}, reverse=True,
    )  # fmt: skip
    text = request.args.get("year", "")
    year = int(text) if text in {str(item) for item in years} else today.year
    return render_template(
        "learner/profile/hours.html",
        nav="profile",
        hours=hours_from(
            enrollments, year, target_jp(policy(), person().employment), outside, once=policy().jp_once_a_year
        ),
        settled=[item for item in outside if item.jp_year == year and item.state not in COUNTING],
        outside_states=STATES,
        years=years,
        this_year=today.year,
        policy=policy(),
    )

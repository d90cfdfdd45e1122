"""The competency profile and the year's lesson hours."""

from __future__ import annotations

from flask import Blueprint, Response, abort, render_template, request

from lms import clock
from lms.db import db
from lms.domain.accounts.models import Position, User
from lms.domain.accounts.queries import leads_somebody
from lms.domain.competencies.queries import profile as profile_lines
from lms.domain.competencies.rules import band, job_match, match_trend
from lms.domain.enrollments.queries import Hours, enrollments_of, hours_from
from lms.domain.outside.queries import COUNTING, trainings_of
from lms.domain.reports.shortest import offers_for, shortest_way
from lms.domain.reports.suggestions import needs, ways
from lms.domain.settings.rules import minutes_per_jp, target_jp
from lms.web.access import me, person
from lms.web.competency_words import LEVEL_NAMES
from lms.web.context import policy
from lms.web.outside_words import STATES
from lms.web.profile_papers import age_words, profile_file, transcript_file

profile = Blueprint("profile", __name__, url_prefix="/profile")


@profile.get("")
def show() -> str:
    """Show what the position requires, what was assessed, what was learnt, which gap is left."""
    session, today = db.session(), clock.local_date(clock.now())
    user = me()
    position = session.get(Position, user.position_id) if user.position_id else None
    lines = profile_lines(session, user, today)
    wanted = needs(session, user, today)
    taken = {item.course_id for item in enrollments_of(session, user.id)}
    match, rule = job_match(lines), policy()
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
        match=match,
        band=None
        if match.percent is None
        else band(match.percent, rule.job_match_meets, rule.job_match_almost),
        policy=rule,
        trend=match_trend(lines),
        leads=leads_somebody(session, user.id),
        gaps=[line for line in lines if line.state in {"gap", "learning_closes"}],
        learnt={line.code for line in lines if line.state == "learning_closes"},
        ways=ways(session, wanted, taken),
        level_names=LEVEL_NAMES,
        age=lambda day: age_words(day, today),
    )


@profile.get("/file")
def file() -> Response:
    """Send the own profile as PDF."""
    return profile_file(db.session(), me())


@profile.get("/hours/<int:year>/file")
def transcript(year: int) -> Response:
    """Send the own transcript of a year as PDF; a year without any learning has an empty one."""
    session, user = db.session(), me()
    if not 2000 <= year < 2100:
        abort(404)
    return transcript_file(session, user, _hours(user, year))


def _hours(user: User, year: int) -> Hours:
    session, rule = db.session(), policy()
    return hours_from(
        enrollments_of(session, user.id), year, target_jp(rule, user.employment, year),
        trainings_of(session, user.id), once=rule.jp_once_a_year,
    )  # fmt: skip


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
    ledger = hours_from(
        enrollments,
        year,
        target_jp(policy(), person().employment, year),
        outside,
        once=policy().jp_once_a_year,
    )
    way = None
    if year == today.year and ledger.lacking:
        done = {item.course_id for item in enrollments if item.completed_at is not None}
        way = shortest_way(ledger.lacking, offers_for(session, done))
    return render_template(
        "learner/profile/hours.html",
        nav="profile",
        hours=ledger,
        way=way,
        settled=[item for item in outside if item.jp_year == year and item.state not in COUNTING],
        outside_states=STATES,
        years=years,
        this_year=today.year,
        policy=policy(),
        minutes_per_jp=minutes_per_jp(policy(), year),
    )

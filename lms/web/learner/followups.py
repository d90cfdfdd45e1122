"""What became of a course at work: the own action plan, a colleague, and answers where one is asked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import func
from werkzeug.wrappers import Response

from lms import clock
from lms.db import db
from lms.domain.accounts.actions import Refused
from lms.domain.accounts.models import User
from lms.domain.accounts.queries import all_staff
from lms.domain.accounts.rules import squeezed
from lms.domain.effects import rules
from lms.domain.effects.actions import answer, name_colleague, write_plan
from lms.domain.effects.models import Followup
from lms.domain.effects.queries import (
    answers_of,
    asked_of,
    followups_of,
    links_of,
    own_followup,
    respondent_for,
)
from lms.domain.effects.rules import PlanLine, means_for_learner, read_answers
from lms.web.access import me, person
from lms.web.context import policy
from lms.web.effect_words import HINDRANCES, ITEMS, ROLES, SCALE, refused_text
from lms.web.followup_links import HandOver, end_unused, hand_over, signs_in, superior_and_colleague
from lms.web.refusals import undo

followups = Blueprint("followups", __name__, url_prefix="/followups")
MOST_MATES = 500


@followups.get("")
def index() -> str:
    """List what waits for one's answer, and the own follow-ups."""
    session = db.session()
    return render_template(
        "learner/followups/index.html", nav="profile", own=followups_of(session, person().id),
        asked=asked_of(session, person().id), roles=ROLES, today=clock.local_date(clock.now()),
    )  # fmt: skip


@followups.get("/<int:followup_id>")
def show(followup_id: int) -> str:
    """Show one's own follow-up: plan, who is asked, what the others say once both have answered."""
    return _page(_own(followup_id))


@followups.post("/<int:followup_id>/plan")
def save_plan(followup_id: int) -> str | Response | tuple[str, int]:
    """Keep the action plan."""
    followup, typed = _own(followup_id), _typed_lines(request.form)
    try:
        lines = [PlanLine(text, _day(by)) for text, by in typed if text or by]
        write_plan(db.session(), followup, lines, now=clock.now())
    except Refused as error:
        undo()
        place = _place(typed, error.field)
        return _page(_own(followup_id), problems={place: refused_text(error)}, typed=typed), 422
    db.session.commit()
    flash(_("Your action plan is stored. Your superior and your personnel office can read it."), "ok")
    return redirect(url_for("followups.show", followup_id=followup_id), 303)


@followups.post("/<int:followup_id>/colleague")
def save_colleague(followup_id: int) -> str | Response | tuple[str, int]:
    """Name the colleague who is asked."""
    session, followup = db.session(), _own(followup_id)
    key = request.form.get("colleague", "")
    chosen = next((one for one in _mates() if str(one.id) == key), None)
    superior, _colleague = superior_and_colleague(followup)
    try:
        name_colleague(
            session, followup, colleague=chosen, name=squeezed(request.form.get("name", "")),
            superior_id=superior.id if superior else None, now=clock.now(),
        )  # fmt: skip
    except Refused as error:
        undo()
        return _page(_own(followup_id), problems={error.field: refused_text(error)}), 422
    session.commit()
    flash(_("Stored."), "ok")
    return redirect(url_for("followups.show", followup_id=followup_id), 303)


@followups.post("/<int:followup_id>/links")
def make(followup_id: int) -> str | tuple[str, int]:
    """Make a link for a colleague without an account; it is shown this once.

    The link of a superior is the office's to make: nobody gives out the right to judge the own work.
    """
    followup, role = _own(followup_id), _role()
    try:
        made = hand_over(followup, role, squeezed(request.form.get("addressee", "")), by=person().id)
    except Refused as error:
        undo()
        return _page(_own(followup_id), problems={f"link-{role}": refused_text(error)}), 422
    db.session.commit()
    return _page(_own(followup_id), made=made)


@followups.post("/<int:followup_id>/links/end")
def end_links(followup_id: int) -> Response:
    """End the links of the colleague that nobody has used."""
    end_unused(_own(followup_id), _role(), by=person().id)
    return redirect(url_for("followups.show", followup_id=followup_id), 303)


def _role() -> str:
    role = request.form.get("role", "")
    return role if role == "colleague" else abort(404)


@followups.get("/<int:followup_id>/answer")
def ask(followup_id: int) -> str:
    """Show the questions to whoever is asked: the learner, the superior, the colleague."""
    followup, role = _asked(followup_id)
    return _questions(followup, role)


@followups.post("/<int:followup_id>/answer")
def give(followup_id: int) -> str | Response | tuple[str, int]:
    """Keep the answers; a second form changes nothing."""
    followup, role = _asked(followup_id)
    given = read_answers(request.form, request.form.getlist("hindrance"))
    try:
        stored = answer(db.session(), followup, role, given, by=person().id, now=clock.now())
    except Refused as error:
        undo()
        followup, role = _asked(followup_id)
        return _questions(followup, role, {error.field: refused_text(error)}), 422
    db.session.commit()
    if stored:
        flash(_("Thank you. Your answers are stored."), "ok")
    else:
        flash(_("You had answered already; nothing was changed."), "info")
    return redirect(url_for("followups.index"), 303)


def _own(followup_id: int) -> Followup:
    return own_followup(db.session(), person().id, followup_id) or abort(404)


def _asked(followup_id: int) -> tuple[Followup, str]:
    return respondent_for(db.session(), person().id, followup_id) or abort(404)


def _mates() -> list[User]:
    """Colleagues of the own unit, by name; the learner chooses among them."""
    unit_id = me().unit_id
    if unit_id is None:
        return []
    found = all_staff().where(User.unit_id == unit_id, User.id != person().id)
    return list(db.session.scalars(found.order_by(func.lower(User.name), User.id).limit(MOST_MATES)))


def _typed_lines(fields: Mapping[str, str]) -> list[tuple[str, str]]:
    return [
        (squeezed(fields.get(f"text-{place}", "")), fields.get(f"by-{place}", "").strip())
        for place in range(1, rules.MOST_LINES + 1)
    ]


def _day(text: str) -> date:
    """Return the day of a line; a text that is none becomes a day that the rules refuse."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return date.min


def _place(typed: list[tuple[str, str]], field: str) -> str:
    """Return the line of the form that a refusal of the lines that were filled is about."""
    filled = [place for place, (text, by) in enumerate(typed, 1) if text or by]
    number = int(field.rpartition("-")[2])
    return f"line-{filled[number - 1] if number <= len(filled) else 1}"


def _page(
    followup: Followup, *, problems: Mapping[str, str] | None = None,
    typed: list[tuple[str, str]] | None = None, made: HandOver | None = None,
) -> str:  # fmt: skip
    session, now = db.session(), clock.now()
    answers = answers_of(session, followup.id)
    superior, colleague = superior_and_colleague(followup)
    marks = {
        role: {item: mark for item in rules.ITEMS if (mark := getattr(row, item)) is not None}
        for role, row in answers.items()
    }
    lines = [(line["text"], line["by"]) for line in followup.plan]
    return render_template(
        "learner/followups/show.html", nav="profile", followup=followup, problems=problems or {}, made=made,
        lines=(typed or lines) + [("", "")] * (rules.MOST_LINES - len(typed or lines)),
        may_plan=clock.local_date(now) < followup.due_on, mates=_mates(), superior=superior,
        colleague=colleague, signs_in=signs_in, answered=set(answers), means=means_for_learner(marks),
        waiting={
            link.role: link for link in links_of(session, followup.id)
            if link.used_at is None and link.revoked_at is None and link.expires_at > now
        },
        items=ITEMS, highest=rules.HIGHEST, days=policy().followup_link_days,
        text_max=rules.LINE_MAX, text_day=rules.months_later(_completed(followup), rules.LONGEST_MONTHS),
    )  # fmt: skip


def _completed(followup: Followup) -> date:
    day = followup.enrollment.completed_on
    assert day is not None, "only completions are followed up"
    return day


def _questions(followup: Followup, role: str, problems: Mapping[str, str] | None = None) -> str:
    return render_template(
        "learner/followups/answer.html", nav="profile", followup=followup, role=role, roles=ROLES,
        given=role in answers_of(db.session(), followup.id), problems=problems or {}, items=ITEMS,
        scale=SCALE, hindrances=HINDRANCES, typed=request.form, most=rules.COMMENT_MAX,
    )  # fmt: skip

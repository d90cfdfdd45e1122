"""Follow-ups of the people of the scope: who has answered, what was said, a link for the superior."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from lms import clock
from lms.db import db
from lms.domain.accounts.actions import Refused
from lms.domain.accounts.queries import names_of
from lms.domain.accounts.rules import squeezed
from lms.domain.effects import rules
from lms.domain.effects.models import Followup
from lms.domain.effects.queries import (
    FollowupsWanted,
    answers_of,
    count_followups,
    find_followups,
    followup_for,
    links_of,
)
from lms.web.access import me
from lms.web.context import policy
from lms.web.effect_words import HINDRANCES, ITEMS, ROLES, STATES, refused_text
from lms.web.followup_links import HandOver, end_unused, hand_over, signs_in, superior_and_colleague
from lms.web.hr.scope import unit_of, unit_options
from lms.web.listing import page_of
from lms.web.recording import record_person_view
from lms.web.refusals import undo

followups = Blueprint("followups", __name__, url_prefix="/followups")


@followups.get("")
def index() -> str:
    """List follow-ups, those that wait for answers unless asked otherwise."""
    session, args = db.session(), request.args
    unit, state = unit_of(args.get("unit")), args.get("state", "open")
    wanted = FollowupsWanted(state if state in STATES else "", unit.path if unit else "")
    page = page_of(args, count_followups(session, wanted, actor=me()))
    return render_template(
        "hr/followups/index.html", page=page, wanted=wanted, states=STATES, units=unit_options(), roles=ROLES,
        rows=find_followups(session, wanted, actor=me(), limit=page.size, offset=page.offset),
    )  # fmt: skip


@followups.get("/<int:followup_id>")
def show(followup_id: int) -> str:
    """Show plan and answers of one person; the view is logged."""
    followup = _followup(followup_id)
    record_person_view(followup.enrollment.user_id)
    return _page(_followup(followup_id))


@followups.post("/<int:followup_id>/links")
def make(followup_id: int) -> str | tuple[str, int]:
    """Make a link for a superior without an account; it is shown this once."""
    followup, role = _followup(followup_id), "superior"
    user_id, by = followup.enrollment.user_id, me().id
    try:
        made = hand_over(followup, role, squeezed(request.form.get("addressee", "")), by=by)
    except Refused as error:
        undo()
        record_person_view(user_id, actor=by)
        return _page(_followup(followup_id), problems={f"link-{role}": refused_text(error)}), 422
    db.session.commit()
    record_person_view(user_id, actor=by)
    return _page(_followup(followup_id), made=made)


@followups.post("/<int:followup_id>/links/end")
def end_links(followup_id: int) -> Response:
    """End the links of the superior that nobody has used."""
    end_unused(_followup(followup_id), "superior", by=me().id)
    return redirect(url_for("hr.followups.show", followup_id=followup_id), 303)


def _followup(followup_id: int) -> Followup:
    return followup_for(db.session(), me(), followup_id) or abort(404)


def _page(followup: Followup, *, problems: dict[str, str] | None = None, made: HandOver | None = None) -> str:
    session, now = db.session(), clock.now()
    superior, _colleague = superior_and_colleague(followup)
    links = links_of(session, followup.id)
    return render_template(
        "hr/followups/show.html", followup=followup, made=made, problems=problems or {},
        answers=answers_of(session, followup.id), superior=superior,
        links={link.id: link for link in links}, makers=names_of(session, {link.made_by for link in links}),
        waiting=next(
            (
                link for link in links
                if link.role == "superior" and link.used_at is None and link.revoked_at is None
                and link.expires_at > now
            ),
            None,
        ),
        needs_link=not signs_in(superior),
        items=ITEMS, hindrances=HINDRANCES, roles=ROLES, days=policy().followup_link_days,
        highest=rules.HIGHEST,
    )  # fmt: skip

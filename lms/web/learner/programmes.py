"""Learning paths for everybody who learns: those open to them, those they are on, the next step."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from lms import clock
from lms.db import db
from lms.domain.competencies.queries import names
from lms.domain.enrollments.queries import enrollments_of
from lms.domain.programmes import actions
from lms.domain.programmes.queries import Way, skills, way_for, ways_for
from lms.web.access import person
from lms.web.programme_words import changed, hours, step_name, steps_done
from lms.web.refusals import undo

programmes = Blueprint("programmes", __name__, url_prefix="/programmes")


@programmes.get("")
def index() -> str:
    """List the paths the person is on, and those that are open and meant for them."""
    session = db.session()
    found = ways_for(session, person().id, enrollments_of(session, person().id))
    return render_template(
        "learner/programmes/index.html", nav="catalog", hours=hours, steps_done=steps_done,
        today=clock.local_date(clock.now()), mine=[way for way in found if way.member],
        others=[way for way in found if not way.member],
    )  # fmt: skip


@programmes.get("/<int:programme_id>")
def show(programme_id: int) -> str:
    """Show the steps, how far the person is, and what newer editions changed."""
    session, way = db.session(), _way(programme_id)
    changes = [(new, changed(old, new)) for old, new in zip(way.texts, way.texts[1:], strict=False)]
    return render_template(
        "learner/programmes/show.html", nav="catalog", way=way, text=way.text, hours=hours,
        step_name=step_name, steps_done=steps_done, changes=list(reversed(changes)),
        skills=skills(session, way.text), names=names(session), today=clock.local_date(clock.now()),
    )  # fmt: skip


@programmes.post("/<int:programme_id>/membership")
def join(programme_id: int) -> Response:
    """Join the path; a second press changes nothing."""
    session = db.session()
    _way(programme_id)
    try:
        new = actions.join(session, programme_id, person().id, now=clock.now())
    except actions.Closed:
        undo()
        flash(_("This learning path is closed; nobody can join any more."), "warn")
        return redirect(url_for("programmes.index"), 303)
    session.commit()
    if new:
        flash(_("You are on this learning path. Courses that you completed count."), "ok")
    return redirect(url_for("programmes.show", programme_id=programme_id), 303)


@programmes.post("/<int:programme_id>/membership/end")
def leave(programme_id: int) -> Response:
    """Leave a path that was joined freely; courses and completions stay."""
    session = db.session()
    _way(programme_id)
    if actions.leave(session, programme_id, person().id, now=clock.now()):
        flash(_("You have left the learning path. Your courses and certificates stay."), "ok")
    session.commit()
    return redirect(url_for("programmes.index"), 303)


def _way(programme_id: int) -> Way:
    session = db.session()
    found = way_for(session, person().id, programme_id, enrollments_of(session, person().id))
    return found or abort(404)

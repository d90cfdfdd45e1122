"""Correct a wrong key: what it would do in words, then the order."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from lms import clock
from lms.content.questions import kind_of
from lms.db import db
from lms.domain.catalog.queries import Membership
from lms.domain.jobs.actions import enqueue
from lms.domain.quizzes.actions import order_correction
from lms.domain.quizzes.queries import Corrected, corrected_question, corrections_of, impact_of, open_at
from lms.domain.reports.corrections import people_of
from lms.web.access import me
from lms.web.course_pages import live_text
from lms.web.trainer.forms import CorrectionForm
from lms.web.trainer.own import course_page, own_course

corrections = Blueprint(
    "corrections", __name__, url_prefix="/courses/<slug>/corrections/<key>/<question_key>"
)
NAMED = 50
"""People that are named; of more the number is told."""


def _wanted(slug: str, key: str, question_key: str) -> tuple[Membership, Corrected]:
    own = own_course(slug)
    live = own.course.live_version_id
    wanted = corrected_question(db.session(), own.course.id, live, key, question_key) if live else None
    if wanted is None:
        abort(404)
    if own.role != "owner":
        abort(403)
    return own, wanted


@corrections.get("")
def show(slug: str, key: str, question_key: str) -> str:
    """Say what the key of the published text would change in answers that were handed in."""
    return _show(*_wanted(slug, key, question_key), CorrectionForm())


def _show(own: Membership, wanted: Corrected, form: CorrectionForm) -> str:
    session, live = db.session(), own.course.live_version
    if live is None:
        abort(404)
    impact = impact_of(session, wanted)
    return course_page(
        "trainer/corrections/show.html",
        own,
        "analysis",
        wanted=wanted,
        impact=impact,
        opened=open_at(session, wanted),
        falling=people_of(session, impact.falling[:NAMED]),
        rows=corrections_of(session, own.course.id, wanted.quiz_key, wanted.question.id),
        text=live_text(session, live, own.course.slug),
        right=kind_of(wanted.question).right_answer(wanted.question),
        form=form,
    )


@corrections.post("")
def create(slug: str, key: str, question_key: str) -> Response | tuple[str, int]:
    """Order the correction; the answers are marked by a job."""
    own, wanted = _wanted(slug, key, question_key)
    form, session, now = CorrectionForm(), db.session(), clock.now()
    if not form.validate():
        return _show(own, wanted, form), 422
    row = order_correction(
        session, wanted, reason=" ".join(form.reason.data.split()), lower=form.lower.data, by=me().id, now=now
    )
    enqueue(session, "regrade", {"correction_id": row.id}, now=now, unique_key=f"regrade:{row.id}")
    session.commit()
    flash(_("The answers are being marked again. Those concerned read your reason with their result."), "ok")
    return redirect(url_for("trainer.corrections.show", slug=slug, key=key, question_key=question_key), 303)

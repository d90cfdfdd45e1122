"""Give one learner more time or more attempts at a quiz; the reason is asked for and logged."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import IntegerField, SelectField, StringField
from wtforms.validators import DataRequired, Length, NumberRange

from lms import clock
from lms.db import db
from lms.domain.accounts.queries import names_of
from lms.domain.catalog.models import Piece
from lms.domain.catalog.queries import Membership, pieces
from lms.domain.enrollments.models import Enrollment
from lms.domain.quizzes.actions import allow
from lms.domain.quizzes.queries import allowances_of
from lms.domain.quizzes.rules import MOST_ATTEMPTS, MOST_MINUTES, Extra
from lms.i18n import formats
from lms.web.access import person
from lms.web.learner.quiz_words import extra_text
from lms.web.trainer.own import course_page, own_course

allowances = Blueprint("allowances", __name__, url_prefix="/courses/<slug>/learners/<int:enrollment_id>")


class AllowanceForm(FlaskForm):
    """Minutes, attempts and the reason."""

    quiz = SelectField(_l("Quiz"))
    minutes = IntegerField(
        _l("Minutes more"),
        [NumberRange(0, MOST_MINUTES, message=_l("Write whole minutes from 0 to %d.") % MOST_MINUTES)],
        default=0,
    )
    attempts = IntegerField(
        _l("Attempts more"),
        [NumberRange(0, MOST_ATTEMPTS, message=_l("Write a whole number from 0 to %d.") % MOST_ATTEMPTS)],
        default=0,
    )
    reason = StringField(
        _l("Reason"),
        [DataRequired(_l("Write the reason; the learner reads it.")), Length(max=200)],
        description=_l("The learner and the activity log get to read it."),
    )


@allowances.get("")
def show(slug: str, enrollment_id: int) -> str:
    """Show what one learner was given, and the form."""
    own, enrollment, quizzes = _learner(slug, enrollment_id)
    return _page(own, enrollment, quizzes, _form(quizzes))


@allowances.post("")
def give(slug: str, enrollment_id: int) -> Response | tuple[str, int]:
    """Give time or attempts; an attempt under way gets the time at once."""
    own, enrollment, quizzes = _learner(slug, enrollment_id)
    form = _form(quizzes)
    valid = form.validate_on_submit()
    extra = Extra(form.minutes.data or 0, form.attempts.data or 0)
    if valid and extra == Extra():
        form.minutes.errors = [_("Give minutes or attempts.")]
        valid = False
    if not valid:
        return _page(own, enrollment, quizzes, form), 422
    session = db.session()
    reason = " ".join(str(form.reason.data).split())
    moved = allow(session, enrollment, form.quiz.data, extra, reason, by=person().id, now=clock.now())
    session.commit()
    if moved is not None:
        until = formats.clock(moved.deadline_at)
        flash(_("Given. The attempt under way now ends at %(clock)s WIB.", clock=until), "ok")
    else:
        flash(_("Given. It counts from the next attempt on."), "ok")
    return redirect(url_for("trainer.allowances.show", slug=slug, enrollment_id=enrollment_id), 303)


def _learner(slug: str, enrollment_id: int) -> tuple[Membership, Enrollment, list[Piece]]:
    """Return a learner of a course that the person writes, and the quizzes of their version; else 404."""
    own, session = own_course(slug), db.session()
    enrollment = session.get(Enrollment, enrollment_id)
    if not own.may_write or enrollment is None or enrollment.course_id != own.course.id:
        abort(404)
    if enrollment.withdrawn_at is not None:
        abort(404)
    return own, enrollment, [row for row in pieces(session, enrollment.version_id) if row.kind == "quiz"]


def _form(quizzes: list[Piece]) -> AllowanceForm:
    form = AllowanceForm()
    form.quiz.choices = [(quiz.key, quiz.title) for quiz in quizzes]
    return form


def _page(own: Membership, enrollment: Enrollment, quizzes: list[Piece], form: AllowanceForm) -> str:
    session = db.session()
    given = allowances_of(session, enrollment.id)
    names = names_of(session, {enrollment.user_id, *(row.given_by for row in given)})
    return course_page(
        "trainer/allowances/show.html",
        own,
        "results",
        learner=names[enrollment.user_id],
        given=given,
        names=names,
        titles={quiz.key: quiz.title for quiz in quizzes},
        form=form,
        extra_text=extra_text,
    )

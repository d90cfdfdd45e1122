"""Ask at a place of a lesson, or report an error there; what one has asked."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import RadioField, SelectField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length

from lms import clock
from lms.content.places import Place, places_in
from lms.db import db
from lms.domain.enrollments.models import Enrollment
from lms.domain.enrollments.queries import enrollments_of
from lms.domain.inquiries.actions import Closed, TooMany, ask, withdraw
from lms.domain.inquiries.queries import count_own, own_inquiries, own_inquiry
from lms.domain.inquiries.rules import MOST_OPEN, TEXT_MAX
from lms.domain.progress.rules import PieceState, Step
from lms.web import throttle
from lms.web.access import person
from lms.web.course_pages import lesson_html
from lms.web.inquiry_words import KINDS, STATES
from lms.web.learner.lessons import lesson_step
from lms.web.listing import page_of
from lms.web.refusals import undo

inquiries = Blueprint("inquiries", __name__)
PAGE = "/courses/<slug>/lessons/<key>/ask"
TRIES, WINDOW = 20, 3600
FIRST_WORDS = 70


class AskForm(FlaskForm):
    """Where, what kind, and the words."""

    place = SelectField(_l("At which part?"), validate_choice=False)
    kind = RadioField(
        _l("What is it?"), [InputRequired(_l("Choose one."))], default="question",
        choices=[SelectChoice(key, word) for key, word in KINDS.items()],
    )  # fmt: skip
    text = TextAreaField(
        _l("Your question or what is wrong"),
        [
            DataRequired(_l("Write your question, or what is wrong.")),
            Length(max=TEXT_MAX, message=_l("This has at most 1,000 characters.")),
        ],
        description=_l("Only the trainers see your name. Others who learn here read your words."),
    )


@inquiries.get(PAGE)
def new(slug: str, key: str) -> str:
    """Ask for the words; the place is the one that was pressed, or is chosen by its first words."""
    enrollment, step, places = _lesson(slug, key)
    form = _form(places)
    wanted = request.args.get("place", "")
    form.place.data = wanted if any(place.key == wanted for place in places) else ""
    return _page(enrollment, step, form)


@inquiries.post(PAGE)
def create(slug: str, key: str) -> str | Response | tuple[str, int]:
    """Send it to the trainers of the course."""
    enrollment, step, places = _lesson(slug, key)
    form = _form(places)
    place = next((one for one in places if one.key == form.place.data), None)
    valid = form.validate()
    if place is None:
        form.place.errors = [_("Choose the part of the lesson.")]
    if not valid or place is None:
        return _page(enrollment, step, form), 422
    if throttle.hit("inquiry", str(person().id), TRIES, WINDOW):
        form.text.errors = [
            _("You have sent many in the last hour. Try again later; your text is still here.")
        ]
        return _page(enrollment, step, form), 429
    enrollment, step, _places = _lesson(slug, key)
    text, session = (form.text.data or "").strip().replace("\r\n", "\n"), db.session()
    try:
        made = ask(session, enrollment, step.piece, place, kind=form.kind.data, text=text, now=clock.now())
    except TooMany:
        undo()
        form.text.errors = [
            _("%(most)s of yours in this course still wait. Wait for an answer first.", most=MOST_OPEN)
        ]
        return _page(*_lesson(slug, key)[:2], form), 409
    session.commit()
    flash(_("Sent to the trainers. You are told when it is answered."), "ok")
    return redirect(url_for("lessons.show", slug=slug, key=key, _anchor=f"tanya-{made.id}"), 303)


@inquiries.get("/questions")
def index() -> str:
    """List what the person has asked, the newest first."""
    session, user_id = db.session(), person().id
    page = page_of(request.args, count_own(session, user_id))
    rows = own_inquiries(session, user_id, limit=page.size, offset=page.offset)
    return render_template(
        "learner/inquiries/index.html", nav="home", rows=rows, page=page, kinds=KINDS, states=STATES,
        learns={one.course.slug for one in enrollments_of(session, user_id)} if rows else (),
    )  # fmt: skip


@inquiries.post("/questions/<int:inquiry_id>/withdrawal")
def take_back(inquiry_id: int) -> Response:
    """Take back what nobody has answered."""
    session = db.session()
    found = own_inquiry(session, person().id, inquiry_id) or abort(404)
    try:
        withdraw(session, found, now=clock.now())
    except Closed:
        undo()
        flash(_("It was closed meanwhile; nothing was changed."), "info")
        return redirect(url_for("inquiries.index"), 303)
    session.commit()
    flash(_("Taken back."), "ok")
    return redirect(url_for("inquiries.index"), 303)


def _lesson(slug: str, key: str) -> tuple[Enrollment, Step, tuple[Place, ...]]:
    enrollment, _progress, step, _answers = lesson_step(slug, key)
    if step.state is PieceState.LOCKED:
        abort(404)
    return enrollment, step, places_in(lesson_html(db.session(), enrollment.version, step.piece, slug))


def _form(places: tuple[Place, ...]) -> AskForm:
    form = AskForm()
    choices = [SelectChoice(place.key, _first_words(place)) for place in places]
    form.place.choices = [SelectChoice("", str(_("Choose by its first words"))), *choices]
    return form


def _first_words(place: Place) -> str:
    words = place.words or str(_("Picture"))
    return words if len(words) <= FIRST_WORDS else f"{words[:FIRST_WORDS].rstrip()} …"


def _page(enrollment: Enrollment, step: Step, form: AskForm) -> str:
    return render_template(
        "learner/inquiries/new.html", nav="catalog", enrollment=enrollment, step=step, form=form,
        most=TEXT_MAX,
    )  # fmt: skip

"""Questions of learners at places of lessons: those that wait, one of them, what becomes of it."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import SelectField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, Length

from lms import clock
from lms.content.places import places_in
from lms.db import db
from lms.domain.catalog.actions import PublishedElsewhere, begin_draft
from lms.domain.catalog.models import CourseVersion
from lms.domain.catalog.queries import courses_for_trainer, draft_texts, members, piece
from lms.domain.inquiries import actions
from lms.domain.inquiries.queries import CLOSED, OPEN, Listed, count_inquiries, find_inquiries, inquiry_for
from lms.domain.inquiries.rules import ANSWER_MAX, TEXT_MAX, line_of, may_enter
from lms.web.access import me, person
from lms.web.course_pages import lesson_html
from lms.web.inquiry_words import KINDS, STATES
from lms.web.labels import MEMBER_ROLES
from lms.web.listing import page_of
from lms.web.refusals import undo
from lms.web.trainer.asked import path_of
from lms.web.trainer.marking import age_text
from lms.web.trainer.own import own_course

inquiries = Blueprint("inquiries", __name__, url_prefix="/inquiries")
_TOO_LONG = _l("This is too long.")


class AnswerForm(FlaskForm):
    """The answer for all who learn the course."""

    answer = TextAreaField(
        _l("Your answer"), [DataRequired(_l("Write the answer.")), Length(max=ANSWER_MAX, message=_TOO_LONG)],
        description=_l("All learners of the course read it beside the text."),
    )  # fmt: skip


class DeclineForm(FlaskForm):
    """Why nothing is answered."""

    reason = TextAreaField(
        _l("Reason"), [DataRequired(_l("Write the reason.")), Length(max=TEXT_MAX, message=_TOO_LONG)],
        description=_l("Only the person who asked reads it. Nobody else sees the question."),
    )  # fmt: skip


class HandForm(FlaskForm):
    """Who is to answer."""

    to = SelectField(_l("Member of the team"), validate_choice=False)


@inquiries.get("")
def index() -> str:
    """List what waits, the oldest first, or (`?state=closed`) what was answered and declined."""
    session, user = db.session(), me()
    waiting, slug = request.args.get("state") != "closed", request.args.get("course", "")
    counts = {state: count_inquiries(session, user.id, state, slug) for state in (OPEN, CLOSED)}
    states = OPEN if waiting else CLOSED
    page = page_of(request.args, counts[states])
    return render_template(
        "trainer/inquiries/index.html", page=page, waiting=waiting, open_count=counts[OPEN], kinds=KINDS,
        rows=find_inquiries(session, user.id, states, slug, limit=page.size, offset=page.offset),
        closed_count=counts[CLOSED], courses=courses_for_trainer(session, user), slug=slug, states=STATES,
        age=age_text, now=clock.now(),
    )  # fmt: skip


@inquiries.get("/<int:inquiry_id>")
def show(inquiry_id: int) -> str:
    """Show one question with its place, and what can be done."""
    return _page(_found(inquiry_id), AnswerForm(), DeclineForm())


@inquiries.post("/<int:inquiry_id>/answer")
def answer(inquiry_id: int) -> str | Response | tuple[str, int]:
    """Answer it, once."""
    one, form = _found(inquiry_id), AnswerForm()
    if not form.validate():
        return _page(one, form, DeclineForm(formdata=None)), 422
    words = _typed(form.answer.data)
    try:
        actions.answer(db.session(), one.inquiry, words, by=person().id, now=clock.now())
    except actions.Closed:
        return _meanwhile(inquiry_id)
    db.session.commit()
    flash(_("Answered. It stands beside the text, and the person who asked is told."), "ok")
    return redirect(url_for("trainer.inquiries.show", inquiry_id=inquiry_id), 303)


@inquiries.post("/<int:inquiry_id>/refusal")
def decline(inquiry_id: int) -> str | Response | tuple[str, int]:
    """Close it without an answer."""
    one, form = _found(inquiry_id), DeclineForm()
    if not form.validate():
        return _page(one, AnswerForm(formdata=None), form), 422
    try:
        actions.decline(
            db.session(), one.inquiry, _typed(form.reason.data), by=person().id, now=clock.now()
        )  # fmt: skip
    except actions.Closed:
        return _meanwhile(inquiry_id)
    db.session.commit()
    flash(_("Declined. Only the person who asked sees it, with your reason."), "ok")
    return redirect(url_for("trainer.inquiries.index"), 303)


@inquiries.post("/<int:inquiry_id>/hand")
def hand(inquiry_id: int) -> Response:
    """Hand it on to another member of the team."""
    one, to = _found(inquiry_id), request.form.get("to", "")
    if to not in {choice.value for choice in _hand_form(one).to.choices}:
        flash(_("Choose a member of the team."), "warn")
        return redirect(url_for("trainer.inquiries.show", inquiry_id=inquiry_id), 303)
    try:
        actions.hand_on(db.session(), one.inquiry, int(to), by=person().id, now=clock.now())
    except actions.Closed:
        return _meanwhile(inquiry_id)
    db.session.commit()
    flash(_("Handed on; the colleague is told."), "ok")
    return redirect(url_for("trainer.inquiries.show", inquiry_id=inquiry_id), 303)


@inquiries.post("/<int:inquiry_id>/text")
def write(inquiry_id: int) -> Response:
    """Open the draft at the place that was asked about; a draft is begun where there is none."""
    one, session = _found(inquiry_id), db.session()
    try:
        draft = begin_draft(session, own_course(one.slug, write=True).course, by=person().id, now=clock.now())
    except PublishedElsewhere:
        undo()
        flash(_("This course is written in the server's folder. Move it to the desk first."), "warn")
        return redirect(url_for("trainer.courses.show", slug=one.slug), 303)
    texts = draft_texts(session, draft.id)
    session.commit()
    path = path_of(one.inquiry.lesson_key, texts)
    if path is None:
        flash(_("This lesson is no longer in the draft."), "warn")
        return redirect(url_for("trainer.writing.index", slug=one.slug), 303)
    line = line_of(one.inquiry.quote, texts[path].decode(errors="replace").split("\n"))
    target = url_for("trainer.editor.show", slug=one.slug, path=path, asked=inquiry_id, line=line)
    return redirect(target, 303)


@inquiries.post("/<int:inquiry_id>/entered")
def enter(inquiry_id: int) -> Response:
    """Note that the live version takes it up."""
    one, session = _found(inquiry_id), db.session()
    live = own_course(one.slug).course.live_version
    if live is None or not may_enter(one.asked_in, live.number):
        flash(_("Publish a newer version first."), "warn")
        return redirect(url_for("trainer.inquiries.show", inquiry_id=inquiry_id), 303)
    try:
        actions.enter(session, one.inquiry, live, by=person().id, now=clock.now())
    except actions.Closed:
        return _meanwhile(inquiry_id)
    session.commit()
    flash(_("Noted: taken up in version %(number)s. The person who asked is told.", number=live.number), "ok")
    return redirect(url_for("trainer.inquiries.show", inquiry_id=inquiry_id), 303)


def _found(inquiry_id: int) -> Listed:
    return inquiry_for(db.session(), person().id, inquiry_id) or abort(404)


def _typed(text: str | None) -> str:
    return (text or "").strip().replace("\r\n", "\n")


def _meanwhile(inquiry_id: int) -> Response:
    undo()
    flash(_("It was closed meanwhile, by a colleague or the person who asked. Nothing was changed."), "warn")
    if inquiry_for(db.session(), person().id, inquiry_id) is None:
        return redirect(url_for("trainer.inquiries.index"), 303)
    return redirect(url_for("trainer.inquiries.show", inquiry_id=inquiry_id), 303)


def _hand_form(one: Listed) -> HandForm:
    form = HandForm(formdata=None)
    form.to.choices = [
        SelectChoice(str(row.user_id), f"{row.name} ({MEMBER_ROLES[row.role]})")
        for row in members(db.session(), one.inquiry.course_id, at_desk=True) if row.user_id != person().id
    ]  # fmt: skip
    return form


def _page(one: Listed, form: AnswerForm, decline_form: DeclineForm) -> str:
    own = own_course(one.slug)
    return render_template(
        "trainer/inquiries/show.html", one=one, item=one.inquiry, form=form, decline_form=decline_form,
        hand_form=_hand_form(one), kinds=KINDS, states=STATES, most=ANSWER_MAX, most_reason=TEXT_MAX,
        may_enter=may_enter(one.asked_in, one.live), stands=_stands(one, own.course.live_version),
        writes=own.may_write,
    )  # fmt: skip


def _stands(one: Listed, live: CourseVersion | None) -> bool:
    """Whether the words that were asked about stand unchanged in the live text."""
    lesson = piece(db.session(), live.id, one.inquiry.lesson_key, "lesson") if live else None
    if live is None or lesson is None:
        return False
    html = lesson_html(db.session(), live, lesson, one.slug)
    return any(place.key == one.inquiry.place for place in places_in(html))

"""The agency's words around reminders: versions, placeholders, a look at them with a person's real data."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from sqlalchemy import select
from werkzeug.wrappers import Response
from wtforms import StringField, TextAreaField

from lms import clock
from lms.db import db
from lms.domain.accounts.actions import Refused
from lms.domain.accounts.models import RoleName, User
from lms.domain.accounts.queries import user_by_identity
from lms.domain.audit.actions import record
from lms.domain.reminders.actions import checked, write_text
from lms.domain.reminders.queries import addressees, late_staff, lines_of, text_of, text_versions
from lms.domain.reminders.rules import Words
from lms.domain.reminders.rules.texts import DEFAULTS, PART_MAX, PLACEHOLDERS, SUBJECT_MAX
from lms.mail.letters import Letter, letter, whatsapp_text
from lms.web.access import me, require_role
from lms.web.context import policy
from lms.web.refusals import show_refusal, undo
from lms.web.reminder_words import LOCALES, TEXTS

reminder_texts = Blueprint("reminder_texts", __name__, url_prefix="/reminders/texts")


class TextForm(FlaskForm):
    """Subject, what stands before the lines, what stands after them; who is the reader of the preview."""

    subject = StringField(_l("Subject of the mail"))
    greeting = TextAreaField(_l("Before the list"))
    closing = TextAreaField(_l("After the list"))
    who = StringField(_l("Preview for"), description=_l("NIP or e-mail of a person; empty: you."))


@reminder_texts.before_request
def _guard() -> None:
    """The office of a unit writes no texts."""
    require_role(RoleName.BKPSDM)


@reminder_texts.get("")
def index() -> str:
    """List the texts with what is in force."""
    rows = [
        (kind, locale, TEXTS[kind], LOCALES[locale], text_of(db.session(), kind, locale))
        for kind, locale in DEFAULTS
    ]
    return render_template("hr/reminders/texts.html", rows=rows)


@reminder_texts.get("/<kind>/<locale>")
def edit(kind: str, locale: str) -> str:
    """Show a text in its form."""
    words = _words(kind, locale)
    return _page(kind, locale, TextForm(formdata=None, data=vars(words)))


@reminder_texts.post("/<kind>/<locale>")
def save(kind: str, locale: str) -> str | Response | tuple[str, int]:
    """Store a new version, or only show it with the data of a person."""
    _words(kind, locale)
    form = TextForm()
    if not form.validate():
        return _page(kind, locale, form), 422
    try:
        words = checked(kind, form.subject.data or "", form.greeting.data or "", form.closing.data or "")
        if request.form.get("act") == "preview":
            reader = _reader(form)
            if reader is not None and reader.id != me().id:
                _log_view(reader.id)
            return _page(kind, locale, form, _preview(kind, locale, words, reader) if reader else None)
        new = write_text(db.session(), kind, locale, words, by=me(), now=clock.now())
    except Refused as error:
        undo()
        show_refusal(form, error)
        return _page(kind, locale, form), 422
    db.session.commit()
    flash(_("Stored. It holds from the next message on.") if new else _("Nothing was changed."), "ok")
    return redirect(url_for("hr.reminder_texts.index"), 303)


def _words(kind: str, locale: str) -> Words:
    if (kind, locale) not in DEFAULTS:
        abort(404)
    return text_of(db.session(), kind, locale)


def _reader(form: TextForm) -> User | None:
    typed = (form.who.data or "").strip()
    found = user_by_identity(db.session(), typed) if typed else me()
    if found is None or found.closed_at is not None:
        form.who.errors = [_("Nobody in use has this NIP or e-mail address.")]
        return None
    return found


def _log_view(user_id: int) -> None:
    record(db.session(), "staff.viewed", now=clock.now(), actor=me().id, subject=("user", user_id))
    db.session.commit()


def _preview(kind: str, locale: str, words: Words, reader: User) -> Letter:
    session, rule, now = db.session(), policy(), clock.now()
    people = select(User.id).where(User.id == reader.id)
    to = replace(addressees(session, people)[reader.id], locale=locale)
    of_staff, told = kind == "escalation", replace(rule, reminder_escalation=True)
    lines = late_staff(session, told, now) if of_staff else lines_of(session, people, rule, now)
    own = lines.get(reader.id, [])
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    if kind == "whatsapp":
        return Letter("", whatsapp_text(app, words, to, own, rule), "")
    return letter(app, words, to, own, rule, of_staff=of_staff, shown=True)


def _page(kind: str, locale: str, form: TextForm, preview: Letter | None = None) -> str:
    return render_template(
        "hr/reminders/text.html", kind=kind, code=locale, title=TEXTS[kind], language=LOCALES[locale],
        form=form, preview=preview, placeholders=PLACEHOLDERS, subject_max=SUBJECT_MAX, part_max=PART_MAX,
        versions=text_versions(db.session(), kind, locale),
    )  # fmt: skip

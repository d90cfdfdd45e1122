"""One's own reminders: what was sent, how one is reminded, and the link in a mail that stops mails."""

from __future__ import annotations

from flask import Blueprint, abort, current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import BooleanField, StringField
from wtforms.validators import Length

from lms import clock
from lms.db import db
from lms.domain.accounts.actions import Refused
from lms.domain.accounts.models import User
from lms.domain.reminders.actions import choose, stop_mails
from lms.domain.reminders.queries import choice_of, messages_of
from lms.domain.reminders.rules import line_of
from lms.mail.server import mail_server
from lms.mail.tokens import stopped_user
from lms.mail.words import said
from lms.web.access import me, person, public
from lms.web.context import policy
from lms.web.refusals import show_refusal, undo
from lms.web.reminder_words import KINDS
from lms.web.security import csrf

reminders = Blueprint("reminders", __name__, url_prefix="/reminders")
SHOWN = 12


class ChoiceForm(FlaskForm):
    """How a person is reminded."""

    weekly = BooleanField(
        _l("A digest once a week"),
        description=_l("Without it you still get what is urgent. Assigned courses always stand at home."),
    )
    by_email = BooleanField(
        _l("By e-mail"), description=_l("Otherwise reminders stand only here and among your notices.")
    )
    phone = StringField(
        _l("Mobile number"), [Length(max=30, message=_l("This is too long."))],
        description=_l("Optional. Only you can enter or remove it, for example 0812-3456-7890."),
    )  # fmt: skip
    whatsapp = BooleanField(
        _l("The personnel office of my unit may write to me by WhatsApp"),
        description=_l("Then it sees this number where it reminds people. Nobody else does."),
    )


@reminders.get("")
def index() -> str:
    """List the newest reminders with their lines."""
    rows = [
        (message, KINDS[message.kind], [said(line_of(plain), whole=False) for plain in message.lines])
        for message in messages_of(db.session(), person().id, SHOWN)
    ]
    return render_template("learner/reminders/index.html", rows=rows, days=policy().reminder_keep_days)


@reminders.get("/settings")
def settings() -> str:
    """Ask how the person wants to be reminded."""
    choice = choice_of(db.session(), person().id)
    data = {"weekly": True, "by_email": True, "phone": "", "whatsapp": False}
    if choice is not None:
        data = {"weekly": choice.weekly, "by_email": choice.by_email, "whatsapp": choice.whatsapp,
                "phone": f"+{choice.phone}" if choice.phone else ""}  # fmt: skip
    return _page(ChoiceForm(formdata=None, data=data))


@reminders.post("/settings")
def save() -> str | Response | tuple[str, int]:
    """Store it."""
    form = ChoiceForm()
    if not form.validate():
        return _page(form), 422
    try:
        choose(
            db.session(), me().id, weekly=form.weekly.data, by_email=form.by_email.data,
            phone=form.phone.data or "", whatsapp=form.whatsapp.data, now=clock.now(),
        )  # fmt: skip
    except Refused as error:
        undo()
        show_refusal(form, error)
        return _page(form), 422
    db.session.commit()
    flash(_("Stored."), "ok")
    return redirect(url_for("reminders.settings"), 303)


def _page(form: ChoiceForm) -> str:
    choice = choice_of(db.session(), person().id)
    email = me().email
    return render_template(
        "learner/reminders/settings.html", form=form, email=email,
        refused=bool(email and choice and choice.refused_address == email),
        server=mail_server(current_app.config) is not None,
    )  # fmt: skip


@reminders.get("/stop/<token>")
@public
def ask_stop(token: str) -> str:
    """Show the button that stops mails; a mail program that only looks at links changes nothing."""
    _stopped(token)
    return render_template("learner/reminders/stop.html", token=token, done=False)


@reminders.post("/stop/<token>")
@public
def stop(token: str) -> str:
    """Stop mails to the person of the token: from the page, or by the mail program itself (RFC 8058).

    The signed token stands for the form's own one; it can do nothing but this.
    """
    stop_mails(db.session(), _stopped(token), now=clock.now())
    db.session.commit()
    return render_template("learner/reminders/stop.html", token=token, done=True)


csrf.exempt(stop)


def _stopped(token: str) -> int:
    user_id = stopped_user(str(current_app.config["SECRET_KEY"]), token)
    user = db.session.get(User, user_id) if user_id is not None else None
    if user is None or user.closed_at is not None:
        abort(404)
    return user.id

"""What is kept about oneself: why, who looked, a copy of all of it, a request to correct it."""

from __future__ import annotations

import io

from flask import Blueprint, flash, redirect, render_template, send_file, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from lms import clock
from lms.db import db
from lms.domain.audit.actions import record
from lms.domain.certificates.rules import file_part
from lms.domain.corrections.actions import LONGEST, TooMany, ask
from lms.domain.corrections.queries import wishes_of
from lms.domain.reports.own_data import looks_at, own_archive
from lms.web import throttle
from lms.web.access import me
from lms.web.context import policy
from lms.web.log_words import verb_text
from lms.web.recording import record_view
from lms.web.refusals import undo
from lms.web.stored_files import file_folder

own_data = Blueprint("own_data", __name__, url_prefix="/account/data")

COPIES, COPIES_WINDOW = 10, 3600
SHOWN = 20


class CorrectionForm(FlaskForm):
    """What is wrong, and what is right."""

    wish = TextAreaField(
        _l("What is wrong, and what should it say?"),
        [
            DataRequired(_l("Write what should be corrected.")),
            Length(max=LONGEST, message=_l("This has at most 1,000 characters.")),
        ],
        description=_l("For example: my rank is Penata, III/c since 1 April 2026, decree number so and so."),
    )


@own_data.get("")
def show() -> str:
    """Say what is kept and why, who looked, and what became of requests."""
    return _page(CorrectionForm())


@own_data.post("/corrections")
def ask_correction() -> str | Response | tuple[str, int]:
    """Send a request to the personnel office."""
    form = CorrectionForm()
    if not form.validate():
        return _page(form), 422
    try:
        ask(db.session(), me(), (form.wish.data or "").strip(), now=clock.now())
    except TooMany:
        undo()
        form.wish.errors = [_("Three requests of yours still wait. Wait for an answer first.")]
        return _page(form), 409
    db.session.commit()
    flash(_("Sent to the personnel office. The answer appears on this page."), "ok")
    return redirect(url_for("own_data.show", _anchor="corrections"), 303)


@own_data.get("/file")
def file() -> Response:
    """Send a ZIP of everything that is kept about oneself."""
    user_id = me().id
    wait = throttle.hit("own-data", str(user_id), COPIES, COPIES_WINDOW)
    if wait:
        throttle.refuse(wait)
    now = clock.now()
    data = own_archive(db.session(), user_id, file_folder(), now=now, readme=_readme())
    record_view(
        lambda session: record(
            session, "own_data.downloaded", now=now, actor=user_id, subject=("user", user_id)
        )
    )
    response = send_file(
        io.BytesIO(data), as_attachment=True, mimetype="application/zip",
        download_name=f"Data-saya_{file_part(me().name)}_{clock.local_date(now):%Y-%m-%d}.zip",
    )  # fmt: skip
    response.headers["Cache-Control"] = "no-store"
    return response


def _readme() -> str:
    lines = [
        _("Data that %(site)s keeps about %(name)s.", site=policy().site_name, name=me().name),
        "",
        _("data.json: all rows about you, in parts; times are UTC, days are those of WIB."),
        _("sertifikat/: the PDF of each of your certificates."),
        _("Left out: passwords and codes (nobody can read them), answer keys, other people's data."),
        _("The evaluation form keeps no names, so your answers there cannot be found again."),
    ]
    return "\r\n".join(str(line) for line in lines) + "\r\n"


def _page(form: CorrectionForm) -> str:
    user = me()
    session = db.session()
    rule = policy()
    return render_template(
        "public/own_data/show.html",
        form=form,
        wishes=wishes_of(session, user.id),
        looks=[(entry.at, name, verb_text(entry.verb)) for entry, name in looks_at(session, user.id, SHOWN)],
        controller=rule.government,
        organiser=rule.organiser_short,
        help_contact=rule.help_contact,
    )

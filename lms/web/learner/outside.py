"""Report a training elsewhere with its proof, see what became of it."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from werkzeug.wrappers import Response
from wtforms import DateField, IntegerField, SelectField, StringField
from wtforms.validators import InputRequired, Length

from lms import clock
from lms.db import db
from lms.domain.accounts.rules import squeezed
from lms.domain.outside.actions import Decided, Refused, report_training, withdraw
from lms.domain.outside.models import OutsideTraining
from lms.domain.outside.proofs import MOST_BYTES, BadProof, Proof, proof_of
from lms.domain.outside.queries import own_training
from lms.domain.outside.rules import Report
from lms.web.access import is_signed_in, me, person
from lms.web.outside_words import FORMS, STATES, form_choices, problem_text
from lms.web.refusals import undo
from lms.web.stored_files import file_folder, send_proof

outside = Blueprint("outside", __name__, url_prefix="/profile/outside")


@outside.url_value_preprocessor
def room(endpoint: str | None, _values: dict[str, object] | None) -> None:
    """Let a photograph from a telephone be large; only for people who are signed in."""
    if endpoint == "outside.create" and is_signed_in():
        request.max_content_length = MOST_BYTES + 100_000


class ReportForm(FlaskForm):
    """A training as its certificate says."""

    title = StringField(
        _l("Name of the training"),
        [InputRequired(_l("Write the name as the certificate has it.")), Length(max=200)],
        filters=[lambda text: squeezed(text or "")],
    )
    organiser = StringField(
        _l("Organiser"), [InputRequired(_l("Write who held the training.")), Length(max=200)],
        filters=[lambda text: squeezed(text or "")],
    )  # fmt: skip
    form = SelectField(_l("Form"), validate_choice=False)
    started_on = DateField(_l("First day"), [InputRequired(_l("Write the day."))])
    ended_on = DateField(_l("Last day"), [InputRequired(_l("Write the day."))])
    jp = IntegerField(
        _l("JP"), [InputRequired(_l("Write a whole number from 1 to 200."))],
        description=_l("Lesson hours as the certificate says."),
    )  # fmt: skip
    number = StringField(
        _l("Number of the certificate"), [Length(max=100)], filters=[lambda text: squeezed(text or "")]
    )
    proof = FileField(_l("Proof"))


@outside.get("/new")
def new() -> str:
    """Ask for a training."""
    return _ask(_form())


@outside.post("")
def create() -> str | Response | tuple[str, int]:
    """Take a report; the personnel office verifies it before it counts."""
    form = _form()
    valid, proof = form.validate(), _proof(form)
    if not valid or proof is None:
        return _ask(form), 422
    report = Report(
        form.form.data or "", form.title.data or "", form.organiser.data or "", form.started_on.data,
        form.ended_on.data, int(form.jp.data), form.number.data or "",
    )  # fmt: skip
    now = clock.now()
    try:
        made = report_training(
            db.session(), me(), report, proof, files=file_folder(), today=clock.local_date(now), now=now
        )
    except Refused as error:
        undo()
        form[error.field].errors = [problem_text(error.code)]
        return _ask(form), 422
    db.session.commit()
    flash(_("Sent. The hours count as soon as the personnel office has verified the proof."), "ok")
    return redirect(url_for("outside.show", training_id=made.id), 303)


def _form() -> ReportForm:
    form = ReportForm()
    form.form.choices = form_choices()
    return form


def _proof(form: ReportForm) -> Proof | None:
    upload = form.proof.data
    try:
        return proof_of(upload.stream.read(MOST_BYTES + 1) if upload else b"")
    except BadProof as error:
        form.proof.errors = [problem_text(error.code)]
        return None


def _ask(form: ReportForm) -> str:
    return render_template("learner/outside/new.html", nav="profile", form=form)


@outside.get("/<int:training_id>")
def show(training_id: int) -> str:
    """Show one's own report and what became of it."""
    training = _own(training_id)
    return render_template(
        "learner/outside/show.html",
        nav="profile",
        training=training,
        form=FORMS[training.form],
        label=STATES[training.state],
    )


@outside.get("/<int:training_id>/proof")
def proof(training_id: int) -> Response:
    """Send one's own proof."""
    training = _own(training_id)
    return send_proof(training.proof, training.proof_kind, f"bukti-{training.id}")


@outside.post("/<int:training_id>/withdraw")
def withdraw_report(training_id: int) -> Response:
    """Take a report back that still waits."""
    training = _own(training_id)
    try:
        withdraw(db.session(), training, now=clock.now())
    except Decided:
        undo()
        flash(_("This report no longer waits; nothing was changed."), "warn")
        return redirect(url_for("outside.show", training_id=training_id), 303)
    db.session.commit()
    flash(_("The report is withdrawn."), "ok")
    return redirect(url_for("profile.hours"), 303)


def _own(training_id: int) -> OutsideTraining:
    return own_training(db.session(), person().id, training_id) or abort(404)

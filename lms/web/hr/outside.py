"""Trainings elsewhere: look at the proof, verify the hours or say why not."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import DateField, IntegerField, SelectField, TextAreaField
from wtforms.validators import Length, Optional

from lms import clock
from lms.db import db
from lms.domain.accounts.queries import people_for
from lms.domain.competencies.actions import record_outside_evidence, withdraw_outside_evidence
from lms.domain.competencies.queries import dictionary
from lms.domain.outside.actions import Decided, OverCap, cancel, refuse, verify
from lms.domain.outside.models import OutsideTraining
from lms.domain.outside.queries import alike, count_by_state, counted_of_form, find_trainings, training_for
from lms.domain.outside.rules import MOST_JP
from lms.domain.settings.rules import hours_rule
from lms.web.access import me
from lms.web.competency_words import LEVEL_NAMES
from lms.web.context import policy
from lms.web.listing import page_of
from lms.web.outside_words import FORMS, STATES
from lms.web.recording import record_person_view
from lms.web.refusals import undo
from lms.web.stored_files import send_proof

outside = Blueprint("outside", __name__, url_prefix="/outside")
SHOWN = ("waiting", "verified", "refused", "cancelled")
ACTS = ("verify", "refuse", "cancel")


class DecisionForm(FlaskForm):
    """The hours that count, and a note for the person."""

    jp = IntegerField(
        _l("JP that count"),
        description=_l("As the proof says; fewer where the proof shows fewer."),
    )
    note = TextAreaField(_l("Note for the person"), [Length(max=500)])
    competency = SelectField(
        _l("Evidence for a competency"), default="",
        description=_l("Only when the proof names it. It never changes the assessed level."),
    )  # fmt: skip
    level = SelectField(_l("Level shown"), default="")
    valid_until = DateField(
        _l("Valid until"), [Optional()], description=_l("Leave it empty if no end is set.")
    )

    def offer(self, competencies: list[tuple[str, str]]) -> None:
        """Fill the lists; both begin with none."""
        self.competency.choices = [("", _("none")), *competencies]
        self.level.choices = [("", _("none"))] + [
            (str(level), f"{level}: {name}") for level, name in LEVEL_NAMES.items()
        ]

    def check_evidence(self, training: OutsideTraining) -> bool:
        """Competency and level go together, and the end lies after the training; else errors at the field."""
        if bool(self.competency.data) != bool(self.level.data):
            lacking = self.level if self.competency.data else self.competency
            lacking.errors = [_("Competency and level go together: choose both or none.")]
            return False
        if self.valid_until.data and (not self.competency.data or self.valid_until.data <= training.ended_on):
            self.valid_until.errors = [_("Write a day after the training, for evidence that is named above.")]
            return False
        return True


def _decision_form(**filled: Any) -> DecisionForm:
    form = DecisionForm(**filled)
    form.offer(
        [
            (str(one.id), f"{one.entry.code} {one.entry.name}")
            for one in dictionary(db.session(), retired=False)
        ]
    )
    return form


@outside.get("")
def index() -> str:
    """List the reports of the scope in one state."""
    session, actor = db.session(), me()
    state = request.args.get("state", "waiting")
    if state not in SHOWN:
        abort(404)
    counts = count_by_state(session, actor)
    page = page_of(request.args, counts.get(state, 0))
    rows = find_trainings(session, actor, state, limit=page.size, offset=page.offset)
    return render_template(
        "hr/outside/index.html", rows=rows, page=page, state=state, shown=SHOWN, counts=counts,
        states=STATES, forms=FORMS,
    )  # fmt: skip


@outside.get("/<int:training_id>")
def show(training_id: int) -> str:
    """Show a report beside its proof; the view is logged."""
    training = _training(training_id)
    record_person_view(training.user_id)
    return _page(training, _decision_form(formdata=None, data={"jp": training.jp}))


@outside.get("/<int:training_id>/proof")
def proof(training_id: int) -> Response:
    """Send the proof; the view is logged unless it belongs to the page of the report."""
    training = _training(training_id)
    record_person_view(training.user_id, part=True)
    return send_proof(training.proof, training.proof_kind, f"bukti-{training.id}")


@outside.post("/<int:training_id>")
def decide(training_id: int) -> str | Response | tuple[str, int]:
    """Verify, refuse, or take verified hours back; the last two with a reason."""
    training, form = _training(training_id), _decision_form()
    act = request.form.get("act", "")
    if act not in ACTS:
        abort(400)
    note = (form.note.data or "").strip()
    valid = form.validate()
    if act == "verify" and not 1 <= (form.jp.data or 0) <= MOST_JP:
        form.jp.errors = [_("Write a whole number from 1 to 200.")]
        valid = False
    if act == "verify" and valid:
        valid = form.check_evidence(training)
    if act != "verify" and not note:
        form.note.errors = [_("Write the reason; the person reads it.")]
        valid = False
    if not valid:
        return _page(training, form), 422
    session, now = db.session(), clock.now()
    try:
        if act == "verify":
            verify(session, training, int(form.jp.data), note=note, by=me(), now=now, cap=_cap(training))
            if form.competency.data:
                record_outside_evidence(
                    session, training, int(form.competency.data), int(form.level.data),
                    valid_until=form.valid_until.data, by=me().id, now=now,
                )  # fmt: skip
        elif act == "refuse":
            refuse(session, training, note=note, by=me(), now=now)
        else:
            cancel(session, training, note=note, by=me(), now=now)
            withdraw_outside_evidence(session, training.id)
    except OverCap as error:
        undo()
        form.jp.errors = [
            _("Of this form %(left)s JP may still count in %(year)s by the rule of lesson hours.",
              left=error.left, year=training.jp_year)
        ]  # fmt: skip
        return _page(_training(training_id), form), 422
    except Decided:
        undo()
        flash(_("This report was decided or withdrawn meanwhile; nothing was changed."), "warn")
        return redirect(url_for("hr.outside.show", training_id=training_id), 303)
    db.session.commit()
    flash(_("Stored. The person sees it in the JP ledger."), "ok")
    return redirect(url_for("hr.outside.index"), 303)


def _cap(training: OutsideTraining) -> int | None:
    """The JP that the form of a training counts in its year at most, None without a bound."""
    return hours_rule(policy(), training.jp_year).caps.get(training.form)


def _page(training: OutsideTraining, form: DecisionForm) -> str:
    cap = _cap(training)
    others = alike(db.session(), training)
    return render_template(
        "hr/outside/show.html",
        cap=cap,
        counted=counted_of_form(db.session(), training) if cap is not None else 0,
        training=training,
        form=form,
        form_word=FORMS[training.form],
        label=STATES[training.state],
        alike=others,
        mine={one.id for one in people_for(db.session(), me(), {item.user_id for item in others})},
        states=STATES,
    )


def _training(training_id: int) -> OutsideTraining:
    return training_for(db.session(), me(), training_id) or abort(404)

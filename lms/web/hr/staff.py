"""Staff: the list, a person, their data."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response
from wtforms import SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length

from lms import clock
from lms.db import db
from lms.domain.accounts.actions import Person, Refused, code_problem, edit_user
from lms.domain.accounts.models import User
from lms.domain.accounts.queries import former_nips, latest_codes, positions, user_for
from lms.domain.accounts.rules import may_reset_password
from lms.domain.audit.actions import record
from lms.domain.certificates.queries import certificates_of, state_of
from lms.domain.competencies.queries import profile
from lms.domain.competencies.rules import job_match
from lms.domain.enrollments.queries import enrollments_of, hours_from
from lms.domain.enrollments.rules import deadline
from lms.domain.enrollments.rules import state as enrollment_state
from lms.domain.outside.queries import trainings_of
from lms.domain.progress.queries import progress_of_all
from lms.domain.reports.queries import count_staff, find_staff, history_of
from lms.domain.reports.queries.staff import SORTS
from lms.domain.settings.rules import target_jp
from lms.web.access import me
from lms.web.admin.forms import number_of, position_choices, rank_choices, unit_choices
from lms.web.certificate_labels import STATES
from lms.web.context import policy
from lms.web.hr.filters import STAFF_FIELDS, narrowed, staff_wanted
from lms.web.hr.scope import figures_of, unit_options, visible_units
from lms.web.hr.words import ACTIVATION, ENROLLMENT, fields_text
from lms.web.labels import EMPLOYMENT, employment_label
from lms.web.listing import order_of, page_of
from lms.web.log_words import verb_text
from lms.web.person_warnings import person_warnings
from lms.web.recording import record_view
from lms.web.refusals import show_refusal, undo

staff = Blueprint("staff", __name__, url_prefix="/staff")


class StaffForm(FlaskForm):
    """What the personnel office knows of a person; the e-mail address is the person's and the admin's."""

    name = StringField(
        _l("Name with titles"), [InputRequired(_l("Write the name.")), Length(max=400)],
        description=_l("As in the decree, for example Dra. Hj. Aminah, M.M."),
    )  # fmt: skip
    nip = StringField(
        _l("NIP"), [Length(max=60)], description=_l("A changed number keeps the old one in the history.")
    )
    employment = SelectField(_l("Employment"), choices=[SelectChoice(k, v) for k, v in EMPLOYMENT.items()])
    rank = SelectField(_l("Rank"), validate_choice=False)
    unit_id = SelectField(_l("Unit"))
    position_id = SelectField(_l("Position"), validate_choice=False)

    def person(self, user: User) -> Person:
        """Return what was typed; the e-mail address stays."""
        return Person(
            name=self.name.data or "",
            nip=self.nip.data,
            email=user.email,
            employment=self.employment.data,
            rank=self.rank.data or None,
            unit_id=number_of(self.unit_id.data),
            position_id=number_of(self.position_id.data),
        )


@staff.get("")
def index() -> str:
    """List the staff of the scope."""
    session, args, when = db.session(), request.args, figures_of()
    wanted, _unit = staff_wanted(args)
    order = order_of(args, SORTS, "name")
    page = page_of(args, count_staff(session, wanted, actor=me(), when=when))
    people = find_staff(
        session, wanted, actor=me(), when=when, sort=order.column, descending=order.descending,
        limit=page.size, offset=page.offset,
    )  # fmt: skip
    return render_template(
        "hr/staff/index.html",
        people=people,
        page=page,
        order=order,
        year=when.year,
        fields=STAFF_FIELDS,
        filtered=narrowed(args, STAFF_FIELDS),
        units=unit_options(),
        employments=EMPLOYMENT,
        employment_label=employment_label,
        activation=ACTIVATION,
    )


@staff.get("/<int:user_id>")
def show(user_id: int) -> str:
    """Show a person: data, courses, certificates, hours, competencies; the view is logged."""
    user = _user(user_id)
    log_view(user.id)
    session, now = db.session(), clock.now()
    today = clock.local_date(now)
    enrollments = enrollments_of(session, user.id)
    lines = profile(session, user, today)
    code = latest_codes(session, [user.id]).get(user.id)
    return render_template(
        "hr/staff/show.html",
        user=user,
        employment=employment_label(user.employment),
        warnings=person_warnings(user),
        former=former_nips(session, user.id),
        enrollments=[
            (
                item,
                ENROLLMENT[
                    enrollment_state(
                        started_at=item.started_at, completed_at=item.completed_at,
                        withdrawn_at=item.withdrawn_at,
                    )
                ],
            )
            for item in enrollments
        ],
        due={
            item.id: deadline(item.enrolled_at, item.version.due_days, now)
            for item in enrollments
            if item.completed_at is None
        },
        progress=progress_of_all(session, [item for item in enrollments if item.completed_at is None]),
        certificates=[(item, STATES[state_of(item, today)]) for item in certificates_of(session, user.id)],
        hours=hours_from(
            enrollments, today.year, target_jp(policy(), user.employment), trainings_of(session, user.id),
            once=policy().jp_once_a_year,
        ),
        lines=lines,
        match=job_match(lines),
        history=[
            (entry, name, verb_text(entry.verb), fields_text(entry.detail))
            for entry, name in history_of(session, "user", user.id)
        ],
        code=code,
        code_works=code is not None and code_problem(code, user, now) is None,
        may_code=user.closed_at is None and may_reset_password(me(), user),
        may_edit=_may_edit(user),
    )  # fmt: skip


def log_view(user_id: int) -> None:
    """Record that the signed-in person looked at the data of somebody."""
    actor = me().id

    def write(session: Session) -> None:
        record(session, "staff.viewed", now=clock.now(), actor=actor, subject=("user", user_id))

    record_view(write)


@staff.get("/<int:user_id>/edit")
def edit(user_id: int) -> str:
    """Ask for changed data."""
    user = _editable(user_id)
    return render_template("hr/staff/edit.html", form=_form(user), user=user, warnings=person_warnings(user))


@staff.post("/<int:user_id>/edit")
def save(user_id: int) -> str | Response | tuple[str, int]:
    """Store changed data; certificates already issued keep what they say."""
    user = _editable(user_id)
    form = _form(user)
    if not form.validate():
        return render_template("hr/staff/edit.html", form=form, user=user, warnings=[]), 422
    try:
        changed = edit_user(db.session(), user, form.person(user), now=clock.now(), actor=me().id)
    except Refused as error:
        undo()
        show_refusal(form, error)
        return render_template("hr/staff/edit.html", form=form, user=_editable(user_id), warnings=[]), 422
    db.session.commit()
    flash(_("Saved.") if changed else _("Nothing was changed."), "ok" if changed else "info")
    return redirect(url_for("hr.staff.show", user_id=user_id), 303)


def _form(user: User) -> StaffForm:
    form = StaffForm(obj=user)
    form.rank.choices = rank_choices(user.rank)
    form.unit_id.choices = unit_choices(visible_units(), user.unit)[1:]
    form.position_id.choices = position_choices(positions(db.session()), user.position)
    return form


def _may_edit(user: User) -> bool:
    """Nobody edits the own data or those of a mightier account."""
    return user.id != me().id and user.closed_at is None and may_reset_password(me(), user)


def _editable(user_id: int) -> User:
    user = _user(user_id)
    return user if _may_edit(user) else abort(403)


def _user(user_id: int) -> User:
    return user_for(db.session(), me(), user_id) or abort(404)

"""Staff: the list, a person."""

from __future__ import annotations

from flask import Blueprint, abort, render_template, request

from lms import clock
from lms.db import db
from lms.domain.accounts.actions import code_problem
from lms.domain.accounts.models import User
from lms.domain.accounts.queries import former_nips, latest_codes, placements_of, superior_of, user_for
from lms.domain.accounts.rules import may_reset_password
from lms.domain.certificates.queries import certificates_of, state_of
from lms.domain.competencies.queries import profile
from lms.domain.competencies.rules import job_match
from lms.domain.doubles.queries import doubles_of, merged_into
from lms.domain.enrollments.queries import enrollments_of, hours_from
from lms.domain.enrollments.rules import deadline
from lms.domain.enrollments.rules import state as enrollment_state
from lms.domain.outside.queries import trainings_of
from lms.domain.progress.queries import progress_of_all
from lms.domain.reports.queries import history_of, list_staff
from lms.domain.reports.queries.staff import SORTS
from lms.domain.settings.rules import target_jp
from lms.web.access import me
from lms.web.certificate_labels import STATES
from lms.web.context import policy
from lms.web.hr.filters import STAFF_FIELDS, narrowed, staff_wanted
from lms.web.hr.scope import figures_of, unit_options
from lms.web.hr.staff_forms import LEAVING, may_change, may_edit
from lms.web.hr.words import ACTIVATION, ENROLLMENT, fields_text
from lms.web.labels import EMPLOYMENT, employment_label
from lms.web.listing import order_of, page_of
from lms.web.log_words import verb_text
from lms.web.person_warnings import person_warnings
from lms.web.recording import record_person_view

staff = Blueprint("staff", __name__, url_prefix="/staff")


@staff.get("")
def index() -> str:
    """List the staff of the scope."""
    session, args, when = db.session(), request.args, figures_of()
    wanted, _unit = staff_wanted(args)
    order = order_of(args, SORTS, "name")
    found = list_staff(session, wanted, actor=me(), when=when, sort=order.column, descending=order.descending)
    page = page_of(args, found.total)
    return render_template(
        "hr/staff/index.html",
        people=found.rows(session, limit=page.size, offset=page.offset),
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
    record_person_view(user.id)
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
            enrollments, today.year, target_jp(policy(), user.employment, today.year),
            trainings_of(session, user.id), once=policy().jp_once_a_year,
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
        may_edit=may_edit(user),
        may_reopen=user.closed_at is not None and may_change(user),
        reasons=LEAVING,
        placements=placements_of(session, user.id),
        superior=superior_of(session, user),
        doubles=doubles_of(session, user.id),
        merged=merged_into(session, user.id) if user.closed_at else None,
    )  # fmt: skip


def _user(user_id: int) -> User:
    return user_for(db.session(), me(), user_id) or abort(404)

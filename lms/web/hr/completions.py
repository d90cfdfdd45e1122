"""Completions and certificates by unit, course, period and state."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from lms import clock
from lms.db import db
from lms.domain.reports.queries import completed_courses, count_lines, find_lines
from lms.domain.reports.queries.completions import SORTS
from lms.web.access import me
from lms.web.certificate_labels import STATES
from lms.web.hr.filters import COMPLETION_FIELDS, completions_wanted, narrowed
from lms.web.hr.scope import unit_options
from lms.web.hr.words import REASONS
from lms.web.listing import order_of, page_of

completions = Blueprint("completions", __name__, url_prefix="/completions")


@completions.get("")
def index() -> str:
    """List what was completed and what became of it."""
    session, args, today = db.session(), request.args, clock.local_date(clock.now())
    wanted, unit = completions_wanted(args)
    order = order_of(args, SORTS, "-day")
    page = page_of(args, count_lines(session, wanted, actor=me(), today=today))
    lines = find_lines(
        session, wanted, actor=me(), today=today, sort=order.column, descending=order.descending,
        limit=page.size, offset=page.offset,
    )  # fmt: skip
    return render_template(
        "hr/completions/index.html",
        lines=lines,
        page=page,
        order=order,
        unit=unit,
        wanted=wanted,
        fields=COMPLETION_FIELDS,
        filtered=narrowed(args, COMPLETION_FIELDS),
        units=unit_options(),
        courses=completed_courses(session),
        states=STATES,
        state_options=[(state.value, label.word) for state, label in STATES.items()],
        reasons=REASONS,
    )

"""JP recap of a year: per person, per unit."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, render_template, request

from lms import clock
from lms.db import db
from lms.domain.reports.queries import jp_years, list_staff, staff_totals
from lms.domain.reports.queries.staff import SORTS
from lms.domain.reports.rules import by_unit, whole
from lms.web.access import me
from lms.web.hr.filters import HOURS_FIELDS, narrowed, staff_wanted, year_of
from lms.web.hr.scope import figures_of, unit_options, visible_units
from lms.web.labels import employment_label
from lms.web.listing import order_of, page_of

hours = Blueprint("hours", __name__, url_prefix="/hours")


@hours.get("")
def index() -> str:
    """Show sums by unit and the people of the unit chosen."""
    session, args = db.session(), request.args
    years = jp_years(session, clock.local_date(clock.now()))
    when = figures_of(year_of(args, years))
    wanted, unit = staff_wanted({key: args[key] for key in HOURS_FIELDS if key in args})
    order = order_of(args, SORTS, "unit")
    found = list_staff(session, wanted, actor=me(), when=when, sort=order.column, descending=order.descending)
    page = page_of(args, found.total)
    sums = staff_totals(session, replace(wanted, hours=""), actor=me(), when=when)
    lines = by_unit(visible_units(), sums, unit)
    return render_template(
        "hr/hours/index.html",
        people=found.rows(session, limit=page.size, offset=page.offset),
        page=page,
        order=order,
        lines=[line for line in lines if line.totals.people],
        totals=whole(lines),
        unit=unit,
        year=when.year,
        this_year=years[0],
        years=[(year, str(year)) for year in years],
        units=unit_options(),
        fields=HOURS_FIELDS,
        filtered=narrowed(args, HOURS_FIELDS),
        employment_label=employment_label,
    )

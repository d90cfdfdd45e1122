"""The first page of the desk: what waits, the figures of the year, unit by unit."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from lms import clock
from lms.db import db
from lms.domain.accounts.rules import subtree_paths
from lms.domain.catalog.queries import waiting_hours
from lms.domain.reports.queries import Figures, StaffWanted, exports_of, figures, staff_totals
from lms.domain.reports.rules import Totals, by_unit, whole
from lms.web.access import me
from lms.web.hr.scope import figures_of, is_bkpsdm, visible_units

overview = Blueprint("overview", __name__)

SHOWN = 10  # units
Step = tuple[str, str, str, str]  # title, text, address, label of the button


@overview.get("")
def show() -> str:
    """Show the figures of the scope and the one next step."""
    session, today = db.session(), clock.local_date(clock.now())
    when = figures_of()
    sums = staff_totals(session, StaffWanted(), actor=me(), when=when)
    lines = by_unit(visible_units(), sums, None)
    peopled = [line for line in lines if line.totals.people]
    counted = figures(session, me(), today)
    totals = whole(lines)
    approvals = len(waiting_hours(session)) if is_bkpsdm() else 0
    steps = _steps(totals, counted, approvals, today)
    return render_template(
        "hr/overview/show.html",
        lines=sorted(peopled, key=lambda line: (-line.totals.lacking, line.totals.share))[:SHOWN],
        units=len(peopled),
        totals=totals,
        figures=counted,
        approvals=approvals,
        first_step=steps[0] if steps else None,
        steps=steps[1:],
        year=today.year,
        days_left=(date(today.year, 12, 31) - today).days,
        newest=next(iter(exports_of(session, me(), 1)), None),
        everywhere=subtree_paths(me()) is None,
    )


def _steps(totals: Totals, counted: Figures, approvals: int, today: date) -> list[Step]:
    """What can be done now, the most pressing first."""
    steps: list[Step] = []
    unused, lacking, issued = totals.unused, totals.lacking, counted.issued_month
    if approvals:
        steps.append((
            ngettext("%(num)s course waits for its JP", "%(num)s courses wait for their JP", approvals),
            _("Certificates of those who completed it are issued once you approve."),
            url_for("hr.approvals.index"), _("Look at the claims"),
        ))  # fmt: skip
    if unused:
        steps.append((
            ngettext("%(num)s person has no password yet", "%(num)s people have no password yet", unused),
            _("Print an activation code for each and hand it over in a closed envelope."),
            url_for("hr.codes.index"), _("Print activation codes"),
        ))  # fmt: skip
    if lacking:
        steps.append((
            ngettext("%(num)s person lacks JP", "%(num)s people lack JP", lacking),
            _("%(jp)s JP are missing in all to the targets of this year.", jp=totals.lacking_jp),
            url_for("hr.staff.index", hours="below", sort="-lacking"), _("See who"),
        ))  # fmt: skip
    if totals.late:
        steps.append((
            ngettext("%(num)s person is past a deadline", "%(num)s people are past a deadline", totals.late),
            _("A deadline locks nothing; a word from the unit often helps."),
            url_for("hr.staff.index", due="late", sort="-late"), _("See who"),
        ))  # fmt: skip
    if issued:
        first = today.replace(day=1).isoformat()
        steps.append((
            ngettext("%(num)s certificate this month", "%(num)s certificates this month", issued),
            _("One package holds all PDFs, a list and their check sums."),
            url_for("hr.completions.index", by="issue", first=first), _("Make the package"),
        ))  # fmt: skip
    return steps

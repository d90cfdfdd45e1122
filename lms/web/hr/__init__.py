"""The HR desk: staff, completions, certificates, hours, exports, activation codes, approvals."""

from __future__ import annotations

from flask import Blueprint
from flask_babel import gettext as _

from lms.web.access import desk_guard
from lms.web.announcements import announcements
from lms.web.hr.approvals import approvals
from lms.web.hr.assignment_exceptions import exceptions
from lms.web.hr.assignment_lists import lists
from lms.web.hr.assignments import assignments
from lms.web.hr.certificates import certificates
from lms.web.hr.codes import codes
from lms.web.hr.competencies import competencies
from lms.web.hr.completions import completions
from lms.web.hr.corrections import corrections
from lms.web.hr.doubles import doubles
from lms.web.hr.effects import effects
from lms.web.hr.evaluations import evaluations
from lms.web.hr.exports import exports
from lms.web.hr.followups import followups
from lms.web.hr.gaps import gaps
from lms.web.hr.hours import hours
from lms.web.hr.imports import imports
from lms.web.hr.intake import intake
from lms.web.hr.intake_undo import undoing
from lms.web.hr.letters import letters
from lms.web.hr.needs import needs
from lms.web.hr.obligation_exemptions import exemptions
from lms.web.hr.obligations import obligations
from lms.web.hr.outside import outside
from lms.web.hr.overview import overview
from lms.web.hr.plans import plans
from lms.web.hr.programme_drafts import programme_drafts
from lms.web.hr.programme_orders import programme_orders
from lms.web.hr.programmes import programmes
from lms.web.hr.ratings import ratings
from lms.web.hr.receipts import receipts
from lms.web.hr.regulation_work import regulation_work
from lms.web.hr.regulations import regulations
from lms.web.hr.reminder_office import reminder_office
from lms.web.hr.reminder_texts import reminder_texts
from lms.web.hr.reminders import reminders
from lms.web.hr.results import results
from lms.web.hr.scope import DESK, is_bkpsdm, scope_words
from lms.web.hr.signed import signed
from lms.web.hr.staff import staff
from lms.web.hr.staff_changes import staff_changes
from lms.web.hr.standards import standards
from lms.web.hr.tables import tables
from lms.web.partners import partners

hr = Blueprint("hr", __name__, url_prefix="/hr")
desk_guard(hr, DESK)
RESOURCES = (
    overview, staff, staff_changes, doubles, intake, assignments, obligations, completions, certificates,
    hours, outside, evaluations, effects, results, followups, receipts, exports, codes, corrections,
    approvals, gaps, standards, competencies, imports, ratings, needs, plans, announcements, reminders,
    reminder_office, reminder_texts, letters, exceptions, lists, partners, exemptions, signed,
    regulations, regulation_work, tables, programmes, programme_drafts, programme_orders,
    undoing,
)  # fmt: skip
for resource in RESOURCES:
    hr.register_blueprint(resource)


@hr.context_processor
def _desk() -> dict[str, object]:
    city = is_bkpsdm()
    groups = [
        ("", [("hr.overview.show", _("Overview"))]),
        (_("Staff data"), [
            ("hr.staff.index", _("Staff")),
            ("hr.intake.index", _("Import from Excel")),
            ("hr.codes.index", _("Activation codes")),
            ("hr.corrections.index", _("Corrections of data")),
        ]),
        (_("Training"), [
            ("hr.assignments.index", _("Assignments")),
            ("hr.obligations.index", _("Recurring training")),
            ("hr.programmes.index", _("Learning paths")),
            ("hr.reminders.index", _("Reminders")),
        ]),
        (_("Learning results"), [
            ("hr.completions.index", _("Completions and certificates")),
            ("hr.hours.index", _("JP recap")),
            ("hr.outside.index", _("Training elsewhere")),
            *([("hr.approvals.index", _("JP approval"))] if city else []),
            ("hr.gaps.index", _("Competencies")),
            ("hr.evaluations.index", _("Evaluations")),
            ("hr.effects.index", _("Effect of courses")),
        ]),
        (_("Files and notices"), [
            ("hr.exports.index", _("My downloads")),
            ("hr.receipts.index", _("Quiz receipts")),
            *([
                ("hr.announcements.index", _("Announcements")),
                ("hr.partners.index", _("Partner institutions")),
                ("hr.regulations.index", _("Rules of law")),
            ] if city else []),
        ]),
    ]  # fmt: skip
    return {
        "desk_name": _("HR desk"), "side_groups": groups, "scope_words": scope_words, "is_bkpsdm": city,
    }  # fmt: skip

"""Words for development plans: states, quarters, what is wrong with an activity."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from lms.domain.accounts.actions import Refused
from lms.domain.plans.rules import MOST_OPEN
from lms.web.certificate_labels import Label

STATES: dict[str, Label] = {
    "proposed": Label(_l("Proposed"), "info", "clock"),
    "agreed": Label(_l("Agreed"), "ok", "check"),
    "done": Label(_l("Done"), "ok", "check-circle"),
    "refused": Label(_l("Not agreed"), "warn", "cross"),
    "dropped": Label(_l("Given up"), "quiet", "cross"),
}


def quarter_words(year: int, quarter: int) -> str:
    """Return "quarter 4 of 2026"."""
    return str(_("quarter %(quarter)s of %(year)s", quarter=quarter, year=year))


def refused_text(error: Refused) -> str:
    """Return what a refusal says."""
    texts: dict[str, str] = {
        "title.length": _("Write what is to be done, in 1 to 200 characters."),
        "form.unknown": _("Choose a form from the list."),
        "jp.range": _("Write a whole number from 0 to 200."),
        "quarter.unknown": _("Choose a quarter from the list."),
        "quarter.past": _("This quarter is over. Choose a later one."),
        "plan.full": _("The year has %(most)s open activities already. Finish some first.", most=MOST_OPEN),
        "plan.own": _("Nobody decides on the own plan. A colleague does."),
        "plan.note": _("Write the reason in 1 to 500 characters; the person reads it."),
        "plan.future": _("The day must not lie in the future."),
    }
    return texts[error.code]

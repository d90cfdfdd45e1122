"""Words for training that comes round again: its states, and how often it is to be done."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from lms.domain.obligations.models import Obligation
from lms.domain.obligations.queries import Duty
from lms.domain.obligations.rules import State
from lms.i18n.formats import date
from lms.web.certificate_labels import Label

STATES: dict[State, Label] = {
    State.VALID: Label(_l("Valid"), "ok", "check-circle"),
    State.SOON: Label(_l("Ends soon"), "warn", "clock"),
    State.DUE: Label(_l("Due now"), "danger", "warning"),
    State.EXPIRED: Label(_l("Expired"), "danger", "cross-circle"),
    State.NEVER: Label(_l("Never done"), "quiet", "pause"),
    State.EXEMPT: Label(_l("Exempt"), "quiet", "cross"),
}


def rhythm(obligation: Obligation) -> str:
    """Return how often the course is to be done: "every 12 months", "once in each calendar year"."""
    if obligation.months is None:
        return str(_("once in each calendar year"))
    return str(ngettext("every %(num)s month", "every %(num)s months", obligation.months))


def exempt_text(duty: Duty) -> str:
    """Return what an exempt person is told: until when, why, by which document; "" for others."""
    held = duty.exemption
    if held is None:
        return ""
    until = held.waiver.until
    words = (
        _("Exempt until %(day)s: %(reason)s.", day=date(until), reason=held.reason)
        if until
        else _("Exempt for this cycle: %(reason)s.", reason=held.reason)
    )
    if not held.document:
        return str(words)
    document = _("Document: %(name)s.", name=held.document)
    return f"{words} {document}"


def due_text(duty: Duty) -> str:
    """Return until when a course is to be completed, again or for the first time."""
    day = date(duty.standing.due_on)
    if duty.done_on is None:
        return str(_("To be completed by %(day)s.", day=day))
    return str(_("Next to be completed by %(day)s.", day=day))

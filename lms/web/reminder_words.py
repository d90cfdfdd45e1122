"""Words for the codes of reminders."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from lms.domain.reminders.rules import Outcome
from lms.web.certificate_labels import Label

KINDS: dict[str, LazyString] = {
    "weekly": _l("Weekly digest"),
    "urgent": _l("Urgent reminder"),
    "escalation": _l("To the superior"),
    "test": _l("Test mail"),
}
TEXTS: dict[str, LazyString] = {
    "weekly": _l("Weekly digest"),
    "urgent": _l("Urgent reminder"),
    "escalation": _l("To the superior"),
    "whatsapp": _l("WhatsApp text"),
}
LOCALES: dict[str, LazyString] = {"id": _l("Indonesian"), "en": _l("English")}
OUTCOMES: dict[Outcome, Label] = {
    Outcome.EMAIL: Label(_l("By e-mail"), "ok", "check"),
    Outcome.APP_CHOSEN: Label(_l("In the site, as chosen"), "info", "bell"),
    Outcome.APP_NO_EMAIL: Label(_l("In the site, no e-mail known"), "info", "bell"),
    Outcome.APP_REFUSED: Label(_l("In the site, address refused"), "warn", "bell"),
    Outcome.APP_NO_SERVER: Label(_l("In the site, no mail server"), "info", "bell"),
    Outcome.CAP: Label(_l("Left out, enough this week"), "quiet", "pause"),
    Outcome.OFF: Label(_l("Left out, switched off"), "quiet", "cross"),
    Outcome.TOLD: Label(_l("Left out, told already"), "quiet", "check"),
    Outcome.NOTHING: Label(_l("Nothing to say"), "quiet", "check"),
}
STATES: dict[str, Label] = {
    "waiting": Label(_l("Waits"), "info", "clock"),
    "sent": Label(_l("Sent"), "ok", "check"),
    "left": Label(_l("Not sent"), "quiet", "cross"),
    "failed": Label(_l("Failed"), "danger", "warning"),
}
CHANNELS: dict[str, LazyString] = {"email": _l("E-mail"), "app": _l("In the site")}
ENDS: dict[str, LazyString] = {
    "nothing": _l("done meanwhile"),
    "off": _l("switched off"),
    "closed": _l("account closed"),
    "expired": _l("too old by the time"),
    "broken": _l("could not be written"),
    "refused": _l("refused for good"),
    "given_up": _l("given up after several tries"),
    "app_chosen": _l("as chosen"),
    "app_no_email": _l("no e-mail known"),
    "app_refused": _l("address refused earlier"),
    "app_no_server": _l("no mail server"),
}


def reason_text(reason: str) -> str:
    """Return why a message ended as it did, "" where the state says it all."""
    return str(ENDS.get(reason, ""))

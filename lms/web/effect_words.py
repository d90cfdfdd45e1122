"""Words of follow-ups and of unit indicators: items, scale, hindrances, roles, what is wrong."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from lms.domain.accounts.actions import Refused
from lms.domain.effects.rules import COMMENT_MAX, LINE_MAX
from lms.web.certificate_labels import Label

ITEMS: dict[str, LazyString] = {
    "applies": _l("What the course taught is applied at work."),
    "improves": _l("The results of the work have become better."),
    "alone": _l("The work is done with less help from others."),
    "shares": _l("What was learnt is shared with colleagues."),
}
SCALE: dict[int, LazyString] = {
    1: _l("Not at all true"),
    2: _l("Hardly true"),
    3: _l("Partly true"),
    4: _l("Mostly true"),
    5: _l("Wholly true"),
}
HINDRANCES: dict[str, LazyString] = {
    "time": _l("No time beside other duties"),
    "tools": _l("Tools, data or network are lacking"),
    "rules": _l("Rules or procedures of the office do not allow it yet"),
    "support": _l("Little support by superiors or colleagues"),
    "fit": _l("It does not fit the present duties"),
    "forgotten": _l("Much was forgotten; a repetition is needed"),
    "moved": _l("The person has moved to other duties"),
    "other": _l("Something else"),
}
ROLES: dict[str, LazyString] = {
    "self": _l("Learner"),
    "superior": _l("Direct superior"),
    "colleague": _l("Colleague"),
}
STATES: dict[str, Label] = {
    "coming": Label(_l("Not due yet"), "quiet", "clock"),
    "open": Label(_l("Answers are awaited"), "info", "clock"),
    "done": Label(_l("All have answered"), "ok", "check-circle"),
}
CHANGES: dict[str, Label] = {
    "better": Label(_l("Better"), "ok", "check"),
    "same": Label(_l("Unchanged"), "quiet", "pause"),
    "worse": Label(_l("Worse"), "warn", "warning"),
}


def refused_text(error: Refused) -> str:
    """Return what a refusal says."""
    texts: dict[str, str] = {
        "marks.none": _("Answer at least one of the four questions."),
        "comment.long": _("Shorten the text to %(most)s letters.", most=COMMENT_MAX),
        "followup.early": _("The questions are not open yet."),
        "plan.closed": _("The follow-up is due, so the plan can no longer be changed."),
        "plan.empty": _("Write at least one line."),
        "plan.text": _("Write what you will do, in 1 to %(most)s characters.", most=LINE_MAX),
        "plan.day": _("Write by which day: after your completion, within two years."),
        "colleague.none": _("Choose a colleague, or write the name of one who is not in the list."),
        "colleague.same": _("Name somebody else than yourself and your direct superior."),
        "colleague.answered": _("Your colleague has answered already."),
        "link.early": _("The questions are not open yet, so a link would lead nowhere."),
        "link.name": _("Write the name of the person who gets the link."),
        "link.answered": _("The answer is here already; no link is needed."),
        "link.account": _("This person has an account and answers after signing in."),
        "result.future": _("The day must not lie in the future."),
        "result.half": _("The value after and its day belong together."),
        "result.order": _("The day after must lie behind the day before."),
        "result.changed": _("Somebody has corrected this meanwhile. Look at the newest entry."),
        "result.reason": _("Write the reason in 1 to 500 characters."),
    }
    return texts[error.code]

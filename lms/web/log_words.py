"""Words for the activity log; an act without words here is shown by its code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from lms.web.labels import member_role_label, role_label

VERBS: dict[str, LazyString] = {
    "user.created": _l("created the account"),
    "user.edited": _l("changed data of the account"),
    "user.closed": _l("closed the account"),
    "user.reopened": _l("opened the account again"),
    "role.granted": _l("gave a role"),
    "role.revoked": _l("took a role back"),
    "code.issued": _l("issued an activation code"),
    "code.used": _l("used an activation code"),
    "password.changed": _l("set a new password"),
    "session.started": _l("signed in"),
    "session.ended": _l("signed out a device"),
    "sessions.ended": _l("signed out other devices"),
    "superior.set": _l("named the direct superior"),
    "head.set": _l("named the head of the unit"),
    "announcement.made": _l("announced something"),
    "announcement.withdrawn": _l("withdrew an announcement"),
    "author.access": _l("set the access of an external author"),
    "partner.added": _l("entered a partner institution"),
    "partner.edited": _l("edited a partner institution"),
    "partner.closed": _l("closed a partner institution"),
    "partner.reopened": _l("opened a partner institution again"),
    "partner.removed": _l("removed a partner institution"),
    "regulation.added": _l("added a rule of law"),
    "regulation.edited": _l("edited a rule of law"),
    "regulation.changed": _l("marked a rule of law as changed"),
    "regulation.unchanged": _l("took back a change of a rule of law"),
    "regulation.checked": _l("left a place as it is after a change of law"),
    "user.merged": _l("merged two records of one person"),
    "unit.created": _l("added the unit"),
    "unit.edited": _l("renamed the unit"),
    "unit.moved": _l("moved the unit"),
    "unit.closed": _l("closed the unit"),
    "unit.reopened": _l("opened the unit again"),
    "position.created": _l("added the position"),
    "position.edited": _l("changed the position"),
    "position.closed": _l("closed the position"),
    "position.reopened": _l("opened the position again"),
    "settings.changed": _l("changed settings"),
    "course.created": _l("created a course"),
    "course.published": _l("published a course"),
    "course.moved_to_desk": _l("took a course over to the desk"),
    "course.exported": _l("exported a course"),
    "bank.stored": _l("put a shared bank of questions in force"),
    "bank.listed": _l("downloaded a list of questions"),
    "bank.created": _l("began a shared bank of questions"),
    "bank.opened": _l("opened a shared bank to every trainer"),
    "bank.closed": _l("closed a shared bank to its team"),
    "bank.archived": _l("archived a shared bank"),
    "bank.restored": _l("took an archived shared bank into use again"),
    "bank.handed_over": _l("handed a shared bank over to the desk"),
    "questions.exported": _l("exported questions of a course"),
    "question.variant": _l("accepted one more answer to a question"),
    "questions.imported": _l("imported questions into a course"),
    "evaluation.exported": _l("downloaded the evaluation of a course"),
    "analysis.exported": _l("downloaded the item analysis of a quiz"),
    "honesty.viewed": _l("looked at the notes on honesty of a quiz"),
    "hours.approved": _l("approved the JP of a course"),
    "member.set": _l("gave somebody a part in the team of a course"),
    "member.removed": _l("took somebody out of the team of a course"),
    "draft.discarded": _l("discarded a draft"),
    "key.corrected": _l("corrected a wrong key and had answers marked again"),
    "review.sent": _l("sent a draft for review"),
    "review.approved": _l("approved a draft"),
    "review.returned": _l("returned a draft to its authors"),
    "review.withdrawn": _l("took a draft back from review"),
    "inquiry.asked": _l("asked or reported something in a lesson"),
    "inquiry.withdrawn": _l("took a question back"),
    "inquiry.answered": _l("answered a question in a lesson"),
    "inquiry.declined": _l("declined a question in a lesson"),
    "inquiry.handed": _l("handed a question on"),
    "inquiry.entered": _l("noted a question as taken up in the text"),
    "course.archived": _l("took a course out of the catalogue"),
    "course.restored": _l("put a course into the catalogue again"),
    "enrollment.created": _l("enrolled"),
    "receipt.viewed": _l("looked up the receipt of a quiz"),
    "supplement.completed": _l("read the addition to a course"),
    "enrollment.again": _l("took a course again"),
    "enrollment.moved": _l("went on in a newer version of a course"),
    "enrollment.withdrawn": _l("withdrew from a course"),
    "enrollment.resumed": _l("went on with a course"),
    "enrollment.completed": _l("completed a course"),
    "quiz.allowed": _l("gave somebody more time or attempts at a quiz"),
    "essay.marked": _l("marked an essay"),
    "essay.name_shown": _l("looked up whose essay it is"),
    "certificate.issued": _l("issued a certificate"),
    "certificate.replaced": _l("replaced a certificate"),
    "certificate.revoked": _l("revoked a certificate"),
    "certificate.reprinted": _l("printed a certificate anew"),
    "certificate.signed": _l("stored the signed certificate"),
    "import.applied": _l("saved a file of people, units or positions"),
    "import.undone": _l("took a file of people back"),
    "user.restored": _l("gave back the data from before an import"),
    "user.removed": _l("removed an account that an import had made"),
    "export.ordered": _l("ordered an export"),
    "export.downloaded": _l("downloaded an export"),
    "certificate.downloaded": _l("downloaded a certificate"),
    "own_data.downloaded": _l("downloaded all own data"),
    "correction.asked": _l("asked for a correction of data"),
    "correction.answered": _l("answered a request for correction"),
    "outside.reported": _l("reported a training elsewhere"),
    "outside.withdrawn": _l("withdrew the report of a training elsewhere"),
    "outside.verified": _l("verified a training elsewhere"),
    "evidence.recorded": _l("recorded what a training elsewhere shows of a competency"),
    "outside.refused": _l("refused a training elsewhere"),
    "outside.cancelled": _l("cancelled the hours of a training elsewhere"),
    "assignment.created": _l("assigned a course"),
    "assignment.followed": _l("newcomers were assigned a course"),
    "assignment.extension": _l("gave more time for an assigned course"),
    "assignment.exemption": _l("exempted from an assigned course"),
    "assignment.letter": _l("stored the letter of an assignment"),
    "assignment.exported": _l("downloaded the people of an assignment"),
    "assignment.closed": _l("closed an assignment"),
    "obligation.created": _l("set a recurring training"),
    "obligation.exempted": _l("exempted from a recurring training"),
    "obligation.exemption_ended": _l("took back an exemption from a recurring training"),
    "obligation.closed": _l("ended a recurring training"),
    "obligation.exported": _l("downloaded how people stand with a recurring training"),
    "programme.created": _l("began a learning path"),
    "programme.discarded": _l("discarded the draft of a learning path"),
    "programme.opened": _l("opened an edition of a learning path"),
    "programme.closed": _l("closed a learning path"),
    "programme.reopened": _l("opened a learning path again"),
    "programme.joined": _l("joined a learning path"),
    "programme.left": _l("left a learning path"),
    "programme.assigned": _l("assigned a learning path"),
    "programme.exported": _l("downloaded the people of a learning path"),
    "staff.viewed": _l("looked at the data of"),
    "plan.proposed": _l("put an activity into the development plan"),
    "plan.dropped": _l("gave up an activity of the development plan"),
    "plan.decided": _l("decided on an activity of a development plan"),
    "plan.done": _l("closed an activity of a development plan"),
    "followup.on": _l("had those who complete a course followed up"),
    "followup.off": _l("ended the follow-up of a course"),
    "followup.planned": _l("wrote an action plan after a course"),
    "followup.colleague": _l("named a colleague for the follow-up of a course"),
    "followup.link": _l("made a link for answering a follow-up"),
    "followup.unlinked": _l("ended a link for answering a follow-up"),
    "followup.answered": _l("answered the follow-up of a course"),
    "effect.exported": _l("downloaded the report of a course"),
    "result.entered": _l("entered an indicator of a unit for a course"),
    "reminders.chosen": _l("chose how to be reminded"),
    "reminders.stopped": _l("stopped reminders by e-mail"),
    "reminders.address_again": _l("had a refused address used again"),
    "reminders.text": _l("wrote a text of reminders"),
    "holidays.kept": _l("entered days off"),
    "holidays.dropped": _l("took a day off from the list"),
    "reminders.exported": _l("downloaded a list of reminders"),
    "reminders.phones_viewed": _l("looked at telephone numbers of people to remind"),
    "table.exported": _l("downloaded a table of the desk"),
    "gaps.exported": _l("downloaded competency gaps"),
    "dictionary.changed": _l("changed the competency dictionary"),
    "standard.changed": _l("changed the competency standard of positions"),
    "ratings.entered": _l("entered assessed levels"),
    "ratings.imported": _l("imported assessed levels of several people"),
}
_KEYS: dict[str, LazyString] = {
    "role": _l("role"),
    "team_role": _l("works as"),
    "unit": _l("unit"),
    "name": _l("name"),
    "code": _l("code"),
    "count": _l("how many"),
    "fields": _l("fields"),
    "sessions": _l("devices signed out"),
    "changed": _l("changed"),
    "before": _l("earlier"),
    "parent": _l("stands under"),
    "reason": _l("reason"),
    "kind": _l("kind"),
    "jp": _l("JP"),
    "partner": _l("institution"),
    "until": _l("until"),
    "version": _l("version"),
    "question": _l("question"),
    "level": _l("level"),
    "import": _l("file"),
    "new": _l("new"),
    "same": _l("unchanged"),
    "refused": _l("refused"),
    "positions": _l("positions"),
}
VALUE_MAX = 120


def verb_text(verb: str) -> str:
    """Return what was done, in words."""
    return str(VERBS.get(verb, verb))


def verb_choices() -> list[tuple[str, str]]:
    """Return the acts that have words, for a list."""
    return sorted(((verb, str(words)) for verb, words in VERBS.items()), key=lambda pair: pair[1])


def detail_text(detail: Mapping[str, Any], subjects: Mapping[tuple[str, str], str]) -> str:
    """Return the details of an act as "role: HR of a unit; unit: Kecamatan Bukit Bestari"."""
    parts = []
    for key, value in detail.items():
        text = _value(key, value, subjects)
        if text:
            parts.append(f"{_KEYS.get(key, key)}: {text}")
    return "; ".join(parts)


def _value(key: str, value: Any, subjects: Mapping[tuple[str, str], str]) -> str:
    if value is None or value == "":
        return ""
    if key == "role":
        return role_label(str(value))
    if key == "team_role":
        return member_role_label(str(value))
    if key == "unit" and isinstance(value, int):
        return subjects.get(("unit", str(value)), str(value))
    if isinstance(value, dict):
        text = ", ".join(f"{name}: {_pair(inner)}" for name, inner in value.items())
    elif isinstance(value, list):
        text = ", ".join(str(inner) for inner in value)
    else:
        text = str(value)
    return text if len(text) <= VALUE_MAX else text[: VALUE_MAX - 1] + "…"


def _pair(value: Any) -> str:
    """Return [old, new] as "old → new"."""
    if isinstance(value, list) and len(value) == 2:
        return f"{value[0]} → {value[1]}"
    return str(value)

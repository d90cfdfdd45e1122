"""The lines of a reminder in the reader's language: what, until when, why, and one address."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from lms.domain.reminders.rules import Line, Why
from lms.i18n.formats import date


@dataclass(frozen=True)
class Said:
    """A line in words: a title, a sentence with day and reason, where to go."""

    title: str
    reason: str
    url: str


def said(line: Line, *, whole: bool) -> Said:
    """Return a line in words; `whole` makes the address one for mails, host included."""
    return Said(title_of(line), f"{_when(line)}, {_because(line)}.", _url(line, whole))


def title_of(line: Line) -> str:
    """Return what is to be done."""
    if line.why is Why.ANSWERS:
        return str(ngettext("%(num)s proposal of your staff", "%(num)s proposals of your staff", line.count))
    return f"{line.name}: {line.title}" if line.why is Why.STAFF_LATE else line.title


def _when(line: Line) -> str:
    day = date(line.day)
    if line.why in {Why.ASSIGNED_LATE, Why.RECURRING_LATE, Why.DEADLINE_LATE}:
        return str(_("Past its due day, %(day)s", day=day))
    if line.why in {Why.ASSIGNED_DUE, Why.RECURRING_DUE, Why.DEADLINE_DUE}:
        return str(_("To be completed by %(day)s", day=day))
    if line.why is Why.HALFWAY:
        return str(_("Last opened on %(day)s", day=day))
    if line.why is Why.PLAN:
        return str(_("Planned until %(day)s", day=day))
    if line.why is Why.ANSWERS:
        return str(_("Waits for your answer"))
    return str(ngettext("%(num)s day late", "%(num)s days late", line.count))


def _because(line: Line) -> str:
    if line.why in {Why.ASSIGNED_LATE, Why.ASSIGNED_DUE}:
        if line.letter and line.letter_on:
            words = {"letter": line.letter, "day": date(line.letter_on)}
            return str(_("because it was assigned by the letter %(letter)s of %(day)s", **words))
        if line.letter:
            return str(_("because it was assigned by the letter %(letter)s", letter=line.letter))
        return str(_("because it was assigned to you"))
    if line.why in {Why.RECURRING_LATE, Why.RECURRING_DUE}:
        if line.letter:
            return str(_("because it is recurring training by %(basis)s", basis=line.letter))
        return str(_("because it is recurring training"))
    if line.why in {Why.DEADLINE_LATE, Why.DEADLINE_DUE}:
        return str(_("because of the deadline since you joined it"))
    if line.why is Why.HALFWAY:
        return str(_("because you have begun it"))
    if line.why is Why.PLAN:
        return str(_("because it is agreed in your development plan"))
    return str(_("because you are the direct superior"))


def _url(line: Line, whole: bool) -> str:
    if line.why in {Why.ANSWERS, Why.STAFF_LATE}:
        return url_for("team.index", _external=whole)
    if line.why in {Why.RECURRING_LATE, Why.RECURRING_DUE}:
        return url_for("duties.index", _external=whole)
    if line.why is Why.PLAN:
        return url_for("plans.show", _external=whole)
    return url_for("catalog.show", slug=line.slug, _external=whole)

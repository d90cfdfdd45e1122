"""Filters of the desk's lists: read from an address or from a form alike, so list and download agree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from flask_babel import force_locale
from flask_babel import gettext as _

from lms.db import db
from lms.domain.accounts.models import Employment, OrgUnit
from lms.domain.certificates.rules import State
from lms.domain.reports.queries import CompletionsWanted, StaffWanted, completed_courses
from lms.domain.reports.words import ACTIVATION, EMPLOYMENT, STATES
from lms.web.hr.scope import unit_of

TEXT_MAX = 100
STAFF_FIELDS = ("q", "unit", "employment", "hours", "account", "due", "sort")
HOURS_FIELDS = ("year", "unit", "hours", "sort")
COMPLETION_FIELDS = ("q", "unit", "at", "course", "first", "last", "by", "state", "sort")
ACCOUNT_STATES = ("unused", *ACTIVATION)


def staff_wanted(args: Mapping[str, str]) -> tuple[StaffWanted, OrgUnit | None]:
    """Return the filter of staff, and the unit it names; values that are not offered do not narrow."""
    unit = unit_of(args.get("unit"))
    wanted = StaffWanted(
        text=args.get("q", "")[:TEXT_MAX].strip(),
        unit_path=unit.path if unit else "",
        employment=_one_of(args.get("employment"), Employment),
        hours=_one_of(args.get("hours"), ("below", "met")),
        activation=_one_of(args.get("account"), ACCOUNT_STATES),
        late=args.get("due") == "late",
    )
    return wanted, unit


def completions_wanted(args: Mapping[str, str]) -> tuple[CompletionsWanted, OrgUnit | None]:
    """Return the filter of completions and certificates, and the unit it names."""
    unit = unit_of(args.get("unit"))
    course = args.get("course", "")
    state = _one_of(args.get("state"), State)
    wanted = CompletionsWanted(
        text=args.get("q", "")[:TEXT_MAX].strip(),
        unit_path=unit.path if unit else "",
        at_issue=args.get("at") == "issue",
        course_id=int(course) if course.isascii() and course.isdigit() and len(course) < 10 else None,
        first=_day(args.get("first")),
        last=_day(args.get("last")),
        by_issue=args.get("by") == "issue",
        state=State(state) if state else None,
        without=args.get("state") == "without",
    )
    return wanted, unit


def year_of(args: Mapping[str, str], years: list[int]) -> int:
    """Return the year asked for if it is offered, else the latest."""
    text = args.get("year", "")
    return int(text) if text in {str(year) for year in years} else years[0]


def narrowed(args: Mapping[str, str], fields: tuple[str, ...]) -> bool:
    """Say whether a list is filtered at all."""
    return any(args.get(name) for name in fields if name not in ("sort", "at", "by", "year"))


def staff_words(wanted: StaffWanted, unit: OrgUnit | None, year: int) -> tuple[str, ...]:
    """Return the filters as lines of an Indonesian paper."""
    with force_locale("id"):
        hours = {"below": _("below the target"), "met": _("target reached")}
        account: dict[str, str] = {"unused": str(_("password not set"))}
        account.update({state.value: words for state, words in ACTIVATION.items()})
        pairs = [
            (_("JP year"), str(year)),
            (_("Unit"), _below(unit)),
            (_("Search"), wanted.text),
            (_("Employment"), EMPLOYMENT.get(wanted.employment, "")),
            (_("JP against the target"), hours.get(wanted.hours, "")),
            (_("Account"), account.get(wanted.activation, "")),
            (_("Deadline"), _("overdue") if wanted.late else ""),
        ]
        return _lines(pairs, wanted.ids)


def completion_words(wanted: CompletionsWanted, unit: OrgUnit | None) -> tuple[str, ...]:
    """Return the filters as lines of an Indonesian paper."""
    titles = dict(completed_courses(db.session())) if wanted.course_id else {}
    with force_locale("id"):
        kind = _("Unit at issue") if wanted.at_issue else _("Unit today")
        day = _("Day of issue") if wanted.by_issue else _("Day of completion")
        state = _("no certificate") if wanted.without else STATES[wanted.state] if wanted.state else ""
        pairs = [
            (kind, _below(unit)),
            (_("Search"), wanted.text),
            (_("Course"), titles.get(wanted.course_id or 0, "")),
            (day, _period(wanted.first, wanted.last)),
            (_("State"), state),
        ]
        return _lines(pairs, wanted.keys)


def picked_ids(values: list[str]) -> tuple[int, ...]:
    """Return the ids ticked in a list; anything that is none is left out."""
    return tuple(int(value) for value in values if value.isascii() and value.isdigit() and len(value) < 10)


def with_keys(wanted: CompletionsWanted, values: list[str]) -> CompletionsWanted:
    """Return the filter narrowed to ticked lines; nothing ticked: all that match."""
    keys = tuple(value for value in values if value[:1] in "ce" and value[1:].isdigit() and len(value) < 11)
    return replace(wanted, keys=keys) if values else wanted


def _lines(pairs: list[tuple[str, str]], picked: tuple[object, ...] | None) -> tuple[str, ...]:
    lines = [f"{name}: {value}" for name, value in pairs if value]
    if picked is not None:
        lines.append(_("Selected rows: %(count)s", count=len(picked)))
    return tuple(lines)


def _below(unit: OrgUnit | None) -> str:
    return str(_("%(unit)s with the units below it", unit=unit.name) if unit else _("the whole scope"))


def _period(first: date | None, last: date | None) -> str:
    if first and last:
        return str(_("%(first)s to %(last)s", first=f"{first:%d/%m/%Y}", last=f"{last:%d/%m/%Y}"))
    if first:
        return str(_("from %(day)s", day=f"{first:%d/%m/%Y}"))
    return str(_("until %(day)s", day=f"{last:%d/%m/%Y}")) if last else ""


def _one_of(text: str | None, offered: Iterable[str]) -> str:
    return text if text and text in {str(item) for item in offered} else ""


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None

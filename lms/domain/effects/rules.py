"""Items and states of a follow-up, what a plan may hold, when a link is good, who sees what; pure."""

from __future__ import annotations

import calendar
import hashlib
import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

ITEMS = ("applies", "improves", "alone", "shares")
LOWEST, HIGHEST = 1, 5
HINDRANCES = ("time", "tools", "rules", "support", "fit", "forgotten", "moved", "other")
ROLES = ("self", "superior", "colleague")
OTHERS = ("superior", "colleague")
"""Who answers besides the learner: alumni, atasan, rekan kerja are the usual respondents."""
ENOUGH = 5
"""From so many answers of a group on its means are shown to others than the office of the person."""
COMMENT_MAX, LINE_MAX, MOST_LINES = 1000, 200, 3
LONGEST_MONTHS = 24


@dataclass(frozen=True)
class Answers:
    """A filled form: marks by item (what one cannot judge is left out), hindrances, one free text."""

    marks: Mapping[str, int]
    hindrances: tuple[str, ...] = ()
    comment: str = ""


def read_answers(fields: Mapping[str, str], hindrances: Collection[str]) -> Answers:
    """Return what a form says; a mark that is none of the scale counts as left out."""
    scale = {str(mark): mark for mark in range(LOWEST, HIGHEST + 1)}
    marks = {item: scale[fields[item]] for item in ITEMS if fields.get(item) in scale}
    comment = fields.get("comment", "").replace("\r\n", "\n").strip()
    return Answers(marks, tuple(one for one in HINDRANCES if one in hindrances), comment)


def answers_problem(given: Answers) -> tuple[str, str] | None:
    """Return (field, code) of what is wrong with a filled form, None when it can be kept."""
    if not given.marks:
        return "applies", "marks.none"
    if len(given.comment) > COMMENT_MAX:
        return "comment", "comment.long"
    return None


@dataclass(frozen=True)
class PlanLine:
    """What will be done at work, and by which day."""

    text: str
    by: date


def plan_problem(lines: Sequence[PlanLine], completed_on: date) -> tuple[int, str] | None:
    """Return (place of the line, code) of what is wrong with an action plan, None when it can be kept."""
    if not lines:
        return 0, "plan.empty"
    for place, line in enumerate(lines):
        if not 1 <= len(line.text) <= LINE_MAX:
            return place, "plan.text"
        if not completed_on <= line.by <= months_later(completed_on, LONGEST_MONTHS):
            return place, "plan.day"
    return None


def months_later(day: date, months: int) -> date:
    """Return the same day so many months later, the last of a shorter month: 31 August + 6 = 28 February."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def new_nonce() -> tuple[str, str]:
    """Return the random part of a link and what is kept of it."""
    nonce = secrets.token_urlsafe(32)
    return nonce, nonce_hash(nonce)


def nonce_hash(nonce: str) -> str:
    """Return the SHA-256 under which a link is found."""
    return hashlib.sha256(nonce.encode()).hexdigest()


@dataclass(frozen=True)
class LinkState:
    """What decides whether a link is good, read just now."""

    expires_at: datetime
    used: bool
    revoked: bool
    answered: bool  # that role has answered, by whatever way
    for_id: int | None
    superior_id: int | None  # on record now; compared for the link of a superior alone
    of_superior: bool


def link_problem(link: LinkState, now: datetime) -> str:
    """Return why a link leads nowhere: used, revoked, expired, changed; "" when it is good."""
    if link.used or link.answered:
        return "used"
    if link.revoked:
        return "revoked"
    if now >= link.expires_at:
        return "expired"
    if link.of_superior and link.for_id != link.superior_id:
        return "changed"
    return ""


def means_for_learner(answers: Mapping[str, Mapping[str, int]]) -> dict[str, float] | None:
    """Return the mean of superior and colleague by item, as the learner may see it: of both or not at all.

    With one of them missing the mean would be the other's answer; an item that only one of them marked is
    left out for the same reason.
    """
    if not set(OTHERS) <= set(answers):
        return None
    first, second = (answers[role] for role in OTHERS)
    return {item: (first[item] + second[item]) / 2 for item in ITEMS if item in first and item in second}


@dataclass(frozen=True)
class ResultDraft:
    """An indicator as a unit enters it."""

    name: str
    measure: str
    lower_is_better: bool
    before_value: float
    before_on: date
    source: str
    after_value: float | None = None
    after_on: date | None = None
    note: str = ""


def result_problem(draft: ResultDraft, today: date) -> tuple[str, str] | None:
    """Return (field, code) of what is wrong with an indicator, None when it can be kept."""
    if draft.before_on > today:
        return "before_on", "result.future"
    if (draft.after_value is None) != (draft.after_on is None):
        return ("after_on" if draft.after_on is None else "after_value"), "result.half"
    if draft.after_on is not None and draft.after_on > today:
        return "after_on", "result.future"
    if draft.after_on is not None and draft.after_on <= draft.before_on:
        return "after_on", "result.order"
    return None


def change_of(before: float, after: float | None, lower_is_better: bool) -> str:
    """Return how an indicator moved: better, worse, same; "" without a value after."""
    if after is None:
        return ""
    if after == before:
        return "same"
    return "better" if (after < before) == lower_is_better else "worse"

"""What a plan may hold; pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from lms.domain.outside.rules import FORMS

TITLE_MAX, NOTE_MAX, JP_MAX = 200, 500, 200
MOST_OPEN = 20
"""Activities of one person and year that are neither done nor given up."""
OPEN = ("proposed", "agreed")
COUNTING = ("proposed", "agreed", "done")


@dataclass(frozen=True)
class Draft:
    """An activity as a person proposes it; `form` is one of outside.rules.FORMS (PerLAN 10/2018)."""

    year: int
    quarter: int
    form: str
    title: str
    jp: int
    competency_id: int | None = None
    course_id: int | None = None


def draft_problem(draft: Draft, today: date) -> tuple[str, str] | None:
    """Return (field, code) of what is wrong with a draft, None when it can be kept."""
    if not 1 <= len(draft.title) <= TITLE_MAX:
        return "title", "title.length"
    if draft.form not in FORMS:
        return "form", "form.unknown"
    if not 0 <= draft.jp <= JP_MAX:
        return "jp", "jp.range"
    if draft.year not in (today.year, today.year + 1) or draft.quarter not in (1, 2, 3, 4):
        return "quarter", "quarter.unknown"
    if (draft.year, draft.quarter) < (today.year, quarter_of(today)):
        return "quarter", "quarter.past"
    return None


def quarter_of(day: date) -> int:
    """Return the quarter of a day, 1 to 4."""
    return (day.month - 1) // 3 + 1


def quarters_from(today: date) -> list[tuple[int, int]]:
    """Return (year, quarter) from this quarter to the end of the next year."""
    now = today.year, quarter_of(today)
    pairs = [(year, quarter) for year in (today.year, today.year + 1) for quarter in (1, 2, 3, 4)]
    return [pair for pair in pairs if pair >= now]

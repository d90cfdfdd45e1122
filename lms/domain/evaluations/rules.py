"""The items of the standard form, who may answer, and from how many answers on results are shown."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lms.clock import local_date

ORGANISATION = (
    "org-info",
    "org-join",
    "org-pages",
    "org-minutes",
    "org-time",
    "org-rules",
    "org-help",
    "org-use",
)
TEACHING = ("tea-subject", "tea-order", "tea-clear", "tea-cases", "tea-quizzes", "tea-feedback")
"""Items about the organisation and about the trainer, whose forms are kept apart."""
COMMENTS = ("text-good", "text-better")
FORMS: Mapping[str, Sequence[str]] = {"organisation": ORGANISATION, "teaching": TEACHING}
LOWEST, HIGHEST = 1, 4
MOST_LETTERS = 2000
ENOUGH = 5
"""So many people must have answered before anybody sees a result: fewer could be guessed."""
STANDARD = frozenset({"standar", "standard"})


@dataclass(frozen=True)
class Evaluation:
    """A filled form: marks by item, comments by item; what was left blank is not in it."""

    scores: Mapping[str, int]
    comments: Mapping[str, str]

    @property
    def blank(self) -> bool:
        """Whether nothing was answered."""
        return not self.scores and not self.comments

    @property
    def too_long(self) -> list[str]:
        """The items whose comment has more than `MOST_LETTERS` letters."""
        return [item for item, text in self.comments.items() if len(text) > MOST_LETTERS]


def has_standard_form(header: Mapping[str, Any]) -> bool:
    """Tell whether a version (its header) offers the standard form."""
    return str(header.get("evaluation", "")) in STANDARD


def may_answer(header: Mapping[str, Any], started_at: datetime | None, given: bool) -> bool:
    """Tell whether the learner may fill the form: it is offered, the course was begun, not answered yet."""
    return has_standard_form(header) and started_at is not None and not given


def read_form(fields: Mapping[str, str]) -> Evaluation:
    """Return what a form says; a mark that is none of the scale counts as left blank."""
    marks = {str(mark): mark for mark in range(LOWEST, HIGHEST + 1)}
    items = (item for form in FORMS.values() for item in form)
    scores = {item: marks[fields[item]] for item in items if fields.get(item) in marks}
    texts = {item: fields.get(item, "").replace("\r\n", "\n").strip() for item in COMMENTS}
    return Evaluation(scores, {item: text for item, text in texts.items() if text})


def month_of(now: datetime) -> str:
    """Return the month in WIB, the only time that an answer keeps: "2026-11"."""
    return f"{local_date(now):%Y-%m}"


def new_key() -> str:
    """Return a random key, so that the order of answers tells nothing."""
    return secrets.token_hex(16)


@dataclass(frozen=True)
class ItemResult:
    """How an item was answered: number of answers for each mark from the lowest to the highest."""

    item: str
    marks: tuple[int, ...]

    @property
    def count(self) -> int:
        """How many answered."""
        return sum(self.marks)

    @property
    def mean(self) -> float | None:
        """The mean mark, or None below `ENOUGH` answers."""
        if self.count < ENOUGH:
            return None
        return sum(mark * count for mark, count in enumerate(self.marks, LOWEST)) / self.count


@dataclass(frozen=True)
class Results:
    """What the answers to a form say; with fewer than `ENOUGH` people it holds their number alone."""

    people: int
    items: Mapping[str, tuple[ItemResult, ...]]  # by form
    comments: Mapping[str, tuple[str, ...]]  # by item

    @property
    def shown(self) -> bool:
        """Whether enough people answered."""
        return self.people >= ENOUGH

    def mean(self, form: str) -> float | None:
        """Return the mean of the means of a form's items, None when there is none."""
        means = [item.mean for item in self.items.get(form, ()) if item.mean is not None]
        return sum(means) / len(means) if means else None


def results_of(
    people: int, scores: Mapping[tuple[str, int], int], comments: Mapping[str, Collection[str]]
) -> Results:
    """Return the results from numbers by (item, mark) and comments by item, sorted by their random keys."""
    if people < ENOUGH:
        return Results(people, {}, {})
    marks = range(LOWEST, HIGHEST + 1)
    items = {
        form: tuple(ItemResult(item, tuple(scores.get((item, mark), 0) for mark in marks)) for item in names)
        for form, names in FORMS.items()
    }
    return Results(people, items, {item: tuple(comments.get(item, ())) for item in COMMENTS})


def separable(counts: Mapping[int, int]) -> bool:
    """Tell whether results may be shown version by version: each that was answered has enough answers.

    Otherwise the few of one version could be had by subtracting the others from the whole.
    """
    answered = [count for count in counts.values() if count]
    return len(answered) > 1 and min(answered) >= ENOUGH

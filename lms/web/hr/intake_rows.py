"""Rows of a trial in words: names for ids, old and new side by side, questions with their choices."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from lms.db import db
from lms.domain.accounts.queries import names_of, place_names, positions
from lms.domain.accounts.rules import group_nip
from lms.domain.imports.models import StaffImport
from lms.domain.imports.rules.plans import CHANGED, Change, Plan
from lms.web.hr import intake_words as words
from lms.web.hr.scope import unit_options
from lms.web.labels import employment_label, position_class_label

MEANT = ("unit_id", "parent_id", "position_id", "superior_id", "head_id")
"""Fields that hold the id of a unit, a position or a person."""
SHOWN_ROWS = 12  # row numbers named beside a question


@dataclass(frozen=True)
class Difference:
    """A field with its old and new value; the old one is "" where nothing stood."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Note:
    """A problem or doubt: the field, what stands in the file, what is wrong with it."""

    label: str
    shown: str
    text: str


@dataclass(frozen=True)
class ShownRow:
    """A row of the trial as it is printed."""

    number: int
    name: str
    sub: str
    differences: list[Difference]
    problems: list[Note]
    doubts: list[Note]


@dataclass(frozen=True)
class ShownQuestion:
    """A question with its choices [(value, label)] and the answer so far."""

    key: str
    title: str
    hint: str
    rows: str
    choices: list[tuple[str, str]]
    answer: str


def rows_of(changes: Sequence[Change]) -> list[ShownRow]:
    """Return the rows of one page: three statements for the names of units, positions and superiors."""
    naming = _Names(changes)
    return [
        ShownRow(
            one.row, one.name, group_nip(one.nip) if len(one.nip) == 18 else one.nip,
            [naming.difference(one, name) for name in one.values], _notes(one.problems), _notes(one.doubts),
        )
        for one in changes
    ]  # fmt: skip


def _notes(problems: Sequence[Any]) -> list[Note]:
    return [
        Note(str(words.FIELDS.get(one.field, one.field)), one.shown, words.problem_text(one))
        for one in problems
    ]


class _Names:
    """Names of what ids in the rows mean."""

    def __init__(self, changes: Sequence[Change]) -> None:
        wanted: dict[str, set[int]] = {name: set() for name in MEANT}
        for one in changes:
            for name, ids in wanted.items():
                ids |= {value for value in (one.values.get(name), one.before.get(name)) if value}
        session = db.session()
        units, places = place_names(session, wanted["unit_id"] | wanted["parent_id"], wanted["position_id"])
        people = names_of(session, wanted["superior_id"] | wanted["head_id"])
        self.names = {
            "unit_id": units, "parent_id": units, "position_id": places, "superior_id": people,
            "head_id": people,
        }  # fmt: skip

    def difference(self, one: Change, name: str) -> Difference:
        """Return a field with its values in words."""
        label = str(words.FIELDS.get(name, name))
        return Difference(label, self._word(one, name, one.before), self._word(one, name, one.values))

    def _word(self, one: Change, name: str, values: Mapping[str, Any]) -> str:
        value = values.get(name)
        if value == 0:
            return str(group_nip(one.pending)) if name == "superior_id" else one.pending
        if value is None or value == "":
            return ""
        if name in self.names:
            return self.names[name].get(value, str(value))
        if name == "employment":
            return employment_label(value)
        if name == "rank_class":
            return position_class_label(value)
        return group_nip(value) if name == "nip" else str(value)


def fields_changed(plan: Plan) -> list[tuple[str, int]]:
    """Return how many rows change which field, the most frequent first."""
    counted = Counter(name for one in plan.changes if one.result == CHANGED for name in one.values)
    return [(str(words.FIELDS.get(name, name)), number) for name, number in counted.most_common(3)]


def questions_of(plan: Plan, item: StaffImport) -> list[ShownQuestion]:
    """Return the open questions, and those answered that shape the trial."""
    return [
        ShownQuestion(
            one.key, one.text, _HINTS[one.kind](), _row_text(one.rows), _choices(one.kind, one.candidates),
            item.choices.get(one.key, ""),
        )
        for one in plan.questions
    ]  # fmt: skip


_HINTS = {
    "unit": lambda: _("Which unit is meant?"),
    "position": lambda: _("Which position is meant?"),
    "person": lambda: _("Somebody of this name and birth date has another NIP. Is it the same person?"),
}


def _choices(kind: str, near: Sequence[tuple[int, str, str]]) -> list[tuple[str, str]]:
    first = [("", str(_("Leave these rows refused")))]
    found = [(str(key), _told(name, apart)) for key, name, apart in near]
    if kind == "person":
        same = [
            (str(key), str(_("Yes, the number changes: %(name)s", name=f"{name}, {group_nip(apart)}")))
            for key, name, apart in near
        ]
        return [*first, *same, ("new", str(_("No, this is somebody new")))]
    if not found and kind == "unit":
        found = unit_options()
    if not found and kind == "position":
        found = [(str(place.id), place.name) for place in positions(db.session())]
    return first + found


def _told(name: str, apart: str) -> str:
    return f"{name} ({apart})" if apart else name


def _row_text(rows: Sequence[int]) -> str:
    named = ", ".join(str(number) for number in rows[:SHOWN_ROWS])
    rest = len(rows) - SHOWN_ROWS
    return str(_("Rows %(rows)s and %(rest)s more", rows=named, rest=rest)) if rest > 0 else str(
        _("Row %(rows)s", rows=named) if len(rows) == 1 else _("Rows %(rows)s", rows=named)
    )  # fmt: skip

"""What a file would change: one result a row, questions, and a mark of the whole."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lms.domain.imports.rules.lines import Problem
from lms.domain.imports.rules.state import Known

NEW, CHANGED, SAME, REFUSED = "new", "changed", "same", "refused"
RESULTS = (NEW, CHANGED, SAME, REFUSED)


@dataclass(frozen=True)
class Change:
    """What becomes of one row: `values` are to be stored, `before` is what stood there ({} for a new one).

    A `superior_id` of 0 is the person of `pending`, who is new in the same file.
    """

    row: int
    result: str
    name: str
    nip: str
    key: int | None = None
    was: Known | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    before: Mapping[str, Any] = field(default_factory=dict)
    since: Any = None
    pending: str = ""
    problems: tuple[Problem, ...] = ()
    doubts: tuple[Problem, ...] = ()
    cells: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Question:
    """Something only a person can answer, once for all rows that ask it."""

    key: str
    kind: str
    text: str
    rows: tuple[int, ...]
    candidates: tuple[tuple[int, str, str], ...]  # id, name, what tells it apart


@dataclass
class Plan:
    """All rows in their order, and the open questions."""

    changes: list[Change]
    questions: list[Question]

    def of(self, result: str) -> list[Change]:
        """Return the rows with this result."""
        return [change for change in self.changes if change.result == result]

    @property
    def digest(self) -> str:
        """A mark of everything that would be stored: it differs when what is on record has changed."""
        said = hashlib.sha256()
        for one in self.changes:
            values, before = sorted(one.values.items()), sorted(one.before.items())
            said.update(repr((one.row, one.result, one.key, values, before, one.since)).encode())
        return said.hexdigest()

"""What a table would change, before it changes anything: the rows to write, and what people read of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from lms.domain.competencies.rules.tables import RowProblem

T = TypeVar("T")
METHOD_MAX, ASSESSOR_MAX = 120, 200


@dataclass(frozen=True)
class Listed:
    """One change as a line: about what, in which respect, from what, to what."""

    subject: str
    aspect: str
    before: str
    after: str


@dataclass(frozen=True)
class Plan(Generic[T]):
    """`rows` are written when somebody agrees; refused rows have a problem each; `same` differ in nothing."""

    rows: Sequence[T]
    listed: Sequence[Listed]
    problems: Sequence[RowProblem]
    same: int = 0


@dataclass(frozen=True)
class Wanted:
    """A level that a position shall require of a competency (0: no longer required)."""

    position_id: int
    competency_id: int
    level: int


@dataclass(frozen=True)
class Found:
    """What an assessment found of one competency of one person."""

    user_id: int
    competency_id: int
    level: int
    assessed_on: date
    method: str
    assessor: str = ""
    valid_until: date | None = None

    @property
    def key(self) -> tuple[int, int, date, str]:
        """Person, competency, day and method: entered again with these, the later entry counts."""
        return self.user_id, self.competency_id, self.assessed_on, self.method


def rating_problem(found: Found, today: date) -> str | None:
    """Return the code of what is wrong with an assessment, None when it can be kept."""
    if not 0 <= found.level <= 5:
        return "row.level"
    if not 1 <= len(found.method) <= METHOD_MAX:
        return "rating.method"
    if len(found.assessor) > ASSESSOR_MAX:
        return "rating.assessor"
    if found.assessed_on > today:
        return "rating.future"
    if found.assessed_on.year < 2000:
        return "rating.old"
    if found.valid_until is not None and found.valid_until < found.assessed_on:
        return "rating.until"
    return None

"""Required, assessed, learnt, gap; and the job person match."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

LEVELS = range(1, 6)

# Level by class of position: general table for structural and executing positions, defaults for
# functional ones (each standard is set per position and may differ; the matrix is editable).
LEVEL_OF_CLASS = {
    "jpt_madya": 5, "jpt_pratama": 4, "administrator": 3, "pengawas": 2, "pelaksana": 1,
    "ahli_utama": 5, "ahli_madya": 4, "ahli_muda": 3, "ahli_pertama": 2,
    "penyelia": 2, "mahir": 1, "terampil": 1, "pemula": 1,
}  # fmt: skip


@dataclass(frozen=True)
class Shown:
    """Evidence from learning: the level a completed course claims, when, until when, from which course.

    `slug` None: a training elsewhere.
    """

    level: int
    day: date
    valid_until: date | None
    course: str
    slug: str | None


@dataclass(frozen=True)
class Assessed:
    """The newest valid assessment."""

    level: int
    day: date
    method: str
    valid_until: date | None


@dataclass(frozen=True)
class Line:
    """One competency of a profile."""

    code: str
    name: str
    kind: str
    required: int | None
    assessed: Assessed | None
    evidence: tuple[Shown, ...]
    faded: tuple[Shown, ...] = ()  # evidence that no longer holds
    history: tuple[Assessed, ...] = ()  # every assessment, the oldest first, also those that no longer hold

    @property
    def learnt(self) -> int | None:
        """Highest level that valid evidence shows; it never becomes the assessed level by itself."""
        return max((item.level for item in self.evidence), default=None)

    @property
    def gap(self) -> int | None:
        """Assessed minus required level (LKI - LKJ), at most 0; None where one of the two is missing."""
        if self.required is None or self.assessed is None:
            return None
        return min(0, self.assessed.level - self.required)

    @property
    def state(self) -> str:
        """A code for display: met, gap, learning_closes, not_assessed, not_required."""
        if not self.required:
            return "not_required"
        if self.assessed is None:
            return "not_assessed"
        if self.gap == 0:
            return "met"
        return "learning_closes" if (self.learnt or 0) >= self.required else "gap"


@dataclass(frozen=True)
class JobMatch:
    """JPM in percent over the assessed competencies, and how many of the required ones are assessed."""

    percent: float | None
    assessed: int
    required: int


def job_match(lines: Sequence[Line]) -> JobMatch:
    """Return sum of min(LKI, LKJ) / sum of LKJ x 100 over the assessed competencies.

    Without an assessment the percentage is None ("belum dinilai"), not 0. Bands are settings.
    """
    required = [line for line in lines if line.required]
    assessed = [line for line in required if line.assessed is not None]
    whole = sum(line.required or 0 for line in assessed)
    if not whole:
        return JobMatch(None, 0, len(required))
    have = sum(min(line.assessed.level if line.assessed else 0, line.required or 0) for line in assessed)
    return JobMatch(100 * have / whole, len(assessed), len(required))


@dataclass(frozen=True)
class MatchPoint:
    """The job match as it stood on the day of an assessment."""

    day: date
    match: JobMatch


def match_trend(lines: Sequence[Line]) -> list[MatchPoint]:
    """Return the job match on each day on which something was assessed, against what is required today."""
    days = sorted({found.day for line in lines for found in line.history if line.required})
    return [MatchPoint(day, job_match([_as_of(line, day) for line in lines])) for day in days]


def _as_of(line: Line, day: date) -> Line:
    known = [found for found in line.history if found.day <= day and valid(found.valid_until, day)]
    return replace(line, assessed=known[-1] if known else None)


def band(percent: float, meets: float, almost: float) -> str:
    """Return "meets", "almost" or "below": bands of the job match; both bounds belong to the upper band."""
    return "meets" if percent >= meets else "almost" if percent >= almost else "below"


def valid(until: date | None, today: date) -> bool:
    """Tell whether something with this last day still holds today."""
    return until is None or today <= until

"""The parts of a version as its page lists them, and its completion rule in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from lms.domain.catalog.models import CourseVersion, Piece
from lms.domain.progress.rules import PieceState, Progress, Step


@dataclass(frozen=True)
class Part:
    """A lesson or quiz; `step` is its state for a person in the course."""

    piece: Piece
    step: Step | None


@dataclass(frozen=True)
class Group:
    """A module with its parts, or the quizzes of the course itself (no module)."""

    module: Piece | None
    parts: tuple[Part, ...]

    @property
    def done(self) -> int:
        """How many parts are done."""
        return sum(part.step is not None and part.step.done for part in self.parts)

    @property
    def locked(self) -> bool:
        """Whether no part can be opened yet."""
        return all(part.step is not None and part.step.state is PieceState.LOCKED for part in self.parts)


def outline_of(rows: Sequence[Piece], progress: Progress | None) -> list[Group]:
    """Group the index rows of a version in reading order."""
    groups: list[Group] = []
    module: Piece | None = None
    parts: list[Part] = []
    for row in rows:
        if row.kind == "module" or row.module_key is None:
            if parts and (module is not None or row.kind == "module"):
                groups.append(Group(module, tuple(parts)))
                parts = []
            module = row if row.kind == "module" else None
        if row.kind != "module":
            parts.append(Part(row, progress.step(row.key) if progress else None))
    if parts:
        groups.append(Group(module, tuple(parts)))
    return groups


@dataclass(frozen=True)
class Demand:
    """One thing that completion asks for: "done", "now" (begun) or "" (not known or not begun)."""

    state: str
    text: str
    note: str


def rule_of(version: CourseVersion, rows: Sequence[Piece], progress: Progress | None) -> list[Demand]:
    """Say in words what completes the version, and how far the person is."""
    lessons = [row for row in rows if row.kind == "lesson" and row.required]
    found = []
    if lessons:
        left = _left(lessons, progress)
        text = ngettext("Read the %(num)s lesson", "Read all %(num)s lessons", len(lessons))
        found.append(Demand(_state(left, len(lessons)), text, _note(left, len(lessons))))
    for row in rows:
        if row.kind == "quiz" and row.required:
            quiz = version.header.get("quizzes", {}).get(row.key, {})
            left = _left([row], progress)
            found.append(Demand(_state(left, 1), _quiz_text(row), _quiz_note(quiz)))
    return found


def _left(rows: Sequence[Piece], progress: Progress | None) -> int | None:
    if progress is None:
        return None
    steps = [progress.step(row.key) for row in rows]
    return sum(step is None or not step.done for step in steps)


def _state(left: int | None, total: int) -> str:
    if left is None:
        return ""
    return "done" if left == 0 else "now" if left < total else ""


def _note(left: int | None, total: int) -> str:
    if not left:
        return ""
    return str(_("%(left)s of %(total)s are missing", left=left, total=total))


def _quiz_text(row: Piece) -> str:
    if row.finish == "submit":
        return str(_("Hand in: %(title)s", title=row.title))
    return str(_("Pass: %(title)s", title=row.title))


def _quiz_note(quiz: dict[str, int | None]) -> str:
    mark, attempts = quiz.get("pass_mark"), quiz.get("attempts")
    if not mark:
        return ""
    if attempts is None:
        return str(_("at least %(mark)s of 100, as often as you like", mark=mark))
    return str(
        ngettext(
            "at least %(mark)s of 100, %(num)s attempt",
            "at least %(mark)s of 100, %(num)s attempts",
            attempts,
            mark=mark,
        )
    )

"""The list of rules of law with their state."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, joinedload

from lms.domain.catalog.models import Course
from lms.domain.catalog.rules import like_pattern
from lms.domain.regulations.models import Citation, Regulation, RegulationChange, RegulationName
from lms.domain.regulations.rules import KIND_ORDER, key_of

STATES = ("in_force", "amended", "replaced")


@dataclass(frozen=True)
class RegulationFilter:
    """Words of name or title, and a state ("" for all)."""

    text: str = ""
    state: str = ""


@dataclass(frozen=True)
class ListedRegulation:
    """A rule, its state today, its changes (the newest first), and how many published courses cite it."""

    row: Regulation
    state: str
    changes: tuple[RegulationChange, ...]
    courses: int


def find_regulations(session: Session, asked: RegulationFilter, today: date) -> list[ListedRegulation]:
    """Return the rules that match, by kind (as law ranks them), year and number: three statements.

    An office keeps some hundred at most, so the list is ordered here.
    """
    query = select(Regulation)
    for word in asked.text.split()[:8]:
        pattern = like_pattern(word.lower())
        names = select(RegulationName.regulation_id).where(RegulationName.key.like(pattern, escape="\\"))
        title = func.lower(Regulation.title).like(pattern, escape="\\")
        query = query.where(or_(title, Regulation.id.in_(names)))
    rows = session.scalars(query).all()
    changes = _changes(session)
    courses = _courses(session)
    found = [
        ListedRegulation(row, state_of(own, today), own, courses[row.id])
        for row in rows
        if asked.state in ("", state_of(own := changes.get(row.id, ()), today))
    ]
    return sorted(found, key=lambda one: _rank(one.row))


def _rank(row: Regulation) -> tuple[int, str, int, str]:
    place = KIND_ORDER.index(row.kind) if row.kind in KIND_ORDER else len(KIND_ORDER)
    year = row.short.rpartition("/")[2]
    return place, row.kind, -int(year) if year.isdecimal() else 0, row.short


def state_of(changes: Sequence[RegulationChange], today: date) -> str:
    """Return whether a rule is in force as it was, amended or replaced on a day."""
    effects = {change.effect for change in changes if change.since <= today}
    return "replaced" if "replaced" in effects else "amended" if effects else "in_force"


def _changes(session: Session) -> dict[int, tuple[RegulationChange, ...]]:
    found: dict[int, tuple[RegulationChange, ...]] = {}
    for change in _standing(session, None):
        found[change.regulation_id] = (*found.get(change.regulation_id, ()), change)
    return found


def changes_of(session: Session, regulation_id: int) -> tuple[RegulationChange, ...]:
    """Return what changed a rule, with the newer rules, the newest first."""
    return tuple(_standing(session, regulation_id))


def _standing(session: Session, regulation_id: int | None) -> Sequence[RegulationChange]:
    query = (
        select(RegulationChange)
        .options(joinedload(RegulationChange.by))
        .where(RegulationChange.withdrawn_at.is_(None))
        .order_by(RegulationChange.since.desc(), RegulationChange.id.desc())
    )
    if regulation_id is not None:
        query = query.where(RegulationChange.regulation_id == regulation_id)
    return session.scalars(query).all()


def _courses(session: Session) -> Counter[int]:
    rows = session.execute(
        select(RegulationName.regulation_id, func.count(Course.id.distinct()))
        .join(Citation, Citation.key == RegulationName.key)
        .join(Course, Course.live_version_id == Citation.version_id)
        .where(Course.archived_at.is_(None))
        .group_by(RegulationName.regulation_id)
    )
    return Counter(dict(rows.all()))


def regulation_by_name(session: Session, text: str) -> Regulation | None:
    """Return the rule that a name means, written in any way."""
    return session.scalars(
        select(Regulation)
        .join(RegulationName, RegulationName.regulation_id == Regulation.id)
        .where(RegulationName.key == key_of(text))
    ).one_or_none()


def regulation_names(session: Session, row: Regulation) -> list[str]:
    """Return the other names of a rule, as typed."""
    names = session.scalars(
        select(RegulationName.text).where(RegulationName.regulation_id == row.id).order_by(RegulationName.key)
    )
    return [text for text in names if text != row.short]

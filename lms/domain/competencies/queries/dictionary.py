"""Read the dictionary: what holds today, its editions, the history of one competency."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lms.domain.accounts.models import OrgUnit, User
from lms.domain.competencies.models import Competency, CompetencyEdition
from lms.domain.competencies.rules.dictionary import KINDS, LEVEL_COUNT, Entry, entry_of, natural


@dataclass(frozen=True)
class Kept:
    """A competency as the dictionary holds it: its key, what it says, the name of its unit."""

    id: int
    entry: Entry
    unit_name: str | None


@dataclass(frozen=True)
class Edition:
    """One state of a competency: edition of the dictionary, when, by whom, what it said."""

    number: int
    at: datetime
    by: str | None
    entry: Entry


def dictionary(session: Session, *, retired: bool = True) -> list[Kept]:
    """Return all competencies, by kind and code; without the retired ones unless asked (one statement)."""
    rows = session.execute(
        select(Competency, OrgUnit.code, OrgUnit.name).outerjoin(OrgUnit, OrgUnit.id == Competency.unit_id)
    )
    found = [
        Kept(row.id, _entry(row, unit_code), unit_name)
        for row, unit_code, unit_name in rows
        if retired or row.retired_on is None
    ]
    return sorted(found, key=lambda kept: (KINDS.index(kept.entry.kind), natural(kept.entry.code)))


def entries(session: Session) -> list[Entry]:
    """Return what the dictionary says, retired competencies too, by kind and code."""
    return [kept.entry for kept in dictionary(session)]


def _entry(row: Competency, unit: str | None) -> Entry:
    levels = tuple(row.levels) or ("",) * LEVEL_COUNT
    return Entry(
        code=row.code, kind=row.kind, name=row.name, description=row.description, source=row.source,
        levels=levels, unit=unit, retired_on=row.retired_on, guid=row.guid,
    )  # fmt: skip


def edition_of(session: Session) -> tuple[int, datetime | None]:
    """Return the edition of the dictionary in force and when it was made; (0, None) before the first."""
    number, at = session.execute(
        select(func.coalesce(func.max(CompetencyEdition.number), 0), func.max(CompetencyEdition.changed_at))
    ).one()
    return number, at


def editions_of(session: Session, competency_id: int) -> Sequence[Edition]:
    """Return the states of one competency, the newest first (one statement)."""
    rows = session.execute(
        select(CompetencyEdition, User.name)
        .outerjoin(User, User.id == CompetencyEdition.changed_by)
        .where(CompetencyEdition.competency_id == competency_id)
        .order_by(CompetencyEdition.number.desc())
    )
    return [Edition(row.number, row.changed_at, name, entry_of(row.content)) for row, name in rows]


def names(session: Session) -> dict[str, str]:
    """Return {code: name} of all competencies."""
    rows = session.execute(select(Competency.code, Competency.name))
    return {row.code: row.name for row in rows}

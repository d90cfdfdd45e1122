"""Change the dictionary: each change appends an edition."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.domain.accounts.actions import Refused
from lms.domain.accounts.models import OrgUnit
from lms.domain.audit.actions import record
from lms.domain.competencies.models import Competency, CompetencyEdition
from lms.domain.competencies.queries.dictionary import dictionary, edition_of
from lms.domain.competencies.rules.dictionary import Entry, entry_problem, guid_of, natural


def save_entries(session: Session, entries: Sequence[Entry], *, now: datetime, actor: int | None) -> int:
    """Add and change competencies as one edition; return how many differ (0: no edition is made).

    An entry is known by its identifier, else by its code. Raises Refused: a field that cannot be kept,
    a code that another competency has, a unit that does not exist; `params["entry"]` names the entry.
    """
    session.execute(select(Competency.id).with_for_update())
    known = {kept.entry.guid: kept for kept in dictionary(session)}
    by_code = {kept.entry.code.casefold(): kept for kept in known.values()}
    taken = {code: kept.entry.guid for code, kept in by_code.items()}
    units = {row.code: row.id for row in session.execute(select(OrgUnit.code, OrgUnit.id))}
    number = edition_of(session)[0] + 1
    changed: list[Entry] = []
    for raw in entries:
        entry = raw.tidy()
        problem = entry_problem(entry)
        if problem is not None:
            raise Refused(problem[0], problem[1], entry=entry.code)
        if entry.unit is not None and entry.unit not in units:
            raise Refused("competency.unit", "unit", entry=entry.code)
        before = known.get(entry.guid) if entry.guid else by_code.get(entry.code.casefold())
        guid = entry.guid or (before.entry.guid if before else _new_guid(entry.code, known))
        entry = replace(entry, guid=guid)
        if taken.setdefault(entry.code.casefold(), guid) != guid:
            raise Refused("competency.code_taken", "code", entry=entry.code)
        if before is not None and before.entry == entry:
            continue
        changed.append(entry)
        _keep(session, entry, before.id if before else None, units, number, now, actor)
    if changed:
        _sort(session)
        record(
            session, "dictionary.changed", now=now, actor=actor, subject=("dictionary", number),
            count=len(changed), code=", ".join(entry.code for entry in changed[:10]),
        )  # fmt: skip
        session.flush()
    return len(changed)


def _new_guid(code: str, known: Container[str]) -> str:
    """Return an identifier for a new code; a code that was another competency's before gets a second one."""
    guid, turn = guid_of("competency", code), 1
    while guid in known:
        turn += 1
        guid = guid_of("competency", code, str(turn))
    return guid


def _keep(
    session: Session, entry: Entry, key: int | None, units: dict[str, int], number: int, now: datetime,
    actor: int | None,
) -> None:  # fmt: skip
    row = session.get(Competency, key) if key is not None else None
    if row is None:
        row = Competency(code=entry.code, kind=entry.kind, name=entry.name, guid=entry.guid)
        session.add(row)
    row.code, row.kind, row.name, row.description = entry.code, entry.kind, entry.name, entry.description
    row.source, row.levels, row.retired_on = entry.source, list(entry.levels), entry.retired_on
    row.unit_id = units[entry.unit] if entry.unit else None
    session.flush()
    session.add(
        CompetencyEdition(
            competency_id=row.id, number=number, content=entry.content(), changed_at=now, changed_by=actor
        )
    )
    session.flush()


def _sort(session: Session) -> None:
    """Number the competencies anew in the order of kind and code, for lists that do not read all of them."""
    kinds = {"managerial": 0, "sociocultural": 1, "technical": 2}
    rows = session.scalars(select(Competency)).all()
    for place, row in enumerate(sorted(rows, key=lambda row: (kinds[row.kind], natural(row.code))), 1):
        row.position = place

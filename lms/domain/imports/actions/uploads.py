"""Uploads: kept until they are applied or given up, one at a time for each person."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from lms.domain.accounts.actions import Refused
from lms.domain.accounts.models import User
from lms.domain.imports.models import HeaderMap, StaffImport, StaffImportRow
from lms.domain.imports.queries import (
    heads_by_unit,
    open_numbers,
    positions_as_places,
    state_for,
    units_as_places,
)
from lms.domain.imports.rules import (
    FIELDS,
    POSITIONS,
    REQUIRED,
    UNITS,
    Layout,
    find_layout,
    read_file,
    read_lines,
)
from lms.domain.imports.rules.lines import raw_lines
from lms.domain.imports.rules.people import Planner
from lms.domain.imports.rules.places import plan_positions, plan_units
from lms.domain.imports.rules.plans import Plan

NAME_MAX = 200


def receive(session: Session, user: User, kind: str, name: str, data: bytes, *, now: datetime) -> StaffImport:
    """Keep a file, its columns mapped as the last time or by a guess; an earlier file that waits goes.

    Raises Unreadable.
    """
    layout = find_layout(read_file(data), kind)
    known = session.get(HeaderMap, (kind, layout.signature))
    mapping = list(known.mapping) if known is not None else layout.mapping
    waiting = delete(StaffImport).where(StaffImport.user_id == user.id, StaffImport.applied_at.is_(None))
    session.execute(waiting)
    item = StaffImport(
        user_id=user.id, kind=kind, name=name[:NAME_MAX], digest=hashlib.sha256(data).hexdigest(),
        created_at=now, data=data, mapping=mapping if set(REQUIRED[kind]) <= set(mapping) else None,
    )  # fmt: skip
    session.add(item)
    session.flush()
    return item


def layout_of(item: StaffImport) -> Layout:
    """Return how the sheet of a waiting file is built. Raises Refused("import.applied") when none waits."""
    if item.data is None:
        raise Refused("import.applied")
    return find_layout(read_file(item.data), item.kind)


def map_columns(
    session: Session, item: StaffImport, mapping: Sequence[str], *, by: User, now: datetime
) -> None:
    """Say which column holds which field, and remember it for files with the same headers.

    Raises Refused: "mapping.unknown", "mapping.twice" with the field, "mapping.missing" with the fields.
    """
    layout = layout_of(item)
    if len(mapping) != len(layout.columns) or not set(mapping) <= {"", *FIELDS[item.kind]}:
        raise Refused("mapping.unknown")
    used = [name for name in mapping if name]
    twice = next((name for name in used if used.count(name) > 1), None)
    if twice is not None:
        raise Refused("mapping.twice", field_name=twice)
    missing = [name for name in REQUIRED[item.kind] if name not in used]
    if missing:
        raise Refused("mapping.missing", fields=missing)
    item.mapping, item.choices = list(mapping), {}
    row = session.get(HeaderMap, (item.kind, layout.signature))
    if row is None:
        row = HeaderMap(
            kind=item.kind, signature=layout.signature, mapping=[], updated_at=now, updated_by=by.id
        )
        session.add(row)
    row.mapping, row.updated_at, row.updated_by = list(mapping), now, by.id
    session.flush()


def choose(session: Session, item: StaffImport, answers: Mapping[str, str]) -> None:
    """Keep the answers to questions of the dry run; an empty answer takes an earlier one back."""
    kept = {**item.choices, **answers}
    item.choices = {key[:300]: value[:20] for key, value in kept.items() if value}
    session.flush()


def plan_of(session: Session, item: StaffImport, *, actor: User, today: date, hold: bool = False) -> Plan:
    """Return what a file would change now. `hold` as in `state_for`. Raises Refused."""
    layout = layout_of(item)
    if item.mapping is None:
        raise Refused("mapping.missing", fields=list(REQUIRED[item.kind]))
    if item.kind == UNITS:
        lines = raw_lines(layout, item.mapping)
        return plan_units(lines, units_as_places(session), open_numbers(session), heads_by_unit(session))
    if item.kind == POSITIONS:
        return plan_positions(raw_lines(layout, item.mapping), positions_as_places(session))
    lines = read_lines(layout, item.mapping, today)
    return Planner(state_for(session, actor, hold=hold), item.choices).plan(lines)


def discard(session: Session, item: StaffImport) -> None:
    """Give a waiting file up."""
    if item.applied_at is None:
        session.delete(item)
        session.flush()


def forget_waiting(session: Session, *, before: datetime, applied_before: datetime) -> None:
    """Give up files that came before an instant and were never applied; what was applied stays on record.

    What files applied before another instant did to each person is forgotten: it is no longer taken back.
    """
    done = select(StaffImport.id).where(StaffImport.applied_at < applied_before)
    gone = delete(StaffImportRow).where(StaffImportRow.import_id.in_(done))
    session.execute(gone.execution_options(synchronize_session=False))
    old = delete(StaffImport).where(StaffImport.applied_at.is_(None), StaffImport.created_at < before)
    session.execute(old.execution_options(synchronize_session=False))

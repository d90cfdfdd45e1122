"""Store what the dry run showed: all of it or nothing, in a few statements however many rows there are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from lms.clock import local_date
from lms.db import holding, inserting
from lms.domain.accounts.actions import Move, Refused, record_moves
from lms.domain.accounts.actions.refusals import unique
from lms.domain.accounts.models import FormerNip, Placement, Superior, User
from lms.domain.audit.actions import record
from lms.domain.audit.models import AuditEntry
from lms.domain.imports.actions.places import apply_positions, apply_units
from lms.domain.imports.actions.uploads import plan_of
from lms.domain.imports.models import StaffImport, StaffImportRow
from lms.domain.imports.rules import POSITIONS, UNITS
from lms.domain.imports.rules.plans import CHANGED, NEW, RESULTS, Change

COLUMNS = ("name", "nip", "email", "employment", "rank", "unit_id", "position_id")
BATCH = 500


def apply_import(
    session: Session, item: StaffImport, seen: str, *, actor: User, now: datetime
) -> Mapping[str, int]:
    """Store what a file says and return how many rows had which result.

    `seen` is the digest of the dry run that the person looked at. Raises Refused("import.stale") when
    another one would be stored by now, "import.nothing" when nothing would, "import.applied".
    """
    session.execute(holding(select(StaffImport.id).where(StaffImport.id == item.id), of=StaffImport))
    session.refresh(item, ["applied_at", "data", "mapping", "choices"])
    plan = plan_of(session, item, actor=actor, today=local_date(now), hold=True)
    if plan.digest != seen:
        raise Refused("import.stale")
    added, changed = plan.of(NEW), plan.of(CHANGED)
    if not added and not changed:
        raise Refused("import.nothing")
    if item.kind == UNITS:
        apply_units(session, plan, now=now, actor=actor.id)
    elif item.kind == POSITIONS:
        apply_positions(session, plan, now=now, actor=actor.id)
    else:
        _apply_people(session, added, changed, item.id, now=now, actor=actor.id)
    counts = {result: len(plan.of(result)) for result in RESULTS}
    item.applied_at, item.data, item.counts = now, None, dict(counts)
    record(session, "import.applied", now=now, actor=actor.id, subject=("import", item.id), **counts)
    session.flush()
    return counts


def _apply_people(
    session: Session, added: Sequence[Change], changed: Sequence[Change], import_id: int, *, now: datetime,
    actor: int,
) -> None:  # fmt: skip
    places = _places(session, [one.key for one in changed if one.key])
    with unique(session, Refused("import.stale")):
        ids = _add(session, added, now)
        _change(session, changed, now)
    _superiors(session, added, changed, ids, now)
    _moves(session, added, changed, ids, now=now, actor=actor)
    _remember(session, added, changed, ids, places, import_id)
    _log(session, added, changed, ids, import_id, now=now, actor=actor)


def _add(session: Session, added: Sequence[Change], now: datetime) -> dict[str, int]:
    """Insert the new people; return their ids by NIP."""
    ids: dict[str, int] = {}
    empty: dict[str, Any] = dict.fromkeys(COLUMNS)
    for start in range(0, len(added), BATCH):
        rows = [
            {**empty, **{key: one.values[key] for key in COLUMNS if key in one.values}, "created_at": now}
            for one in added[start : start + BATCH]
        ]
        found = session.execute(insert(User).returning(User.nip, User.id), rows)
        ids.update({str(nip): user_id for nip, user_id in found})
    return ids


def _change(session: Session, changed: Sequence[Change], now: datetime) -> None:
    """Update what differs, people with the same fields together; an old number stays as a former one."""
    former = [
        {"user_id": one.key, "nip": one.before["nip"], "replaced_at": now}
        for one in changed if one.before.get("nip")
    ]  # fmt: skip
    if former:
        session.execute(insert(FormerNip), former)
    groups: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for one in changed:
        fields = tuple(key for key in COLUMNS if key in one.values)
        if fields:
            row = {"id": one.key, **{key: one.values[key] for key in fields}}
            groups.setdefault(fields, []).append(row)
    for rows in groups.values():
        session.execute(update(User), rows)


def _superiors(
    session: Session,
    added: Sequence[Change],
    changed: Sequence[Change],
    ids: Mapping[str, int],
    now: datetime,
) -> None:
    """Store who is whose superior; one that is new in the file is known by now."""
    rows = []
    for one in (*added, *changed):
        wanted = one.values.get("superior_id")
        if wanted is not None:
            user_id, superior_id = one.key or ids[one.nip], wanted or ids[one.pending]
            rows.append({"user_id": user_id, "superior_id": superior_id, "set_at": now})
    for start in range(0, len(rows), BATCH):
        made = inserting(session)(Superior).values(rows[start : start + BATCH])
        session.execute(
            made.on_conflict_do_update(
                index_elements=["user_id"],
                set_={"superior_id": made.excluded.superior_id, "set_at": made.excluded.set_at},
            )
        )


def _moves(
    session: Session, added: Sequence[Change], changed: Sequence[Change], ids: Mapping[str, int], *,
    now: datetime, actor: int,
) -> None:  # fmt: skip
    today = local_date(now)
    moves = [
        Move(ids[one.nip], (one.values.get("unit_id"), one.values.get("position_id")), one.since or today)
        for one in added
    ]
    for one in changed:
        if {"unit_id", "position_id"}.isdisjoint(one.values):
            continue
        before = (one.was.unit_id, one.was.position_id) if one.was else (None, None)
        after = (one.values.get("unit_id", before[0]), one.values.get("position_id", before[1]))
        moves.append(Move(one.key or 0, after, one.since or today, before))
    record_moves(session, moves, now=now, actor=actor)


def _places(session: Session, keys: Sequence[int]) -> dict[int, dict[str, Any]]:
    """Return the newest placement of people as plain values, 500 people at a time."""
    found: dict[int, dict[str, Any]] = {}
    for start in range(0, len(keys), BATCH):
        rows = session.scalars(
            select(Placement)
            .where(Placement.user_id.in_(keys[start : start + BATCH]))
            .order_by(Placement.since.nulls_first())
        )
        for one in rows:
            found[one.user_id] = {
                "id": one.id, "unit_id": one.unit_id, "position_id": one.position_id,
                "recorded_at": one.recorded_at.isoformat(), "recorded_by": one.recorded_by,
            }  # fmt: skip
    return found


def _remember(
    session: Session, added: Sequence[Change], changed: Sequence[Change], ids: Mapping[str, int],
    places: Mapping[int, dict[str, Any]], import_id: int,
) -> None:  # fmt: skip
    """Keep what was done to each person, so that it can be taken back."""
    rows = []
    for one in (*added, *changed):
        after = {key: value for key, value in one.values.items() if key in {*COLUMNS, "superior_id"}}
        if after.get("superior_id") == 0:
            after["superior_id"] = ids[one.pending]
        user_id = one.key or ids[one.nip]
        rows.append(
            {"import_id": import_id, "user_id": user_id, "row": one.row, "is_new": one.key is None,
             "before": {key: one.before.get(key) for key in after} if one.key else {}, "after": after,
             "place": places.get(user_id)}
        )  # fmt: skip
    for start in range(0, len(rows), BATCH):
        session.execute(insert(StaffImportRow), rows[start : start + BATCH])


def _log(
    session: Session, added: Sequence[Change], changed: Sequence[Change], ids: Mapping[str, int],
    import_id: int, *, now: datetime, actor: int,
) -> None:  # fmt: skip
    rows = [
        {"at": now, "verb": verb, "actor_id": actor, "subject_kind": "user",
         "subject_id": str(one.key or ids[one.nip]), "detail": {**detail, "import": import_id}}
        for verb, group in (("user.created", added), ("user.edited", changed))
        for one in group
        for detail in [{"fields": sorted(one.values)} if one.key else {"unit": one.values.get("unit_id")}]
    ]  # fmt: skip
    for start in range(0, len(rows), BATCH):
        session.execute(insert(AuditEntry), rows[start : start + BATCH])

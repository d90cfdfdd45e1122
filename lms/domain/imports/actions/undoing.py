"""Take a file of people back: all that can be, in one transaction."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from lms.db import holding
from lms.domain.accounts.actions import Refused
from lms.domain.accounts.actions.refusals import unique
from lms.domain.accounts.models import Placement, Superior, User
from lms.domain.audit.actions import record
from lms.domain.audit.models import AuditEntry
from lms.domain.imports.models import StaffImport, StaffImportRow
from lms.domain.imports.undo import FIELDS, Touched, Undone, former_of, may_undo, undo_plan


def undo_import(
    session: Session, item: StaffImport, seen: str, *, actor: User, now: datetime
) -> tuple[int, int]:
    """Take back what a file did to people; return how many were taken back and how many were left.

    `seen` is the mark of the plan that was looked at. Raises Refused: "import.stale" when another one would
    be carried out by now, "import.undone" when it is too late or was done, "import.nothing".
    """
    session.execute(holding(select(StaffImport.id).where(StaffImport.id == item.id), of=StaffImport))
    session.refresh(item, ["applied_at", "undone_at", "counts"])
    if not may_undo(item, now):
        raise Refused("import.undone")
    plan = undo_plan(session, item, actor, hold=True)
    if plan.digest != seen:
        raise Refused("import.stale")
    doable, left = plan.of(possible=True), plan.of(possible=False)
    if not doable:
        raise Refused("import.nothing")
    former = former_of(session, item)
    restored = [one for one in doable if not one.row.is_new]
    removed = [one for one in doable if one.row.is_new]
    with unique(session, Refused("import.stale")):
        _remove(session, removed)
        for one in restored:
            if one.row.user_id in former and "nip" in one.row.after:
                session.delete(former[one.row.user_id])
            _restore(session, one.row, item, now)
        session.flush()
    item.undone_at = now
    item.counts = {**item.counts, "undone": len(doable), "left": len(left)}
    _log(session, restored, removed, item, actor=actor.id, now=now)
    record(
        session, "import.undone", now=now, actor=actor.id, subject=("import", item.id),
        undone=len(doable), left=len(left),
    )  # fmt: skip
    session.flush()
    return len(doable), len(left)


def _remove(session: Session, removed: list[Undone]) -> None:
    ids = [one.row.user_id for one in removed]
    for start in range(0, len(ids), 500):
        part = ids[start : start + 500]
        for statement in (
            delete(Superior).where(Superior.user_id.in_(part) | Superior.superior_id.in_(part)),
            delete(Placement).where(Placement.user_id.in_(part)),
            delete(StaffImportRow).where(StaffImportRow.user_id.in_(part)),
            delete(User).where(User.id.in_(part)),
        ):
            session.execute(statement.execution_options(synchronize_session=False))
    session.expire_all()


def _restore(session: Session, row: Touched, item: StaffImport, now: datetime) -> None:
    fields = {key: row.before.get(key) for key in row.after if key in FIELDS}
    if fields:
        session.execute(
            update(User).where(User.id == row.user_id).values(fields)
            .execution_options(synchronize_session=False)
        )  # fmt: skip
    if "superior_id" in row.after:
        session.execute(
            delete(Superior).where(Superior.user_id == row.user_id)
            .execution_options(synchronize_session=False)
        )  # fmt: skip
        if row.before.get("superior_id"):
            session.execute(
                insert(Superior).values(
                    user_id=row.user_id, superior_id=row.before["superior_id"], set_at=now
                )
            )
    if {"unit_id", "position_id"} & set(row.after):
        _unplace(session, row, item)


def _unplace(session: Session, row: Touched, item: StaffImport) -> None:
    """Remove the places that the file added, and give a place that it corrected its earlier values."""
    place = row.place or {}
    made = delete(Placement).where(
        Placement.user_id == row.user_id, Placement.recorded_at == item.applied_at,
        Placement.id != place.get("id", 0),
    )  # fmt: skip
    session.execute(made.execution_options(synchronize_session=False))
    if place:
        session.execute(
            update(Placement)
            .where(Placement.id == place["id"], Placement.recorded_at == item.applied_at)
            .values(
                unit_id=place["unit_id"], position_id=place["position_id"],
                recorded_at=datetime.fromisoformat(place["recorded_at"]), recorded_by=place["recorded_by"],
            )
            .execution_options(synchronize_session=False)
        )  # fmt: skip


def _log(
    session: Session, restored: list[Undone], removed: list[Undone], item: StaffImport, *, actor: int,
    now: datetime,
) -> None:  # fmt: skip
    rows = [
        {"at": now, "verb": verb, "actor_id": actor, "subject_kind": "user",
         "subject_id": str(one.row.user_id), "detail": {**detail, "import": item.id}}
        for verb, group in (("user.restored", restored), ("user.removed", removed))
        for one in group
        for detail in [{"fields": sorted(one.row.after)} if verb == "user.restored" else {"name": one.name}]
    ]  # fmt: skip
    for start in range(0, len(rows), 500):
        session.execute(insert(AuditEntry), rows[start : start + 500])

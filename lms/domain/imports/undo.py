"""What taking a file of people back would do, person by person, and what can no longer be taken back."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.db import Base
from lms.domain.accounts.models import FormerNip, OrgUnit, Placement, Superior, User
from lms.domain.accounts.queries import holders, staff_for
from lms.domain.accounts.rules import covers_unit, may_reset_password, subtree_paths
from lms.domain.imports.models import StaffImport, StaffImportRow
from lms.domain.imports.rules import PEOPLE, UNDO_DAYS

OWN = frozenset({"placement.user_id", "staff_import_row.user_id", "superior.superior_id", "superior.user_id"})
"""Columns that the file itself filled for somebody who came with it."""
FIELDS = ("name", "nip", "email", "employment", "rank", "unit_id", "position_id")


@dataclass(frozen=True)
class Touched:
    """What the file did to one person, as plain values (see StaffImportRow)."""

    user_id: int
    row: int
    is_new: bool
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    place: Mapping[str, Any] | None


@dataclass(frozen=True)
class Undone:
    """One person of the file; `code` says why it stays as it is: scope, mighty, changed, moved, used or
    needed.

    Of somebody outside the actor's scope name and NIP are those that the file brought, if any.
    """

    row: Touched
    name: str
    nip: str | None
    code: str = ""


@dataclass(frozen=True)
class UndoPlan:
    """All people of the file in its order."""

    rows: list[Undone] = field(default_factory=list)

    def of(self, *, possible: bool) -> list[Undone]:
        """Those that can be taken back, or those that cannot."""
        return [one for one in self.rows if (one.code == "") is possible]

    @property
    def digest(self) -> str:
        """A mark that differs when something else would be done."""
        return hashlib.sha256(repr([(one.row.user_id, one.code) for one in self.rows]).encode()).hexdigest()


def may_undo(item: StaffImport, now: datetime) -> bool:
    """Whether a file is one of people that was applied, was not taken back, and is young enough."""
    return (
        item.kind == PEOPLE and item.applied_at is not None and item.undone_at is None
        and now - item.applied_at < timedelta(days=UNDO_DAYS)
    )  # fmt: skip


def undo_plan(session: Session, item: StaffImport, actor: User, *, hold: bool = False) -> UndoPlan:
    """Return what can be taken back: a number of statements that does not depend on the rows.

    Somebody is left as is whom the actor may not change by now (see `_barred`), when a field that the file
    set has another value by now, or when they were placed anew; somebody new, too, when the account is in use
    (signed in, assigned, enrolled ...) or is the superior of somebody who is left as is. `hold` keeps the
    people from being changed until the end of the transaction.
    """
    mine = select(StaffImportRow.user_id).where(StaffImportRow.import_id == item.id)
    rows = [
        Touched(one.user_id, one.row, one.is_new, one.before, one.after, one.place)
        for one in session.scalars(
            select(StaffImportRow).where(StaffImportRow.import_id == item.id).order_by(StaffImportRow.row)
        )
    ]
    people = select(User).where(User.id.in_(mine)).order_by(User.id)
    users = {one.id: one for one in session.scalars(people.with_for_update() if hold else people)}
    above = session.scalars(select(Superior).where(Superior.user_id.in_(mine)))
    superiors = {one.user_id: one for one in above}
    barred = _barred(session, actor, item, rows)
    moved = set(
        session.scalars(
            select(Placement.user_id).where(
                Placement.user_id.in_(mine), Placement.recorded_at > item.applied_at
            )
        )
    )
    used = _used(session, item)
    found = []
    for row in rows:
        user, superior = users[row.user_id], superiors.get(row.user_id)
        code = barred.get(row.user_id) or _why(row, user, superior, moved, used)
        far = code == "scope"
        name, nip = (row.after.get("name", "–"), row.after.get("nip")) if far else (user.name, user.nip)
        found.append(Undone(row, name, nip, code))
    return UndoPlan(_needed(session, found))


def _barred(session: Session, actor: User, item: StaffImport, rows: Iterable[Touched]) -> dict[int, str]:
    """Return whom the actor may not change, as for an import: {person: scope | mighty}.

    "scope": who left it, or would be placed in a unit outside it. "mighty": the own account, or one that got
    wider rights since.
    """
    mine = select(StaffImportRow.user_id).where(StaffImportRow.import_id == item.id)
    scope = set(session.scalars(staff_for(actor).where(User.id.in_(mine)).with_only_columns(User.id)))
    paths = subtree_paths(actor)
    units = session.execute(select(OrgUnit.id, OrgUnit.path))
    far = {unit_id for unit_id, path in units if not covers_unit(paths, path)}
    mighty = {user.id for user in holders(session) if not may_reset_password(actor, user)} | {actor.id}
    found = {}
    for row in rows:
        if row.user_id not in scope or row.before.get("unit_id") in far:
            found[row.user_id] = "scope"
        elif row.user_id in mighty:
            found[row.user_id] = "mighty"
    return found


def _why(row: Touched, user: User, superior: Superior | None, moved: set[int], used: set[int]) -> str:
    now: dict[str, Any] = {key: getattr(user, key) for key in FIELDS}
    now["superior_id"] = superior.superior_id if superior is not None else None
    if any(now[key] != value for key, value in row.after.items()):
        return "changed"
    if row.user_id in moved:
        return "moved"
    if row.is_new and (row.user_id in used or user.password_hash is not None or user.closed_at is not None):
        return "used"
    return ""


def _used(session: Session, item: StaffImport) -> set[int]:
    """Return who came with the file and is named by anything else by now."""
    new = select(StaffImportRow.user_id).where(
        StaffImportRow.import_id == item.id, StaffImportRow.is_new.is_(True)
    )
    found: set[int] = set()
    for table in Base.metadata.sorted_tables:
        for key in table.foreign_keys:
            if key.column.table is User.__table__ and f"{table.name}.{key.parent.name}" not in OWN:
                found |= set(session.scalars(select(key.parent).where(key.parent.in_(new)).distinct()))
    return found


def _needed(session: Session, found: list[Undone]) -> list[Undone]:
    """Leave new people whom somebody has as superior who is not taken back, too."""
    new = {one.row.user_id for one in found if one.row.is_new and not one.code}
    pairs: Iterable[tuple[int, int]] = []
    if new:
        asked = select(Superior.user_id, Superior.superior_id)
        pairs = [(row[0], row[1]) for row in session.execute(asked) if row[1] in new]
    while True:
        freed = {
            one.row.user_id for one in found
            if not one.code and (one.row.is_new or "superior_id" in one.row.after)
        }  # fmt: skip
        kept = {superior for user_id, superior in pairs if user_id not in freed}
        stuck = [one for one in found if not one.code and one.row.is_new and one.row.user_id in kept]
        if not stuck:
            return found
        ids = {one.row.user_id for one in stuck}
        found = [
            Undone(one.row, one.name, one.nip, "needed") if one.row.user_id in ids else one for one in found
        ]


def former_of(session: Session, item: StaffImport) -> dict[int, FormerNip]:
    """Return the former numbers that the file made, by person."""
    mine = select(StaffImportRow.user_id).where(StaffImportRow.import_id == item.id)
    rows = session.scalars(
        select(FormerNip).where(FormerNip.user_id.in_(mine), FormerNip.replaced_at == item.applied_at)
    )
    return {one.user_id: one for one in rows}

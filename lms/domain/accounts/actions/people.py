"""Accounts: create, edit, close, reopen. Names and NIP come from HR data, through these verbs only."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lms.clock import local_date
from lms.domain.accounts.actions.placements import Move, record_moves
from lms.domain.accounts.actions.refusals import Refused, unique
from lms.domain.accounts.actions.roles import lock_admins
from lms.domain.accounts.actions.sessions import end_sessions
from lms.domain.accounts.models import (
    Employment,
    FormerNip,
    MergedRecord,
    OrgUnit,
    Position,
    RoleGrant,
    RoleName,
    User,
)
from lms.domain.accounts.queries import open_admins
from lms.domain.accounts.rules import (
    InvalidEmail,
    InvalidNip,
    normalise_email,
    normalise_nip,
    squeezed,
)
from lms.domain.audit.actions import record

NAME_MAX = 200
RANK_MAX = 60


@dataclass(frozen=True)
class Person:
    """What HR data say about a person, as typed; `checked` gives it normalised."""

    name: str
    nip: str | None = None
    email: str | None = None
    employment: str = Employment.OTHER.value
    rank: str | None = None
    unit_id: int | None = None
    position_id: int | None = None

    def checked(self) -> Person:
        """Return it with NIP, e-mail and blanks normalised. Raises Refused with the field that is wrong."""
        name = squeezed(self.name)
        if not 1 <= len(name) <= NAME_MAX:
            raise Refused("name.length", "name", most=NAME_MAX)
        rank = squeezed(self.rank or "") or None
        if rank is not None and len(rank) > RANK_MAX:
            raise Refused("rank.length", "rank", most=RANK_MAX)
        if self.employment not in set(Employment):
            raise Refused("employment.unknown", "employment")
        nip, email = _nip(self.nip), _email(self.email)
        if nip is None and email is None:
            raise Refused("identity.missing", "nip")
        return Person(name, nip, email, self.employment, rank, self.unit_id, self.position_id)


def _nip(text: str | None) -> str | None:
    if not (text or "").strip():
        return None
    try:
        return normalise_nip(text or "")
    except InvalidNip as error:
        raise Refused(error.code, "nip", count=error.count) from error


def _email(text: str | None) -> str | None:
    if not (text or "").strip():
        return None
    try:
        return normalise_email(text or "")
    except InvalidEmail as error:
        raise Refused("email.invalid", "email") from error


def create_user(
    session: Session, person: Person, *, now: datetime, actor: int | None,
    password_hash: str | None = None, is_demo: bool = False, since: date | None = None,
) -> User:  # fmt: skip
    """Create an account, without password unless a hash is given; in its place `since` a day or today.

    Raises Refused.
    """
    data = person.checked()
    _check_places(session, data, before=None)
    _check_free(session, data, None)
    user = User(**asdict(data), password_hash=password_hash, is_demo=is_demo, created_at=now)
    with unique(session, Refused("identity.taken", "nip")):
        session.add(user)
    if user.unit_id is not None or user.position_id is not None:
        first = Move(user.id, (user.unit_id, user.position_id), since or local_date(now))
        record_moves(session, [first], now=now, actor=actor)
    record(session, "user.created", now=now, actor=actor, subject=("user", user.id), unit=user.unit_id)
    session.flush()
    return user


def edit_user(
    session: Session, user: User, person: Person, *, now: datetime, actor: int | None,
    since: date | None = None,
) -> set[str]:  # fmt: skip
    """Change what differs, return the changed fields; the old NIP becomes a former one.

    A new unit or position holds from `since` on, by default from today (WIB). Raises Refused, "since.future"
    for a day that is yet to come.
    """
    if since is not None and since > local_date(now):
        raise Refused("since.future", "since")
    data = person.checked()
    if user.partner_id is not None and (data.nip, data.unit_id, data.position_id) != (None, None, None):
        raise Refused("external.staff", "nip")
    _check_places(session, data, before=user)
    _check_free(session, data, user.id)
    changed = {key for key, value in asdict(data).items() if getattr(user, key) != value}
    if not changed:
        return changed
    detail: dict[str, Any] = {"fields": sorted(changed)}
    before = (user.unit_id, user.position_id)
    with unique(session, Refused("identity.taken", "nip")):
        if "nip" in changed and user.nip is not None:
            session.add(FormerNip(user_id=user.id, nip=user.nip, replaced_at=now))
        for key in changed:
            setattr(user, key, getattr(data, key))
    after = (user.unit_id, user.position_id)
    if after != before:
        move = Move(user.id, after, since or local_date(now), before)
        record_moves(session, [move], now=now, actor=actor)
    record(session, "user.edited", now=now, actor=actor, subject=("user", user.id), **detail)
    session.flush()
    session.expire(user, ["unit", "position"])
    return changed


def _check_places(session: Session, data: Person, *, before: User | None) -> None:
    if data.unit_id is not None and (before is None or before.unit_id != data.unit_id):
        unit = session.get(OrgUnit, data.unit_id)
        if unit is None or unit.closed_on is not None:
            raise Refused("unit.unknown", "unit_id")
    if data.position_id is not None and (before is None or before.position_id != data.position_id):
        position = session.get(Position, data.position_id)
        if position is None or position.closed_on is not None:
            raise Refused("position.unknown", "position_id")


def _check_free(session: Session, data: Person, own_id: int | None) -> None:
    for field, value in (("nip", data.nip), ("email", data.email)):
        if value is None:
            continue
        column = User.nip if field == "nip" else User.email
        owner = session.scalar(select(User.name).where(column == value, User.id != (own_id or 0)))
        if owner is not None:
            raise Refused(f"{field}.taken", field, name=owner)
    if data.nip is not None:
        former = session.scalar(
            select(User.name)
            .join(FormerNip, FormerNip.user_id == User.id)
            .where(FormerNip.nip == data.nip, User.id != (own_id or 0))
        )
        if former is not None:
            raise Refused("nip.former", "nip", name=former)


def close_user(session: Session, user: User, *, now: datetime, actor: int | None, reason: str = "") -> bool:
    """Close an account and end its sessions; False when it was closed already. The log keeps the reason.

    Raises Refused("user.self") for the own account and Refused("admin.last") for the last admin.
    """
    if user.closed_at is not None:
        return False
    if user.id == actor:
        raise Refused("user.self")
    lock_admins(session)
    is_admin = session.scalar(
        select(func.count()).where(RoleGrant.user_id == user.id, RoleGrant.role == RoleName.ADMIN.value)
    )
    if is_admin and open_admins(session) <= 1:
        raise Refused("admin.last")
    user.closed_at = now
    end_sessions(session, user.id, now=now)
    detail = {"reason": reason} if reason else {}
    record(session, "user.closed", now=now, actor=actor, subject=("user", user.id), **detail)
    session.flush()
    return True


def reopen_user(session: Session, user: User, *, now: datetime, actor: int | None) -> bool:
    """Open a closed account again, with its old password; False when it is open or was merged."""
    if user.closed_at is None or session.get(MergedRecord, user.id) is not None:
        return False
    user.closed_at = None
    record(session, "user.reopened", now=now, actor=actor, subject=("user", user.id))
    session.flush()
    return True


def set_locale(session: Session, user: User, locale: str) -> None:
    """Remember the language a person chose ("id" or "en")."""
    user.locale = locale
    session.flush()


def set_theme(session: Session, user: User, theme: str | None) -> None:
    """Remember the look a person chose: "light", "dark" or None for the device's own."""
    user.theme = theme
    session.flush()

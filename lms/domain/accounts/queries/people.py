"""People: by identity, by subtree, as a list with filters."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Select, false, func, literal, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from lms.domain.accounts.models import FormerNip, MergedRecord, OrgUnit, RoleGrant, RoleName, User
from lms.domain.accounts.queries.units import subtree
from lms.domain.accounts.rules import (
    InvalidEmail,
    InvalidNip,
    normalise_email,
    normalise_nip,
    subtree_paths,
)

SORTS = ("name", "unit", "nip", "created")
IDENTITY_MAX = 300  # characters looked at


def identity_of(text: str) -> ColumnElement[bool] | None:
    """Return the condition "has this NIP (blanks allowed) or e-mail"; None when the text is neither."""
    short = text[:IDENTITY_MAX]
    try:
        return User.email == normalise_email(short) if "@" in short else User.nip == normalise_nip(short)
    except (InvalidEmail, InvalidNip):
        return None


def user_by_identity(session: Session, text: str) -> User | None:
    """Return the person of a NIP (typed with or without blanks) or e-mail, closed or not."""
    condition = identity_of(text)
    return None if condition is None else session.scalar(select(User).where(condition))


def user_with_grants(session: Session, user_id: int) -> User | None:
    """Return a person with unit, position, grants and the grants' units loaded, closed or not."""
    return session.scalars(_whole(select(User).where(User.id == user_id))).one_or_none()


def _whole(statement: Select[User]) -> Select[User]:
    return statement.options(
        joinedload(User.unit),
        joinedload(User.position),
        selectinload(User.grants).joinedload(RoleGrant.unit),
    ).execution_options(populate_existing=True)


def own_records(user_id: int) -> CompoundSelect[int]:
    """Return the ids of a person's record and of those merged into it, as a subselect."""
    merged = select(MergedRecord.user_id).where(MergedRecord.into_id == user_id)
    return select(literal(user_id)).union_all(merged)


def holders(session: Session) -> Sequence[User]:
    """Return everybody who holds a role, wholly loaded."""
    return session.scalars(_whole(select(User).where(User.id.in_(select(RoleGrant.user_id))))).all()


def all_staff() -> Select[User]:
    """Return the open accounts of staff as a statement to narrow further: external authors are none."""
    return select(User).where(User.closed_at.is_(None), User.partner_id.is_(None))


def staff_for(actor: User) -> Select[User]:
    """Return the open accounts the actor looks after: HR its subtrees, BKPSDM and admin everybody."""
    return all_staff().where(_seen_by(actor))


def user_for(session: Session, actor: User, user_id: int) -> User | None:
    """Return a person (open or closed) if the actor looks after them, wholly loaded; else None."""
    return session.scalars(_whole(select(User).where(User.id == user_id, _seen_by(actor)))).one_or_none()


def people_for(session: Session, actor: User, ids: Collection[int]) -> list[User]:
    """Return the open accounts among these that the actor looks after, wholly loaded, by unit and name."""
    seen = staff_for(actor).where(User.id.in_(ids)).outerjoin(OrgUnit, OrgUnit.id == User.unit_id)
    order = (func.lower(OrgUnit.name).nulls_last(), func.lower(User.name), User.id)
    return list(session.scalars(_whole(seen.order_by(*order))))


def _seen_by(actor: User, *, external: bool = False) -> ColumnElement[bool]:
    """Staff the actor looks after; with `external` the external authors, whom only those see who see all."""
    paths = subtree_paths(actor)
    if external:
        return User.partner_id.is_not(None) if paths is None else false()
    return User.partner_id.is_(None) if paths is None else in_units(paths)


def in_units(paths: tuple[str, ...]) -> ColumnElement[bool]:
    """Return the condition on User "belongs to one of these subtrees today"; no paths: nobody does."""
    return User.unit_id.in_(select(OrgUnit.id).where(subtree(*paths))) if paths else false()


@dataclass(frozen=True)
class PeopleFilter:
    """What a list of people is narrowed to; empty values do not narrow.

    `state`: "open", "closed", "unused" (open, without password), "external" (no staff: authors of
    institutions, closed or not); `role`: a role name;
    `unit_path`: a subtree.
    """

    text: str = ""
    unit_path: str = ""
    role: str = ""
    employment: str = ""
    state: str = ""


def count_people(session: Session, wanted: PeopleFilter, *, actor: User) -> int:
    """Return how many people match, of those the actor looks after."""
    statement = select(func.count()).select_from(User)
    return session.scalar(statement.where(*_conditions(wanted, actor))) or 0


def find_people(
    session: Session, wanted: PeopleFilter, *, actor: User, sort: str = "name", descending: bool = False,
    limit: int = 25, offset: int = 0,
) -> Sequence[User]:  # fmt: skip
    """Return a page of the people the actor looks after, with unit, position and grants: two statements.

    Raises KeyError for a sort that is not in SORTS.
    """
    condition = list(_conditions(wanted, actor))
    columns: dict[str, ColumnElement[Any]] = {
        "name": func.lower(User.name), "unit": func.lower(OrgUnit.name), "nip": User.nip.expression,
        "created": User.created_at.expression,
    }  # fmt: skip
    column = columns[sort]
    order = column.desc().nulls_last() if descending else column.asc().nulls_last()
    page = select(User).outerjoin(OrgUnit, OrgUnit.id == User.unit_id).where(*condition)
    return session.scalars(
        _whole(page).order_by(order, func.lower(User.name), User.id).limit(limit).offset(offset)
    ).all()


def _conditions(wanted: PeopleFilter, actor: User) -> Iterable[ColumnElement[bool]]:
    external = wanted.state == "external"
    yield _seen_by(actor, external=external)
    if wanted.text:
        yield matches_text(wanted.text)
    if wanted.unit_path:
        yield in_units((wanted.unit_path,))
    if wanted.role:
        yield User.id.in_(select(RoleGrant.user_id).where(RoleGrant.role == wanted.role))
    if wanted.employment:
        yield User.employment == wanted.employment
    if wanted.state == "closed":
        yield User.closed_at.is_not(None)
    elif wanted.state and not external:
        yield User.closed_at.is_(None)
    if wanted.state == "unused":
        yield User.password_hash.is_(None)


def matches_text(text: str) -> ColumnElement[bool]:
    """Return the condition on User "name, NIP or e-mail matches the words typed"."""
    words = text.split()[:6]
    digits = "".join(c for c in text if c.isdigit())
    by_name = [User.name.icontains(word, autoescape=True) for word in words]
    found: list[ColumnElement[bool]] = [User.email.icontains(text.strip(), autoescape=True)]
    if by_name:
        found.append(by_name[0] if len(by_name) == 1 else _all(by_name))
    if digits and digits == "".join(c for c in text if c.isalnum()):
        found.append(User.nip.contains(digits, autoescape=True))
    return or_(false(), *found)


def _all(parts: Sequence[ColumnElement[bool]]) -> ColumnElement[bool]:
    whole = parts[0]
    for part in parts[1:]:
        whole = whole & part
    return whole


def ids_matching(session: Session, text: str, limit: int = 200) -> Sequence[int]:
    """Return the ids of people, open or closed, whose name, NIP or e-mail matches; at most `limit`."""
    return session.scalars(select(User.id).where(matches_text(text)).order_by(User.id).limit(limit)).all()


def names_of(session: Session, user_ids: Collection[int]) -> dict[int, str]:
    """Return the names of people by id: one statement."""
    rows = session.execute(select(User.id, User.name).where(User.id.in_(set(user_ids))))
    return {row.id: row.name for row in rows}


def holders_matching(session: Session, text: str, roles: Collection[RoleName], *, limit: int) -> list[User]:
    """Return at most `limit` open accounts that hold one of the roles and match the words typed, by name."""
    holders = select(RoleGrant.user_id).where(RoleGrant.role.in_([role.value for role in roles]))
    found = select(User).where(User.closed_at.is_(None), User.id.in_(holders), matches_text(text))
    order = (func.lower(User.name), User.id)
    return list(session.scalars(found.options(joinedload(User.unit)).order_by(*order).limit(limit)))


def open_admins(session: Session) -> int:
    """Return how many open accounts hold the admin role."""
    admins = select(RoleGrant.user_id).where(RoleGrant.role == RoleName.ADMIN.value)
    return session.scalar(
        select(func.count()).select_from(User).where(User.closed_at.is_(None), User.id.in_(admins))
    ) or 0  # fmt: skip


def former_nips(session: Session, user_id: int) -> Sequence[FormerNip]:
    """Return the NIPs a person had before, the latest first."""
    return session.scalars(
        select(FormerNip).where(FormerNip.user_id == user_id).order_by(FormerNip.id.desc())
    ).all()

"""What roles reach. A unit's path is "/1/4/9/": a subtree is everything that begins with it."""

from __future__ import annotations

from datetime import date

from lms.domain.accounts.models import RoleGrant, RoleName, User

SCOPED_ROLES = frozenset({RoleName.HR.value})
_EVERYWHERE = frozenset({RoleName.ADMIN.value, RoleName.BKPSDM.value})


def role_names(user: User) -> frozenset[str]:
    """Return the names of a person's roles (grants must be loaded)."""
    return frozenset(grant.role for grant in user.grants)


def is_over(access_until: date | None, today: date) -> bool:
    """Say whether the access of an account has ended; its last day still counts."""
    return access_until is not None and access_until < today


def subtree_paths(user: User) -> tuple[str, ...] | None:
    """Return the paths of the subtrees whose staff a person looks after; None means everybody's.

    Grants and their units must be loaded. BKPSDM and admin reach all, HR the granted subtrees.
    """
    if role_names(user) & _EVERYWHERE:
        return None
    paths = sorted(_path(grant) for grant in user.grants if grant.role == RoleName.HR)
    return tuple(
        path for i, path in enumerate(paths) if not any(path.startswith(wider) for wider in paths[:i])
    )


def scope_units(user: User) -> tuple[int, ...] | None:
    """Return the ids of the units at the top of what a person looks after; None means everybody's.

    Unlike paths they stay the same when a unit is moved in the tree.
    """
    paths = subtree_paths(user)
    return None if paths is None else tuple(int(path.rstrip("/").rsplit("/", 1)[-1]) for path in paths)


def covers_unit(paths: tuple[str, ...] | None, unit_path: str | None) -> bool:
    """Say whether a unit's path lies in the subtrees (as `subtree_paths` gives them)."""
    if paths is None:
        return True
    return unit_path is not None and any(unit_path.startswith(path) for path in paths)


def covers(actor: User, person: User) -> bool:
    """Say whether the actor's personnel roles reach this person (unit must be loaded)."""
    return covers_unit(subtree_paths(actor), person.unit.path if person.unit else None)


def may_reset_password(actor: User, person: User) -> bool:
    """Say whether the actor may hand out an activation code for this person.

    Nobody may open an account that is mightier than the own: an HR office not that of an admin, of
    BKPSDM or of an HR office of other units; BKPSDM not that of an admin.
    """
    mine, theirs = role_names(actor), role_names(person)
    if RoleName.ADMIN in mine:
        return True
    if RoleName.ADMIN in theirs:
        return False
    if RoleName.BKPSDM in mine:
        return True
    if RoleName.BKPSDM in theirs or not covers(actor, person):
        return False
    paths = subtree_paths(actor)
    return all(covers_unit(paths, _path(grant)) for grant in person.grants if grant.role == RoleName.HR)


def _path(grant: RoleGrant) -> str:
    if grant.unit is None:  # the table forbids it: an HR grant always names its unit
        raise ValueError("an HR grant without unit")
    return grant.unit.path

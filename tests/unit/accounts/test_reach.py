"""What roles reach: subtrees, passwords of others."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from lms.domain.accounts.models import OrgUnit, RoleGrant, User
from lms.domain.accounts.rules import covers, covers_unit, may_reset_password, subtree_paths


def unit(path: str) -> OrgUnit:
    """A unit that is not stored."""
    return OrgUnit(code=path, name=path, path=path)


def person(*roles: tuple[str, str], at: str = "/1/4/") -> User:
    """A person of the unit `at` with roles, each of a unit's path or ""."""
    user = User(name="Orang", nip="1" * 18, created_at=datetime(2026, 1, 1, tzinfo=UTC))
    user.unit = unit(at)
    user.grants = []
    for role, path in roles:
        grant = RoleGrant(user_id=0, role=role)
        grant.unit = unit(path) if path else None
        user.grants.append(grant)
    return user


@pytest.mark.parametrize(
    ("user", "paths"),
    [
        (person(), ()),
        (person(("trainer", "")), ()),
        (person(("hr", "/1/4/")), ("/1/4/",)),
        (person(("hr", "/1/4/9/"), ("hr", "/1/4/"), ("hr", "/1/5/")), ("/1/4/", "/1/5/")),
        (person(("hr", "/1/4/"), ("bkpsdm", "")), None),
        (person(("admin", "")), None),
    ],
)
def test_the_subtrees_of_a_person(user: User, paths: tuple[str, ...] | None) -> None:
    assert subtree_paths(user) == paths


@pytest.mark.parametrize(
    ("paths", "path", "covered"),
    [
        (None, None, True), ((), "/1/", False), (("/1/4/",), "/1/4/", True), (("/1/4/",), "/1/4/9/", True),
        (("/1/4/",), "/1/40/", False), (("/1/4/",), "/1/", False), (("/1/4/",), None, False),
    ],
)  # fmt: skip
def test_a_subtree_is_a_prefix(paths: tuple[str, ...] | None, path: str | None, covered: bool) -> None:
    assert covers_unit(paths, path) is covered


def test_hr_covers_its_people_only() -> None:
    hr = person(("hr", "/1/4/"))
    assert covers(hr, person(at="/1/4/9/"))
    assert not covers(hr, person(at="/1/5/"))


HR, HR_BELOW, HR_ELSEWHERE = ("hr", "/1/4/"), ("hr", "/1/4/9/"), ("hr", "/1/5/")


@pytest.mark.parametrize(
    ("actor", "target", "may"),
    [
        ([HR], [], True),
        ([HR], [("trainer", "")], True),
        ([HR], [HR_BELOW], True),
        ([HR_BELOW], [HR], False),
        ([HR], [HR_ELSEWHERE], False),
        ([HR], [("bkpsdm", "")], False),
        ([HR], [("admin", "")], False),
        ([HR, ("bkpsdm", "")], [("bkpsdm", "")], True),
        ([("bkpsdm", "")], [HR_ELSEWHERE], True),
        ([("bkpsdm", "")], [("admin", "")], False),
        ([("admin", "")], [("admin", "")], True),
        ([("trainer", ""), ("reviewer", "")], [], False),
        ([], [], False),
    ],
)
def test_nobody_opens_a_mightier_account(
    actor: list[tuple[str, str]], target: list[tuple[str, str]], may: bool
) -> None:
    assert may_reset_password(person(*actor), person(*target)) is may

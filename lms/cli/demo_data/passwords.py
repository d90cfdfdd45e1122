"""The password of the demonstration accounts: given by DEMO_PASSWORD, or made once and kept."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.cli.demo_data.partners import AUTHOR
from lms.cli.demo_data.people import CAST
from lms.domain.accounts.actions import set_password
from lms.domain.accounts.models import User
from lms.domain.accounts.rules import hash_password, verify_password

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that look alike


@dataclass(frozen=True)
class Account:
    """An account to sign in with; `changed` when its owner chose another password since."""

    email: str
    name: str
    changed: bool


def settle_passwords(
    session: Session, instance: Path, given: str | None, *, now: datetime, reset: bool = False
) -> tuple[str, list[Account]]:
    """Give each demonstration account its password; return it and the accounts.

    `given` is set at every call. Otherwise the kept one is set where there is none, and a password
    that somebody chose by hand stays, unless `reset`. Sessions end only where a password changes.
    """
    kept = _kept(instance)
    password = given or kept or _new()
    must = reset or given is not None or kept is None
    accounts = []
    for user in _people(session):
        fits = verify_password(user.password_hash, password)
        if not fits and (must or user.password_hash is None):
            set_password(session, user, hash_password(password), now=now)
            fits = True
        accounts.append(Account(user.email or "", user.name, changed=not fits))
    if accounts and password != kept:
        _keep(instance, password)
    return password, accounts


def _people(session: Session) -> list[User]:
    emails = [*(person.email for person in CAST), AUTHOR[1]]
    found = session.scalars(
        select(User).where(User.email.in_(emails), User.is_demo, User.closed_at.is_(None))
    )
    return sorted(found, key=lambda user: emails.index(user.email))


def _kept(instance: Path) -> str | None:
    path = instance / "demo_password"
    return path.read_text(encoding="utf-8").strip() or None if path.exists() else None


def _keep(instance: Path, password: str) -> None:
    path = instance / "demo_password"
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(password + "\n")


def _new() -> str:
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3))

"""Change the policy."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from lms.domain.settings.models import Setting
from lms.domain.settings.queries import policy
from lms.domain.settings.rules import DEFAULTS, KEYS


def change(
    session: Session, values: dict[str, Any], *, by: int | None, now: datetime
) -> dict[str, list[Any]]:
    """Store the values that differ from what is in force; return {key: [old, new]} of what changed.

    Raises KeyError for an unknown key and TypeError for a value of another type than its default.
    """
    current = policy(session)
    changed: dict[str, list[Any]] = {}
    for key, value in values.items():
        if key not in KEYS:
            raise KeyError(key)
        if type(value) is not type(getattr(DEFAULTS, key)):
            raise TypeError(key)
        before = getattr(current, key)
        if value == before:
            continue
        row = session.get(Setting, key)
        if row is None:
            session.add(Setting(key=key, value=value, updated_at=now, updated_by=by))
        else:
            row.value, row.updated_at, row.updated_by = value, now, by
        changed[key] = [before, value]
    session.flush()
    return changed

"""Read the policy."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from lms.db import columns, plain_rows
from lms.domain.settings.models import Setting
from lms.domain.settings.rules import Policy, with_values


@cache
def _settings() -> Select[Any]:
    """Built once: each page sends it."""
    return select(columns(Setting).key, columns(Setting).value)


def policy(session: Session) -> Policy:
    """Return the policy in force (one statement; keep it for the length of a request)."""
    return with_values({row.key: row.value for row in plain_rows(session, _settings())})

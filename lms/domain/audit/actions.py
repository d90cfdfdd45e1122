"""Write the activity log."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from lms.domain.audit.models import AuditEntry


def record(
    session: Session,
    verb: str,
    *,
    now: datetime,
    actor: int | None,
    subject: tuple[str, object] | None = None,
    **detail: Any,
) -> None:
    """Append one entry: verb such as "certificate.revoked", actor's user id, subject as (kind, id)."""
    kind, key = (subject[0], str(subject[1])) if subject else ("", "")
    session.add(
        AuditEntry(at=now, verb=verb, actor_id=actor, subject_kind=kind, subject_id=key[:64], detail=detail)
    )

"""Links for people without an account: made, taken back."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from lms.domain.accounts.actions import Refused
from lms.domain.audit.actions import record
from lms.domain.effects.models import Followup, FollowupAnswer, FollowupLink
from lms.domain.effects.rules import OTHERS, new_nonce


def make_link(
    session: Session, followup: Followup, role: str, *, addressee: str, superior_id: int | None, days: int,
    by: int, now: datetime,
) -> tuple[FollowupLink, str]:  # fmt: skip
    """Make a link for the superior or the colleague, good for so many days; earlier ones of the role end.

    Returns the row and the random part, which is kept nowhere. `superior_id`: the superior on record now.
    Raises Refused: not open yet, answered already, or no name.
    """
    if role not in OTHERS:
        raise ValueError(role)
    held = hold(session, followup)
    if held.opened_at is None:
        raise Refused("link.early", "addressee")
    if not 1 <= len(addressee) <= 200:
        raise Refused("link.name", "addressee")
    answered = select(FollowupAnswer.id).where(
        FollowupAnswer.followup_id == held.id, FollowupAnswer.role == role
    )
    if session.scalar(answered) is not None:
        raise Refused("link.answered", "addressee")
    revoke_links(session, held.id, role, now=now)
    nonce, kept = new_nonce()
    link = FollowupLink(
        followup_id=held.id, role=role, addressee=addressee, nonce_hash=kept, made_at=now, made_by=by,
        expires_at=now + timedelta(days=days), for_id=superior_id if role == "superior" else None,
    )  # fmt: skip
    session.add(link)
    session.flush()
    record(session, "followup.link", now=now, actor=by, subject=("enrollment", held.enrollment_id), kind=role)
    return link, nonce


def hold(session: Session, followup: Followup) -> Followup:
    """Hold a follow-up until the end of the transaction and read its columns anew; what is loaded stays."""
    session.execute(select(Followup.id).where(Followup.id == followup.id).with_for_update())
    session.refresh(followup, ["plan", "planned_at", "due_on", "opened_at", "colleague_id", "colleague_name"])
    return followup


def revoke_links(session: Session, followup_id: int, role: str, *, now: datetime) -> int:
    """End the links of a role that were not used yet; return how many."""
    ended = session.execute(
        update(FollowupLink)
        .where(
            FollowupLink.followup_id == followup_id, FollowupLink.role == role,
            FollowupLink.used_at.is_(None), FollowupLink.revoked_at.is_(None),
        )
        .values(revoked_at=now)
        .returning(FollowupLink.id)
    ).all()  # fmt: skip
    return len(ended)

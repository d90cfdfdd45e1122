"""Find what a link leads to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager, joinedload

from lms.domain.accounts.models import User
from lms.domain.accounts.queries import superior_of
from lms.domain.effects.models import Followup, FollowupAnswer, FollowupLink
from lms.domain.effects.rules import LinkState, link_problem, nonce_hash
from lms.domain.enrollments.models import Enrollment


@dataclass(frozen=True)
class FoundLink:
    """A link and its follow-up; `problem` says why it leads nowhere (see rules.link_problem)."""

    link: FollowupLink
    followup: Followup
    problem: str


def find_link(session: Session, link_id: int, nonce: str, *, now: datetime) -> FoundLink | None:
    """Return the link of this number and random part, judged as of now; None when there is none."""
    link = session.scalar(
        select(FollowupLink).where(FollowupLink.id == link_id, FollowupLink.nonce_hash == nonce_hash(nonce))
    )
    if link is None:
        return None
    followup = session.scalars(
        select(Followup)
        .where(Followup.id == link.followup_id)
        .join(Followup.enrollment)
        .join(Enrollment.user)
        .options(
            contains_eager(Followup.enrollment).options(
                joinedload(Enrollment.version), contains_eager(Enrollment.user)
            )
        )
    ).one()
    person: User = followup.enrollment.user
    superior = superior_of(session, person) if link.role == "superior" else None
    answered = session.scalar(
        select(FollowupAnswer.id).where(
            FollowupAnswer.followup_id == followup.id, FollowupAnswer.role == link.role
        )
    )
    state = LinkState(
        link.expires_at, link.used_at is not None,
        link.revoked_at is not None or person.closed_at is not None, answered is not None, link.for_id,
        superior.id if superior else None, link.role == "superior",
    )  # fmt: skip
    return FoundLink(link, followup, link_problem(state, now))

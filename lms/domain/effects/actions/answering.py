"""Answer the questions of a follow-up: signed in, or by a link."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from lms.db import inserting
from lms.domain.accounts.actions import Refused
from lms.domain.audit.actions import record
from lms.domain.effects.actions.links import revoke_links
from lms.domain.effects.models import Followup, FollowupAnswer, FollowupLink
from lms.domain.effects.rules import Answers, answers_problem
from lms.domain.notices.actions import done


def answer(
    session: Session, followup: Followup, role: str, given: Answers, *, by: int, now: datetime
) -> bool:
    """Keep the answers of somebody who is signed in; False when that role has answered. Raises Refused."""
    if not _store(session, followup, role, given, now, by_id=by, link_id=None):
        return False
    revoke_links(session, followup.id, role, now=now)
    done(session, by, ("followup.self", "followup.asked"), ("followup", followup.id), now=now)
    record(session, "followup.answered", now=now, actor=by, subject=("enrollment", followup.enrollment_id),
           kind=role)  # fmt: skip
    return True


def answer_by_link(
    session: Session, followup: Followup, link: FollowupLink, given: Answers, *, now: datetime
) -> bool:
    """Keep the answers that came by a link, and end it; False when it was used meanwhile. Raises Refused."""
    if answers_problem(given) is None:
        taken = session.execute(
            update(FollowupLink)
            .where(
                FollowupLink.id == link.id, FollowupLink.used_at.is_(None), FollowupLink.revoked_at.is_(None)
            )
            .values(used_at=now)
            .returning(FollowupLink.id)
        ).first()
        if taken is None:
            return False
    if not _store(session, followup, link.role, given, now, by_id=None, link_id=link.id):
        return False
    record(session, "followup.answered", now=now, actor=None, subject=("enrollment", followup.enrollment_id),
           kind=link.role)  # fmt: skip
    return True


def _store(
    session: Session, followup: Followup, role: str, given: Answers, now: datetime, **source: Any
) -> bool:
    problem = answers_problem(given)
    if problem is not None:
        raise Refused(problem[1], problem[0])
    if followup.opened_at is None:
        raise Refused("followup.early")
    stored = session.execute(
        inserting(session)(FollowupAnswer)
        .values(
            followup_id=followup.id, role=role, answered_at=now, **source, **given.marks,
            hindrances=list(given.hindrances), comment=given.comment,
        )
        .on_conflict_do_nothing(index_elements=["followup_id", "role"])
        .returning(FollowupAnswer.id)
    ).first()  # fmt: skip
    session.flush()
    return stored is not None

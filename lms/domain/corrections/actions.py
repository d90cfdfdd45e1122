"""Ask for a correction of one's data, answer such a request."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.domain.accounts.models import User
from lms.domain.audit.actions import record
from lms.domain.corrections.models import CorrectionRequest
from lms.domain.corrections.queries import open_wishes
from lms.domain.notices.actions import tell

MOST_OPEN = 3
LONGEST = 1000


class TooMany(Exception):
    """The person has as many open requests as are allowed."""


class Answered(Exception):
    """The request was answered already, perhaps by a colleague."""


def ask(session: Session, user: User, wish: str, *, now: datetime) -> CorrectionRequest:
    """Store a request; the same words that still wait are the same request. Raises TooMany."""
    session.execute(select(User.id).where(User.id == user.id).with_for_update())
    waiting = open_wishes(session, user.id)
    same = next((row for row in waiting if row.wish == wish), None)
    if same is not None:
        return same
    if len(waiting) >= MOST_OPEN:
        raise TooMany
    request = CorrectionRequest(user_id=user.id, wish=wish, asked_at=now)
    session.add(request)
    session.flush()
    record(session, "correction.asked", now=now, actor=user.id, subject=("user", user.id))
    return request


def answer(
    session: Session, request: CorrectionRequest, *, done: bool, words: str, by: User, now: datetime
) -> None:
    """Close a request as done or refused, with words for the person. Raises Answered."""
    held = session.scalars(
        select(CorrectionRequest).where(CorrectionRequest.id == request.id)
        .with_for_update().execution_options(populate_existing=True)
    ).one()  # fmt: skip
    if held.state != "open":
        raise Answered
    held.state, held.answer, held.answered_at, held.answered_by = (
        "done" if done else "refused", words, now, by.id,
    )  # fmt: skip
    record(
        session, "correction.answered", now=now, actor=by.id, subject=("user", held.user_id),
        kind=held.state,
    )  # fmt: skip
    tell(session, [held.user_id], "wish.answered", about=("wish", held.id), now=now)
    session.flush()

"""Tell the team of a course that a review waits or was decided."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.domain.accounts.models import User
from lms.domain.catalog.models import Course, CourseVersion, Review
from lms.domain.catalog.queries import draft_titles, members, writers_of
from lms.domain.catalog.rules import may_decide
from lms.domain.notices.actions import tell

WAITS = "review.waits"


def tell_waiting(session: Session, course: Course, review: Review, *, now: datetime) -> None:
    """Tell those of the team who may decide that a text waits for them."""
    writers = writers_of(session, course.id)
    people = [
        one.user_id for one in members(session, course.id) if may_decide(one.user_id, review.sent_by, writers)
    ]
    facts = _facts(session, review, review.sent_by)
    tell(session, people, WAITS, about=("review", review.id), now=now, **facts)


def tell_decided(session: Session, review: Review, *, now: datetime) -> None:
    """Tell who sent and who wrote the text what became of it."""
    people = {review.sent_by, *writers_of(session, review.course_id)} - {review.decided_by}
    facts = _facts(session, review, review.decided_by or 0)
    kind = f"review.{review.decision}"
    tell(session, people, kind, about=("review", review.id), now=now, **facts)


def _facts(session: Session, review: Review, by: int) -> dict[str, Any]:
    slug, title = session.execute(
        select(Course.slug, CourseVersion.title)
        .outerjoin(CourseVersion, CourseVersion.id == Course.live_version_id)
        .where(Course.id == review.course_id)
    ).one()
    course = title or draft_titles(session, [review.course_id]).get(review.course_id, slug)
    name = session.scalar(select(User.name).where(User.id == by)) or ""
    return {"slug": slug, "course": course, "review": review.id, "name": name}

"""What was sent for review, remarks at lines, approvals of a text, files that differ."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Exists, Select, func, or_, select
from sqlalchemy.orm import Session, aliased

from lms.domain.accounts.models import User
from lms.domain.catalog.models import (
    Blob,
    Course,
    CourseMember,
    CourseVersion,
    Draft,
    DraftWriter,
    Review,
    ReviewComment,
    ReviewFile,
    VersionFile,
)
from lms.domain.catalog.rules import WRITERS, may_decide


@dataclass(frozen=True)
class ReviewRow:
    """A review with the names of who sent it and who decided ("" for nobody)."""

    review: Review
    sender: str
    decider: str

    @property
    def waits(self) -> bool:
        """Whether nobody has decided yet."""
        return self.review.decided_at is None


_Sender, _Decider = aliased(User), aliased(User)


def _rows() -> Select[Review, str, str | None]:
    return (
        select(Review, _Sender.name, _Decider.name)
        .join(_Sender, _Sender.id == Review.sent_by)
        .outerjoin(_Decider, _Decider.id == Review.decided_by)
    )


def reviews_of(session: Session, course_id: int, *, limit: int = 20) -> list[ReviewRow]:
    """Return the reviews of a course, newest first (one statement)."""
    rows = session.execute(
        _rows().where(Review.course_id == course_id).order_by(Review.id.desc()).limit(limit)
    )
    return [ReviewRow(review, sender, decider or "") for review, sender, decider in rows]


def review_for(session: Session, course_id: int, review_id: int) -> ReviewRow | None:
    """Return one review of the course, or None."""
    row = session.execute(_rows().where(Review.course_id == course_id, Review.id == review_id)).one_or_none()
    return ReviewRow(row[0], row[1], row[2] or "") if row else None


def writers_of(session: Session, course_id: int) -> frozenset[int]:
    """Return the ids of the people who changed the draft of a course since it was opened."""
    return frozenset(
        session.scalars(
            select(DraftWriter.user_id)
            .join(Draft, Draft.id == DraftWriter.draft_id)
            .where(Draft.course_id == course_id)
        )
    )


def written_outside(session: Session, course_id: int) -> bool:
    """Whether an external author writes a course or changed its draft: then a review is always asked for."""
    members = select(CourseMember.user_id).where(
        CourseMember.course_id == course_id, CourseMember.role.in_(WRITERS)
    )
    writers = (
        select(DraftWriter.user_id)
        .join(Draft, Draft.id == DraftWriter.draft_id)
        .where(Draft.course_id == course_id)
    )
    external = select(User.id).where(
        User.partner_id.is_not(None), or_(User.id.in_(members), User.id.in_(writers))
    )
    return session.scalar(external.limit(1)) is not None


def approval_of(session: Session, course_id: int, digest: str) -> ReviewRow | None:
    """Return the newest approval of exactly this text by somebody who did not write it, or None."""
    writers = writers_of(session, course_id)
    rows = session.execute(
        _rows()
        .where(Review.course_id == course_id, Review.digest == digest, Review.decision == "approved")
        .order_by(Review.id.desc())
    )
    found = (ReviewRow(review, sender, decider or "") for review, sender, decider in rows)
    return next((row for row in found if may_decide(row.review.decided_by or 0, None, writers)), None)


@dataclass(frozen=True)
class WaitingReview:
    """A text that waits for its review, in the list of a member; `mine`: written or sent by them."""

    id: int
    slug: str
    title: str
    sender: str
    sent_at: datetime
    mine: bool


def _wrote(user_id: int) -> Exists:
    """Whether the person changed the draft of the course of a review."""
    return (
        select(DraftWriter.user_id)
        .join(Draft, Draft.id == DraftWriter.draft_id)
        .where(Draft.course_id == Review.course_id, DraftWriter.user_id == user_id)
        .exists()
    )


def waiting_reviews(session: Session, user_id: int) -> list[WaitingReview]:
    """Return the texts that wait for a review in the courses of a member, the longest waiting first."""
    wrote = _wrote(user_id)
    rows = session.execute(
        select(
            Review.id, Course.slug, CourseVersion.title, _Sender.name, Review.sent_at, Review.sent_by, wrote
        )
        .join(Course, Course.id == Review.course_id)
        .join(CourseMember, (CourseMember.course_id == Course.id) & (CourseMember.user_id == user_id))
        .join(_Sender, _Sender.id == Review.sent_by)
        .outerjoin(CourseVersion, CourseVersion.id == Course.live_version_id)
        .where(Review.decided_at.is_(None))
        .order_by(Review.sent_at, Review.id)
    )
    return [
        WaitingReview(one, slug, title or slug, sender, at, by == user_id or bool(wrote_it))
        for one, slug, title, sender, at, by, wrote_it in rows
    ]


def count_reviews_for(session: Session, user_id: int) -> int:
    """Return how many texts wait for the decision of this member."""
    wrote = _wrote(user_id)
    query = (
        select(func.count(Review.id))
        .join(CourseMember, CourseMember.course_id == Review.course_id)
        .where(
            CourseMember.user_id == user_id, Review.decided_at.is_(None), Review.sent_by != user_id, ~wrote
        )
    )
    return session.scalar(query) or 0


def review_files(session: Session, review_id: int) -> dict[str, str]:
    """Return {path: SHA-256} of a text as it was sent."""
    rows = session.execute(
        select(ReviewFile.path, ReviewFile.digest).where(ReviewFile.review_id == review_id)
    )
    return dict(rows.all())


def version_digests(session: Session, version_id: int) -> dict[str, str]:
    """Return {path: SHA-256} of a version."""
    rows = session.execute(
        select(VersionFile.path, VersionFile.digest).where(VersionFile.version_id == version_id)
    )
    return dict(rows.all())


def blobs(session: Session, digests: Collection[str]) -> dict[str, bytes]:
    """Return {SHA-256: bytes} (one statement)."""
    rows = session.execute(select(Blob.digest, Blob.data).where(Blob.digest.in_(digests)))
    return dict(rows.all())


def review_lines(session: Session, review_id: int, path: str) -> list[str] | None:
    """Return the lines of a file as it was sent, None when there is no such file."""
    data = session.scalar(
        select(Blob.data)
        .join(ReviewFile, ReviewFile.digest == Blob.digest)
        .where(ReviewFile.review_id == review_id, ReviewFile.path == path)
    )
    return data.decode(errors="replace").split("\n") if data is not None else None


@dataclass(frozen=True)
class Remark:
    """A remark with the name of its author and of who marked it as done."""

    comment: ReviewComment
    author: str
    resolver: str

    @property
    def done(self) -> bool:
        """Whether it was marked as done."""
        return self.comment.resolved_at is not None


_Resolver = aliased(User)


def remarks_of(session: Session, review_ids: Collection[int], *, open_only: bool = False) -> list[Remark]:
    """Return the remarks of reviews by file and line (one statement)."""
    query = (
        select(ReviewComment, User.name, _Resolver.name)
        .join(User, User.id == ReviewComment.author_id)
        .outerjoin(_Resolver, _Resolver.id == ReviewComment.resolved_by)
        .where(ReviewComment.review_id.in_(review_ids))
        .order_by(ReviewComment.path, ReviewComment.line, ReviewComment.id)
    )
    if open_only:
        query = query.where(ReviewComment.resolved_at.is_(None))
    return [Remark(comment, author, resolver or "") for comment, author, resolver in session.execute(query)]


def open_remarks(session: Session, course_id: int) -> list[Remark]:
    """Return the remarks on any text of a course that nobody has marked as done, by file and line."""
    ids = select(Review.id).where(Review.course_id == course_id)
    return remarks_of(session, list(session.scalars(ids)), open_only=True)


def remark_by_id(session: Session, review_id: int, comment_id: int) -> ReviewComment | None:
    """Return one remark of a review, or None."""
    return session.scalars(
        select(ReviewComment).where(ReviewComment.id == comment_id, ReviewComment.review_id == review_id)
    ).one_or_none()

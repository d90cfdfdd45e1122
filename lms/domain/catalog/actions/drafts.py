"""The unpublished text of a course on the trainers' desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from lms.content.bundle import Bundle, normalize
from lms.content.shared import is_shared
from lms.domain.audit.actions import record
from lms.domain.catalog.actions.banks import with_shared
from lms.domain.catalog.actions.indexing import index_questions
from lms.domain.catalog.actions.publish import PublishedElsewhere
from lms.domain.catalog.actions.reviews import withdraw_waiting
from lms.domain.catalog.actions.rows import insert_missing, locked_course, store_files
from lms.domain.catalog.actions.writing import note_writer, remember
from lms.domain.catalog.models import Course, CourseMember, Draft, DraftFile, DraftWriter
from lms.domain.catalog.queries import draft_texts, version_bundle


class SlugTaken(Exception):
    """Another course has this slug."""


@dataclass(frozen=True)
class NewCourse:
    """A course made on the desk, with its first draft."""

    course: Course
    draft: Draft


def new_course(session: Session, slug: str, bundle: Bundle, *, by: int, now: datetime) -> NewCourse:
    """Make a course of the desk with a draft and its owner. Raises SlugTaken."""
    if session.scalar(select(Course.id).where(Course.slug == slug)) is not None:
        raise SlugTaken(slug)
    course = locked_course(session, slug, home="desk", now=now)
    if course.live_version_id is not None or _draft(session, course) is not None:  # made by another just now
        raise SlugTaken(slug)
    session.add(CourseMember(course_id=course.id, user_id=by, role="owner"))
    record(session, "course.created", now=now, actor=by, subject=("course", course.id), slug=slug)
    return NewCourse(course, save_draft(session, course, bundle, by=by, now=now))


def save_draft(session: Session, course: Course, bundle: Bundle, *, by: int, now: datetime) -> Draft:
    """Replace the draft of a course of the desk. Raises PublishedElsewhere for a course kept on disk.

    The draft may have errors; they are found again wherever it is shown, and forbid publishing.
    """
    held = locked_course(session, course.slug, home=course.home, now=now)
    if held.home != "desk":
        raise PublishedElsewhere(held.home)
    draft = _draft(session, held)
    if draft is None:
        draft = Draft(course_id=held.id, updated_at=now, updated_by=by)
        session.add(draft)
    else:
        draft.updated_at, draft.updated_by = now, by
    session.flush()
    bundle = with_shared(session, bundle, held.slug, by, draft_texts(session, draft.id))
    before = dict(
        session.execute(select(DraftFile.path, DraftFile.digest).where(DraftFile.draft_id == draft.id)).all()
    )
    session.execute(delete(DraftFile).where(DraftFile.draft_id == draft.id))
    digests = store_files(session, normalize(bundle))
    note_writer(session, draft, by)
    changed = {
        path: value for path, value in digests.items() if before.get(path) != value and not is_shared(path)
    }
    gone = dict.fromkeys(path for path in before if path not in digests and not is_shared(path))
    remember(session, held.id, {**gone, **changed}, by=by, now=now)
    rows = [{"draft_id": draft.id, "path": path, "digest": value} for path, value in digests.items()]
    insert_missing(session, DraftFile, rows)
    index_questions(session, held.id, bundle)
    return draft


def discard(session: Session, course: Course, *, by: int, now: datetime) -> bool:
    """Drop the draft of a course; what learners see does not change. Return whether there was one.

    The course is held first, as publishing does: two who do both at once wait for each other in one order.
    """
    course = locked_course(session, course.slug, home=course.home, now=now)
    draft = _draft(session, course)
    if draft is None:
        return False
    session.execute(delete(DraftFile).where(DraftFile.draft_id == draft.id))
    session.execute(delete(DraftWriter).where(DraftWriter.draft_id == draft.id))
    withdraw_waiting(session, course.id, by=by, now=now)
    session.delete(draft)
    live = version_bundle(session, course.live_version_id) if course.live_version_id is not None else {}
    index_questions(session, course.id, live)
    record(session, "draft.discarded", now=now, actor=by, subject=("course", course.id))
    session.flush()
    return True


def take_over(session: Session, course: Course, *, by: int, now: datetime) -> Draft | None:
    """Move a course from disk to the desk: its live text becomes the draft. None when it is there already.

    From then on publishing from disk is refused until the server's administrator takes it back.
    """
    held = locked_course(session, course.slug, home=course.home, now=now)
    if held.home == "desk":
        return None
    held.home = "desk"
    session.flush()
    record(session, "course.moved_to_desk", now=now, actor=by, subject=("course", held.id))
    bundle = version_bundle(session, held.live_version_id) if held.live_version_id is not None else {}
    return save_draft(session, held, bundle, by=by, now=now)


def _draft(session: Session, course: Course) -> Draft | None:
    return session.scalars(select(Draft).where(Draft.course_id == course.id)).one_or_none()

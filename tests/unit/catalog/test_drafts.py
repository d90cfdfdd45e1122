"""Drafts of the desk: kept beside what is published, until they are."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lms.domain.catalog.actions import (
    PublishedElsewhere,
    SlugTaken,
    discard,
    new_course,
    publish,
    save_draft,
    take_over,
)
from lms.domain.catalog.models import Course, CourseMember, DraftFile
from lms.domain.catalog.queries import course_by_slug, draft_bundle
from tests.cast import NOW, Cast
from tests.course_files import broken, edited
from tests.courses import SLUG, make_bundle


def test_a_new_course_is_a_draft_that_nobody_finds(session: Session, cast: Cast) -> None:
    made = new_course(session, SLUG, broken(), by=cast.trainer.id, now=NOW)
    assert (made.course.home, made.course.live_version_id) == ("desk", None)
    assert draft_bundle(session, made.course.id) == broken()
    assert session.scalars(select(CourseMember.user_id)).all() == [cast.trainer.id]


def test_a_slug_belongs_to_one_course(session: Session, cast: Cast) -> None:
    new_course(session, SLUG, make_bundle(), by=cast.trainer.id, now=NOW)
    session.commit()
    with pytest.raises(SlugTaken):
        new_course(session, SLUG, edited(), by=cast.other_trainer.id, now=NOW)


def test_a_draft_is_replaced_as_a_whole(session: Session, cast: Cast) -> None:
    made = new_course(session, SLUG, make_bundle(), by=cast.trainer.id, now=NOW)
    smaller = {path: data for path, data in edited().items() if path != "90-ujian.md"}
    save_draft(session, made.course, smaller, by=cast.trainer.id, now=NOW)
    assert draft_bundle(session, made.course.id) == smaller


def test_a_course_on_disk_takes_no_draft_until_it_is_moved(session: Session, cast: Cast) -> None:
    publish(session, SLUG, make_bundle(), home="disk", by=cast.trainer.id, now=NOW)
    course = course_by_slug(session, SLUG)
    assert course is not None
    with pytest.raises(PublishedElsewhere):
        save_draft(session, course, edited(), by=cast.trainer.id, now=NOW)
    take_over(session, course, by=cast.trainer.id, now=NOW)
    assert course.home == "desk"
    assert draft_bundle(session, course.id) == make_bundle()
    assert take_over(session, course, by=cast.trainer.id, now=NOW) is None
    with pytest.raises(PublishedElsewhere):
        publish(session, SLUG, edited(), home="disk", by=None, now=NOW)


def test_a_discarded_draft_leaves_what_is_published(session: Session, cast: Cast) -> None:
    publish(session, SLUG, make_bundle(), home="desk", by=cast.trainer.id, now=NOW)
    course = session.scalars(select(Course)).one()
    live = course.live_version_id
    save_draft(session, course, edited(), by=cast.trainer.id, now=NOW)
    assert discard(session, course, by=cast.trainer.id, now=NOW)
    assert not discard(session, course, by=cast.trainer.id, now=NOW)
    assert draft_bundle(session, course.id) is None
    assert course.live_version_id == live
    assert session.scalar(select(func.count()).select_from(DraftFile)) == 0

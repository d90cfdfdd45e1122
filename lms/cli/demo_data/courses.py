"""Publish the courses of the folder and let BKPSDM approve their lesson hours."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.content.bundle import BundleError, read_folder
from lms.content.parse import COURSE_FILE
from lms.domain.accounts.models import User
from lms.domain.catalog.models import Course, CourseVersion
from lms.domain.enrollments.actions import publish_course
from lms.domain.progress.actions import approve_hours


def publish_courses(session: Session, folder: Path, *, trainer: User, now: datetime) -> list[CourseVersion]:
    """Publish each course folder that has no errors, with the trainer as owner; return the versions."""
    published = []
    for place in sorted(folder.iterdir()) if folder.is_dir() else []:
        if not (place / COURSE_FILE).is_file():
            continue
        try:
            bundle = read_folder(place)
        except BundleError:
            continue
        result = publish_course(session, place.name, bundle, home="disk", by=trainer.id, now=now)
        if result.version is not None:
            published.append(result.version)
    return published


def approve_courses(session: Session, versions: list[CourseVersion], *, by: User, now: datetime) -> None:
    """Approve the hours of all courses that give a certificate; the others wait on the desk of BKPSDM."""
    for version in versions:
        if version.gives_certificate:
            course = session.scalars(select(Course).where(Course.id == version.course_id)).one()
            approve_hours(session, course, version.jp, by=by, now=now + timedelta(days=2))

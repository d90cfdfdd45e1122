"""Files of versions and drafts: paths, digests, bytes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from lms.clock import local_date
from lms.content.parse import COURSE_FILE
from lms.content.paths import SHARED
from lms.domain.accounts.models import User
from lms.domain.catalog.models import Blob, Course, CourseVersion, Draft, DraftFile, VersionFile
from lms.domain.catalog.queries.hours import approved_jp
from lms.domain.catalog.rules import HISTORY_FILE, Issue, history_text, title_of


def version_bundle(session: Session, version_id: int) -> dict[str, bytes]:
    """Return all files of a version (one statement; as large as the course)."""
    rows = session.execute(
        select(VersionFile.path, Blob.data)
        .join(Blob, Blob.digest == VersionFile.digest)
        .where(VersionFile.version_id == version_id)
        .order_by(VersionFile.path)
    )
    return dict(rows.all())


def version_pages(session: Session, version_id: int) -> dict[str, bytes]:
    """Return {path: bytes} of the texts of a version (one statement)."""
    rows = session.execute(
        select(VersionFile.path, Blob.data)
        .join(Blob, Blob.digest == VersionFile.digest)
        .where(VersionFile.version_id == version_id, VersionFile.path.like("%.md"))
    )
    return dict(rows.all())


def export_bundle(session: Session, course: Course, version: CourseVersion) -> dict[str, bytes]:
    """Return the files of a version and its history, as an export gives them out."""
    rows = session.execute(
        select(
            CourseVersion.id,
            CourseVersion.number,
            CourseVersion.published_at,
            CourseVersion.digest,
            User.name,
        )
        .outerjoin(User, User.id == CourseVersion.published_by)
        .where(CourseVersion.course_id == course.id)
        .order_by(CourseVersion.number.desc())
    ).all()
    live = next((row.number for row in rows if row.id == course.live_version_id), None)
    issues = [Issue(row.number, local_date(row.published_at), row.name or "", row.digest) for row in rows]
    history = history_text(course.slug, live, approved_jp(session, course.id), issues)
    return {**version_bundle(session, version.id), HISTORY_FILE: history}


def version_texts(session: Session, version_id: int, paths: Sequence[str]) -> dict[str, str]:
    """Return the text of some files of a version; a path that is not there is left out."""
    rows = session.execute(
        select(VersionFile.path, Blob.data)
        .join(Blob, Blob.digest == VersionFile.digest)
        .where(VersionFile.version_id == version_id, VersionFile.path.in_(paths))
    )
    return {path: data.decode("utf-8") for path, data in rows}


def bank_texts(session: Session, version_id: int) -> dict[str, str]:
    """Return the texts of the question banks of a version, copies of shared ones too."""
    rows = session.execute(
        select(VersionFile.path, Blob.data)
        .join(Blob, Blob.digest == VersionFile.digest)
        .where(
            VersionFile.version_id == version_id,
            or_(VersionFile.path.like("bank/%.md"), VersionFile.path.like(f"{SHARED}%.md")),
        )
    )
    return {path: data.decode("utf-8") for path, data in rows}


def file_digests(session: Session, version_id: int) -> dict[str, str]:
    """Return {path: SHA-256} of a version."""
    rows = session.execute(
        select(VersionFile.path, VersionFile.digest).where(VersionFile.version_id == version_id)
    )
    return dict(rows.all())


def versions_with_file(session: Session, slug: str, path: str, digest: str) -> list[int]:
    """Return the ids of the versions of a course in which the path has these bytes."""
    return list(
        session.scalars(
            select(VersionFile.version_id)
            .join(CourseVersion, CourseVersion.id == VersionFile.version_id)
            .join(Course, Course.id == CourseVersion.course_id)
            .where(Course.slug == slug, VersionFile.path == path, VersionFile.digest == digest)
        )
    )


def file_data(session: Session, digest: str) -> bytes | None:
    """Return the bytes kept under a SHA-256."""
    return session.scalar(select(Blob.data).where(Blob.digest == digest))


_PART = 256 * 1024


def file_size(session: Session, digest: str) -> int | None:
    """Return how many bytes are kept under a SHA-256."""
    return session.scalar(select(Blob.size).where(Blob.digest == digest))


def file_parts(session: Session, digest: str) -> Iterator[bytes]:
    """Yield the bytes kept under a SHA-256 in parts, so that no more than one is held."""
    size = file_size(session, digest) or 0
    for at in range(0, size, _PART):
        part = func.substr(Blob.data, at + 1, _PART)
        yield bytes(session.scalar(select(part).where(Blob.digest == digest)) or b"")


def draft_of(session: Session, course_id: int) -> Draft | None:
    """Return the draft of a course."""
    return session.scalars(select(Draft).where(Draft.course_id == course_id)).one_or_none()


def draft_bundle(session: Session, course_id: int) -> dict[str, bytes] | None:
    """Return all files of the draft of a course, or None when it has none."""
    draft = draft_of(session, course_id)
    if draft is None:
        return None
    rows = session.execute(
        select(DraftFile.path, Blob.data)
        .join(Blob, Blob.digest == DraftFile.digest)
        .where(DraftFile.draft_id == draft.id)
        .order_by(DraftFile.path)
    )
    return dict(rows.all())


def draft_titles(session: Session, course_ids: Collection[int]) -> dict[int, str]:
    """Return the titles that the drafts of courses say, by course id; one statement, none without ids."""
    if not course_ids:
        return {}
    rows = session.execute(
        select(Draft.course_id, Blob.data)
        .join(DraftFile, DraftFile.draft_id == Draft.id)
        .join(Blob, Blob.digest == DraftFile.digest)
        .where(Draft.course_id.in_(course_ids), DraftFile.path == COURSE_FILE)
    )
    titles = {course_id: title_of(data) for course_id, data in rows}
    return {course_id: title for course_id, title in titles.items() if title}


def draft_has_file(session: Session, course_id: int, path: str, digest: str) -> bool:
    """Tell whether the path has these bytes in the draft of a course."""
    return session.scalar(
        select(DraftFile.path)
        .join(Draft, Draft.id == DraftFile.draft_id)
        .where(Draft.course_id == course_id, DraftFile.path == path, DraftFile.digest == digest)
    ) is not None  # fmt: skip

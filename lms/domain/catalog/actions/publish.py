"""Make a text the live version of its course."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lms.clock import local_date
from lms.content.bundle import Bundle, digest, normalize
from lms.content.course import Course as Content
from lms.content.parse import Parsed, parse_course
from lms.content.problems import Problem, Report, in_order
from lms.content.sources import check_kinds
from lms.domain.accounts.models import RoleGrant, RoleName
from lms.domain.audit.actions import record
from lms.domain.catalog.actions.banks import with_shared
from lms.domain.catalog.actions.indexing import index_questions
from lms.domain.catalog.actions.rows import insert_missing, locked_course, store_files
from lms.domain.catalog.models import (
    Course,
    CourseMember,
    CourseVersion,
    Draft,
    Piece,
    VersionClaim,
    VersionFile,
)  # fmt: skip
from lms.domain.catalog.queries import (
    approval_of,
    draft_texts,
    organisers_for,
    version_pages,
    written_outside,
)
from lms.domain.catalog.rules import header_of, piece_rows
from lms.domain.settings.queries import policy
from lms.domain.settings.rules import minutes_per_jp


@dataclass(frozen=True)
class Published:
    """What publishing did. `version` is None when the text has errors; `created`: a new number was given.

    `content` is the text as read, when it was published.
    """

    version: CourseVersion | None
    problems: tuple[Problem, ...]
    created: bool
    content: Content | None = None


class PublishedElsewhere(Exception):
    """The course is kept in the other place (`home`: disk or desk); only an explicit takeover moves it."""

    def __init__(self, home: str) -> None:
        self.home = home
        super().__init__(home)


class NotApproved(Exception):
    """The office asks for a review, and nobody but its writers has approved exactly this text."""


def publish(
    session: Session, slug: str, bundle: Bundle, *, home: str, by: int | None, now: datetime,
    takeover: bool = False,
) -> Published:  # fmt: skip
    """Make the bundle the live version of the course, which is made when there is none.

    With errors nothing changes. A question of another kind than the one that the live version has under
    its id is an error, too: answers of both kinds would be counted together. A text that was published
    before gets no new number: its version becomes live again (publishing means "this is what learners
    see", also when it goes back). `home` is "disk" or "desk"; a course kept in the other place is refused
    (PublishedElsewhere) unless `takeover`. A trainer who publishes a course without members becomes its
    owner. Enrolments are not touched here: see `enrollments.actions.publish_course`. Where
    the office asks for a review, or an external author writes the course, a text of the desk that nobody
    else approved is refused (NotApproved); the
    server's folder is the administrator's own way.
    """
    files = with_shared(session, normalize(bundle), slug, by, {})
    organisers = organisers_for(session, slug)
    minutes = minutes_per_jp(policy(session), local_date(now).year)
    parsed = parse_course(files, slug, minutes, organisers=organisers)
    if parsed.course is None:
        return Published(None, parsed.problems, False)
    course = locked_course(session, slug, home=home, now=now)
    if course.home != home and not takeover:
        raise PublishedElsewhere(course.home)
    fingerprint = digest(files)
    asked = policy(session).review_required or written_outside(session, course.id)
    if home == "desk" and asked and approval_of(session, course.id, fingerprint) is None:
        raise NotApproved
    version = session.scalars(
        select(CourseVersion).where(CourseVersion.course_id == course.id, CourseVersion.digest == fingerprint)
    ).one_or_none()
    created = version is None
    if created and (changed := _other_kinds(session, course, parsed)):
        return Published(None, in_order([*parsed.problems, *changed]), False)
    course.home = home
    _own(session, course, by)
    if version is None:
        organiser = organisers.get(parsed.course.organiser)
        version = _add_version(session, course, parsed.course, files, fingerprint, by, now, organiser)
    if course.live_version_id != version.id:
        course.live_version_id = version.id
        record(session, "course.published", now=now, actor=by, subject=("course", course.id),
               version=version.number, home=home, created=created)  # fmt: skip
    session.flush()
    draft_id = session.scalar(select(Draft.id).where(Draft.course_id == course.id))
    index_questions(session, course.id, files if draft_id is None else draft_texts(session, draft_id))
    return Published(version, parsed.problems, created, parsed.course)


def _other_kinds(session: Session, course: Course, parsed: Parsed) -> list[Problem]:
    """An error for each question whose kind differs from the live version under the same id."""
    report = Report()
    if course.live_version_id is not None:
        check_kinds(version_pages(session, course.live_version_id), parsed.questions(), report)
    return report.items


def _own(session: Session, course: Course, by: int | None) -> None:
    if by is None or session.scalar(select(func.count()).where(CourseMember.course_id == course.id)):
        return
    trainer = session.scalar(
        select(func.count()).where(RoleGrant.user_id == by, RoleGrant.role == RoleName.TRAINER.value)
    )
    if trainer:
        session.add(CourseMember(course_id=course.id, user_id=by, role="owner"))


def _add_version(
    session: Session, course: Course, content: Content, files: Bundle, fingerprint: str, by: int | None,
    now: datetime, partner_id: int | None,
) -> CourseVersion:  # fmt: skip
    last = session.scalar(select(func.max(CourseVersion.number)).where(CourseVersion.course_id == course.id))
    rows = piece_rows(content, files)
    version = CourseVersion(
        course_id=course.id, number=(last or 0) + 1, digest=fingerprint, published_at=now, published_by=by,
        title=content.title, summary=content.summary, language=content.language, jp=content.jp,
        minutes=content.minutes, size_bytes=sum(row.size_bytes for row in rows if row.kind != "module"),
        gives_certificate=content.certificate, valid_months=content.valid_months, due_days=content.due_days,
        header=header_of(content), partner_id=partner_id,
    )  # fmt: skip
    session.add(version)
    session.flush()
    session.add_all(
        Piece(version_id=version.id, position=at, **asdict(row)) for at, row in enumerate(rows, 1)
    )
    levels = {claim.code: claim.level for claim in sorted(content.competencies, key=lambda one: one.level)}
    session.add_all(VersionClaim(version_id=version.id, code=code, level=levels[code]) for code in levels)
    digests = store_files(session, files)
    paths = [{"version_id": version.id, "path": path, "digest": value} for path, value in digests.items()]
    insert_missing(session, VersionFile, paths)
    session.flush()
    return version

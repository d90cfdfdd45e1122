"""A course of the desk as its page needs it: only for its members, written only by its writers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import abort, render_template, request
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from lms import clock
from lms.cache import Cache
from lms.content.bundle import BundleError, digest, normalize, read_zip
from lms.content.course import Course as Content
from lms.content.parse import parse_course
from lms.content.problems import Problem
from lms.db import db
from lms.domain.catalog.models import CourseVersion
from lms.domain.catalog.queries import Membership, course_for, draft_titles, organisers_for, version_bundle
from lms.i18n.problems import problem_message
from lms.web.access import is_signed_in, me
from lms.web.context import minutes_now

UPLOAD_BYTES = 51 * 1024 * 1024
"""A ZIP of 50 MB and the form around it."""
_live_problems: Cache[tuple[str, int, date], tuple[Problem, ...]] = Cache(256)


def own_course(slug: str, *, write: bool = False) -> Membership:
    """Return a course of the signed-in person; 404 when it is not theirs, 403 when they may only read."""
    found = course_for(db.session(), me(), slug)
    if found is None:
        abort(404)
    if write and not found.may_write:
        abort(403)
    return found


def allow_upload() -> None:
    """Let this request be as large as a course; only for people who are signed in."""
    if request.method == "POST" and is_signed_in():
        request.max_content_length = UPLOAD_BYTES


@dataclass(frozen=True)
class Finding:
    """A problem in the reader's words."""

    severity: str
    place: str
    message: str
    path: str = ""
    line: int = 0


@dataclass(frozen=True)
class Checked:
    """A text and what is wrong with it; `course` is None when there is an error."""

    files: Mapping[str, bytes]
    digest: str
    course: Content | None
    findings: tuple[Finding, ...]


def checked(bundle: Mapping[str, bytes], slug: str) -> Checked:
    """Read a text of a course and find what is wrong with it."""
    files = normalize(bundle)
    organisers = organisers_for(db.session(), slug)
    parsed = parse_course(files, slug, minutes_now(), advice=True, today=today(), organisers=organisers)
    return Checked(files, digest(files), parsed.course, findings_of(parsed.problems))


def checked_live(version: CourseVersion, slug: str) -> tuple[Finding, ...]:
    """Find what today's rules say of a published text; it is read once for each text."""
    minutes, day = minutes_now(), today()

    def read() -> tuple[Problem, ...]:
        files = version_bundle(db.session(), version.id)
        return parse_course(files, slug, minutes, advice=True, today=day).problems

    return findings_of(_live_problems.get((version.digest, minutes, day), read))


def today() -> date:
    """Return the day in WIB by which texts are to be reviewed."""
    return clock.local_date(clock.now())


def findings_of(problems: Sequence[Problem]) -> tuple[Finding, ...]:
    """Put problems into words, errors first."""
    found = [
        Finding(
            item.severity, f"{item.path}:{item.line}" if item.line else item.path, problem_message(item),
            item.path, item.line,
        )
        for item in problems
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda finding: finding.severity != "error"))


def uploaded_bundle(file: FileStorage) -> tuple[dict[str, bytes] | None, tuple[Finding, ...]]:
    """Return the files of an uploaded ZIP, or None and why it is refused."""
    try:
        return read_zip(file.stream.read()), ()
    except BundleError as error:
        return None, findings_of(error.problems)


def course_page(template: str, own: Membership, tab: str, **values: object) -> str:
    """Render a page of one course with its tabs."""
    course, live = own.course, own.course.live_version
    title = live.title if live else draft_titles(db.session(), [course.id]).get(course.id, course.slug)
    return render_template(
        template,
        own=own,
        course=course,
        live=live,
        course_title=title,
        tab=tab,
        side_endpoint="trainer.courses.index",
        **values,
    )


def home_word(home: str) -> str:
    """Return where a course is written, as a word."""
    return str(_("The server's course folder") if home == "disk" else _("The trainers' desk"))

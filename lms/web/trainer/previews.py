"""A course as learners will see it, before they do: lessons and quizzes of the draft or the live version."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from flask import Blueprint, abort, request, url_for

from lms.content.course import Course as Content
from lms.content.course import Lesson, Quiz
from lms.db import db
from lms.domain.catalog.models import Course
from lms.domain.catalog.queries import Membership, course_of, draft_bundle, file_digests, pieces
from lms.domain.catalog.rules import piece_rows
from lms.web.course_pages import CourseText, at_checks
from lms.web.trainer.own import checked, course_page, own_course

previews = Blueprint("previews", __name__, url_prefix="/courses/<slug>/preview/<any(draft, live):place>")


@dataclass(frozen=True)
class Shown:
    """A text under preview with its renderer and the digests of its pieces."""

    course: Content
    text: CourseText
    digests: Mapping[str, str]

    def piece(self, key: str) -> Lesson | Quiz | None:
        """Return a lesson or quiz."""
        return next((piece for piece in self.course.pieces() if piece.id == key), None)


def _shown(own: Membership, place: str) -> Shown:
    """Return the text of that place; 404 when there is none, or when it has errors."""
    shown = _live(own.course) if place == "live" else _draft(own.course)
    if shown is None:
        abort(404)
    return shown


def _live(course: Course) -> Shown | None:
    version, session = course.live_version, db.session()
    if version is None:
        return None
    content = course_of(session, version)
    text = _text(course, "live", content, lambda: file_digests(session, version.id))
    return Shown(content, text, {row.key: row.digest for row in pieces(session, version.id)})


def _draft(course: Course) -> Shown | None:
    bundle = draft_bundle(db.session(), course.id)
    check = checked(bundle, course.slug) if bundle is not None else None
    if check is None or check.course is None:
        return None
    files = check.files
    text = _text(
        course,
        "draft",
        check.course,
        lambda: {path: sha256(data).hexdigest() for path, data in files.items()},
    )
    return Shown(check.course, text, {row.key: row.digest for row in piece_rows(check.course, files)})


def _text(course: Course, place: str, content: Content, files: Callable[[], Mapping[str, str]]) -> CourseText:
    def piece_url(kind: str, key: str) -> str:
        return url_for("trainer.previews.piece", slug=course.slug, place=place, key=key)

    return CourseText(course.slug, f"preview-{place}", content.language, files, piece_url, db.session())


@previews.get("")
def index(slug: str, place: str) -> str:
    """List what can be previewed."""
    own = own_course(slug)
    return course_page("trainer/previews/index.html", own, _tab(place), place=place, shown=_shown(own, place))


@previews.get("/<key>")
def piece(slug: str, place: str, key: str) -> str:
    """Show a lesson or a quiz; with `?key=1` the answers to its questions too, for trainers only."""
    own = own_course(slug)
    shown = _shown(own, place)
    found = shown.piece(key)
    if found is None:
        abort(404)
    order = [item.id for item in shown.course.pieces()]
    at = order.index(key)
    values: dict[str, object] = {
        "place": place,
        "piece": found,
        "digest": shown.digests[key],
        "text": shown.text,
        "language": shown.course.language,
        "previous": shown.piece(order[at - 1]) if at else None,
        "following": shown.piece(order[at + 1]) if at + 1 < len(order) else None,
    }
    values["with_key"] = request.args.get("key") == "1"
    if isinstance(found, Lesson):
        html = shown.text.block(found.body, shown.digests[key], found.id, eager=True)
        return course_page(
            "trainer/previews/lesson.html", own, _tab(place), parts=at_checks(html, found), **values
        )
    return course_page("trainer/previews/quiz.html", own, _tab(place), **values)


def _tab(place: str) -> str:
    return "draft" if place == "draft" else "preview"

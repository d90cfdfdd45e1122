"""Published texts as read: parses are kept by digest, since a digest never means another text."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.cache import Cache
from lms.content.course import Course as Content
from lms.content.course import Lesson, Quiz
from lms.content.parse import parse_course, parse_lesson, parse_quiz
from lms.domain.catalog.models import Course, CourseVersion, Piece
from lms.domain.catalog.queries.files import bank_texts, version_bundle, version_texts

_courses: Cache[tuple[str, str], Content] = Cache(16)
_pieces: Cache[str, Sequence[Piece]] = Cache(512)
_lessons: Cache[tuple[str, str], Lesson] = Cache(256)
_quizzes: Cache[tuple[str, str], Quiz] = Cache(256)


def pieces(session: Session, version_id: int) -> Sequence[Piece]:
    """Return the index rows of a version in reading order, modules included."""
    return session.scalars(select(Piece).where(Piece.version_id == version_id).order_by(Piece.position)).all()


def pieces_of(session: Session, versions: Mapping[int, str]) -> dict[int, Sequence[Piece]]:
    """Return the index rows of several versions, given as {id: digest}; at most one statement.

    Rows of a version never change: they are kept by digest, apart from any session, only to be read.
    """
    found: dict[int, Sequence[Piece]] = {}
    unknown: dict[int, list[Piece]] = {}
    for key, digest in versions.items():
        kept = _pieces.peek(digest)
        if kept is None:
            unknown[key] = []
        else:
            found[key] = kept
    if unknown:
        query = select(Piece).where(Piece.version_id.in_(list(unknown))).order_by(Piece.position)
        for row in session.scalars(query).all():
            session.expunge(row)
            unknown[row.version_id].append(row)
    for key, rows in unknown.items():
        found[key] = _pieces.keep(versions[key], tuple(rows))
    return found


def piece(session: Session, version_id: int, key: str, kind: str | None = None) -> Piece | None:
    """Return one index row of a version, of that kind (module, lesson, quiz) where it is given."""
    query = select(Piece).where(Piece.version_id == version_id, Piece.key == key)
    if kind is not None:
        query = query.where(Piece.kind == kind)
    return session.scalars(query).one_or_none()


def lesson_of(session: Session, row: Piece) -> Lesson:
    """Return the lesson of an index row as read; no statement when it was read before."""
    version_id, path = row.version_id, row.path
    return _lessons.get(
        (row.digest, path), lambda: parse_lesson(version_texts(session, version_id, [path])[path], path)
    )


def quiz_source(session: Session, version_id: int, key: str) -> Quiz | None:
    """Return a quiz of a version as read, with the questions of its banks; None when there is none.

    It holds the key: nothing of it may reach a page without the rule of what is shown when.
    """
    row = piece(session, version_id, key, "quiz")
    if row is None:
        return None
    return _quiz_of(session, row)


def quizzes_at(session: Session, wanted: Collection[tuple[int, str]]) -> dict[tuple[int, str], Quiz]:
    """Return quizzes by version and key as read: one statement, whatever their number, once they were read.

    They hold the key, as those of `quiz_source`. What no version has is left out.
    """
    if not wanted:
        return {}
    query = select(Piece).where(
        Piece.kind == "quiz",
        Piece.version_id.in_({version_id for version_id, _key in wanted}),
        Piece.key.in_({key for _version_id, key in wanted}),
    )
    rows = [row for row in session.scalars(query).all() if (row.version_id, row.key) in wanted]
    return {(row.version_id, row.key): _quiz_of(session, row) for row in rows}


def _quiz_of(session: Session, row: Piece) -> Quiz:
    version_id, path = row.version_id, row.path

    def read() -> Quiz:
        text = version_texts(session, version_id, [path])[path]
        return parse_quiz(text, path, bank_texts(session, version_id))

    return _quizzes.get((row.digest, path), read)


def course_of(session: Session, version: CourseVersion) -> Content:
    """Return a whole version as read. Pages of one piece take `lesson_of` or `quiz_source` instead."""

    def read() -> Content:
        slug = session.scalars(select(Course.slug).where(Course.id == version.course_id)).one()
        parsed = parse_course(version_bundle(session, version.id), slug)
        if parsed.course is None:  # the format became stricter since; a published text must stay readable
            codes = ", ".join(f"{item.path}:{item.line}: {item.code}" for item in parsed.problems)
            raise ValueError(f"{slug}, version {version.number}: {codes}")
        return parsed.course

    return _courses.get((str(version.course_id), version.digest), read)

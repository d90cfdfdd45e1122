"""The index of questions: written with each text that authors work on."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from lms.cache import Cache
from lms.content.shared import is_shared
from lms.content.sources import sources_of
from lms.domain.catalog.actions.bank_index import question_row
from lms.domain.catalog.actions.banks import link_banks
from lms.domain.catalog.models import Course, CourseVersion, Draft, IndexedQuestion
from lms.domain.catalog.queries import draft_texts, version_pages

_known: Cache[str, frozenset[str]] = Cache(256)
_KIND = re.compile(rb"(?mi)^(?:jenis|kind|type):\s*(?:kuis|quiz|bank)\b")


def index_questions(session: Session, course_id: int, files: Mapping[str, bytes]) -> int:
    """Write the rows of a course anew from its text; return how many."""
    session.execute(delete(IndexedQuestion).where(IndexedQuestion.course_id == course_id))
    found = sources_of(files)
    users: dict[str, list[str]] = defaultdict(list)
    for source in found:
        if source.kind == "quiz":
            for question in (*source.questions, *source.drawn):
                users[question.id].append(source.id)
    live = _live_keys(session, course_id)
    rows = [
        {"course_id": course_id, "bank_id": None, "live": item.id in live}
        | question_row(source.path, item, users[item.id])
        for source in found if not is_shared(source.path) for item in source.questions
    ]  # fmt: skip
    if rows:
        session.execute(insert(IndexedQuestion), rows)
    return len(rows)


def _live_keys(session: Session, course_id: int) -> frozenset[str]:
    """The ids of the questions that the live version of a course holds; it is read once."""
    version = session.execute(
        select(CourseVersion.id, CourseVersion.digest)
        .join(Course, Course.live_version_id == CourseVersion.id)
        .where(Course.id == course_id)
    ).one_or_none()
    if version is None:
        return frozenset()

    def read() -> frozenset[str]:
        found = sources_of(version_pages(session, version.id))
        return frozenset(item.id for source in found for item in source.questions)

    return _known.get(version.digest, read)


def index_draft(
    session: Session, draft: Draft, saved: Mapping[str, bytes], before: Mapping[str, bytes]
) -> None:
    """Write the rows of a draft anew, unless only files without questions were `saved` ({}: ask nothing).

    `before` are the same files as they were, where they name shared banks now: see `link_banks`.
    """
    known = select(IndexedQuestion.id).where(
        IndexedQuestion.course_id == draft.course_id, IndexedQuestion.path.in_(list(saved))
    )
    if not saved or any(map(_holds, saved.values())) or session.scalar(known.limit(1)) is not None:
        link_banks(session, draft, saved, before)
        index_questions(session, draft.course_id, draft_texts(session, draft.id))


def _holds(data: bytes) -> bool:
    """Whether a file says that it is a quiz or a bank."""
    return _KIND.search(data[:2_000]) is not None

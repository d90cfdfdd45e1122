"""The index of questions: written with each text that authors work on."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from lms.content.questions import Question
from lms.content.shared import is_shared
from lms.content.sources import Source, sources_of
from lms.domain.catalog.actions.banks import link_banks
from lms.domain.catalog.actions.rows import listed
from lms.domain.catalog.models import Draft, IndexedQuestion
from lms.domain.catalog.queries import draft_texts

_LONGEST = 4_000
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
    rows = [_row(course_id, source, item, users[item.id]) for source in found if not is_shared(source.path)
            for item in source.questions]  # fmt: skip
    if rows:
        session.execute(insert(IndexedQuestion), rows)
    return len(rows)


def index_draft(session: Session, draft: Draft, saved: Mapping[str, bytes]) -> None:
    """Write the rows of a draft anew, unless only files without questions were `saved` ({}: ask nothing)."""
    known = select(IndexedQuestion.id).where(
        IndexedQuestion.course_id == draft.course_id, IndexedQuestion.path.in_(list(saved))
    )
    if not saved or any(map(_holds, saved.values())) or session.scalar(known.limit(1)) is not None:
        link_banks(session, draft)
        index_questions(session, draft.course_id, draft_texts(session, draft.id))


def _holds(data: bytes) -> bool:
    """Whether a file says that it is a quiz or a bank."""
    return _KIND.search(data[:2_000]) is not None


def _row(course_id: int, source: Source, question: Question, quizzes: list[str]) -> dict[str, Any]:
    texts = [question.id, question.title, question.prompt, *(item.text for item in question.options)]
    texts += [item.text for item in question.answers] + [gap.text for gap in question.gaps]
    claim = question.competency
    return {
        "course_id": course_id, "path": source.path, "line": question.line, "key": question.id,
        "kind": question.kind, "title": question.title[:200],
        "prompt": " ".join(question.prompt.split())[:300],
        "words": " ".join(" ".join(texts).casefold().split())[:_LONGEST], "tags": listed(question.tags, 300),
        "competency": f"{claim.code}:{claim.level}"[:32] if claim else "", "difficulty": question.difficulty,
        "points": question.points, "quizzes": listed(quizzes, 600),
    }  # fmt: skip

"""Rows of the index of questions, and those of shared banks: written with each text that is saved."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from lms.content.questions import Question
from lms.content.shared import read_shared, shared_path
from lms.domain.catalog.actions.rows import listed
from lms.domain.catalog.models import Blob, IndexedQuestion, SharedBank

_LONGEST = 4_000


def index_bank(session: Session, bank: SharedBank) -> int:
    """Write the rows of a shared bank anew: what is in force, and what waits beside it; return how many."""
    session.execute(delete(IndexedQuestion).where(IndexedQuestion.bank_id == bank.id))
    digests = [bank.digest, *([bank.written] if bank.written else [])]
    texts = dict(session.execute(select(Blob.digest, Blob.data).where(Blob.digest.in_(digests))).all())
    rows: dict[str, dict[str, Any]] = {}
    for digest in digests:
        for item in read_shared(texts[digest], bank.slug).questions:
            place = {"course_id": None, "bank_id": bank.id, "live": digest == bank.digest}
            rows.setdefault(item.id, place | question_row(shared_path(bank.slug), item, []))
    if rows:
        session.execute(insert(IndexedQuestion), list(rows.values()))
    return len(rows)


def question_row(path: str, question: Question, quizzes: list[str]) -> dict[str, Any]:
    """Return a question as the index keeps it, without its place; `quizzes` may ask it."""
    texts = [question.id, question.title, question.prompt, *(item.text for item in question.options)]
    texts += [item.text for item in question.answers] + [gap.text for gap in question.gaps]
    claim = question.competency
    return {
        "path": path, "line": question.line, "key": question.id,
        "kind": question.kind, "title": question.title[:200],
        "prompt": " ".join(question.prompt.split())[:300],
        "words": " ".join(" ".join(texts).casefold().split())[:_LONGEST], "tags": listed(question.tags, 300),
        "competency": f"{claim.code}:{claim.level}"[:32] if claim else "", "difficulty": question.difficulty,
        "points": question.points, "quizzes": listed(quizzes, 600),
    }  # fmt: skip

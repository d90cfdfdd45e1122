"""Start an attempt, save answers, add time."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any, cast

from sqlalchemy import Executable, Integer, Table, and_, bindparam, or_
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from lms.content.course import Quiz
from lms.db import insert_for
from lms.domain.enrollments import actions as enrollments
from lms.domain.enrollments.models import Enrollment
from lms.domain.quizzes import rules
from lms.domain.quizzes.actions.closing import close
from lms.domain.quizzes.models import Attempt, Response
from lms.domain.quizzes.queries import (
    HeldAttempt,
    attempts_of,
    extra_of,
    responses_of,
    results_of,
)
from lms.domain.quizzes.rules import Extra, Permit, Refusal


@dataclass(frozen=True)
class Started:
    """The attempt to go on with, or why there is none; `created` is False for one that was open already.

    `late` are attempts past their deadline that were closed on the way: the caller settles them.
    """

    attempt: Attempt | None
    permit: Permit
    created: bool = False
    late: tuple[Attempt, ...] = ()


@dataclass(frozen=True)
class Given:
    """An answer as it came in.

    `checked`: the sender says that it knew of revision `seen` (0: of none); a later one from elsewhere is
    then kept, and the same sent twice is saved once. `earlier` are answers that the same sender sent
    before without learning whether they arrived. `step` counts what `sender` sent: a lower one that
    arrives after a higher one is late and never taken.
    """

    question_key: str
    answer: Any
    flagged: bool = False
    checked: bool = False
    seen: int = 0
    earlier: tuple[Any, ...] = ()
    sender: str = ""
    step: int = 0


@dataclass(frozen=True)
class Saved:
    """What became of one answer: when it was saved and under which revision, or why it was not."""

    saved_at: datetime | None
    revision: int = 0
    refusal: Refusal | None = None


@dataclass(frozen=True)
class SavedAll:
    """What became of a whole form: why nothing was taken, and which answers gave way to later ones."""

    refusal: Refusal | None = None
    newer: tuple[str, ...] = field(default=())


def start(
    session: Session, enrollment: Enrollment, quiz: Quiz, *, now: datetime, rng: random.Random
) -> Started:
    """Return the open attempt, or start the next one when the rules allow it.

    The next number and "one open attempt" are unique in the database: of two tabs that start at once
    the second gets the attempt of the first. Attempts past their deadline are closed before.
    """
    attempts = attempts_of(session, enrollment.id, quiz.id)
    late = tuple(attempt for attempt in attempts if rules.is_overdue(attempt, now))
    for attempt in late:
        close(session, attempt, now=now, by="deadline")
    permit, current = _permit(session, enrollment, quiz, attempts, now)
    if current is not None or not permit.allowed:
        return Started(current, permit, late=late)
    extra = extra_of(session, enrollment.id, quiz.id)
    try:
        with session.begin_nested():
            attempt = _new(enrollment, quiz, attempts, now, rng, extra)
            session.add(attempt)
    except IntegrityError:  # the other tab was first
        attempts = attempts_of(session, enrollment.id, quiz.id)
        permit, current = _permit(session, enrollment, quiz, attempts, now)
        if current is None and permit.allowed:
            raise
        return Started(current, permit, late=late)
    enrollments.act(enrollment, quiz.id, now=now)
    session.flush()
    return Started(attempt, Permit(), created=True, late=late)


def _permit(
    session: Session, enrollment: Enrollment, quiz: Quiz, attempts: Sequence[Attempt], now: datetime
) -> tuple[Permit, Attempt | None]:
    current = next((attempt for attempt in attempts if rules.is_open(attempt, now)), None)
    if current is not None:
        return Permit(Refusal.OPEN), current
    results = results_of(session, attempts)
    taken = rules.counting(results, quiz.counts)
    passed, waits = taken is not None and taken.passed, any(result.waits for result in results)
    extra = extra_of(session, enrollment.id, quiz.id)
    return rules.may_start(quiz, attempts, passed, now, waits=waits, extra=extra), None


def _new(
    enrollment: Enrollment, quiz: Quiz, earlier: Sequence[Attempt], now: datetime, rng: random.Random,
    extra: Extra,
) -> Attempt:  # fmt: skip
    paper = rules.draw(quiz, rng, rules.seen_in(attempt.paper for attempt in earlier))
    return Attempt(
        enrollment_id=enrollment.id, version_id=enrollment.version_id, quiz_key=quiz.id,
        number=len(earlier) + 1, started_at=now, deadline_at=rules.deadline(quiz, now, extra),
        granted_minutes=extra.minutes if quiz.minutes_limit else 0,
        paper=cast("dict[str, Any]", paper), max_points=paper["max_points"],
    )  # fmt: skip


def save_response(session: Session, attempt: Attempt | HeldAttempt, given: Given, *, now: datetime) -> Saved:
    """Keep one answer (None: none); the same answer twice is the same. One statement when nobody objects."""
    refusal = _refusal(attempt, now)
    if refusal is None and given.question_key not in rules.keys_of(rules.paper_of(attempt.paper)):
        refusal = Refusal.UNKNOWN
    if refusal is not None:
        return Saved(None, refusal=refusal)
    revision = _upsert(session, attempt, given, now)
    if revision:
        return Saved(now, revision)
    stored = session.get_one(Response, (attempt.id, given.question_key), populate_existing=True)
    if stored.checked_at is not None:
        same = stored.answer == given.answer
        return Saved(stored.saved_at, stored.revision, None if same else Refusal.FIXED)
    late = _late(stored, given)
    if stored.answer != given.answer and (late or not _sent_before(stored, given)):
        return Saved(stored.saved_at, refusal=Refusal.NEWER)
    if not late:
        if not _same(stored, given):
            stored.answer, stored.flagged, stored.saved_at = given.answer, given.flagged, now
            stored.revision += 1
        stored.sender, stored.step = given.sender, given.step
        session.flush()
    return Saved(stored.saved_at, stored.revision)


def _upsert(session: Session, attempt: Attempt | HeldAttempt, given: Given, now: datetime) -> int:
    """Save in one statement and return the revision; 0 when the stored answer is fixed or was not seen."""
    values: dict[str, Any] = {
        "attempt_id": attempt.id,
        "question_key": given.question_key,
        "answer": given.answer,
        "saved_at": now,
        "flagged": given.flagged,
        "sender": given.sender,
        "step": given.step,
    }
    if given.checked:
        values["seen"] = given.seen
    statement = _upsert_statement(session.get_bind().dialect.name, given.checked)
    return session.scalar(statement, values) or 0


@cache
def _upsert_statement(dialect: str, checked: bool) -> Executable:
    table = cast(Table, Response.__table__)
    sent = ("answer", "saved_at", "flagged", "sender", "step")
    fields = ("attempt_id", "question_key", *sent)
    in_turn = or_(table.c.sender != bindparam("sender"), table.c.step <= bindparam("step"))
    free = and_(table.c.checked_at.is_(None), in_turn)
    statement = insert_for(dialect)(table).values(
        {name: bindparam(name) for name in fields} | {"revision": 1}
    )
    changed: dict[str, Any] = {name: statement.excluded[name] for name in sent}
    return statement.on_conflict_do_update(
        index_elements=["attempt_id", "question_key"],
        set_=changed | {"revision": table.c.revision + 1},
        where=and_(free, table.c.revision == bindparam("seen", type_=Integer)) if checked else free,
    ).returning(table.c.revision)


def save_many(session: Session, attempt: Attempt, given: Sequence[Given], *, now: datetime) -> SavedAll:
    """Keep the answers of a whole form; those that did not change keep their time.

    Questions that are not on the paper are passed over: the form may be old.
    """
    refusal = _refusal(attempt, now)
    if refusal is not None:
        return SavedAll(refusal)
    stored = responses_of(session, attempt.id)
    known = set(rules.keys_of(rules.paper_of(attempt.paper)))
    newer = []
    for item in given:
        row = stored.get(item.question_key)
        fixed = row is not None and row.checked_at is not None
        if item.question_key not in known or fixed or (_same(row, item) and not item.earlier):
            continue
        if row is not None and _gives_way(row, item):
            newer.append(item.question_key)
        else:  # the same is saved anew where another may still arrive that knew the same revision
            _upsert(session, attempt, replace(item, checked=False), now)
    return SavedAll(newer=tuple(newer))


def _same(row: Response | None, item: Given) -> bool:
    if row is None:
        return item.answer is None and not item.flagged
    return bool(row.answer == item.answer and row.flagged == item.flagged)


def _late(row: Response, item: Given) -> bool:
    """Whether the same browser sent the stored answer after this one."""
    return row.sender == item.sender and row.step > item.step


def _sent_before(row: Response, item: Given) -> bool:
    """Whether the stored answer is one that this sender sent without learning of its arrival."""
    return row.sender == item.sender and row.answer in item.earlier


def _gives_way(row: Response, item: Given) -> bool:
    if row.answer == item.answer:
        return False
    unseen = item.checked and row.revision != item.seen and not _sent_before(row, item)
    return unseen or _late(row, item)


def _refusal(attempt: Attempt | HeldAttempt, now: datetime) -> Refusal | None:
    if attempt.submitted_at is not None:
        return Refusal.CLOSED
    return None if rules.is_open(attempt, now) else Refusal.LATE


def extend(session: Session, attempt: Attempt, *, now: datetime) -> int:
    """Add time to an open attempt, once; return the minutes added (0: not open, no limit, added before)."""
    extra = rules.extension_minutes(
        rules.paper_of(attempt.paper), attempt.started_at, attempt.deadline_at, attempt.granted_minutes
    )
    if not extra or attempt.deadline_at is None or not rules.is_open(attempt, now):
        return 0
    attempt.deadline_at += timedelta(minutes=extra)
    session.flush()
    return extra

"""Write the draft of a path, open it as the next edition."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import count

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from lms.clock import local_date
from lms.db import holding
from lms.domain.accounts.models import User
from lms.domain.audit.actions import record
from lms.domain.notices.actions import tell
from lms.domain.programmes.models import (
    Programme,
    ProgrammeCourse,
    ProgrammeEdition,
    ProgrammeMember,
    ProgrammeStep,
)
from lms.domain.programmes.queries.texts import editions
from lms.domain.programmes.rules import Step


class Changed(Exception):
    """The draft was saved by somebody else meanwhile, or there is none any more."""


class NotReady(Exception):
    """The draft cannot be opened; `problems` are codes (rules.problems)."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__(*problems)
        self.problems = problems


@dataclass(frozen=True)
class Writing:
    """What a draft says; steps in order, each with its key (0: a new one)."""

    title: str
    purpose: str = ""
    audience: tuple[str, ...] = ()
    ordered: bool = True
    counts_from: date | None = None
    change_note: str = ""
    steps: tuple[Step, ...] = field(default=())


def create(session: Session, unit_id: int, title: str, *, nonce: str, by: User, now: datetime) -> Programme:
    """Begin a path of a unit with an empty draft; the same nonce is the same path."""
    session.execute(select(User.id).where(User.id == by.id).with_for_update())
    known = session.scalar(select(Programme).where(Programme.nonce == nonce))
    if known is not None:
        return known
    made = Programme(unit_id=unit_id, created_by=by.id, created_at=now, nonce=nonce)
    session.add(made)
    session.flush()
    session.add(ProgrammeEdition(programme_id=made.id, number=1, made_by=by.id, made_at=now, title=title))
    record(session, "programme.created", now=now, actor=by.id, subject=("programme", made.id), name=title)
    session.flush()
    return made


def write(
    session: Session, programme: Programme, text: Writing, *, revision: int, by: User, now: datetime
) -> ProgrammeEdition:
    """Store the draft that was read at `revision`. Raises Changed."""
    draft = _draft(session, programme)
    if draft is None or draft.revision != revision:
        raise Changed
    draft.title, draft.purpose, draft.audience = text.title, text.purpose, list(text.audience)
    draft.ordered, draft.counts_from, draft.change_note = text.ordered, text.counts_from, text.change_note
    draft.revision, draft.made_by, draft.made_at = revision + 1, by.id, now
    _store_steps(session, programme, draft, text.steps)
    return draft


def _store_steps(
    session: Session, programme: Programme, draft: ProgrammeEdition, steps: Sequence[Step]
) -> None:
    keys = session.scalars(
        select(ProgrammeStep.key)
        .join(ProgrammeEdition, ProgrammeEdition.id == ProgrammeStep.edition_id)
        .where(ProgrammeEdition.programme_id == programme.id)
    )
    known = set(keys)
    fresh = max(known, default=0)
    _empty(session, draft)
    places = count()
    for position, step in enumerate(steps):
        key = step.key
        if key not in known:
            fresh += 1
            key = fresh
        session.execute(
            insert(ProgrammeStep).values(edition_id=draft.id, key=key, position=position, choose=step.choose)
        )
        for course_id in step.courses:
            session.execute(
                insert(ProgrammeCourse).values(
                    edition_id=draft.id, course_id=course_id, step_key=key, position=next(places)
                )
            )
    session.flush()


def _empty(session: Session, draft: ProgrammeEdition) -> None:
    for table in (ProgrammeCourse, ProgrammeStep):
        session.execute(
            delete(table).where(table.edition_id == draft.id).execution_options(synchronize_session=False)
        )


def begin_edition(session: Session, programme: Programme, *, by: User, now: datetime) -> ProgrammeEdition:
    """Return the draft of the next edition, a copy of the open one; a second request finds the first."""
    hold(session, programme)
    draft = _draft(session, programme)
    if draft is not None:
        return draft
    live = editions(session, ProgrammeEdition.programme_id == programme.id)[programme.id][-1]
    made = ProgrammeEdition(
        programme_id=programme.id, number=live.number + 1, made_by=by.id, made_at=now, title=live.title,
        purpose=live.purpose, audience=list(live.audience), ordered=live.ordered,
        counts_from=live.counts_from,
    )  # fmt: skip
    session.add(made)
    session.flush()
    _store_steps(session, programme, made, live.plain.steps)
    return made


def discard(session: Session, programme: Programme, *, by: User, now: datetime) -> bool:
    """Throw the draft away, and with it a path that was never opened; True when the path is gone."""
    try:
        hold(session, programme)
    except Changed:
        return True
    draft = _draft(session, programme)
    if draft is None:
        return False
    _empty(session, draft)
    title, gone = draft.title, draft.number == 1
    session.delete(draft)
    session.flush()
    if gone:
        session.delete(programme)
    record(
        session, "programme.discarded", now=now, actor=by.id, subject=("programme", programme.id), name=title
    )
    session.flush()
    return gone


def open_edition(session: Session, programme: Programme, *, by: User, now: datetime) -> ProgrammeEdition:
    """Open the draft: it holds from today (WIB) on, the earlier edition until today. Members are told.

    Raises NotReady, and Changed without a draft.
    """
    hold(session, programme)
    draft = _draft(session, programme)
    if draft is None:
        raise Changed
    text = editions(session, ProgrammeEdition.id == draft.id)[programme.id][0]
    if text.problems:
        raise NotReady(text.problems)
    today = local_date(now)
    earlier = session.scalar(
        select(ProgrammeEdition).where(
            ProgrammeEdition.programme_id == programme.id, ProgrammeEdition.opened_on.is_not(None),
            ProgrammeEdition.replaced_on.is_(None),
        )
    )  # fmt: skip
    if earlier is not None:
        earlier.replaced_on = today
        session.flush()
    draft.opened_on, draft.opened_by = today, by.id
    session.flush()
    subject = ("programme", programme.id)
    record(
        session, "programme.opened", now=now, actor=by.id, subject=subject, name=draft.title,
        version=draft.number,
    )  # fmt: skip
    people = session.scalars(
        select(ProgrammeMember.user_id).where(
            ProgrammeMember.programme_id == programme.id, ProgrammeMember.left_on.is_(None)
        )
    ).all()
    tell(
        session, people, "programme.changed", about=subject, now=now, programme=programme.id,
        title=draft.title,
    )  # fmt: skip
    session.flush()
    return draft


def hold(session: Session, programme: Programme) -> Programme:
    """The path read anew and held until the end of the transaction. Raises Changed when it was discarded."""
    statement = holding(select(Programme).where(Programme.id == programme.id), of=Programme)
    held = session.scalars(statement).one_or_none()
    if held is None:
        raise Changed
    return held


def _draft(session: Session, programme: Programme) -> ProgrammeEdition | None:
    return session.scalar(
        holding(
            select(ProgrammeEdition).where(
                ProgrammeEdition.programme_id == programme.id, ProgrammeEdition.opened_on.is_(None)
            ),
            of=ProgrammeEdition,
        )
    )

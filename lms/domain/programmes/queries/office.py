"""Paths at the HR desk: the list, and where the people of the actor are."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, and_, case, func, literal, or_, select
from sqlalchemy import cast as sql_cast
from sqlalchemy.orm import Session

from lms.domain.accounts.models import OrgUnit, Position, User
from lms.domain.accounts.queries import staff_for
from lms.domain.accounts.rules import covers_unit, subtree_paths
from lms.domain.enrollments.models import Enrollment
from lms.domain.programmes import rules
from lms.domain.programmes.models import Programme, ProgrammeCourse, ProgrammeEdition, ProgrammeMember
from lms.domain.programmes.queries.texts import EditionText, draft_of, editions, newest_open, opened_since


@dataclass(frozen=True)
class Found:
    """A path with its unit and all its editions; `mine`: the actor may change it."""

    programme: Programme
    unit: str
    unit_path: str
    texts: tuple[EditionText, ...]
    mine: bool
    people: int = 0  # of the actor, on it today

    @property
    def live(self) -> EditionText | None:
        """The edition that holds now."""
        return newest_open(self.texts)

    @property
    def draft(self) -> EditionText | None:
        """The edition that is still written."""
        return draft_of(self.texts)

    @property
    def text(self) -> EditionText:
        """The edition that names it: the open one, else the draft."""
        return self.live or self.texts[-1]

    @property
    def state(self) -> str:
        """draft | open | closed."""
        if self.programme.closed_at is not None:
            return "closed"
        return "open" if self.live else "draft"


def _reaches(actor: User) -> ColumnElement[bool]:
    """The unit of the path lies in the actor's scope, or above it and the path was opened once."""
    paths = subtree_paths(actor)
    if paths is None:
        return Programme.id.is_not(None)
    above = [int(step) for path in paths for step in path.strip("/").split("/") if step]
    opened = select(ProgrammeEdition.programme_id).where(ProgrammeEdition.opened_on.is_not(None))
    return or_(
        and_(OrgUnit.id.in_(above), Programme.id.in_(opened)),
        *(OrgUnit.path.startswith(path, autoescape=True) for path in paths),
    )


def programmes_for(session: Session, actor: User, *wanted: ColumnElement[bool]) -> list[Found]:
    """Return the paths that reach the actor's units, by title: three statements."""
    rows = session.execute(
        select(Programme, OrgUnit.name, OrgUnit.path)
        .join(OrgUnit, OrgUnit.id == Programme.unit_id)
        .where(_reaches(actor), *wanted)
        .order_by(Programme.id)
    ).all()
    ids = [row[0].id for row in rows]
    texts = editions(session, ProgrammeEdition.programme_id.in_(ids))
    counts: dict[int, int] = dict(
        session.execute(
            select(ProgrammeMember.programme_id, func.count())
            .where(
                ProgrammeMember.programme_id.in_(ids), ProgrammeMember.left_on.is_(None),
                ProgrammeMember.user_id.in_(staff_for(actor).with_only_columns(User.id)),
            )
            .group_by(ProgrammeMember.programme_id)
        ).all()
    )  # fmt: skip
    paths = subtree_paths(actor)
    found = [
        Found(row[0], row[1], row[2], tuple(texts[row[0].id]), covers_unit(paths, row[2]),
              counts.get(row[0].id, 0))
        for row in rows
    ]  # fmt: skip
    return sorted(found, key=lambda one: one.text.title.casefold())


def programme_for(session: Session, actor: User, programme_id: int) -> Found | None:
    """Return a path that reaches the actor's units; else None."""
    return next(iter(programmes_for(session, actor, Programme.id == programme_id)), None)


@dataclass(frozen=True)
class Traveller:
    """A person of the actor on a path, without name: a page names only those it shows."""

    user_id: int
    unit_id: int | None
    state: rules.State
    standing: rules.Standing

    @property
    def at(self) -> int | None:
        """Place of the step the person is at; None for who has completed the path."""
        return self.standing.next


def travellers(session: Session, actor: User, found: Found, today: date) -> list[Traveller]:
    """Return the actor's people on an opened path by name, how far each is: one statement."""
    memo: dict[tuple[object, ...], tuple[rules.Standing, rules.State]] = {}
    people = []
    rows = session.execute(_people(actor, found, today)).all()
    place, last = 0, len(rows)
    while place < last:
        user_id, unit_id, edition_id, late, begun, mask = rows[place]
        masks = [int(mask or 0)]
        place += 1
        while place < last and rows[place].user_id == user_id:
            begun, masks = rows[place].begun, [*masks, int(rows[place].mask or 0)]
            place += 1
        key = (edition_id, late, begun, *masks)
        if key not in memo:
            reached = standing_of(opened_since(found.texts, edition_id), masks)
            due_on = date.min if late else None
            memo[key] = (reached, rules.state_of(reached, bool(begun), due_on, today))
        standing, state = memo[key]
        people.append(Traveller(user_id, unit_id, state, standing))
    return people


@dataclass(frozen=True)
class Named:
    """Who a traveller is, and how they came onto the path."""

    name: str
    nip: str | None
    unit: str | None
    position: str | None
    joined_on: date
    due_on: date | None


def names_on(session: Session, found: Found, user_ids: Collection[int] | None = None) -> dict[int, Named]:
    """Return who the people of a path are, by id (None: all of them): one statement."""
    statement = (
        select(
            ProgrammeMember.user_id, User.name, User.nip, OrgUnit.name.label("unit"),
            Position.name.label("position"), ProgrammeMember.joined_on, ProgrammeMember.due_on,
        )
        .join(User, User.id == ProgrammeMember.user_id)
        .outerjoin(OrgUnit, OrgUnit.id == User.unit_id)
        .outerjoin(Position, Position.id == User.position_id)
        .where(ProgrammeMember.programme_id == found.programme.id)
    )  # fmt: skip
    if user_ids is not None:
        statement = statement.where(ProgrammeMember.user_id.in_(user_ids))
    return {row[0]: Named(*row[1:]) for row in session.execute(statement)}


def standing_of(texts: Sequence[EditionText], masks: Sequence[int]) -> rules.Standing:
    """Return the standing of somebody by the bits of courses done in each edition (place in the edition)."""
    done = [
        {course.id for place, course in enumerate(text.courses) if mask >> place & 1}
        for text, mask in zip(texts, masks, strict=True)
    ]
    return rules.standing([text.plain for text in texts], done)


def bits_done(until: date | None = None) -> ColumnElement[int]:
    """Sum of the bits of courses completed while the edition counted (until a day); to be grouped."""
    bit = sql_cast(literal(1), BigInteger).bitwise_lshift(ProgrammeCourse.position)
    day = Enrollment.completed_on
    counts = [
        day.is_not(None),
        or_(ProgrammeEdition.counts_from.is_(None), day >= ProgrammeEdition.counts_from),
        or_(ProgrammeEdition.replaced_on.is_(None), day <= ProgrammeEdition.replaced_on),
    ]
    if until is not None:
        counts.append(day <= until)
    return func.sum(case((and_(*counts), bit)).distinct())


def acts() -> Select[*tuple[Any, ...]]:
    """Members, the editions since they joined with their courses, what they did there; grouped by edition."""
    joined = select(ProgrammeEdition.number).where(ProgrammeEdition.id == ProgrammeMember.edition_id)
    return (
        select(ProgrammeMember.programme_id, ProgrammeMember.user_id, ProgrammeEdition.number)
        .select_from(ProgrammeMember)
        .join(ProgrammeEdition, ProgrammeEdition.programme_id == ProgrammeMember.programme_id)
        .join(ProgrammeCourse, ProgrammeCourse.edition_id == ProgrammeEdition.id)
        .outerjoin(
            Enrollment,
            (Enrollment.user_id == ProgrammeMember.user_id)
            & (Enrollment.course_id == ProgrammeCourse.course_id)
            & Enrollment.withdrawn_at.is_(None),
        )
        .where(
            ProgrammeMember.left_on.is_(None), ProgrammeEdition.opened_on.is_not(None),
            ProgrammeEdition.number >= joined.correlate(ProgrammeMember).scalar_subquery(),
        )
        .group_by(ProgrammeMember.programme_id, ProgrammeMember.user_id, ProgrammeEdition.number)
    )  # fmt: skip


def _people(actor: User, found: Found, today: date) -> Select[*tuple[Any, ...]]:
    done = (
        acts()
        .add_columns(
            bits_done().label("mask"), func.max(case((Enrollment.started_at.is_not(None), 1))).label("begun")
        )
        .where(ProgrammeMember.programme_id == found.programme.id)
        .subquery("done")
    )
    late = case((ProgrammeMember.due_on < today, 1), else_=0)
    return (
        select(
            ProgrammeMember.user_id, User.unit_id, ProgrammeMember.edition_id, late.label("late"),
            done.c.begun, done.c.mask,
        )
        .join(User, User.id == ProgrammeMember.user_id)
        .join(done, done.c.user_id == ProgrammeMember.user_id)
        .where(
            ProgrammeMember.programme_id == found.programme.id, ProgrammeMember.left_on.is_(None),
            User.id.in_(staff_for(actor).with_only_columns(User.id)),
        )
        .order_by(func.lower(User.name), User.id, done.c.number)
    )  # fmt: skip

"""A learning path of the demonstration, with people who joined it and people to whom it was assigned."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms import clock
from lms.domain.accounts.models import OrgUnit, User
from lms.domain.assignments.rules import Rule
from lms.domain.programmes.actions import (
    Order,
    Writing,
    assign,
    begin_edition,
    create,
    join,
    open_edition,
    write,
)
from lms.domain.programmes.rules import Step

TITLE = "Pelayanan publik digital untuk petugas loket"
PURPOSE = (
    "Melayani warga dengan cepat dan sesuai standar, memakai perangkat lunak sehari-hari dengan aman, "
    "dan menyusun catatan pelayanan yang rapi."
)
ASSIGNED = 6
"""So many people of the demonstration have the path by a letter."""


def lay(session: Session, courses: Sequence[int], people: Sequence[User], *, by: User, now: datetime) -> None:
    """Open a path of these courses: the first, then one of the others, in a second edition."""
    city = session.scalars(select(OrgUnit.id).where(OrgUnit.parent_id.is_(None)).order_by(OrgUnit.id)).first()
    if city is None or len(courses) < 2:
        return
    made = create(session, city, TITLE, nonce="contoh-jalur-pembelajaran", by=by, now=now)
    first = Writing(TITLE, PURPOSE, steps=(Step(0, 1, (courses[0],)), Step(0, 1, (courses[1],))))
    begun = now - timedelta(days=120)
    write(session, made, first, revision=0, by=by, now=begun)
    open_edition(session, made, by=by, now=begun)
    for person in people[:2]:
        join(session, made.id, person.id, now=begun)
    today = clock.local_date(now)
    order = Order(
        Rule(people=tuple(person.id for person in people[2 : 2 + ASSIGNED])), date(today.year, 12, 31),
        "800/45/BKPSDM (data contoh)", today - timedelta(days=30),
    )  # fmt: skip
    if order.rule.people:
        assign(session, made, order, order.rule.people, nonce="contoh-tugas-jalur", by=by,
               now=now - timedelta(days=30))  # fmt: skip
    if len(courses) > 2:
        draft = begin_edition(session, made, by=by, now=now)
        choice = Writing(
            TITLE, PURPOSE, steps=(Step(1, 1, (courses[0],)), Step(2, 1, tuple(courses[1:3]))),
            change_note="Langkah kedua kini dapat dipilih sesuai tugas.",
        )  # fmt: skip
        write(session, made, choice, revision=draft.revision, by=by, now=now)
        open_edition(session, made, by=by, now=now)

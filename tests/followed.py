"""A completion that is followed up, for the tests of the effect of courses."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.domain.accounts.models import User
from lms.domain.effects.actions import open_due, switch_on
from lms.domain.effects.models import Followup
from lms.domain.enrollments.models import Enrollment
from tests.cast import NOW, Cast
from tests.courses import publish_course
from tests.learning import complete, course_of, office_of

LATER = NOW + timedelta(days=100)
"""4 March 2027: the follow-ups of completions of NOW after three months (24 February) are due."""


def followed(app: Flask, session: Session, cast: Cast, *people: User, opened: bool = True) -> list[Followup]:
    """Switch the follow-up on, let these people complete the course and, unless told otherwise, open it."""
    publish_course(session, now=NOW)
    switch_on(session, course_of(session).id, months=3, since=NOW.date(), by=cast.bkpsdm, now=NOW)
    office = office_of(app, session)
    for person in people:
        complete(session, person, office, now=NOW)
    if opened:
        opened_at(session, LATER)
    session.commit()
    return [followup_of_person(session, person) for person in people]


def opened_at(session: Session, now: datetime) -> int:
    """Open what is due at an instant."""
    count = open_due(session, now=now)
    session.commit()
    return count


def followup_of_person(session: Session, person: User) -> Followup:
    """The follow-up of a person who has one."""
    found = select(Followup).join(Enrollment, Enrollment.id == Followup.enrollment_id)
    return session.scalars(found.where(Enrollment.user_id == person.id)).one()

"""What addresses of the rules of law name: a rule, a change of it, a place that it made outdated."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.domain.catalog.queries import course_by_slug, course_of
from lms.domain.regulations.actions import Entry, add, index_version, mark
from lms.domain.regulations.models import RegulationWork
from tests.cast import NOW, Cast


def of_laws(session: Session, cast: Cast, slug: str) -> dict[str, str | int]:
    """A rule that a newer one replaced, and the first place of the course that cites it."""
    course = course_by_slug(session, slug)
    assert course is not None and course.live_version is not None
    index_version(session, course.live_version.id, course_of(session, course.live_version))
    old, new = (add(session, Entry(name), by=None, now=NOW) for name in ("UU 25/2009", "UU 9/2026"))
    change = mark(session, old, new, "replaced", date(2026, 11, 1), by=cast.bkpsdm.id, now=NOW)
    work = session.scalars(select(RegulationWork).order_by(RegulationWork.id)).first()
    assert work is not None
    return {"rule": old.id, "law_change": change.id, "law_work": work.id}

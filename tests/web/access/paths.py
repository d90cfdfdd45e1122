"""Learning paths: one of the district with a draft of its next edition, one of the clinic; their lines."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.domain.catalog.models import Course
from lms.domain.programmes.actions import Writing, begin_edition, create, join, open_edition, write
from lms.domain.programmes.rules import Step
from tests.cast import NOW, Cast

#                                                    out lea str trn oth hr  hro bkp adm
PATHS = """
# learning paths: those of the own unit; HR writes those of its units
GET  programmes.index                                login 200 = =   =   =   =   =   =
GET  programmes.show            programme_id=path    login 200 404 = =   200 404 =   =
POST programmes.join            programme_id=path    login 303 404 = =   303 404 =   =
POST programmes.leave           programme_id=path    login 303 404 = =   303 404 =   =
GET  hr.programmes.index                             login 403 = =   =   200 200 200 403
GET  hr.programmes.new                               login 403 = =   =   200 200 200 403
POST hr.programmes.create                            login 403 = =   =   422 422 422 403
GET  hr.programmes.show         programme_id=path    login 403 = =   =   200 404 200 403
GET  hr.programmes.people       programme_id=path    login 403 = =   =   200 404 200 403
POST hr.programmes.file         programme_id=path    login 403 = =   =   400 404 400 403
POST hr.programmes.close        programme_id=path    login 403 = =   =   303 404 303 403
POST hr.programmes.reopen       programme_id=path    login 403 = =   =   303 404 303 403
POST hr.programme_drafts.begin  programme_id=path    login 403 = =   =   303 404 303 403
GET  hr.programme_drafts.edit   programme_id=path    login 403 = =   =   200 404 200 403
POST hr.programme_drafts.save   programme_id=path    login 403 = =   =   303 404 303 403
GET  hr.programme_drafts.check programme_id=path    login 403 = =   =   200 404 200 403
POST hr.programme_drafts.open_it programme_id=path   login 403 = =   =   303 404 303 403
POST hr.programme_drafts.discard programme_id=path   login 403 = =   =   303 404 303 403
GET  hr.programme_orders.new    programme_id=path    login 403 = =   =   200 404 200 403
POST hr.programme_orders.create programme_id=path    login 403 = =   =   422 404 422 403
"""


def of_paths(session: Session, cast: Cast) -> dict[str, str | int]:
    """The learner is on the path of the district, the stranger on that of the clinic."""
    live = select(Course.id).where(Course.live_version_id.is_not(None)).order_by(Course.id)
    courses = session.scalars(live.limit(2)).all()
    found: dict[str, str | int] = {}
    for name, unit, person in (
        ("path", cast.district, cast.learner), ("path_stranger", cast.clinic, cast.stranger)
    ):  # fmt: skip
        made = create(session, unit.id, f"Jalur {unit.name}", nonce=name, by=cast.bkpsdm, now=NOW)
        text = Writing(f"Jalur {unit.name}", steps=tuple(Step(0, 1, (course,)) for course in courses))
        write(session, made, text, revision=0, by=cast.bkpsdm, now=NOW)
        open_edition(session, made, by=cast.bkpsdm, now=NOW)
        join(session, made.id, person.id, now=NOW)
        found[name] = made.id
        if name == "path":
            begin_edition(session, made, by=cast.bkpsdm, now=NOW)
    return found

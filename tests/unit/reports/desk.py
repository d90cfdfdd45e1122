"""A small city whose every figure is worked out by hand (tree and people: tests/cast.py).

City: trainer, BKPSDM, admin (PNS, nothing learnt). District: its HR (PNS, nothing learnt); in its village
the learner (PNS, 6 JP) and the colleague (no target, 6 JP that wait for approval). Clinic: the stranger
(PPPK, 6 JP) and another trainer (PNS, nothing learnt). Targets: PNS 6, PPPK 8, others none.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import event
from sqlalchemy.orm import Session

from lms.db import db
from lms.domain.accounts.models import Employment, User
from lms.domain.accounts.queries import user_with_grants
from lms.domain.catalog.models import CourseVersion
from lms.domain.certificates.models import Certificate
from lms.domain.enrollments.models import Enrollment
from lms.domain.reports.queries import Year
from lms.domain.settings.rules import Policy
from tests.cast import NOW, Cast
from tests.unit.certificates.rows import certify, complete, make_course

TODAY = date(2026, 11, 24)
POLICY = Policy(target_jp_pns=6, target_jp_pppk=8)
YEAR = Year(2026, POLICY, NOW)


@dataclass
class Desk:
    """The city after some learning."""

    cast: Cast
    service: CourseVersion  # 6 JP, approved
    archive: CourseVersion  # 6 JP, not approved
    certificates: dict[str, Certificate]  # of learner and stranger
    waiting: Enrollment  # of the colleague
    folder: Path


def make_desk(session: Session, cast: Cast, folder: Path) -> Desk:
    """Let the people learn; two certificates are issued, one completion waits."""
    cast.colleague.employment = Employment.OTHER.value
    cast.stranger.employment = Employment.PPPK.value
    service, archive = make_course(session), make_course(session, "arsip")
    made = {
        name: certify(session, complete(session, getattr(cast, name), service), folder)
        for name in ("learner", "stranger")
    }
    waiting = Enrollment(
        user_id=cast.colleague.id, course_id=archive.course_id, version_id=archive.id, enrolled_at=NOW,
        started_at=NOW, completed_at=NOW, completed_on=TODAY, jp_year=2026,
    )  # fmt: skip
    session.add(waiting)
    session.commit()
    return Desk(cast, service, archive, made, waiting, folder)


def whole(session: Session, user: User) -> User:
    """The person with unit, position and grants."""
    found = user_with_grants(session, user.id)
    assert found is not None
    return found


@contextmanager
def statements() -> Iterator[list[str]]:
    """The SELECT statements that are sent inside the block."""
    seen: list[str] = []

    def note(*arguments: object) -> None:
        if str(arguments[2]).lstrip("( ").startswith("SELECT"):
            seen.append(str(arguments[2]))

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(db.engine, "before_cursor_execute", note)

"""What the entries of the activity log are about, by name; one statement for each kind of subject."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from lms.domain.accounts.models import OrgUnit, Position, User
from lms.domain.audit.models import AuditEntry
from lms.domain.catalog.models import Course, CourseVersion
from lms.domain.certificates.models import Certificate
from lms.domain.enrollments.models import Enrollment
from lms.domain.quizzes.models import Attempt

Subject = tuple[str, str]
"""Kind and id, as an entry keeps them."""


def subject_names(session: Session, entries: Iterable[AuditEntry]) -> dict[Subject, str]:
    """Return the names of the people, units, positions, courses, enrolments and certificates concerned.

    An enrolment or an attempt is named by its course, a certificate by its number; other kinds have no
    name here.
    """
    ids: defaultdict[str, set[int]] = defaultdict(set)
    for entry in entries:
        if entry.subject_id.isascii() and entry.subject_id.isdigit():
            ids[entry.subject_kind].add(int(entry.subject_id))
        unit = entry.detail.get("unit")
        if isinstance(unit, int):
            ids["unit"].add(unit)
    names: dict[Subject, str] = {}
    for kind, statement in _STATEMENTS.items():
        if ids[kind]:
            rows = session.execute(statement.where(_KEYS[kind].in_(ids[kind]))).all()
            names.update({(kind, str(row[0])): row[1] for row in rows})
    return names


_TITLE = CourseVersion.title
_STATEMENTS: dict[str, Select[int, str]] = {
    "user": select(User.id, User.name),
    "unit": select(OrgUnit.id, OrgUnit.name),
    "position": select(Position.id, Position.name),
    "course": select(Course.id, _TITLE).join(CourseVersion, CourseVersion.id == Course.live_version_id),
    "enrollment": select(Enrollment.id, _TITLE).join(
        CourseVersion, CourseVersion.id == Enrollment.version_id
    ),
    "attempt": select(Attempt.id, _TITLE).join(CourseVersion, CourseVersion.id == Attempt.version_id),
    "certificate": select(Certificate.id, Certificate.number),
}
_KEYS = {
    "user": User.id,
    "unit": OrgUnit.id,
    "position": Position.id,
    "course": Course.id,
    "enrollment": Enrollment.id,
    "attempt": Attempt.id,
    "certificate": Certificate.id,
}

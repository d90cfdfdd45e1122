"""What waits at the desk: figures of the month, completions that wait for hours, exports, what was done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lms.domain.accounts.models import OrgUnit, User
from lms.domain.accounts.rules import covers_unit, scope_units, subtree_paths
from lms.domain.audit.models import AuditEntry
from lms.domain.catalog.models import Course, CourseVersion
from lms.domain.certificates.models import Certificate
from lms.domain.certificates.queries import seen_by
from lms.domain.enrollments.models import Enrollment
from lms.domain.reports.models import Export


@dataclass(frozen=True)
class Figures:
    """Completions and certificates of the people somebody looks after."""

    completed_month: int
    waiting: int  # completed, hours not credited yet
    issued_month: int
    issued_year: int
    void_year: int  # of these, revoked or replaced


def figures(session: Session, actor: User, today: date) -> Figures:
    """Return the figures up to today, months and years by the calendar in WIB: two statements."""
    month, year = today.replace(day=1), today.replace(month=1, day=1)
    mine = (
        ()
        if subtree_paths(actor) is None
        else (Enrollment.user_id.in_(select(User.id).where(seen_by(actor))),)
    )
    done = select(func.count()).where(Enrollment.withdrawn_at.is_(None), *mine)
    completed = done.where(Enrollment.completed_on >= month).scalar_subquery()
    waiting = done.where(Enrollment.completed_on.is_not(None), Enrollment.credited_jp.is_(None))
    counted = session.execute(select(completed, waiting.scalar_subquery())).one()
    void = Certificate.revoked_at.is_not(None) | Certificate.replaced_at.is_not(None)
    theirs = (
        ()
        if subtree_paths(actor) is None
        else (Certificate.user_id.in_(select(User.id).where(seen_by(actor))),)
    )
    issued = session.execute(
        select(func.count().filter(Certificate.issued_on >= month), func.count(), func.count().filter(void))
        .select_from(Certificate)
        .where(Certificate.issued_on >= year, *theirs)
    ).one()
    return Figures(counted[0], counted[1], issued[0], issued[1], issued[2])


def completed_courses(session: Session) -> Sequence[tuple[int, str]]:
    """Return course id and the title completed last, by title: the choices of a filter."""
    latest = (
        select(Enrollment.version_id)
        .where(Enrollment.course_id == Course.id, Enrollment.completed_on.is_not(None))
        .order_by(Enrollment.completed_on.desc())
        .limit(1)
        .scalar_subquery()
    )
    rows = session.execute(
        select(CourseVersion.course_id, CourseVersion.title)
        .join(Course, CourseVersion.id == latest)
        .order_by(func.lower(CourseVersion.title), CourseVersion.course_id)
    )
    return [(row.course_id, row.title) for row in rows]


def jp_years(session: Session, today: date) -> list[int]:
    """Return the years in which somebody completed something, and this one, the latest first.

    One statement, which steps from a year to the next one instead of reading all completions.
    """
    following = select(func.min(Enrollment.jp_year))
    found = select(following.scalar_subquery().label("year")).cte("found", recursive=True)
    later = following.where(Enrollment.jp_year > found.c.year).correlate(found).scalar_subquery()
    found = found.union_all(select(later).where(found.c.year.is_not(None)))
    years = session.scalars(select(found.c.year).where(found.c.year.is_not(None)))
    return sorted({*years, today.year}, reverse=True)


def waiting_by_course(session: Session) -> dict[int, dict[int, int]]:
    """Return {course id: {claimed JP: completions whose hours are not credited}}: one statement."""
    rows = session.execute(
        select(Enrollment.course_id, CourseVersion.jp, func.count())
        .join(CourseVersion, CourseVersion.id == Enrollment.version_id)
        .where(
            Enrollment.completed_on.is_not(None),
            Enrollment.credited_jp.is_(None),
            Enrollment.withdrawn_at.is_(None),
        )
        .group_by(Enrollment.course_id, CourseVersion.jp)
    )
    found: dict[int, dict[int, int]] = {}
    for course_id, jp, count in rows:
        found.setdefault(course_id, {})[jp] = count
    return found


def course_with_live_version(session: Session, course_id: int) -> tuple[Course, CourseVersion] | None:
    """Return a published course and its live version."""
    row = session.execute(
        select(Course, CourseVersion)
        .join(CourseVersion, CourseVersion.id == Course.live_version_id)
        .where(Course.id == course_id)
    ).one_or_none()
    return (row[0], row[1]) if row else None


def exports_of(session: Session, actor: User, limit: int = 50) -> list[Export]:
    """Return the newest orders of a person that lie in what the person looks after today."""
    rows = session.scalars(
        select(Export).where(Export.ordered_by == actor.id).order_by(Export.id.desc()).limit(limit)
    )
    return [row for row in rows if still_covered(session, row, actor)]


def export_for(session: Session, actor: User, export_id: int) -> Export | None:
    """Return an order of one's own whose people the actor still looks after; else None."""
    row = session.get(Export, export_id, populate_existing=True)
    return row if row and row.ordered_by == actor.id and still_covered(session, row, actor) else None


def still_covered(session: Session, export: Export, actor: User) -> bool:
    """Say whether the units that an order was made for lie inside what the actor looks after today.

    Units are asked for by id: one that was moved in the tree is still the same unit.
    """
    then, now = export.params.get("units"), subtree_paths(actor)
    if now is None:
        return True
    if not then or not now:
        return False
    if set(then) <= set(scope_units(actor) or ()):
        return True
    today = session.scalars(select(OrgUnit.path).where(OrgUnit.id.in_(then))).all()
    return len(today) == len(then) and all(covers_unit(now, path) for path in today)


def history_of(session: Session, kind: str, key: int) -> list[tuple[AuditEntry, str | None]]:
    """Return what was done to a person or certificate, newest first, with the name of who did it.

    Views and downloads are left out. At most 100 entries.
    """
    rows = session.execute(
        select(AuditEntry, User.name)
        .outerjoin(User, User.id == AuditEntry.actor_id)
        .where(
            AuditEntry.subject_kind == kind,
            AuditEntry.subject_id == str(key),
            ~AuditEntry.verb.endswith("viewed"),
            ~AuditEntry.verb.endswith("downloaded"),
            AuditEntry.verb.not_in(("session.started", "session.ended")),
        )
        .order_by(AuditEntry.id.desc())
        .limit(100)
    )
    return [(row[0], row[1]) for row in rows]

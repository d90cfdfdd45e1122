"""What changed rules make outdated: citations of versions, the list of work, and what closes it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from lms.content.citations import Cited, citations_of
from lms.content.course import Course as Content
from lms.db import holding
from lms.domain.audit.actions import record
from lms.domain.catalog.models import Course, CourseVersion
from lms.domain.catalog.queries import trainers_of
from lms.domain.notices.actions import settled, tell
from lms.domain.regulations.models import Citation, RegulationChange, RegulationName, RegulationWork
from lms.domain.regulations.rules import key_of, names_in, outdated

TOLD = "law.changed"
"""The notice to who writes a course."""


def index_version(session: Session, version_id: int, content: Content) -> int:
    """Write the citations of a version anew; return how many."""
    session.execute(delete(Citation).where(Citation.version_id == version_id))
    rows = [_row(version_id, cited, *name) for cited in citations_of(content) for name in _names(cited.text)]
    if rows:
        session.execute(insert(Citation), rows)
    return len(rows)


def _names(text: str) -> list[tuple[str, str]]:
    """Key and readable form of each rule that a citation names."""
    found = [(name.short.casefold(), name.short) for name in names_in(text)]
    return found or [(key_of(text), " ".join(text.split())[:80])]


def _row(version_id: int, cited: Cited, key: str, short: str) -> dict[str, object]:
    return {
        "version_id": version_id, "kind": cited.kind, "place": cited.key[:80], "title": cited.title[:200],
        "path": cited.path, "piece": cited.piece, "key": key, "short": short, "text": cited.text[:300],
    }  # fmt: skip


@dataclass
class _Place:
    """What one place of a live version cites."""

    row: Citation
    keys: set[str] = field(default_factory=set)


def settle_all(session: Session, *, now: datetime) -> None:
    """Bring the work of all courses to what the live versions cite and the marked changes say."""
    for course_id in session.scalars(select(Course.id).order_by(Course.id)).all():
        settle_course(session, course_id, now=now)


def settle_course(session: Session, course_id: int, *, now: datetime) -> None:
    """Open work for places of the live version that a change made outdated; close what is done.

    A place that somebody looked at and left as it is stays closed. One that was closed by publishing and
    cites the old rule again is opened again.
    """
    changes = session.scalars(select(RegulationChange).where(RegulationChange.withdrawn_at.is_(None))).all()
    known = session.scalars(select(RegulationWork).where(RegulationWork.course_id == course_id)).all()
    if not changes and not known:
        return
    keys = _keys_of(session, changes)
    places = _places(session, course_id) if changes else []
    rows = {(row.change_id, row.kind, row.place): row for row in known}
    wanted: set[tuple[int, str, str]] = set()
    opened = False
    for change in changes:
        for place in places:
            if outdated(place.keys, keys[change.regulation_id], keys[change.by_id]):
                where = (change.id, place.row.kind, place.row.place)
                wanted.add(where)
                if _open(session, rows.get(where), change, course_id, place.row, now):
                    opened = True
    standing = {change.id for change in changes}
    for where, row in rows.items():
        if row.handled_at is None and where not in wanted:
            row.handled_at, row.how = now, "published" if row.change_id in standing else "withdrawn"
        elif row.how == "published" and row.change_id not in standing:
            row.how = "withdrawn"
    session.flush()
    _note(session, course_id)
    _tell(session, course_id, opened, waits=bool(wanted), now=now)


def _tell(session: Session, course_id: int, opened: bool, *, waits: bool, now: datetime) -> None:
    """Tell who writes the course that places wait; when none does any more, nobody needs to look."""
    about = ("course", course_id)
    if opened:
        title = session.scalar(
            select(CourseVersion.title)
            .join(Course, Course.live_version_id == CourseVersion.id)
            .where(Course.id == course_id)
        )
        tell(session, trainers_of(session, course_id), TOLD, about=about, now=now, course=title or "")
    elif not waits:
        settled(session, TOLD, about, now=now)


def _keys_of(session: Session, changes: Iterable[RegulationChange]) -> Mapping[int, Collection[str]]:
    ids = {one for change in changes for one in (change.regulation_id, change.by_id)}
    found: defaultdict[int, set[str]] = defaultdict(set)
    names = select(RegulationName.regulation_id, RegulationName.key)
    for regulation_id, key in session.execute(names.where(RegulationName.regulation_id.in_(ids))):
        found[regulation_id].add(key)
    return found


def _places(session: Session, course_id: int) -> list[_Place]:
    found: dict[tuple[str, str], _Place] = {}
    rows = session.scalars(
        select(Citation)
        .join(Course, Course.live_version_id == Citation.version_id)
        .where(Course.id == course_id, Course.archived_at.is_(None))
        .order_by(Citation.id)
    )
    for row in rows:
        found.setdefault((row.kind, row.place), _Place(row)).keys.add(row.key)
    return list(found.values())


def _open(
    session: Session, row: RegulationWork | None, change: RegulationChange, course_id: int, at: Citation,
    now: datetime,
) -> bool:  # fmt: skip
    """Add or open the row of a place; return whether it begins to wait."""
    if row is None:
        session.add(
            RegulationWork(
                change_id=change.id,
                course_id=course_id,
                kind=at.kind,
                place=at.place,
                title=at.title,
                path=at.path,
                text=at.text,
                opened_at=now,
            )  # fmt: skip
        )
        return True
    row.title, row.path, row.text = at.title, at.path, at.text
    if row.how in {"published", "withdrawn"}:
        row.opened_at, row.handled_at, row.handled_by, row.how, row.note = now, None, None, "", ""
        return True
    return False


def handle(session: Session, row: RegulationWork, *, note: str, by: int, now: datetime) -> bool:
    """Close a place that somebody looked at and leaves as it is; False when it is closed already."""
    query = holding(select(RegulationWork).where(RegulationWork.id == row.id), of=RegulationWork)
    row = session.execute(query).scalar_one()
    if row.handled_at is not None:
        return False
    row.handled_at, row.handled_by, row.how, row.note = now, by, "checked", note
    record(
        session, "regulation.checked", now=now, actor=by, subject=("course", row.course_id), place=row.place,
        note=note,
    )  # fmt: skip
    session.flush()
    _note(session, row.course_id)
    return True


def _note(session: Session, course_id: int) -> None:
    """Keep at the course whether its pages have to ask for notices."""
    shown = select(RegulationWork.id).where(
        RegulationWork.course_id == course_id, RegulationWork.how.in_(("", "published"))
    )
    course = session.get(Course, course_id)
    if course is not None:
        course.law_changed = session.scalar(shown.limit(1)) is not None
        session.flush()

"""What published courses cite: places of a rule, and names that no rule in the list has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Row, exists, func, select
from sqlalchemy.orm import Session

from lms.domain.catalog.models import Course, CourseVersion, Piece
from lms.domain.regulations.models import Citation, RegulationName
from lms.domain.regulations.rules import read_name, title_in


@dataclass(frozen=True)
class CitingPlace:
    """A place of a live version; `piece` is the title of the quiz or lesson in which a question stands."""

    slug: str
    course: str
    kind: str
    place: str
    title: str
    path: str
    piece: str
    text: str


def citing_places(session: Session, regulation_id: int) -> list[CitingPlace]:
    """Return the places of live versions that cite a rule, by course and reading order (one statement)."""
    keys = select(RegulationName.key).where(RegulationName.regulation_id == regulation_id)
    rows = session.execute(
        select(
            Course.slug, CourseVersion.title, Citation.kind, Citation.place, Citation.title, Citation.path,
            func.coalesce(Piece.title, ""), Citation.text,
        )
        .join(Course, Course.live_version_id == Citation.version_id)
        .join(CourseVersion, CourseVersion.id == Citation.version_id)
        .outerjoin(Piece, (Piece.version_id == Citation.version_id) & (Piece.key == Citation.piece))
        .where(Citation.key.in_(keys), Course.archived_at.is_(None))
        .order_by(CourseVersion.title, Citation.id)
    )  # fmt: skip
    return [CitingPlace(*row) for row in rows]


def version_places(session: Session, regulation_id: int) -> Sequence[int]:
    """Return the ids of all versions that cite a rule, older ones too."""
    keys = select(RegulationName.key).where(RegulationName.regulation_id == regulation_id)
    return session.scalars(select(Citation.version_id).distinct().where(Citation.key.in_(keys))).all()


@dataclass(frozen=True)
class Missing:
    """A name that live versions cite and no rule has; `title` as a citation gives it, "" for none."""

    key: str
    short: str
    places: int
    courses: int
    example: str
    title: str


def _unknown() -> tuple[object, ...]:
    known = exists().where(RegulationName.key == Citation.key)
    return ~known, Course.archived_at.is_(None)


def missing_names(session: Session) -> list[Missing]:
    """Return the names in live versions that no rule of the list has, the most cited first."""
    rows = session.execute(
        select(Citation.key, Citation.short, Citation.kind, Citation.place, Citation.text, Course.id)
        .join(Course, Course.live_version_id == Citation.version_id)
        .where(*_unknown())  # type: ignore[arg-type]
        .order_by(Citation.id)
    )
    cited: defaultdict[str, list[Row[str, str, str, str, str, int]]] = defaultdict(list)
    for row in rows:
        cited[row.key].append(row)
    found = []
    for key, own in cited.items():
        name = read_name(own[0].short)
        titles = [title for row in own if name and (title := title_in(row.text, name))]
        found.append(
            Missing(
                key, own[0].short, len({(row.id, row.kind, row.place) for row in own}),
                len({row.id for row in own}), own[0].text, next(iter(titles), ""),
            )
        )  # fmt: skip
    return sorted(found, key=lambda one: (-one.courses, -one.places, one.key))


def count_missing(session: Session) -> int:
    """Return how many such names there are."""
    return session.scalar(
        select(func.count(Citation.key.distinct()))
        .join(Course, Course.live_version_id == Citation.version_id)
        .where(*_unknown())  # type: ignore[arg-type]
    ) or 0  # fmt: skip

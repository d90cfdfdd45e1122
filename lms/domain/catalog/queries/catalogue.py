"""The list of published courses: search, filters, order, pages."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, aliased

from lms.domain.catalog.models import Course, CourseVersion, VersionClaim
from lms.domain.catalog.queries.hours import newest_approval
from lms.domain.catalog.rules import Word, like_pattern
from lms.domain.partners.models import Partner


@dataclass(frozen=True)
class CatalogueFilter:
    """What a learner asks for. `among` and `beside` are course ids (mine; not mine)."""

    words: tuple[Word, ...] = ()
    codes: Collection[str] | None = None  # competencies, any of them
    max_minutes: int | None = None
    min_jp: int | None = None
    among: Collection[int] | None = None
    beside: Collection[int] | None = None


@dataclass(frozen=True)
class CatalogueRow:
    """A published course in a list. `approved_jp` is None until BKPSDM approved its hours."""

    id: int
    slug: str
    title: str
    summary: str
    minutes: int
    size_bytes: int
    jp: int
    gives_certificate: bool
    published_at: datetime
    approved_jp: int | None
    organiser: str | None = None  # the partner institution; None: the office itself
    claims: tuple[tuple[str, int], ...] = ()


SORTS: dict[str, ColumnElement[Any]] = {
    "title": func.lower(CourseVersion.title),
    "minutes": CourseVersion.minutes.expression,
    "jp": CourseVersion.jp.expression,
    "published": CourseVersion.published_at.expression,
}


def catalogue(
    session: Session, wanted: CatalogueFilter, *, sort: str = "title", descending: bool = False,
    offset: int = 0, limit: int = 25,
) -> Sequence[CatalogueRow]:  # fmt: skip
    """Return a page of the published courses (two statements, whatever their number)."""
    column = SORTS[sort]
    rows = session.execute(
        select(
            Course.id, Course.slug, CourseVersion.title, CourseVersion.summary, CourseVersion.minutes,
            CourseVersion.size_bytes, CourseVersion.jp, CourseVersion.gives_certificate,
            CourseVersion.published_at, newest_approval().label("approved_jp"),
            CourseVersion.id.label("version_id"), Partner.name.label("organiser"),
        )
        .join(CourseVersion, CourseVersion.id == Course.live_version_id)
        .outerjoin(Partner, Partner.id == CourseVersion.partner_id)
        .where(*_conditions(wanted))
        .order_by(column.desc() if descending else column, Course.id)
        .offset(offset)
        .limit(limit)
    ).mappings()  # fmt: skip
    found: list[dict[str, Any]] = [dict(row) for row in rows]
    claims = _claims(session, [row["version_id"] for row in found])
    return [CatalogueRow(claims=claims.get(row.pop("version_id"), ()), **row) for row in found]


def catalogue_size(session: Session, wanted: CatalogueFilter) -> tuple[int, int | None]:
    """Return how many published courses match, and the minutes of the shortest."""
    count, shortest = session.execute(
        select(func.count(Course.id), func.min(CourseVersion.minutes))
        .join(CourseVersion, CourseVersion.id == Course.live_version_id)
        .where(*_conditions(wanted))
    ).one()
    return count, shortest


def live_codes(session: Session) -> list[str]:
    """Return the competency codes that published courses teach."""
    return list(
        session.scalars(
            select(VersionClaim.code)
            .join(Course, Course.live_version_id == VersionClaim.version_id)
            .where(Course.archived_at.is_(None))
            .distinct()
            .order_by(VersionClaim.code)
        )
    )


def claims_of(session: Session, version_id: int) -> tuple[tuple[str, int], ...]:
    """Return (competency code, level) of what a version teaches."""
    return _claims(session, [version_id]).get(version_id, ())


def _claims(session: Session, version_ids: list[int]) -> dict[int, tuple[tuple[str, int], ...]]:
    found: dict[int, tuple[tuple[str, int], ...]] = {}
    rows = session.execute(
        select(VersionClaim.version_id, VersionClaim.code, VersionClaim.level)
        .where(VersionClaim.version_id.in_(version_ids))
        .order_by(VersionClaim.code)
    )
    for version, code, level in rows:
        found[version] = (*found.get(version, ()), (code, level))
    return found


def _conditions(wanted: CatalogueFilter) -> list[ColumnElement[bool]]:
    found = [Course.archived_at.is_(None), *(_has_word(word) for word in wanted.words)]
    if wanted.codes is not None:
        found.append(_teaches(sorted(wanted.codes)))
    if wanted.max_minutes is not None:
        found.append(CourseVersion.minutes <= wanted.max_minutes)
    if wanted.min_jp is not None:
        found.append(CourseVersion.jp >= wanted.min_jp)
    if wanted.among is not None:
        found.append(Course.id.in_(list(wanted.among)))
    if wanted.beside is not None:
        found.append(Course.id.not_in(list(wanted.beside)))
    return found


def _has_word(word: Word) -> ColumnElement[bool]:
    pattern = like_pattern(word.text)
    places = [
        func.lower(column).like(pattern, escape="\\")
        for column in (CourseVersion.title, CourseVersion.summary, Course.slug)
    ]
    return or_(*places, _teaches(sorted(word.codes))) if word.codes else or_(*places)


def _teaches(codes: list[str]) -> ColumnElement[bool]:
    claim = aliased(VersionClaim)
    return (
        select(claim.code)
        .where(claim.version_id == CourseVersion.id, claim.code.in_(codes))
        .correlate(CourseVersion)
        .exists()
    )

"""The shortest way to the lesson hours that are missing to the target of the year."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.domain.catalog.models import Course, CourseVersion
from lms.domain.catalog.queries.hours import newest_approval


@dataclass(frozen=True)
class Offer:
    """A course with the JP that BKPSDM approved and its minutes of study."""

    slug: str
    title: str
    minutes: int
    jp: int


@dataclass(frozen=True)
class ShortestWay:
    """Courses that together give the missing JP; `left` JP stay missing when all of them are not enough."""

    missing: int
    courses: tuple[Offer, ...]
    left: int

    @property
    def minutes(self) -> int:
        """Minutes of study of all its courses."""
        return sum(one.minutes for one in self.courses)


def shortest_way(missing: int, offers: Sequence[Offer]) -> ShortestWay | None:
    """Return the courses that reach `missing` JP in the fewest minutes, then in the fewest courses.

    Exact: the best choice is kept for every number of JP up to `missing` (a knapsack). None when nothing
    is missing. When all offers together are not enough, no course is named and `left` tells the rest.
    """
    if missing <= 0:
        return None
    useful = sorted((one for one in offers if one.jp > 0), key=lambda one: one.slug)
    total = sum(one.jp for one in useful)
    if total < missing:
        return ShortestWay(missing, (), missing - total)
    best: dict[int, tuple[int, int, tuple[Offer, ...]]] = {0: (0, 0, ())}
    for one in useful:
        for reached, (minutes, count, picked) in list(best.items()):
            key, cost = min(missing, reached + one.jp), (minutes + one.minutes, count + 1)
            if reached < missing and (key not in best or cost < best[key][:2]):
                best[key] = (*cost, (*picked, one))
    return ShortestWay(missing, best[missing][2], 0)


def offers_for(session: Session, completed: Collection[int]) -> list[Offer]:
    """Return live courses with approved JP that were never completed (one statement).

    `completed` are course ids. The newest approval counts. A course that asks for others before it is left
    out: its own minutes would not be the whole way.
    """
    approved = newest_approval()
    rows = session.execute(
        select(
            Course.id, Course.slug, CourseVersion.title, CourseVersion.minutes, approved,
            CourseVersion.header["prerequisites"],
        )
        .join(CourseVersion, CourseVersion.id == Course.live_version_id)
        .where(approved > 0, Course.archived_at.is_(None))
    )  # fmt: skip
    return [
        Offer(slug, title, minutes, jp)
        for key, slug, title, minutes, jp, asked in rows
        if key not in completed and not asked
    ]

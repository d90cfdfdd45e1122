"""How many questions each value of a filter would show, and how many match."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lms.domain.catalog.models import IndexedQuestion
from lms.domain.catalog.queries.bank import (
    BankFilter,
    is_weak,
    marked,
    said,
    sides,
    tagged,
    words_of,
)  # fmt: skip
from lms.domain.catalog.queries.bank_scope import Scope

Counts = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class Facets:
    """How many questions match, and for each filter how many would with each of its values.

    A count of a filter keeps all others: those of a filter that holds one value each add up to its "".
    """

    total: int
    counts: Counts = field(default_factory=dict)


_NAMES = ("course", "kind", "competency", "difficulty", "state", "used", "weak")


def bank_facets(session: Session, scope: Scope, wanted: BankFilter) -> Facets:
    """Return the counts beside the filters (at most six statements, whatever the number of questions)."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in (*_NAMES, "tag")}
    asked, total = [getattr(wanted, name) for name in _NAMES], 0
    for values, count in _groups(session, scope, wanted):
        missed = [at for at, want in enumerate(asked) if want and values[at] != want]
        total += 0 if missed else count
        for at, name in enumerate(_NAMES):
            if not missed or missed == [at]:
                counts[name][""] += count
                if values[at]:
                    counts[name][values[at]] += count
    for side in sides(scope, wanted, places=True):
        tags = session.execute(
            select(IndexedQuestion.tags, func.count())
            .where(*side, *said(wanted), *marked(wanted))
            .group_by(IndexedQuestion.tags)
        )
        for text, count in tags:
            counts["tag"][""] += count
            counts["tag"].update(dict.fromkeys(words_of(text), count))
    return Facets(total, counts)


def _groups(session: Session, scope: Scope, wanted: BankFilter) -> Iterator[tuple[list[str], int]]:
    """The values of the filters in the order of `_NAMES`, with how many questions have them."""
    columns = (
        IndexedQuestion.course_id, IndexedQuestion.bank_id, IndexedQuestion.kind, IndexedQuestion.competency,
        IndexedQuestion.difficulty, IndexedQuestion.live, IndexedQuestion.quizzes,
    )  # fmt: skip
    for side in sides(scope, wanted, places=False):
        query = (
            select(*columns, func.count()).where(*side, *said(wanted), *tagged(wanted)).group_by(*columns)
        )  # in the order of its index, so nothing is sorted
        weak_rows = session.execute(query.where(is_weak(wanted))) if wanted.weak_ids else ()
        flagged = {tuple(row[:-1]): row[-1] for row in weak_rows}
        parts: list[Any] = [(*group, True, count) for group, count in flagged.items()]
        for *group, count in session.execute(query):
            if left := count - flagged.get(tuple(group), 0):
                parts.append((*group, False, left))
        for course_id, bank_id, kind, claim, difficulty, live, quizzes, weak, count in parts:
            used = bool(quizzes) or bank_id in wanted.used_banks
            place = scope.at(course_id, bank_id)
            code = claim if claim == wanted.competency else claim.partition(":")[0]
            state = "archived" if place.archived else "published" if live else "draft"
            flags = ["yes" if one else "no" for one in (used, weak)]
            yield [place.slug, kind, code, difficulty, state, *flags], count

"""Which courses home suggests: those that serve a need, each once, the ones that close it first."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from lms.clock import local_date
from lms.domain.catalog.actions import publish
from lms.domain.competencies.models import Competency, Rating, Requirement
from lms.domain.reports.suggestions import needs, suggestions
from tests.cast import NOW, Cast
from tests.courses import SLUG, make_bundle
from tests.learning import course_of

TODAY = local_date(NOW)


@pytest.fixture
def skills(session: Session, cast: Cast) -> dict[str, Competency]:
    """The position of the learner requires M.5 at 3, M.1 at 2 and, from tomorrow on, M.2; three courses."""
    found = {code: Competency(code=code, kind="managerial", name=code) for code in ("M.5", "M.1", "M.2")}
    session.add_all(found.values())
    session.flush()
    tomorrow = TODAY + timedelta(days=1)
    for code, level, day in (("M.5", 3, TODAY), ("M.1", 2, TODAY), ("M.2", 1, tomorrow)):
        session.add(
            Requirement(position_id=cast.clerk.id, competency_id=found[code].id, level=level, valid_from=day)
        )
    for slug, claims in (("satu", "M.5:2"), ("dua", "M.5:3"), ("tiga", "M.1:2, M.5:2")):
        files = {
            path: data.replace(b"kompetensi: [M.5:2]", f"kompetensi: [{claims}]".encode()).replace(
                SLUG.encode(), slug.encode()
            )
            for path, data in make_bundle().items()
        }
        assert publish(session, slug, files, home="disk", by=None, now=NOW).version is not None
    session.flush()
    return found


def offered(session: Session, cast: Cast, taken: str = "") -> list[tuple[str, str, bool]]:
    ids = {course_of(session, taken).id} if taken else set()
    return [
        (item.slug, item.need.code, item.closes) for item in suggestions(session, cast.learner, TODAY, ids)
    ]


def rate(session: Session, cast: Cast, skill: Competency, level: int) -> None:
    session.add(
        Rating(
            user_id=cast.learner.id, competency_id=skill.id, level=level, method="other",
            assessed_on=TODAY, assessor="Penilai", recorded_at=NOW,
        )
    )  # fmt: skip
    session.flush()


def test_what_closes_a_gap_comes_first_and_each_course_once(
    session: Session, cast: Cast, skills: dict[str, Competency]
) -> None:
    assert [need.code for need in needs(session, cast.learner, TODAY)] == ["M.5", "M.1"]
    found = offered(session, cast)
    assert sorted(found[:2]) == [("dua", "M.5", True), ("tiga", "M.1", True)]
    assert found[2:] == [("satu", "M.5", False)]
    assert [slug for slug, _code, _closes in offered(session, cast, "dua")] == ["tiga", "satu"]


def test_what_was_found_is_not_trained_again(
    session: Session, cast: Cast, skills: dict[str, Competency]
) -> None:
    rate(session, cast, skills["M.5"], 2)
    assert offered(session, cast) == [("dua", "M.5", True), ("tiga", "M.1", True)]
    rate(session, cast, skills["M.5"], 3)
    rate(session, cast, skills["M.1"], 4)
    assert offered(session, cast) == []


def test_without_a_position_nothing_is_suggested(
    session: Session, cast: Cast, skills: dict[str, Competency]
) -> None:
    cast.learner.position_id = None
    assert offered(session, cast) == []

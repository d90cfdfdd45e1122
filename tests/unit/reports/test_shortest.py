"""The shortest way to the missing JP, by hand figures and against all choices."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from lms.domain.catalog.actions import approve_hours
from lms.domain.catalog.models import Course
from lms.domain.reports.shortest import Offer, offers_for, shortest_way
from tests.cast import NOW, Cast
from tests.unit.certificates.rows import make_course

A, B, C = Offer("a", "A", 45, 1), Offer("b", "B", 90, 2), Offer("c", "C", 150, 3)


def test_by_hand() -> None:
    way = shortest_way(3, [C, B, A])
    assert way is not None and (way.courses, way.minutes, way.left) == ((A, B), 135, 0)
    beyond = shortest_way(9, [A, B, C])
    assert beyond is not None and (beyond.courses, beyond.left) == ((), 3)
    assert shortest_way(0, [A]) is None
    nothing = shortest_way(2, [])
    assert nothing is not None and nothing.left == 2


@given(
    st.integers(1, 12),
    st.lists(st.tuples(st.integers(0, 200), st.integers(0, 6)), max_size=7),
)
def test_no_choice_is_shorter(missing: int, figures: list[tuple[int, int]]) -> None:
    offers = [Offer(str(place), "", minutes, jp) for place, (minutes, jp) in enumerate(figures)]
    reach = [
        sum(one.minutes for one in some)
        for count in range(len(offers) + 1)
        for some in combinations(offers, count)
        if sum(one.jp for one in some) >= missing
    ]
    way = shortest_way(missing, offers)
    assert way is not None and len(set(way.courses)) == len(way.courses) and set(way.courses) <= set(offers)
    if reach:
        assert sum(one.jp for one in way.courses) >= missing and way.minutes == min(reach)
    else:
        assert way.courses == () and way.left == missing - sum(one.jp for one in offers)


def test_what_is_offered(session: Session, cast: Cast) -> None:
    made = {slug: make_course(session, slug) for slug in ("baru", "usai", "nol", "tunggu", "simpan")}
    made["lanjut"] = make_course(session, "lanjut", asked=("baru",))
    courses = {slug: session.get_one(Course, version.course_id) for slug, version in made.items()}
    courses["simpan"].archived_at = NOW
    approvals = (("baru", 9), ("baru", 4), ("usai", 6), ("lanjut", 6), ("nol", 6), ("nol", 0), ("simpan", 6))
    for slug, jp in approvals:  # of one course the last counts; "tunggu" has none
        approve_hours(session, courses[slug], jp, by=cast.bkpsdm.id, now=NOW)
    assert offers_for(session, {courses["usai"].id}) == [Offer("baru", "Manajemen Pelayanan Publik", 280, 4)]
    assert {one.slug: one.jp for one in offers_for(session, set())} == {"baru": 4, "usai": 6}

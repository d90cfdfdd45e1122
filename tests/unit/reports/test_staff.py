"""The staff query against figures worked out by hand (see desk.py)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from lms.domain.accounts.actions import issue_codes
from lms.domain.accounts.models import User
from lms.domain.accounts.queries import units_for
from lms.domain.enrollments.models import Enrollment
from lms.domain.enrollments.rules import deadline
from lms.domain.reports.queries import (
    StaffRow,
    StaffWanted,
    Year,
    count_staff,
    list_staff,
    staff_ids,
    staff_rows,
    staff_totals,
)
from lms.domain.reports.rules import Activation, Totals, by_unit, scope_of, whole
from tests.cast import NOW, make_user
from tests.unit.certificates.rows import make_course
from tests.unit.reports.desk import POLICY, TODAY, YEAR, Desk, statements
from tests.unit.reports.desk import whole as loaded

EMPTY = StaffWanted()


def find_staff(
    session: Session, wanted: StaffWanted, *, actor: User, when: Year, limit: int = 25, **order: Any
) -> list[StaffRow]:
    return list_staff(session, wanted, actor=actor, when=when, **order).rows(session, limit=limit)


def names(session: Session, actor: User, wanted: StaffWanted = EMPTY, **order: Any) -> list[str]:
    return [row.name for row in find_staff(session, wanted, actor=actor, when=YEAR, **order)]


def test_figures_of_each_person(session: Session, desk: Desk) -> None:
    actor = loaded(session, desk.cast.bkpsdm)
    rows = {row.name: row for row in find_staff(session, EMPTY, actor=actor, when=YEAR)}
    figures = {name: (r.jp, r.waiting, r.courses, r.target, r.lacking) for name, r in rows.items()}
    assert figures == {
        "Tengku Zahara, A.Md.": (6, 0, 1, 6, 0),
        "Siti": (0, 6, 1, 0, 0),
        "Bulan Permatasari": (6, 0, 1, 8, 2),
        "Raja Fauziah Hanim": (0, 0, 0, 6, 6),
        "Megat Sulaiman": (0, 0, 0, 6, 6),
        "Encik Ahmad": (0, 0, 0, 6, 6),
        "Muhammad Syahrul": (0, 0, 0, 6, 6),
        "Wan Nurhaliza": (0, 0, 0, 6, 6),
    }
    assert (rows["Siti"].unit, rows["Siti"].unit_code) == ("Kelurahan Penyengat", "KEL-0101")
    assert (rows["Siti"].position, rows["Siti"].nip) == ("Pengadministrasi Umum", "199403052024212017")


def test_another_year_has_other_figures(session: Session, desk: Desk) -> None:
    actor = loaded(session, desk.cast.bkpsdm)
    rows = find_staff(session, EMPTY, actor=actor, when=Year(2025, POLICY, NOW))
    assert {row.jp for row in rows} == {0}


def test_hr_of_a_unit_sees_its_subtree_only(session: Session, desk: Desk) -> None:
    mine = names(session, loaded(session, desk.cast.hr_unit))
    assert mine == ["Encik Ahmad", "Siti", "Tengku Zahara, A.Md."]
    assert names(session, loaded(session, desk.cast.learner)) == []


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (StaffWanted(hours="below"), {"Encik Ahmad"}),
        (StaffWanted(hours="met"), {"Tengku Zahara, A.Md."}),
        (StaffWanted(text="siti"), {"Siti"}),
        (StaffWanted(text="19900214 201503 2 003"), {"Tengku Zahara, A.Md."}),
        (StaffWanted(employment="lainnya"), {"Siti"}),
        (StaffWanted(activation="active"), set()),
        (StaffWanted(text="' OR 1=1 --"), set()),
    ],
)
def test_filters(session: Session, desk: Desk, wanted: StaffWanted, expected: set[str]) -> None:
    actor = loaded(session, desk.cast.hr_unit)
    assert set(names(session, actor, wanted)) == expected
    assert count_staff(session, wanted, actor=actor, when=YEAR) == len(expected)


def test_a_picked_stranger_is_not_reached(session: Session, desk: Desk) -> None:
    wanted = StaffWanted(ids=(desk.cast.stranger.id, desk.cast.learner.id))
    assert names(session, loaded(session, desk.cast.hr_unit), wanted) == ["Tengku Zahara, A.Md."]


def test_subtree_filter(session: Session, desk: Desk) -> None:
    actor = loaded(session, desk.cast.bkpsdm)
    wanted = StaffWanted(unit_path=desk.cast.district.path)
    assert names(session, actor, wanted, sort="jp", descending=True)[0] == "Tengku Zahara, A.Md."
    assert count_staff(session, wanted, actor=actor, when=YEAR) == 3


def test_download_has_the_order_of_the_list(session: Session, desk: Desk) -> None:
    actor = loaded(session, desk.cast.bkpsdm)
    for sort in ("name", "unit", "nip", "employment", "jp", "lacking"):
        for descending in (False, True):
            ids = staff_ids(
                session, EMPTY, actor=actor, when=YEAR, sort=sort, descending=descending, limit=100
            )
            listed = find_staff(session, EMPTY, actor=actor, when=YEAR, sort=sort, descending=descending)
            assert ids == [row.id for row in listed]
            assert list(staff_rows(session, ids, YEAR)) == listed


def test_activation(session: Session, desk: Desk) -> None:
    actor = loaded(session, desk.cast.hr_unit)
    desk.cast.learner.password_hash = "x"
    issue_codes(session, [desk.cast.colleague.id], by=actor, now=NOW, days=3)
    session.commit()
    actor = loaded(session, desk.cast.hr_unit)
    states = {row.name: row.activation for row in find_staff(session, EMPTY, actor=actor, when=YEAR)}
    assert states == {
        "Tengku Zahara, A.Md.": Activation.ACTIVE,
        "Siti": Activation.CODE,
        "Encik Ahmad": Activation.NONE,
    }
    later = Year(2026, POLICY, NOW + timedelta(days=3))
    rows = find_staff(session, StaffWanted(activation="none"), actor=actor, when=later)
    assert [row.name for row in rows] == ["Encik Ahmad", "Siti"]


def test_closed_accounts_are_no_staff(session: Session, desk: Desk) -> None:
    desk.cast.colleague.closed_at = NOW
    session.commit()
    assert "Siti" not in names(session, loaded(session, desk.cast.hr_unit))


def test_totals_of_the_tree(session: Session, desk: Desk) -> None:
    actor = loaded(session, desk.cast.bkpsdm)
    sums = staff_totals(session, EMPTY, actor=actor, when=YEAR)
    lines = by_unit(units_for(session, actor), sums, None)
    assert [(line.unit.code if line.unit else None, line.direct, line.totals) for line in lines] == [
        ("KOTA", True, Totals(people=3, targeted=3, lacking_jp=18, unused=3)),
        ("KEC-01", False, Totals(people=3, targeted=2, met=1, jp=6, waiting=6, lacking_jp=6, unused=3)),
        ("PKM-01", False, Totals(people=2, targeted=2, jp=6, lacking_jp=8, unused=2)),
    ]
    total = whole(lines)
    assert total == Totals(people=8, targeted=7, met=1, jp=12, waiting=6, lacking_jp=32, unused=8)
    assert (total.lacking, total.average, round(total.share, 1)) == (6, 1.5, 14.3)


def test_totals_under_a_chosen_unit(session: Session, desk: Desk) -> None:
    actor = loaded(session, desk.cast.bkpsdm)
    top = desk.cast.district
    sums = staff_totals(session, StaffWanted(unit_path=top.path), actor=actor, when=YEAR)
    lines = by_unit(units_for(session, actor), sums, top)
    assert [(line.unit and line.unit.code, line.direct, line.totals.people) for line in lines] == [
        ("KEC-01", True, 1),
        ("KEL-0101", False, 2),
    ]


def test_nobody_is_lost_from_the_totals(session: Session, desk: Desk) -> None:
    """A person without a unit and one in a closed unit still count."""
    lost = make_user(session, "Tanpa Unit", "lost@gurindam.example", desk.cast.city)
    lost.unit_id = None
    desk.cast.clinic.closed_on = NOW.date()
    session.commit()
    actor = loaded(session, desk.cast.bkpsdm)
    sums = staff_totals(session, EMPTY, actor=actor, when=YEAR)
    lines = by_unit(units_for(session, actor), sums, None)
    assert (lines[-1].unit, lines[-1].totals.people) == (None, 3)
    assert whole(lines).people == 9


def test_scope(session: Session, desk: Desk) -> None:
    actor = loaded(session, desk.cast.hr_unit)
    scope = scope_of(units_for(session, actor), everywhere=False)
    assert [(root.unit.code, root.below) for root in scope.roots] == [("KEC-01", 1)]
    assert scope.code == "KEC-01"


def test_statements_do_not_grow_with_the_staff(session: Session, desk: Desk) -> None:
    actor = loaded(session, desk.cast.bkpsdm)
    for i in range(40):
        make_user(session, f"Orang {i}", f"o{i}@gurindam.example", desk.cast.village)
    session.commit()
    actor = loaded(session, desk.cast.bkpsdm)
    with statements() as seen:
        assert len(find_staff(session, EMPTY, actor=actor, when=YEAR, limit=100)) == 48
        assert count_staff(session, EMPTY, actor=actor, when=YEAR) == 48
        staff_totals(session, EMPTY, actor=actor, when=YEAR)
    assert len(seen) == 5


def test_overdue_is_counted_as_the_learner_reads_it(session: Session, desk: Desk) -> None:
    """To the last second of the deadline's day in WIB nobody is late; who has completed or left never is."""
    course = make_course(session, "tenggat", due_days=30)
    joined = datetime(2026, 10, 31, 17, 30, tzinfo=UTC)  # 1 November in WIB
    for user, extra in (
        (desk.cast.learner, {}), (desk.cast.colleague, {"withdrawn_at": joined}),
        (desk.cast.hr_unit, {"completed_at": joined, "completed_on": TODAY, "jp_year": 2026}),
    ):  # fmt: skip
        session.add(
            Enrollment(
                user_id=user.id, course_id=course.course_id, version_id=course.id, enrolled_at=joined, **extra
            )
        )  # fmt: skip
    session.flush()
    actor = loaded(session, desk.cast.bkpsdm)
    for now, late in (
        (datetime(2026, 12, 1, 16, 59, 59, tzinfo=UTC), []),
        (datetime(2026, 12, 1, 17, 0, tzinfo=UTC), [("Tengku Zahara, A.Md.", 1)]),
    ):
        when = replace(YEAR, now=now)
        found = find_staff(session, StaffWanted(late=True), actor=actor, when=when, sort="late")
        assert [(row.name, row.late) for row in found] == late
        sums = staff_totals(session, StaffWanted(), actor=actor, when=when)
        assert sum(item.late for item in sums.values()) == len(late)
        due = deadline(joined, 30, now)
        assert due is not None and due.late == bool(late)


def test_a_course_taken_again_in_the_year_waits_once(session: Session, desk: Desk) -> None:
    """The colleague's 6 JP that wait stay 6 when the course is completed again, unless each time counts."""
    first = desk.waiting
    session.add(
        Enrollment(
            user_id=first.user_id, course_id=first.course_id, version_id=first.version_id, cycle=2,
            enrolled_at=NOW, started_at=NOW, completed_at=NOW, completed_on=TODAY, jp_year=2026,
        )
    )  # fmt: skip
    session.commit()
    for once, waiting in ((True, 6), (False, 12)):
        when = Year(2026, replace(POLICY, jp_once_a_year=once), NOW)
        (row,) = staff_rows(session, [first.user_id], when)
        assert (row.waiting, row.courses) == (waiting, 2)

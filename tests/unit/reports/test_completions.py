"""The query of completions and certificates (figures: see desk.py)."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest
from sqlalchemy.orm import Session

from lms.domain.accounts.models import User
from lms.domain.catalog.models import HoursApproval
from lms.domain.certificates.actions import replace as issue_again
from lms.domain.certificates.actions import revoke
from lms.domain.certificates.rules import State
from lms.domain.reports.queries import (
    CompletionsWanted,
    Line,
    count_lines,
    figures,
    find_lines,
    line_keys,
    lines_of,
)
from lms.domain.reports.rules import NoCertificate, why_none
from tests.cast import NOW, make_user
from tests.unit.certificates.rows import POLICY, URL, complete, make_course
from tests.unit.reports.desk import TODAY, Desk, statements
from tests.unit.reports.desk import whole as loaded

ALL = CompletionsWanted()


def lines(session: Session, actor: User, wanted: CompletionsWanted = ALL) -> list[Line]:
    found = find_lines(session, wanted, actor=actor, today=TODAY)
    assert count_lines(session, wanted, actor=actor, today=TODAY) == len(found)
    keys = line_keys(session, wanted, actor=actor, today=TODAY, limit=100)
    assert keys == [line.key for line in found]
    assert lines_of(session, keys, TODAY) == found  # list = download
    return found


def test_certificates_and_completions_without_one(session: Session, desk: Desk) -> None:
    found = lines(session, loaded(session, desk.cast.bkpsdm))
    assert [(line.name, line.state, line.reason, line.jp) for line in found] == [
        ("Siti", None, NoCertificate.HOURS_WAITING, 6),
        ("Bulan Permatasari", State.VALID, None, 6),
        ("Tengku Zahara, A.Md.", State.VALID, None, 6),
    ]
    assert [line.completed_on for line in found] == [TODAY, date(2026, 11, 20), date(2026, 11, 20)]
    assert found[0].key == f"e{desk.waiting.id}"


def test_hr_of_a_unit_sees_its_subtree_only(session: Session, desk: Desk) -> None:
    found = lines(session, loaded(session, desk.cast.hr_unit))
    assert [line.name for line in found] == ["Siti", "Tengku Zahara, A.Md."]


def test_unit_at_issue_or_today(session: Session, desk: Desk) -> None:
    desk.cast.learner.unit_id = desk.cast.clinic.id
    session.commit()
    actor = loaded(session, desk.cast.bkpsdm)
    then = CompletionsWanted(unit_path=desk.cast.village.path, at_issue=True)
    today = replace(then, at_issue=False)
    assert {line.name for line in lines(session, actor, then)} == {"Tengku Zahara, A.Md.", "Siti"}
    assert {line.name for line in lines(session, actor, today)} == {"Siti"}
    [moved] = [line for line in lines(session, actor, then) if line.certificate_id]
    assert (moved.unit, moved.unit_at_issue) == ("Puskesmas Sei Jang", "Kelurahan Penyengat")


@pytest.mark.parametrize(
    ("changes", "count"),
    [
        ({"first": date(2026, 11, 21)}, 1),  # completed on 24 November: the colleague
        ({"last": date(2026, 11, 20)}, 2),
        ({"first": TODAY, "by_issue": True}, 2),  # issued on 24 November
        ({"last": date(2026, 11, 23), "by_issue": True}, 0),
        ({"state": State.VALID}, 2),
        ({"state": State.REVOKED}, 0),
        ({"without": True}, 1),
        ({"text": "zahara"}, 1),
        ({"text": "1/BKPSDM"}, 1),
        ({"text": "100%"}, 0),
        ({"keys": ()}, 0),
    ],
)
def test_filters(session: Session, desk: Desk, changes: dict[str, object], count: int) -> None:
    wanted = replace(ALL, **changes)  # type: ignore[arg-type]
    assert len(lines(session, loaded(session, desk.cast.bkpsdm), wanted)) == count


def test_course_filter_and_code(session: Session, desk: Desk) -> None:
    actor = loaded(session, desk.cast.bkpsdm)
    assert len(lines(session, actor, CompletionsWanted(course_id=desk.archive.course_id))) == 1
    code = desk.certificates["learner"].code
    [line] = lines(session, actor, CompletionsWanted(text=code.lower()))
    assert line.certificate_id == desk.certificates["learner"].id


def test_revoked_and_replaced_keep_their_lines(session: Session, desk: Desk) -> None:
    actor = loaded(session, desk.cast.bkpsdm)
    revoke(session, desk.certificates["learner"], by=actor, reason="Salah orang", now=NOW)
    issue_again(
        session, desk.certificates["stranger"], by=actor, reason="Gelar", now=NOW + timedelta(hours=1),
        policy=POLICY, public_url=URL, files=desk.folder,
    )  # fmt: skip
    session.commit()
    actor = loaded(session, desk.cast.bkpsdm)
    states = sorted((line.name, str(line.state)) for line in lines(session, actor))
    assert states == [
        ("Bulan Permatasari", "replaced"),
        ("Bulan Permatasari", "valid"),
        ("Siti", "None"),
        ("Tengku Zahara, A.Md.", "revoked"),
    ]
    assert [line.name for line in lines(session, actor, replace(ALL, state=State.REVOKED))] == [
        "Tengku Zahara, A.Md."
    ]


def test_a_foreign_key_is_not_reached(session: Session, desk: Desk) -> None:
    wanted = CompletionsWanted(keys=(f"c{desk.certificates['stranger'].id}", "c", "cx", "e", "zz9"))
    assert lines(session, loaded(session, desk.cast.hr_unit), wanted) == []


def test_reasons(session: Session, desk: Desk) -> None:
    session.add(HoursApproval(course_id=desk.archive.course_id, jp=4, approved_by=None, approved_at=NOW))
    session.commit()
    [line] = lines(session, loaded(session, desk.cast.hr_unit), replace(ALL, without=True))
    assert line.reason is NoCertificate.HOURS_DIFFER
    assert why_none(True, 6, 6) is NoCertificate.UNDER_WAY
    assert why_none(True, 0, None) is NoCertificate.UNDER_WAY
    assert why_none(False, 6, None) is NoCertificate.NOT_GIVEN


def test_figures_of_the_month(session: Session, desk: Desk) -> None:
    seen = figures(session, loaded(session, desk.cast.bkpsdm), TODAY)
    assert (seen.completed_month, seen.waiting, seen.issued_month, seen.issued_year, seen.void_year) == (
        3, 1, 2, 2, 0,
    )  # fmt: skip
    assert figures(session, loaded(session, desk.cast.hr_unit), TODAY).issued_year == 1
    assert figures(session, loaded(session, desk.cast.bkpsdm), date(2027, 1, 1)).completed_month == 0


def test_statements_are_constant(session: Session, desk: Desk) -> None:
    actor = loaded(session, desk.cast.bkpsdm)
    with statements() as seen:
        find_lines(session, ALL, actor=actor, today=TODAY)
        count_lines(session, ALL, actor=actor, today=TODAY)
    assert len(seen) == 3


def test_pages_hold_the_whole_list_in_its_order(session: Session, desk: Desk) -> None:
    """Page after page is the list that a download has, however it is narrowed and ordered; so is the count.

    One certificate was replaced, one revoked, one person has no unit, two share a name.
    """
    actor = loaded(session, desk.cast.bkpsdm)
    revoke(session, desk.certificates["learner"], by=actor, reason="Salah orang", now=NOW)
    issue_again(
        session, desk.certificates["stranger"], by=actor, reason="Gelar", now=NOW + timedelta(hours=1),
        policy=POLICY, public_url=URL, files=desk.folder,
    )  # fmt: skip
    for turn in range(3):
        one = make_user(session, "siti", f"siti{turn}@gurindam.example", desk.cast.village)
        one.unit_id = None if turn else one.unit_id
        complete(session, one, make_course(session, f"{turn}-lain"))
    session.commit()
    actor = loaded(session, desk.cast.bkpsdm)
    wholly = {"": 7, "siti": 4}
    for text, state, without, sort, descending in product(
        ("", "siti", "1/BKPSDM"), (None, State.VALID, State.REPLACED), (False, True),
        ("day", "name", "unit", "course"), (False, True),
    ):  # fmt: skip
        wanted = CompletionsWanted(text=text, state=state, without=without)
        order = {"actor": actor, "today": TODAY, "sort": sort, "descending": descending}
        keys = line_keys(session, wanted, limit=1000, **order)  # type: ignore[arg-type]
        pages = [
            line.key
            for offset in range(0, 10, 2)
            for line in find_lines(session, wanted, limit=2, offset=offset, **order)  # type: ignore[arg-type]
        ]
        assert pages == keys
        assert count_lines(session, wanted, actor=actor, today=TODAY) == len(set(keys)) == len(keys)
        if text in wholly and state is None and not without:
            assert len(keys) == wholly[text]

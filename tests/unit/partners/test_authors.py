"""External authors: an account that is no staff, ends on its day, and publishes nothing on its own word."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from lms.content.bundle import digest, normalize
from lms.domain.accounts.actions import (
    Person,
    Refused,
    code_problem,
    edit_user,
    end_expired,
    grant_role,
    issue_codes,
    set_head,
    set_superior,
    sign_in,
    start_session,
)
from lms.domain.accounts.models import ActivationCode, LoginSession, User
from lms.domain.accounts.queries import (
    Credentials,
    PeopleFilter,
    count_people,
    find_people,
    people_for,
    staff_for,
    user_for,
    user_with_grants,
)
from lms.domain.accounts.rules import is_over
from lms.domain.catalog.actions import (
    NotApproved,
    OwnWork,
    begin_draft,
    decide,
    publish,
    save_draft,
    send_for_review,
    set_member,
)
from lms.domain.catalog.actions.members import NotOfTheDesk
from lms.domain.catalog.models import Course
from lms.domain.catalog.queries import draft_bundle, members, written_outside
from lms.domain.imports.queries import state_for
from lms.domain.partners.actions import add, add_author, close, edit_author
from lms.domain.partners.models import Partner
from lms.domain.reminders.queries.lines import open_people
from tests.cast import NOW, Cast, grant
from tests.courses import SLUG, make_bundle
from tests.unit.partners.test_partners import ENTRY

TODAY = date(2026, 11, 24)
LATE = NOW + timedelta(hours=14)  # 25 November 0.00 WIB


@pytest.fixture
def partner(session: Session, cast: Cast) -> Partner:
    return add(session, ENTRY, by=cast.bkpsdm.id, now=NOW)


@pytest.fixture
def author(session: Session, cast: Cast, partner: Partner) -> User:
    made = add_author(
        session, partner, "Dr. Penulis Mitra", "Penulis@UCB.example", TODAY, by=cast.admin.id, now=NOW
    )
    session.commit()
    return made


def whole(session: Session, user: User) -> User:
    found = user_with_grants(session, user.id)
    assert found is not None
    return found


def test_the_last_day_counts() -> None:
    assert not is_over(None, TODAY)
    assert not is_over(TODAY, TODAY)
    assert is_over(TODAY - timedelta(days=1), TODAY)


def test_an_author_is_a_trainer_without_number_unit_and_position(session: Session, author: User) -> None:
    row = whole(session, author)
    assert (row.email, row.nip, row.unit_id, row.position_id) == ("penulis@ucb.example", None, None, None)
    assert [one.role for one in row.grants] == ["trainer"]


@pytest.mark.parametrize(
    ("email", "until", "code"),
    [("", None, "email.missing"), ("salah", None, "email.invalid"),
     ("peserta@gurindam.example", None, "email.taken"),
     ("baru@ucb.example", TODAY - timedelta(days=1), "access.past")],
)  # fmt: skip
def test_what_cannot_be_is_refused(
    session: Session, cast: Cast, partner: Partner, email: str, until: date | None, code: str
) -> None:
    with pytest.raises(Refused, match=code):
        add_author(session, partner, "Seseorang", email, until, by=cast.admin.id, now=NOW)


def test_a_closed_institution_gets_no_author_and_one_with_authors_is_not_closed(
    session: Session, cast: Cast, partner: Partner, author: User
) -> None:
    with pytest.raises(Refused, match="partner.authors"):
        close(session, partner, by=cast.admin.id, now=NOW)
    author.closed_at = NOW
    assert close(session, partner, by=cast.admin.id, now=NOW)
    with pytest.raises(Refused, match="partner.closed"):
        add_author(session, partner, "Baru", "baru@ucb.example", None, by=cast.admin.id, now=NOW)


def test_the_tables_keep_an_author_from_becoming_staff(session: Session, cast: Cast, author: User) -> None:
    for change in (
        {"nip": "199001012015031001"},
        {"unit_id": cast.village.id},
        {"position_id": cast.clerk.id},
    ):
        with pytest.raises(IntegrityError), session.begin_nested():
            for name, value in change.items():
                setattr(author, name, value)
            session.flush()
        session.refresh(author)
    with pytest.raises(IntegrityError), session.begin_nested():
        cast.learner.access_until = TODAY
        session.flush()
    session.refresh(cast.learner)
    with pytest.raises(Refused, match="external.staff"):
        edit_user(session, author, Person("X", "199001012015031001"), now=NOW, actor=cast.admin.id)
    for role in ("reviewer", "bkpsdm", "admin"):
        with pytest.raises(Refused, match="role.external"):
            grant_role(session, author, role, now=NOW, actor=cast.admin.id)


def test_an_author_is_in_no_list_of_staff(session: Session, cast: Cast, author: User) -> None:
    for actor in (cast.admin, cast.bkpsdm, cast.hr_unit):
        looks = whole(session, actor)
        assert author.id not in session.scalars(staff_for(looks).with_only_columns(User.id)).all()
        assert user_for(session, looks, author.id) is None
        assert people_for(session, looks, [author.id]) == []
        assert author.id not in {
            one.id for one in find_people(session, PeopleFilter(), actor=looks, limit=99)
        }
    wanted = PeopleFilter(state="external")
    admin, unit = whole(session, cast.admin), whole(session, cast.hr_unit)
    assert [one.id for one in find_people(session, wanted, actor=admin)] == [author.id]
    assert (count_people(session, wanted, actor=admin), count_people(session, wanted, actor=unit)) == (1, 0)
    assert author.id not in session.scalars(open_people()).all()
    assert next(one for one in state_for(session, admin).people if one.id == author.id).mighty
    with pytest.raises(Refused, match="superior.unknown"):
        set_superior(session, cast.learner, author.email or "", now=NOW, actor=None)
    with pytest.raises(Refused, match="superior.unknown"):
        set_head(session, cast.village, author.email or "", now=NOW, actor=None)


def test_after_the_last_day_nobody_signs_in_and_devices_are_signed_out(
    session: Session, cast: Cast, author: User
) -> None:
    author.password_hash = "hash"
    session.flush()
    credentials = Credentials(author.id, "hash")
    sign_in(session, credentials, now=NOW, device="Telepon")
    start_session(session, cast.learner, now=NOW, device="Telepon")
    assert end_expired(session, now=NOW) == 0
    [issued] = issue_codes(session, [author.id], by=whole(session, cast.admin), now=NOW, days=30)
    code = session.scalars(select(ActivationCode)).one()
    assert (code_problem(code, issued.user, NOW), code_problem(code, issued.user, LATE)) == (
        None,
        "code.over",
    )
    with pytest.raises(Refused) as refused:
        sign_in(session, credentials, now=LATE, device="Telepon")
    assert (refused.value.code, refused.value.params) == ("access.ended", {"day": TODAY})
    assert (end_expired(session, now=LATE), end_expired(session, now=LATE)) == (1, 0)
    open_ones = session.scalars(select(LoginSession.user_id).where(LoginSession.ended_at.is_(None))).all()
    assert open_ones == [cast.learner.id]


def test_the_access_is_moved(session: Session, cast: Cast, author: User) -> None:
    by = cast.admin.id
    assert not edit_author(session, author, author.name, author.email or "", TODAY, by=by, now=LATE)
    with pytest.raises(Refused, match="access.past"):
        edit_author(session, author, author.name, "x@ucb.example", TODAY - timedelta(days=3), by=by, now=LATE)
    assert edit_author(session, author, author.name, author.email or "", None, by=by, now=LATE)
    assert author.access_until is None


def test_what_an_author_writes_is_published_on_the_word_of_the_city(
    session: Session, cast: Cast, author: User
) -> None:
    publish(session, SLUG, make_bundle(), home="desk", by=cast.trainer.id, now=NOW)
    course = session.scalars(select(Course)).one()
    assert not written_outside(session, course.id)
    set_member(session, course, author, "author", by=cast.admin.id, now=NOW)
    assert [one.unit for one in members(session, course.id) if one.user_id == author.id] == [ENTRY.name]
    with pytest.raises(NotOfTheDesk):
        set_member(session, course, author, "reviewer", by=cast.admin.id, now=NOW)
    changed = make_bundle()
    changed["kursus.md"] += b"\nKalimat baru.\n"
    begin_draft(session, course, by=author.id, now=NOW)
    save_draft(session, course, changed, by=author.id, now=NOW)
    session.commit()
    with pytest.raises(NotApproved):
        publish(session, SLUG, changed, home="desk", by=cast.trainer.id, now=NOW)
    session.rollback()
    seen = digest(normalize(draft_bundle(session, course.id) or {}))
    review = send_for_review(session, course, seen=seen, message="", by=author.id, now=NOW)
    second = add_author(
        session, session.scalars(select(Partner)).one(), "Dua", "dua@ucb.example", None, by=None, now=NOW
    )
    set_member(session, course, second, "author", by=cast.admin.id, now=NOW)
    for by in (author, second):
        with pytest.raises(OwnWork):
            decide(session, review, approve=True, note="", by=by.id, now=NOW)
    grant(session, cast.stranger, "reviewer")
    decide(session, review, approve=True, note="", by=cast.stranger.id, now=NOW)
    assert publish(session, SLUG, changed, home="desk", by=author.id, now=NOW).created


def test_a_draft_that_an_author_left_behind_still_needs_the_review(
    session: Session, cast: Cast, author: User
) -> None:
    publish(session, SLUG, make_bundle(), home="desk", by=cast.trainer.id, now=NOW)
    course = session.scalars(select(Course)).one()
    changed = make_bundle()
    changed["kursus.md"] += b"\nKalimat baru.\n"
    save_draft(session, course, changed, by=author.id, now=NOW)
    session.commit()
    with pytest.raises(NotApproved):
        publish(session, SLUG, changed, home="desk", by=cast.trainer.id, now=NOW)

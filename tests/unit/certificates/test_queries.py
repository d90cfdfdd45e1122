from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace as change
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import ColumnElement, event, select
from sqlalchemy.orm import Session

from lms.db import db
from lms.domain.accounts.models import User
from lms.domain.accounts.queries import user_with_grants
from lms.domain.certificates import queries
from lms.domain.certificates.actions import add_signed_file, replace, revoke
from lms.domain.certificates.models import Certificate
from lms.domain.certificates.rules import State
from tests.cast import Cast

from .rows import NOW, POLICY, URL, certify, complete, make_course

TODAY = date(2026, 11, 24)


@pytest.fixture
def issued(session: Session, cast: Cast, folder: Path) -> dict[str, Certificate]:
    """One certificate each for learner, colleague and stranger, and a second course for the learner."""
    version, other = make_course(session), make_course(session, "arsip", valid_months=6)
    made = {
        name: certify(session, complete(session, getattr(cast, name), version), folder)
        for name in ("learner", "colleague", "stranger")
    }
    made["second"] = certify(
        session, complete(session, cast.learner, other), folder, now=NOW + timedelta(days=10)
    )
    return made


def whole(session: Session, user: User) -> User:
    found = user_with_grants(session, user.id)
    assert found is not None
    return found


@contextmanager
def statements() -> Iterator[list[str]]:
    """The SELECT statements that are sent inside the block."""
    seen: list[str] = []

    def note(*arguments: object) -> None:
        if str(arguments[2]).startswith("SELECT"):
            seen.append(str(arguments[2]))

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def numbers(session: Session, actor: User, *conditions: ColumnElement[bool]) -> list[int]:
    found = select(Certificate.serial).join(User, User.id == Certificate.user_id)
    found = found.where(queries.seen_by(actor), *conditions).order_by(Certificate.issued_at.desc())
    return list(session.scalars(found.order_by(Certificate.id.desc())))


def test_one_reaches_only_the_own_certificates(
    session: Session, cast: Cast, issued: dict[str, Certificate]
) -> None:
    mine, theirs = issued["learner"].id, issued["stranger"].id
    assert queries.download_for(session, cast.learner, mine) is not None
    assert queries.download_for(session, cast.learner, theirs) is None
    assert [row.serial for row in queries.certificates_of(session, cast.learner.id)] == [4, 1]


def test_lists_cost_the_same_however_long_they_are(
    session: Session, cast: Cast, issued: dict[str, Certificate]
) -> None:
    session.expunge_all()
    with statements() as sent:
        rows = queries.certificates_of(session, cast.learner.id)
        assert [queries.newest_file(row).kind for row in rows] == ["original", "original"]
    assert len(sent) == 2
    with statements() as sent:
        queries.download_for(session, cast.learner, issued["learner"].id)
    assert len(sent) == 1


def test_hr_sees_the_subtree_and_bkpsdm_everybody(
    session: Session, cast: Cast, issued: dict[str, Certificate]
) -> None:
    hr, bkpsdm = whole(session, cast.hr_unit), whole(session, cast.bkpsdm)
    assert numbers(session, hr) == [4, 2, 1]
    assert numbers(session, bkpsdm) == [4, 3, 2, 1]
    assert numbers(session, whole(session, cast.learner)) == []
    assert queries.certificate_seen_by(session, hr, issued["learner"].id) is not None
    assert queries.certificate_seen_by(session, hr, issued["stranger"].id) is None


def test_who_moved_is_looked_after_by_the_new_unit(
    session: Session, cast: Cast, issued: dict[str, Certificate]
) -> None:
    cast.colleague.unit_id = cast.clinic.id
    session.commit()
    assert numbers(session, whole(session, cast.hr_unit)) == [4, 1]


def test_the_filter_by_state_agrees_with_the_rule(
    session: Session, cast: Cast, issued: dict[str, Certificate], folder: Path
) -> None:
    revoke(session, issued["stranger"], by=cast.bkpsdm, reason="Salah orang", now=NOW)
    arguments = {"policy": POLICY, "public_url": URL, "files": folder}
    replace(session, issued["colleague"], by=cast.bkpsdm, reason="Gelar", now=NOW, **arguments)  # type: ignore[arg-type]
    session.commit()
    actor = whole(session, cast.bkpsdm)
    for today in (TODAY, date(2027, 8, 1)):
        by_rule = {row.serial: queries.state_of(row, today) for row in session.scalars(select(Certificate))}
        assert {
            serial: state
            for state in State
            for serial in numbers(session, actor, queries.in_state(state, today))
        } == by_rule
    assert by_rule == {1: State.VALID, 2: State.REPLACED, 3: State.REVOKED, 4: State.EXPIRED, 5: State.VALID}


def test_a_signature_is_waited_for_where_it_was_required(session: Session, cast: Cast, folder: Path) -> None:
    enrollment = complete(session, cast.learner, make_course(session))
    made = certify(session, enrollment, folder, policy=change(POLICY, certificate_needs_signature=True))
    actor = whole(session, cast.bkpsdm)
    assert numbers(session, actor, queries.in_state(State.AWAITING_SIGNATURE, TODAY)) == [1]
    add_signed_file(session, made, b"%PDF-1.7 signed", folder, by=actor, now=NOW)
    assert numbers(session, actor, queries.in_state(State.AWAITING_SIGNATURE, TODAY)) == []
    assert numbers(session, actor, queries.in_state(State.VALID, TODAY)) == [1]


def test_a_code_finds_its_certificate_and_files(session: Session, issued: dict[str, Certificate]) -> None:
    session.expunge_all()
    with statements() as sent:
        found = queries.by_code(session, issued["learner"].code)
        assert found is not None
        assert (found.certificate.serial, found.successor) == (1, None)
        assert len(found.certificate.files) == 1
    assert len(sent) == 2
    assert queries.by_code(session, "7K3QX9M2VA4TH") is None


def test_a_download_is_named_for_its_owner(
    session: Session, cast: Cast, issued: dict[str, Certificate]
) -> None:
    download = queries.download_for(session, cast.learner, issued["learner"].id)
    assert download is not None
    expected = "199002142015032003_Tengku-Zahara-A-Md_Manajemen-Pelayanan-Publik_1-BKPSDM-DIKLAT-XI-2026.pdf"
    assert download.name == expected == queries.file_name(issued["learner"])

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.db import db
from lms.domain.accounts.actions import Refused
from lms.domain.audit.models import AuditEntry
from lms.domain.certificates import pdf, queries
from lms.domain.certificates.actions import add_signed_file, count_check, replace, reprint, revoke
from lms.domain.certificates.models import Certificate, CheckCount
from lms.domain.certificates.rules import State
from lms.domain.enrollments.models import Enrollment
from tests.cast import Cast

from .rows import LATER, POLICY, URL, certify, complete, in_app, make_course, stored


def renew(
    session: Session, old: Certificate, folder: Path, cast: Cast, reason: str = "Gelar keliru"
) -> Certificate:
    return replace(
        session, old, by=cast.bkpsdm, reason=reason, now=LATER, policy=POLICY, public_url=URL, files=folder
    )


# ---- revoke ----


def test_revoking_needs_a_reason_and_lasts(session: Session, cast: Cast, certificate: Certificate) -> None:
    for reason in ("", "  \n", "x" * 501):
        with pytest.raises(Refused, match="certificate.reason"):
            revoke(session, certificate, by=cast.bkpsdm, reason=reason, now=LATER)
    revoke(session, certificate, by=cast.bkpsdm, reason=" Bukan  pemilik akun ", now=LATER)
    revoke(session, certificate, by=cast.admin, reason="lain", now=LATER + timedelta(days=1))
    session.commit()
    assert certificate.revoked_reason == "Bukan pemilik akun"
    assert (certificate.revoked_at, certificate.revoked_by) == (LATER, cast.bkpsdm.id)
    assert queries.state_of(certificate, date(2026, 11, 27)) is State.REVOKED
    assert session.query(AuditEntry).filter_by(verb="certificate.revoked").count() == 1


def test_a_revoked_certificate_does_not_come_back_by_itself(
    session: Session, cast: Cast, certificate: Certificate, folder: Path
) -> None:
    revoke(session, certificate, by=cast.bkpsdm, reason="Salah orang", now=LATER)
    session.commit()
    enrollment = session.get_one(Enrollment, certificate.enrollment_id)
    assert certify(session, enrollment, folder, now=LATER).id == certificate.id
    renewed = renew(session, certificate, folder, cast, "Perkara selesai")
    assert queries.state_of(renewed, date(2026, 11, 27)) is State.VALID
    assert queries.state_of(certificate, date(2026, 11, 27)) is State.REVOKED


# ---- replace ----


def test_a_replacement_is_a_new_revision_with_todays_data(
    session: Session, cast: Cast, certificate: Certificate, folder: Path
) -> None:
    before = stored(session, certificate, folder)
    cast.learner.name = "Tengku Zahara, S.E."
    session.flush()
    new = renew(session, certificate, folder, cast)
    session.commit()
    assert (new.revision, new.replaces_id, new.cycle) == (2, certificate.id, certificate.cycle)
    assert new.code != certificate.code
    assert new.number == "2/BKPSDM/DIKLAT/XI/2026"
    assert new.snapshot["name"] == "Tengku Zahara, S.E."
    assert certificate.replaced_at == LATER
    assert stored(session, certificate, folder) == before
    assert queries.state_of(certificate, date(2026, 11, 27)) is State.REPLACED
    found = queries.by_code(session, certificate.code)
    assert found is not None
    assert found.successor == new.code


def test_a_replacement_lasts_no_longer_than_the_first(session: Session, cast: Cast, folder: Path) -> None:
    enrollment = complete(session, cast.learner, make_course(session, valid_months=12))
    old = certify(session, enrollment, folder)
    assert renew(session, old, folder, cast).valid_until == old.valid_until == date(2027, 11, 24)


def test_a_certificate_is_replaced_once(
    session: Session, cast: Cast, certificate: Certificate, folder: Path
) -> None:
    renew(session, certificate, folder, cast)
    session.commit()
    with pytest.raises(Refused, match="certificate.replaced"):
        renew(session, certificate, folder, cast)
    session.rollback()
    assert session.query(Certificate).count() == 2


def test_two_replacements_at_once_give_one(
    app: Flask, session: Session, cast: Cast, certificate: Certificate, folder: Path
) -> None:
    certificate_id = certificate.id
    session.close()

    def one(_: int) -> int:
        with Session(db.engine) as own:
            try:
                renew(own, own.get_one(Certificate, certificate_id), folder, cast)
            except Refused:
                return 0
            own.commit()
            return 1

    with ThreadPoolExecutor(4) as threads:
        assert sum(threads.map(in_app(app, one), range(4))) == 1


def test_nobody_renews_the_own_certificate(session: Session, cast: Cast, folder: Path) -> None:
    own = certify(session, complete(session, cast.bkpsdm, make_course(session)), folder)
    with pytest.raises(Refused, match="certificate.own"):
        renew(session, own, folder, cast)


# ---- files ----


def test_a_signed_file_is_appended_and_served(
    session: Session, cast: Cast, certificate: Certificate, folder: Path
) -> None:
    ((_, original),) = stored(session, certificate, folder)
    signed = original + b"\n% signature"
    first = add_signed_file(session, certificate, signed, folder, by=cast.bkpsdm, now=LATER)
    again = add_signed_file(session, certificate, signed, folder, by=cast.bkpsdm, now=LATER + timedelta(1))
    session.commit()
    assert first.id == again.id
    assert session.query(AuditEntry).filter_by(verb="certificate.signed").count() == 1
    assert certificate.signed_at == LATER
    assert stored(session, certificate, folder) == [("original", original), ("signed", signed)]
    download = queries.download_for(session, cast.learner, certificate.id)
    assert download is not None
    assert (download.sha256, download.size) == (first.sha256, len(signed))


@pytest.mark.parametrize(
    ("data", "code"), [(b"PK\x03\x04", "not_pdf"), (b"%PDF-" + bytes(5 * 1024 * 1024), "too_large")]
)
def test_a_wrong_signed_file_is_refused(
    session: Session, cast: Cast, certificate: Certificate, folder: Path, data: bytes, code: str
) -> None:
    with pytest.raises(Refused, match=code):
        add_signed_file(session, certificate, data, folder, by=cast.bkpsdm, now=LATER)
    assert certificate.signed_at is None


def test_a_revoked_certificate_is_not_signed(
    session: Session, cast: Cast, certificate: Certificate, folder: Path
) -> None:
    revoke(session, certificate, by=cast.bkpsdm, reason="Salah orang", now=LATER)
    with pytest.raises(Refused, match="not_valid"):
        add_signed_file(session, certificate, b"%PDF-1.7", folder, by=cast.bkpsdm, now=LATER)


def test_a_reprint_keeps_code_number_and_date(
    session: Session, cast: Cast, certificate: Certificate, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    same = reprint(session, certificate, folder, by=cast.bkpsdm, now=LATER)
    assert same.kind == "original"  # the design did not change, so neither did the bytes
    monkeypatch.setattr(pdf, "render", lambda snapshot, emblem: b"%PDF-" + snapshot["code"].encode())
    new = reprint(session, certificate, folder, by=cast.bkpsdm, now=LATER)
    assert (new.kind, new.certificate_id) == ("reprint", certificate.id)
    assert stored(session, certificate, folder)[1][1].decode().endswith(certificate.snapshot["code"])


def test_a_signed_certificate_is_not_printed_again(
    session: Session, cast: Cast, certificate: Certificate, folder: Path
) -> None:
    add_signed_file(session, certificate, b"%PDF-1.7 signed", folder, by=cast.bkpsdm, now=LATER)
    with pytest.raises(Refused, match="certificate.signed"):
        reprint(session, certificate, folder, by=cast.bkpsdm, now=LATER)


# ---- checks ----


def test_checks_are_counted_by_day_and_result(session: Session) -> None:
    for result in ("valid", "unknown", "valid"):
        count_check(session, result, date(2026, 11, 24))
    count_check(session, "valid", date(2026, 11, 25))
    session.commit()
    rows = session.execute(select(CheckCount.day, CheckCount.result, CheckCount.n)).all()
    assert sorted(tuple(row) for row in rows) == [
        (date(2026, 11, 24), "unknown", 1),
        (date(2026, 11, 24), "valid", 2),
        (date(2026, 11, 25), "valid", 1),
    ]

"""A file of people is taken back: old values return, new accounts go, what changed since stays."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from lms import clock
from lms.domain.accounts.models import FormerNip, Placement, Superior, User
from lms.domain.audit.models import AuditEntry
from lms.domain.imports.actions import forget_waiting
from lms.domain.imports.models import StaffImport, StaffImportRow
from tests.cast import NOW, Cast, grant, sign_in
from tests.unit.imports.files import HEAD, ZAHRA, csv_of
from tests.web.hr.desk import text_of
from tests.web.hr.test_hr_intake import KASIM, tried

BUDI = ("199801012024211009", "Budi Santoso", "KEL-0101", "PLK-01", "PPPK", "IX", "01/04/2024")


def facts(session: Session) -> dict[str, list[tuple[object, ...]]]:
    """Everything about people that a file changes."""
    session.expire_all()
    tables = {"user": User, "placement": Placement, "superior": Superior, "former": FormerNip}
    found = {}
    for name, model in tables.items():
        columns = [one for one in model.__table__.columns if one.name != "set_at"]
        found[name] = sorted((tuple(row) for row in session.execute(select(*columns))), key=repr)
    return found


def applied(client: FlaskClient, session: Session, *rows: tuple[object, ...]) -> str:
    address, seen = tried(client, session, csv_of((*HEAD, "NIP Atasan", "NIP Lama"), *rows))
    assert client.post(f"{address}/apply", data={"seen": seen}).status_code == 303
    return address


def taken_back(client: FlaskClient, address: str) -> str:
    page = client.get(f"{address}/undo").text
    seen = page.split('name="seen" value="')[1].split('"')[0]
    return text_of(client.post(f"{address}/undo", data={"seen": seen}, follow_redirects=True))


def test_everything_is_as_before(client: FlaskClient, session: Session, cast: Cast) -> None:
    sign_in(client, cast.hr_unit)
    before = facts(session)
    address = applied(
        client, session, (*ZAHRA[:2], "KEC-01", *ZAHRA[3:6], "01/10/2026", KASIM[0], ""),
        (*KASIM, BUDI[0], ""), (*BUDI, "", ""),
        ("199403052026212017", "Siti", *ZAHRA[2:6], "", "", cast.colleague.nip or ""),
    )  # fmt: skip
    changed = facts(session)
    assert all(changed[name] != before[name] for name in before), "the file touched each table"
    page = text_of(client.get(address))
    assert "Batalkan berkas ini" in page
    look = text_of(client.get(f"{address}/undo"))
    assert (
        "Batalkan untuk 4 pegawai" in look and "Akun baru ini dihapus" in look and "Kembali seperti" in look
    )
    assert facts(session) == changed
    assert "Perubahan pada 4 pegawai dibatalkan" in taken_back(client, address)
    assert facts(session) == before
    assert "Dibatalkan pada" in text_of(client.get(address))
    assert client.get(f"{address}/undo").status_code == 303
    assert client.post(f"{address}/undo", data={"seen": "x"}).status_code == 303
    verbs = [entry.verb for entry in session.scalars(select(AuditEntry))]
    assert verbs.count("user.removed") == 2 and verbs.count("user.restored") == 2 and "import.undone" in verbs


def test_what_changed_since_is_left(client: FlaskClient, session: Session, cast: Cast, app: Flask) -> None:
    sign_in(client, cast.hr_unit)
    address = applied(
        client, session, (ZAHRA[0], "Tengku Zahara, S.Sos.", "KEC-01", *ZAHRA[3:6], "01/10/2026", "", ""),
        (*KASIM, "", ""),
        (*BUDI, KASIM[0], ""),
    )  # fmt: skip
    zahra = session.scalars(select(User).where(User.nip == ZAHRA[0])).one()
    zahra.name = "Tengku Zahara Binti Raja"
    budi = session.scalars(select(User).where(User.nip == BUDI[0])).one()
    budi.password_hash = "x"
    session.commit()
    page = client.get(f"{address}/undo?show=left")
    for words in ("Sudah diubah lagi", "Akun baru ini sudah dipakai", "Menjadi atasan orang"):
        assert words in page.text, words
    assert "Tidak ada yang dapat dibatalkan" in page.text
    answer = client.post(f"{address}/undo", data={"seen": "x"}, follow_redirects=True)
    assert "berubah sejak Anda melihatnya" in answer.text
    budi.password_hash = None
    session.commit()
    words = taken_back(client, address)
    assert "Perubahan pada 2 pegawai dibatalkan" in words and "1 pegawai dibiarkan" in words
    session.expire_all()
    assert session.scalar(select(User.id).where(User.nip == KASIM[0])) is None
    assert session.get_one(User, zahra.id).unit_id == cast.district.id


def test_whom_the_office_may_not_change_by_now_is_left_and_not_looked_up(
    client: FlaskClient, session: Session, cast: Cast
) -> None:
    """Somebody got wider rights since, somebody moved away and bears another name there."""
    sign_in(client, cast.hr_unit)
    siti = ("199403052024212017", "Siti Baru", *ZAHRA[2:6])
    address = applied(
        client, session, (ZAHRA[0], "Tengku Baru", *ZAHRA[2:6], "", "", ""), (*siti, "", "", "")
    )
    assert "Batalkan untuk 2 pegawai" in text_of(client.get(f"{address}/undo"))
    grant(session, cast.learner, "admin")
    cast.colleague.unit_id, cast.colleague.name = cast.stranger.unit_id, "Siti Rahasia"
    session.commit()
    words = text_of(client.get(f"{address}/undo?show=left"))
    assert "wewenang lebih luas" in words and "Siti Rahasia" not in words and "Siti Baru" in words
    client.post(f"{address}/undo", data={"seen": "x"})
    session.expire_all()
    assert session.get_one(User, cast.learner.id).name == "Tengku Baru"
    assert "Batalkan untuk" not in text_of(client.get(f"{address}/undo"))


def test_only_who_sent_it_and_only_for_some_days(
    client: FlaskClient, session: Session, cast: Cast, app: Flask
) -> None:
    sign_in(client, cast.hr_unit)
    address = applied(client, session, (*KASIM, "", ""))
    other = sign_in(app.test_client(), cast.bkpsdm)
    assert other.get(f"{address}/undo").status_code == 404
    assert other.post(f"{address}/undo").status_code == 404
    item = session.scalars(select(StaffImport)).one()
    item.applied_at = item.created_at = (item.applied_at or NOW) - timedelta(days=15)
    session.commit()
    assert client.get(f"{address}/undo").status_code == 303
    assert "Batalkan berkas ini" not in client.get(address).text
    assert session.query(StaffImportRow).count() == 1
    now = clock.now()
    forget_waiting(session, before=now, applied_before=now - timedelta(days=14))
    assert session.query(StaffImportRow).count() == 0

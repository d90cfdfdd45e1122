"""The admin desk: settings, emblem, activity log."""

from __future__ import annotations

import io
import struct
import zlib
from dataclasses import asdict
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from lms import clock
from lms.domain.audit.actions import record
from lms.domain.audit.models import AuditEntry
from lms.domain.settings.queries import policy
from lms.domain.settings.rules import DEFAULTS, HOURS_FIELDS, KEYS
from lms.web.admin.settings_forms import GROUPS
from tests.cast import NOW, Cast, sign_in

CERTIFICATES = {
    key: value
    for key, value in asdict(DEFAULTS).items()
    if key.startswith("certificate_") and value is not False
}


@pytest.fixture
def desk(client: FlaskClient, cast: Cast) -> FlaskClient:
    """A browser of the admin."""
    return sign_in(client, cast.admin)


def png(width: int = 64, height: int = 64) -> bytes:
    """A grey picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\x80" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def upload(desk: FlaskClient, data: bytes, name: str = "lambang.png"):
    return desk.post("/admin/settings/emblem", data={"emblem": (io.BytesIO(data), name)})


def test_every_setting_can_be_changed_here(desk: FlaskClient) -> None:
    shown = {name for _title, _second, form in GROUPS.values() for name in vars(form) if name in KEYS}
    assert shown | {"classroom_rates", "emblem_sha256", "hours_rules", *HOURS_FIELDS} == KEYS
    for key in GROUPS:
        page = desk.get(f"/admin/settings/{key}")
        assert page.status_code == 200


def test_a_change_holds_and_is_logged(desk: FlaskClient, session: Session) -> None:
    fields = {"signer_name": "Dra. Hj. Aminah, M.M.", "signer_nip": "19680101 199003 2 001",
              "signer_rank": "Pembina Utama Muda, IV/c", "signer_position": "Kepala BKPSDM"}  # fmt: skip
    for _time in range(2):
        assert desk.post("/admin/settings/signer", data=fields).location == "/admin/settings"
    assert policy(session).signer_nip == "196801011990032001"
    assert "Dra. Hj. Aminah, M.M." in desk.get("/admin/settings").text
    [entry] = session.scalars(select(AuditEntry)).all()
    assert entry.detail["changed"]["signer_name"] == ["", "Dra. Hj. Aminah, M.M."]
    assert "mengubah pengaturan" in desk.get("/admin/log").text


@pytest.mark.parametrize(
    ("group", "fields", "said"),
    [
        ("accounts", {"activation_days": "0"}, "1 sampai 365"),
        ("accounts", {"activation_days": "banyak"}, "bilangan bulat"),
        ("accounts", {"activation_days": ""}, "1 sampai 365"),
        ("competencies", {"job_match_meets": "60", "job_match_almost": "60"}, "lebih kecil"),
        ("signer", {"signer_nip": "123"}, "NIP berisi 18 angka"),
        ("site", {"site_name": "x" * 41}, "Paling banyak 40"),
        ("site", {"site_name": " "}, "tidak boleh kosong"),
        ("certificates", {**CERTIFICATES, "certificate_kind": "ijazah"}, "Pilih jenis dari daftar"),
        ("certificates", {**CERTIFICATES, "certificate_number": "{seq}"}, "{year} harus ada satu kali"),
        ("certificates", {**CERTIFICATES, "certificate_number": "{year}"}, "{seq} harus ada satu kali"),
        ("certificates", {**CERTIFICATES, "certificate_number": "{seq}/{year"}, "kurung kurawal"),
        ("certificates", {**CERTIFICATES, "certificate_number": "{seq}/{opd}/{year}"}, "Yang dikenal hanya"),
    ],
)
def test_what_cannot_be_is_refused_with_a_reason(
    desk: FlaskClient, session: Session, group: str, fields: dict[str, str], said: str
) -> None:
    answer = desk.post(f"/admin/settings/{group}", data=fields)
    assert answer.status_code == 422
    assert said in answer.text
    assert policy(session) == DEFAULTS


def test_the_certificate_number_is_shown_before_it_is_saved(desk: FlaskClient, session: Session) -> None:
    fields = {**CERTIFICATES, "certificate_number": "{seq:04}/{class}/{month_roman}/{year}", "preview": "1"}
    with clock.frozen(NOW):
        page = desk.post("/admin/settings/certificates", data=fields)
    assert page.status_code == 200
    assert "0001/DIKLAT/XI/2026" in page.text
    assert policy(session) == DEFAULTS
    del fields["preview"]
    desk.post("/admin/settings/certificates", data=fields)
    assert policy(session).certificate_number == "{seq:04}/{class}/{month_roman}/{year}"


def test_the_help_contact_stands_on_the_sign_in_page(desk: FlaskClient) -> None:
    site = {
        key: getattr(DEFAULTS, key)
        for key in ("site_name", "city", "government", "organiser", "organiser_short")
    }
    desk.post("/admin/settings/site", data={**site, "help_contact": "BKPSDM, (0771) 000-000"})
    assert "BKPSDM, (0771) 000-000" in desk.application.test_client().get("/login").text


def test_the_emblem_is_set_shown_and_removed(desk: FlaskClient, session: Session) -> None:
    assert desk.get("/admin/settings/emblem.png").status_code == 404
    assert upload(desk, png()).status_code == 303
    assert len(policy(session).emblem_sha256) == 64
    shown = desk.get("/admin/settings/emblem.png")
    assert (shown.data, shown.mimetype) == (png(), "image/png")
    desk.post("/admin/settings/emblem/remove")
    session.expire_all()
    assert policy(session).emblem_sha256 == ""


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "Ini bukan berkas PNG"),
        (b"", "Ini bukan berkas PNG"),
        (png()[:80], "Berkas rusak"),
        (png() + bytes(300_000), "lebih besar dari 300 KB"),
        (png(32, 64), "64 sampai 2400 piksel"),
        (png(64, 2401), "64 sampai 2400 piksel"),
    ],
)
def test_other_files_are_no_emblem(desk: FlaskClient, session: Session, data: bytes, said: str) -> None:
    answer = upload(desk, data)
    assert answer.status_code == 422
    assert said in answer.text
    assert policy(session).emblem_sha256 == ""


def test_no_file_is_asked_for(desk: FlaskClient) -> None:
    answer = desk.post("/admin/settings/emblem", data={})
    assert "Pilih berkasnya dulu" in answer.text


def fill(session: Session, cast: Cast) -> None:
    """Sixty sign-ins of the learner and one act of the admin, a day later."""
    for number in range(60):
        at = NOW + timedelta(minutes=number)
        record(session, "session.started", now=at, actor=cast.learner.id, subject=("user", cast.learner.id))
    record(
        session, "role.granted", now=NOW + timedelta(days=1), actor=cast.admin.id,
        subject=("user", cast.stranger.id), role="hr", unit=cast.clinic.id,
    )  # fmt: skip
    session.commit()


def test_the_log_is_read_in_pages(desk: FlaskClient, session: Session, cast: Cast) -> None:
    fill(session, cast)
    page = desk.get("/admin/log").text
    assert page.count('<tr role="row"') == 51
    assert "memberi peran" in page
    assert "peran: Kepegawaian unit; unit: Puskesmas Sei Jang" in page
    assert cast.stranger.name in page
    oldest = min(session.scalars(select(AuditEntry.id).order_by(AuditEntry.id.desc()).limit(50)))
    assert f"before={oldest}" in page
    assert desk.get(f"/admin/log?before={oldest}").text.count('<tr role="row"') == 12


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("q=zahara", 50), ("q=nurhaliza", 1), ("q=tidakada", 0), ("verb=role.granted", 1), ("verb=no", 0),
        ("from=2026-11-25", 1), ("to=2026-11-23", 0), ("from=2026-11-24&to=2026-11-24&q=nurhaliza", 0),
        ("from=kemarin", 50), ("before=abc", 50), ("before=1", 0),
    ],
)  # fmt: skip
def test_the_log_is_filtered(desk: FlaskClient, session: Session, cast: Cast, query: str, count: int) -> None:
    fill(session, cast)
    page = desk.get(f"/admin/log?{query}").text
    assert max(0, page.count('<tr role="row"') - 1) == count


def test_the_log_of_one_account(desk: FlaskClient, session: Session, cast: Cast) -> None:
    fill(session, cast)
    assert desk.get(f"/admin/log?user={cast.stranger.id}").text.count('<tr role="row"') == 2
    assert "Tidak ada kejadian yang cocok" in desk.get(f"/admin/log?user={cast.bkpsdm.id}").text

"""Overview, completions, recap, approvals: the figures on the pages."""

import re

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lms.domain.audit.models import AuditEntry
from lms.domain.catalog.actions import publish
from lms.domain.catalog.models import Course, CourseMember, HoursApproval
from lms.domain.certificates.models import Certificate
from lms.domain.jobs.models import Job
from lms.domain.settings.actions import change
from tests.cast import NOW
from tests.course_files import named
from tests.unit.reports.desk import Desk, statements
from tests.web.hr.desk import at_desk, jobs, text_of


def stats(page: str) -> dict[str, str]:
    found = re.findall(r"<dt>([^<]+)</dt><dd>([^<]*)", page)
    return {name.strip(): value.strip() for name, value in found}


def test_overview_figures(client: FlaskClient, session: Session, desk: Desk) -> None:
    change(session, {"target_jp_pns": 6, "target_jp_pppk": 8}, by=None, now=NOW)
    session.commit()
    answer = at_desk(client, desk, "bkpsdm").get("/hr")
    assert stats(answer.text) == {
        "Pegawai": "8", "Target tercapai": "1", "JP per orang": "1,5", "Selesai bulan ini": "3",
        "Sertifikat terbit": "2",
    }  # fmt: skip
    text = text_of(answer)
    assert "37 hari lagi tahun berakhir. 6 pegawai belum mencapai target JP." in text
    assert "2 pelatihan menunggu persetujuan JP" in text  # the one next step of BKPSDM
    assert answer.text.count("btn-gold") == 1
    unit = stats(at_desk(client, desk, "hr_unit").get("/hr").text)
    assert (unit["Pegawai"], unit["Sertifikat terbit"], unit["Target tercapai"]) == ("3", "1", "1")


def test_overview_of_a_scope_without_people(client: FlaskClient, session: Session, desk: Desk) -> None:
    desk.cast.hr_unit.unit_id = desk.cast.city.id
    for user in (desk.cast.learner, desk.cast.colleague):
        user.unit_id = desk.cast.clinic.id
    session.commit()
    text = text_of(at_desk(client, desk, "hr_unit").get("/hr"))
    assert "Belum ada pegawai di lingkup Anda." in text


def test_completions_list(client: FlaskClient, desk: Desk) -> None:
    text = text_of(at_desk(client, desk, "hr_unit").get("/hr/completions"))
    assert "2 baris." in text
    assert "JP pelatihan belum disetujui BKPSDM" in text and "1/BKPSDM/DIKLAT/XI/2026" in text
    only = text_of(client.get("/hr/completions?state=without"))
    assert "1 baris." in only
    none = text_of(client.get("/hr/completions?state=revoked"))
    assert "Tidak ada baris yang cocok" in none


def test_recap_sums(client: FlaskClient, session: Session, desk: Desk) -> None:
    change(session, {"target_jp_pns": 6, "target_jp_pppk": 8}, by=None, now=NOW)
    session.commit()
    answer = at_desk(client, desk, "bkpsdm").get("/hr/hours?year=2026")
    assert stats(answer.text) == {
        "Pegawai": "8", "Target tercapai": "1", "JP tercatat": "12", "Kurang JP": "32",
    }  # fmt: skip
    text = text_of(answer)
    assert "Kecamatan Tanjungpinang Kota 3 6 2 1 1 6" in text
    assert "Jumlah 8 12 1,5 1 6 32" in text
    inside = text_of(client.get(f"/hr/hours?year=2026&unit={desk.cast.village.id}"))
    assert "Kelurahan Penyengat 2 6 3 1 0 0" in inside


def test_recap_keeps_its_statements(client: FlaskClient, desk: Desk) -> None:
    at_desk(client, desk, "bkpsdm")
    with statements() as seen:
        client.get("/hr/hours")
    assert len(seen) <= 10


def test_approval_issues_what_waited(app: Flask, client: FlaskClient, session: Session, desk: Desk) -> None:
    at_desk(client, desk, "bkpsdm")
    page = f"/hr/approvals/{desk.archive.course_id}"
    listed = text_of(client.get("/hr/approvals"))
    assert "1 penyelesaian menunggu JP." in listed and "46,7" not in listed
    shown = text_of(client.get(page))
    assert "6 JP untuk 280 menit" in shown and "6,2 JP dengan 45 menit per JP" in shown
    answer = client.post(page, data={"jp": "6", "note": "SK 12/2026"})
    assert answer.status_code == 303
    after = text_of(client.get(page))
    assert "6 JP disetujui. 1 penyelesaian yang menunggu sedang dicatat." in after and "SK 12/2026" in after
    assert client.post(page, data={"jp": "6", "note": "SK 12/2026"}).status_code == 303  # a double click
    assert session.scalar(select(func.count()).select_from(HoursApproval)) == 1
    assert session.scalar(select(func.count()).select_from(Job)) == 1
    assert session.scalar(select(func.count()).where(AuditEntry.verb == "hours.approved")) == 1
    assert jobs(app) == 1
    assert session.scalar(select(func.count()).select_from(Certificate)) == 3
    assert "1 baris" not in text_of(client.get("/hr/completions?state=without"))


def test_other_hours_leave_the_certificate_waiting(
    app: Flask, client: FlaskClient, session: Session, desk: Desk
) -> None:
    at_desk(client, desk, "bkpsdm")
    client.post(f"/hr/approvals/{desk.archive.course_id}", data={"jp": "4", "note": ""})
    jobs(app)
    assert session.scalar(select(func.count()).select_from(Certificate)) == 2
    assert "JP yang disetujui BKPSDM berbeda" in text_of(client.get("/hr/completions?state=without"))


def test_approval_of_nonsense(client: FlaskClient, session: Session, desk: Desk) -> None:
    at_desk(client, desk, "bkpsdm")
    page = f"/hr/approvals/{desk.archive.course_id}"
    for jp, note in (("", ""), ("-1", ""), ("201", ""), ("x", ""), ("6", "n" * 501)):
        assert client.post(page, data={"jp": jp, "note": note}).status_code == 422
    assert client.get("/hr/approvals/99999").status_code == 404
    assert client.post("/hr/approvals/99999", data={"jp": "1"}).status_code == 404
    assert session.scalar(select(func.count()).select_from(HoursApproval)) == 0


def test_nobody_approves_the_own_course(client: FlaskClient, session: Session, desk: Desk) -> None:
    session.add(CourseMember(course_id=desk.archive.course_id, user_id=desk.cast.bkpsdm.id, role="author"))
    session.commit()
    at_desk(client, desk, "bkpsdm")
    page = f"/hr/approvals/{desk.archive.course_id}"
    assert "Anda ikut menyusun pelatihan ini." in client.get(page).text
    assert client.post(page, data={"jp": "6", "note": ""}).status_code == 403
    assert session.scalar(select(func.count()).select_from(HoursApproval)) == 0


def test_after_an_approval_there_is_a_way_on(client: FlaskClient, session: Session, desk: Desk) -> None:
    """One approval leads to the next that waits, after the last to the list; each to what it set free."""
    assert publish(session, "lanjutan", named("lanjutan"), home="disk", by=None, now=NOW).version is not None
    session.commit()
    at_desk(client, desk, "bkpsdm")
    page, seen = f"/hr/approvals/{desk.archive.course_id}", []
    while page:
        before = client.get(page).text
        assert "Persetujuan berikutnya" not in before
        claimed = re.search(r'name="jp"[^>]*value="([0-9]+)"', before)
        seen.append(page)
        assert claimed is not None
        answer = client.post(page, data={"jp": claimed[1], "note": ""}, follow_redirects=True)
        assert f'href="/hr/completions?course={page.rsplit("/", 1)[1]}"' in answer.text
        assert 'href="/hr/approvals">Semua persetujuan</a>' in answer.text
        found = re.search(r'class="btn btn-gold btn-wide" href="(/hr/approvals/[0-9]+)"', answer.text)
        page = found[1] if found else ""
    assert "Tidak ada pelatihan lain yang menunggu" in answer.text
    other = session.scalars(select(Course.id).where(Course.slug == "lanjutan")).one()
    assert f"/hr/approvals/{other}" in seen[1:] and len(seen) == len(set(seen))

"""From ZIP to draft to version: what a trainer does, and what goes wrong in clear words."""

from __future__ import annotations

import io
import stat
import zipfile

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from lms.content.bundle import digest, read_zip
from lms.db import Base
from lms.domain.audit.models import AuditEntry
from lms.domain.catalog.actions import publish
from lms.domain.catalog.models import Course, CourseVersion
from lms.domain.catalog.queries import draft_bundle
from lms.domain.enrollments.actions import act
from lms.web.trainer.own import UPLOAD_BYTES
from tests.cast import NOW, Cast, sign_in
from tests.course_files import QUIZ, broken, edited, other_kind, with_picture, zipped
from tests.courses import SLUG, enroll_in, make_bundle

COURSE = f"/trainer/courses/{SLUG}"


def send(client: FlaskClient, data: bytes, address: str = "/trainer/courses") -> TestResponse:
    head = b'--grenze\r\nContent-Disposition: form-data; name="file"; filename="p.zip"\r\n'
    body = head + b"Content-Type: application/zip\r\n\r\n" + data + b"\r\n--grenze--\r\n"
    return client.post(address, data=body, content_type="multipart/form-data; boundary=grenze")


def publish_seen(client: FlaskClient, files: dict[str, bytes]) -> TestResponse:
    return client.post(f"{COURSE}/draft/publication", data={"seen": digest(files)}, follow_redirects=True)


def counts(session: Session) -> dict[str, int]:
    return {
        table.name: session.execute(select(func.count()).select_from(table)).scalar_one()
        for table in Base.metadata.sorted_tables
    }


def test_another_kind_under_an_id_is_told_when_publishing(
    trainer: FlaskClient, session: Session, published: Course
) -> None:
    send(trainer, zipped(other_kind()), f"{COURSE}/draft")
    before = counts(session)
    response = publish_seen(trainer, other_kind())
    page = response.get_data(as_text=True)
    assert response.status_code == 422
    assert "draf ini tidak cocok dengan versi yang terbit" in page
    assert "Soal k-10 berjenis isian" in page
    assert f"{QUIZ}:" in page
    session.expire_all()
    assert counts(session) == before
    assert published.live_version_id == session.scalars(select(CourseVersion.id)).one()


def test_a_zip_becomes_a_course_that_is_published_by_a_press(trainer: FlaskClient, session: Session) -> None:
    response = send(trainer, zipped(with_picture(), folder="layanan-loket/"))
    assert response.status_code == 303
    assert response.location == f"{COURSE}/draft"
    page = trainer.get(response.location).get_data(as_text=True)
    assert "Ini versi pertama" in page
    assert "Terbitkan pelatihan" in page
    assert session.scalar(select(func.count(CourseVersion.id))) == 0
    page = publish_seen(trainer, with_picture()).get_data(as_text=True)
    assert "Versi 1 sudah terbit." in page
    assert draft_bundle(session, session.scalars(select(Course.id)).one()) is None


def test_a_zip_of_windows_makes_no_new_version(
    trainer: FlaskClient, session: Session, published: Course
) -> None:
    data = zipped(make_bundle(), windows=True, folder="layanan-loket/")
    assert send(trainer, data, f"{COURSE}/draft").status_code == 303
    page = publish_seen(trainer, make_bundle()).get_data(as_text=True)
    assert "Teks ini sama dengan versi 1" in page
    assert session.scalar(select(func.count(CourseVersion.id))) == 1


def test_errors_are_shown_by_file_and_line_and_forbid_publishing(
    trainer: FlaskClient, session: Session, published: Course
) -> None:
    send(trainer, zipped(broken()), f"{COURSE}/draft")
    page = trainer.get(f"{COURSE}/draft").get_data(as_text=True)
    assert "<code>kursus.md:15</code>" in page
    assert "Terbitkan pelatihan" not in page
    assert trainer.get(f"{COURSE}/preview/draft").status_code == 404
    response = publish_seen(trainer, broken())
    assert response.status_code == 422
    assert "Tidak ada yang diterbitkan" in response.get_data(as_text=True)
    assert session.scalar(select(func.count(CourseVersion.id))) == 1


def test_the_page_says_what_changes_and_whom_it_touches(
    trainer: FlaskClient, session: Session, cast: Cast, published: Course
) -> None:
    enroll_in(session, cast.learner, now=NOW)
    act(enroll_in(session, cast.colleague, now=NOW), "menyapa", now=NOW)
    session.commit()
    send(trainer, zipped(edited()), f"{COURSE}/draft")
    page = trainer.get(f"{COURSE}/draft").get_data(as_text=True)
    for words in ("Berubah", "<li>Menyapa warga</li>", "1 peserta yang belum mulai mendapat versi baru.",
                  "1 peserta yang sedang berjalan tetap memakai versi"):  # fmt: skip
        assert words in page
    assert "Memeriksa berkas" not in page


def test_a_draft_that_changed_meanwhile_is_not_published_unseen(
    trainer: FlaskClient, session: Session, published: Course
) -> None:
    send(trainer, zipped(edited("takzim")), f"{COURSE}/draft")
    response = publish_seen(trainer, edited("santun"))
    assert response.status_code == 409
    assert "Draf berubah sejak Anda melihatnya" in response.get_data(as_text=True)
    assert session.scalar(select(func.count(CourseVersion.id))) == 1


def bomb() -> bytes:
    return zipped({**make_bundle(), "aset/bom.mp4": b"0" * 9_000_000})


def slip(name: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for path, data in make_bundle().items():
            archive.writestr(path, data)
        archive.writestr(name, b"x")
    return target.getvalue()


def link() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        info = zipfile.ZipInfo("aset/rahasia.txt")
        info.create_system = 3
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
    return target.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (slip("../../etc/cron.d/x"), "keluar dari folder pelatihan"),
        (slip("/etc/passwd"), "akar"),
        (link(), "pintasan"),
        (bomb(), "mengembang"),
        (b"bukan zip", "ZIP"),
        (b"", "ZIP"),
        (zipped(make_bundle())[:-30], "ZIP"),
    ],
    ids=["climbs", "absolute", "link", "bomb", "no zip", "empty", "cut off"],
)  # fmt: skip
def test_an_unsafe_or_unreadable_zip_changes_nothing_and_is_named(
    trainer: FlaskClient, session: Session, published: Course, data: bytes, words: str
) -> None:
    before = counts(session)
    for address in (f"{COURSE}/draft", "/trainer/courses"):
        response = send(trainer, data, address)
        assert response.status_code == 422
        text = response.get_data(as_text=True)
        assert "Tidak ada yang disimpan" in text
        assert words in text
    assert counts(session) == before


def test_a_forgotten_file_is_asked_for(trainer: FlaskClient, published: Course) -> None:
    for address in (f"{COURSE}/draft", "/trainer/courses"):
        response = trainer.post(address, data={})
        assert response.status_code == 422
        assert "Pilih dahulu ZIP pelatihan." in response.get_data(as_text=True)


def test_a_zip_without_course_file_is_refused(trainer: FlaskClient, session: Session) -> None:
    files = {path: data for path, data in make_bundle().items() if path != "kursus.md"}
    response = send(trainer, zipped(files))
    assert response.status_code == 422
    assert "kursus.md" in response.get_data(as_text=True)
    assert session.scalar(select(func.count(Course.id))) == 0


def test_the_id_of_another_course_is_refused(client: FlaskClient, cast: Cast, published: Course) -> None:
    response = send(sign_in(client, cast.other_trainer), zipped(edited()))
    assert response.status_code == 422
    assert "Sudah ada pelatihan dengan id layanan-loket" in response.get_data(as_text=True)


def test_a_course_may_be_large_and_has_its_limit(
    trainer: FlaskClient, session: Session, published: Course
) -> None:
    noise = bytes(range(256)) * 16_000
    large = {**make_bundle(), "aset/suara.mp3": b"ID3" + noise}
    large["01-loket/01-menyapa.md"] += b"\n[Rekaman](aset/suara.mp3)\n"
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for path, data in large.items():
            archive.writestr(path, data)
    assert len(target.getvalue()) > 4_000_000
    assert send(trainer, target.getvalue(), f"{COURSE}/draft").status_code == 303
    assert send(trainer, b"0" * UPLOAD_BYTES, f"{COURSE}/draft").status_code == 413


def test_a_stranger_cannot_send_large_forms(client: FlaskClient, published: Course) -> None:
    assert send(client, b"0" * 3_000_000, f"{COURSE}/draft").status_code == 413


def test_a_draft_is_discarded_and_what_is_published_stays(
    trainer: FlaskClient, session: Session, published: Course
) -> None:
    send(trainer, zipped(edited()), f"{COURSE}/draft")
    page = trainer.post(f"{COURSE}/draft/discard", follow_redirects=True).get_data(as_text=True)
    assert "Draf dibuang." in page
    assert draft_bundle(session, published.id) is None
    assert "Tidak ada draf" in trainer.get(f"{COURSE}/draft").get_data(as_text=True)
    response = trainer.post(f"{COURSE}/draft/publication", data={"seen": "x"}, follow_redirects=True)
    assert "Tidak ada draf untuk diterbitkan." in response.get_data(as_text=True)


def test_download_change_upload_publish_goes_round(
    trainer: FlaskClient, session: Session, published: Course
) -> None:
    response = trainer.post(f"{COURSE}/exports", data={"what": "live"})
    assert response.headers["Content-Disposition"] == "attachment; filename=layanan-loket-v1.zip"
    files = read_zip(response.data)
    assert files == make_bundle()
    assert b"riwayat.txt" in response.data
    entry = session.scalars(select(AuditEntry).where(AuditEntry.verb == "course.exported")).one()
    assert entry.detail == {"what": "live"}
    send(trainer, response.data, f"{COURSE}/draft")
    draft = trainer.post(f"{COURSE}/exports", data={"what": "draft"})
    assert read_zip(draft.data) == make_bundle()


def test_there_is_no_draft_to_download(trainer: FlaskClient, published: Course) -> None:
    assert trainer.post(f"{COURSE}/exports", data={"what": "draft"}).status_code == 404


def test_a_course_on_disk_is_moved_only_with_a_tick(
    client: FlaskClient, session: Session, cast: Cast
) -> None:
    publish(session, SLUG, make_bundle(), home="disk", by=cast.trainer.id, now=NOW)
    session.commit()
    trainer = sign_in(client, cast.trainer)
    assert "Pelatihan ini ditulis di map server" in trainer.get(f"{COURSE}/draft").get_data(as_text=True)
    assert send(trainer, zipped(edited()), f"{COURSE}/draft").status_code == 409
    response = trainer.post(f"{COURSE}/takeover")
    assert response.status_code == 422
    assert "Centang kotaknya" in response.get_data(as_text=True)
    assert '<details class="confirm" open>' in response.get_data(as_text=True)
    assert session.scalars(select(Course.home)).one() == "disk"
    assert trainer.post(f"{COURSE}/takeover", data={"sure": "y"}).status_code == 303
    assert session.scalars(select(Course.home)).one() == "desk"
    assert draft_bundle(session, session.scalars(select(Course.id)).one()) == make_bundle()

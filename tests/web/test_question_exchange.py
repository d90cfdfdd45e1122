"""Questions leave with their losses told, and come back after a trial that says what becomes of each."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from lms import clock
from lms.content.exchange.dialects import DIALECTS
from lms.content.exchange.guide import EXAMPLES
from lms.domain.audit.models import AuditEntry
from lms.domain.catalog.actions import publish, save_draft
from lms.domain.catalog.models import Course, CourseVersion, IndexedQuestion, QuestionImport
from lms.domain.catalog.queries import draft_bundle
from tests.cast import NOW, Cast, sign_in
from tests.course_files import with_picture
from tests.courses import SLUG, make_bundle

PICTURED = """---
jenis: bank
id: bank-a
judul: Bank A
---

## Denah {#s-1 poin=2}

Apa di **denah** ini?

![Denah loket](aset/denah.svg)

- [x] Dua meja
- [ ] Tiga meja
"""
PAGE = f"/trainer/courses/{SLUG}/questions"
MOODLE = Path(__file__).parents[1] / "unit" / "content" / "exchange" / "files" / "moodle.xml"


@pytest.fixture(autouse=True)
def _time() -> Iterator[None]:
    with clock.frozen(NOW):
        yield


@pytest.fixture
def trainer(client: FlaskClient, session: Session, cast: Cast) -> FlaskClient:
    """The browser of the trainer, whose course is at the desk without a draft."""
    publish(session, SLUG, make_bundle(), home="desk", by=cast.trainer.id, now=NOW)
    session.commit()
    return sign_in(client, cast.trainer)


def send(client: FlaskClient, data: bytes, name: str, bank: str = "Loket umum") -> TestResponse:
    form = {"file": (io.BytesIO(data), name), "bank": bank}
    return client.post(f"{PAGE}/imports", data=form, content_type="multipart/form-data")


def draft(session: Session) -> dict[str, bytes] | None:
    session.expire_all()
    return draft_bundle(session, session.scalars(select(Course.id)).one())


def test_losses_are_told_before_the_file_is_made(trainer: FlaskClient, session: Session) -> None:
    page = trainer.get(PAGE).text
    assert "01-loket/03-kuis.md (10 soal)" in page and "Moodle XML" in page
    page = trainer.get(f"{PAGE}/export?path=01-loket/03-kuis.md&format=aiken").text
    assert "<code>k-01</code> <b>Berkas kurang</b>:" in page and "umpan balik per pilihan" in page
    assert "<code>k-04</code> <b>Sisa waktu</b>: seluruh soal" in page
    assert "Unduh 5 soal" in page
    answer = trainer.post(f"{PAGE}/export", data={"path": "01-loket/03-kuis.md", "format": "aiken"})
    assert answer.text.count("ANSWER:") == 5
    assert (
        answer.headers["Content-Disposition"]
        == "attachment; filename=layanan-loket-01-loket-03-kuis.aiken.txt"
    )
    entry = session.scalars(select(AuditEntry).where(AuditEntry.verb == "questions.exported")).one()
    assert entry.detail == {"path": "01-loket/03-kuis.md", "dialect": "aiken"}
    assert trainer.get(f"{PAGE}/export?path=kursus.md&format=aiken").status_code == 404
    assert trainer.get(f"{PAGE}/export?path=01-loket/03-kuis.md&format=qqq").status_code == 404
    book = trainer.get(f"{PAGE}/template/xlsx")
    assert book.data.startswith(b"PK") and "templat-soal.xlsx" in book.headers["Content-Disposition"]


def test_a_file_is_tried_then_written_into_a_bank_of_the_draft(
    trainer: FlaskClient, session: Session
) -> None:
    answer = send(trainer, MOODLE.read_bytes(), "soal.xml")
    assert answer.status_code == 303
    page = trainer.get(answer.location).text
    assert draft(session) is None
    for words in ("bank/loket-umum.md", "Soal jenis &#34;calculated&#34;", "2 jawaban ditandai benar",
                  "Gambar hilang.png tidak ada", "Simpan 5 soal ke draf"):  # fmt: skip
        assert words in page, words
    assert trainer.get(f"{answer.location}?state=refused").text.count("<tr") == 7
    one = trainer.post(answer.location, data={"id": "LOK-1"})
    assert one.status_code == 303
    files = draft(session) or {}
    text = files["bank/loket-umum.md"].decode()
    assert text.count("\n## ") == 1 and "{#LOK-1 poin=2" in text
    assert [path for path in files if path.startswith("aset/foto-loket-")]
    assert trainer.post(answer.location, data={}).status_code == 422
    trainer.post(answer.location, data={"all": "1"})
    files = draft(session) or {}
    assert files["bank/loket-umum.md"].decode().count("\n## ") == 5
    again = send(trainer, MOODLE.read_bytes(), "soal.xml")
    assert session.scalar(select(func.count(QuestionImport.id))) == 1
    page = trainer.get(again.location).text
    assert "Simpan " not in page and "Tetap" in page
    assert trainer.post(again.location, data={"all": "1"}).status_code == 422
    assert draft(session) == files
    page = trainer.get(f"/trainer/courses/{SLUG}/draft").text
    assert "kesalahan" not in page.casefold()
    keys = select(IndexedQuestion.key).where(IndexedQuestion.path == "bank/loket-umum.md")
    assert len(session.scalars(keys).all()) == 5
    assert session.scalar(select(func.count(CourseVersion.id))) == 1
    assert trainer.post(f"{again.location}/drop").status_code == 303
    assert trainer.get(again.location).status_code == 404


def test_what_comes_back_with_its_pictures_is_the_same(
    trainer: FlaskClient, session: Session, cast: Cast
) -> None:
    files = {**with_picture(), "bank/a.md": PICTURED.encode()}
    course = session.scalars(select(Course)).one()
    save_draft(session, course, files, by=cast.trainer.id, now=NOW)
    session.commit()
    for name in ("moodle", "qti"):
        sent = trainer.post(f"{PAGE}/export", data={"path": "bank/a.md", "format": name}).data
        answer = send(trainer, sent, f"soal.{DIALECTS[name].extension}", bank="a")
        page = trainer.get(answer.location).text
        assert "Tetap" in page and "Simpan " not in page, name
    assert draft(session) == files


def test_what_cannot_be_taken_says_why_and_changes_nothing(
    trainer: FlaskClient, session: Session, cast: Cast
) -> None:
    for data, name, bank, words in (
        (b"halo", "catatan.txt", "loket", "bukan salah satu format"),
        (b"a {T}", "soal.gift", "?!", "Tulis nama dari huruf dan angka"),
        (b"", "", "loket", "Pilih berkas"),
    ):
        answer = send(trainer, data, name, bank)
        assert answer.status_code == 422 and words in answer.text
    answer = send(trainer, b'<!DOCTYPE q [<!ENTITY a "b">]><quiz>&a;</quiz>', "soal.xml")
    assert "DOCTYPE" in trainer.get(answer.location).text
    session.scalars(select(Course)).one().home = "disk"
    session.commit()
    assert send(trainer, DIALECTS["csv"].write(EXAMPLES, {}), "soal.csv").status_code == 422
    assert draft(session) is None
    other = sign_in(trainer.application.test_client(), cast.other_trainer)
    assert other.get(PAGE).status_code == 404 and other.get(answer.location).status_code == 404


def test_a_bank_saved_by_another_meanwhile_is_not_overwritten(trainer: FlaskClient, session: Session) -> None:
    from lms.domain.catalog.actions import ChangedMeanwhile, save_file, write_import
    from lms.domain.catalog.queries import trial_of

    answer = send(trainer, b"Benarkah? {T}\n\nSungguh? {F}", "soal.gift")
    row, course = session.scalars(select(QuestionImport)).one(), session.scalars(select(Course)).one()
    trial = trial_of(session, course, row)
    trainer.post(answer.location, data={"id": trial.judged[0].id})
    session.expire_all()
    with pytest.raises(ChangedMeanwhile):
        write_import(session, course, row, trial, None, by=row.user_id, now=NOW)
    session.rollback()
    bank = (draft(session) or {})["bank/loket-umum.md"]
    save_file(session, course, "bank/loket-umum.md", bank.replace(b"Benarkah", b"Sungguhkah"), base=None,
              by=row.user_id, now=NOW)  # fmt: skip
    session.commit()
    assert "Berubah" in trainer.get(answer.location).text

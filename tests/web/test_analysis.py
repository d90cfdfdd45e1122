"""What first attempts say of the questions: what to mend, the figures behind it, and whose they are not."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from lms import clock
from lms.cache import Cache
from lms.domain.analysis.queries import QuizAnalysis, analyses_of
from lms.domain.audit.models import AuditEntry
from lms.domain.catalog.actions import publish
from lms.domain.catalog.models import CourseMember, CourseVersion
from lms.web.trainer import weakest
from tests.answering import answer_all, people
from tests.cast import NOW, Cast, sign_in
from tests.courses import RIGHT, SLUG, make_bundle, publish_course

PAGE = f"/trainer/courses/{SLUG}/analysis"
QUIZ = f"{PAGE}/kuis-loket"


@pytest.fixture(autouse=True)
def _time() -> Iterator[None]:
    with clock.frozen(NOW):
        yield


@pytest.fixture
def version(session: Session, cast: Cast) -> CourseVersion:
    """The small course with its owner."""
    made = publish_course(session, now=NOW)
    session.add(CourseMember(course_id=made.course_id, user_id=cast.trainer.id))
    session.commit()
    return made


def text_of(client: FlaskClient, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, url
    return response.get_data(as_text=True)


def test_many_people(client: FlaskClient, session: Session, cast: Cast, version: CourseVersion) -> None:
    answer_all(session, version, cast.city, people(60), now=NOW)
    session.commit()
    trainer = sign_in(client, cast.trainer)
    page = text_of(trainer, QUIZ)
    assert "Soal 6, “Menyapa”: kunci mungkin salah." in page
    assert "40 orang menjawab “Meminta nomor antrean”, 20 orang menjawab kunci" in page
    assert f"/trainer/courses/{SLUG}/writing/questions/with/k-06" in page
    assert "03-kuis.md, baris" in page
    home = text_of(trainer, "/trainer/courses")
    assert "Soal terlemah" in home and f"{QUIZ}/questions/k-06" in home and "kunci mungkin salah" in home
    assert "terlalu dekat dengan batas lulus untuk dibedakan" in page
    assert "Pegawai" not in page
    typed = text_of(trainer, f"{QUIZ}/questions/k-05")
    assert "kotak SARAN" in typed and "Kotak saran" not in typed  # one answer, whatever its case
    assert typed.count("Per kuartil peserta") == 1 and "<svg" in typed
    assert "Kuis loket" in text_of(trainer, PAGE)

    rows = list(csv.DictReader(io.StringIO(_file(trainer, "figures").lstrip("\ufeff"))))
    assert [row["question"] for row in rows] == [*RIGHT, "*"]
    sixth, whole = rows[5], rows[-1]
    assert [sixth[head] for head in ("n", "versions", "F")] == ["60", "1", "33.333333"]
    assert sixth["flags"].split()[0] == "key_wrong"
    assert sixth["seconds"] == "20.0" and float(whole["SE"]) > 0 and whole["KR20"] == ""
    marks = list(csv.DictReader(io.StringIO(_file(trainer, "marks").lstrip("\ufeff"))))
    assert len(marks) == 60 and "k-02|2|all" in marks[0]
    assert sum(float(row["k-06|1|all"]) for row in marks) == 20
    assert session.scalars(select(AuditEntry.verb).where(AuditEntry.verb == "analysis.exported")).all()

    for user, status in ((cast.other_trainer, 404), (cast.learner, 403)):
        other = sign_in(client, user)
        assert {other.get(url).status_code for url in (PAGE, QUIZ, f"{QUIZ}/questions/k-05")} == {status}


def test_the_weakest_questions_are_reckoned_again_for_the_quiz_that_changed_alone(
    client: FlaskClient, session: Session, cast: Cast, version: CourseVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    reckoned: list[str] = []

    def recording(session: Session, course_id: int, key: str) -> tuple[QuizAnalysis, ...]:
        reckoned.append(key)
        return analyses_of(session, course_id, key)

    monkeypatch.setattr(weakest, "analyses_of", recording)
    monkeypatch.setattr(weakest, "_kept", Cache(8))
    trainer = sign_in(client, cast.trainer)
    answer_all(session, version, cast.city, people(60), now=NOW)
    for number in range(2):
        answer_all(session, version, cast.city, [{}] * 15, now=NOW, key="ujian-loket", name=f"Ujian{number}-")
        session.commit()
        home = text_of(trainer, "/trainer/courses")
        assert f"{QUIZ}/questions/k-06" in home and f"{PAGE}/ujian-loket/questions/u-0" in home
    assert sorted(reckoned) == ["kuis-loket", "ujian-loket", "ujian-loket"]


def _file(client: FlaskClient, kind: str) -> str:
    response = client.post(f"{QUIZ}/files", data={"kind": kind, "version": "1"})
    assert response.status_code == 200 and response.mimetype == "text/csv"
    return response.get_data(as_text=True)


def test_few_people_and_a_changed_key(
    client: FlaskClient, session: Session, cast: Cast, version: CourseVersion
) -> None:
    trainer = sign_in(client, cast.trainer)
    assert "Belum ada yang mengumpulkan versi ini" in text_of(trainer, QUIZ)
    answer_all(session, version, cast.city, [{**RIGHT, "k-06": "o2"}] * 9, now=NOW)
    session.commit()
    page = text_of(trainer, QUIZ)
    assert "Baru jumlahnya." in page
    assert not any(word in page for word in ("Per kuartil", "Tercapai", "dari 100", "<figure"))
    assert "Dari 9 orang tidak ada yang memilih kunci" in page
    answer_all(session, version, cast.city, people(10), now=NOW, name="Lain")
    session.commit()
    page = text_of(trainer, QUIZ)
    assert "Indikatif." in page and "Per kuartil" not in page

    bundle = make_bundle()
    text = bundle["01-loket/03-kuis.md"].decode()
    bundle["01-loket/03-kuis.md"] = text.replace(
        "- [x] Menyapa dan menanyakan keperluan\n- [ ] Meminta", "- [ ] Menyapa dahulu\n- [x] Meminta"
    ).encode()
    assert publish(session, SLUG, bundle, home="desk", by=None, now=NOW).version is not None
    session.commit()
    page = text_of(trainer, QUIZ)
    assert "Belum ada yang mengumpulkan versi ini" in page and "Versi 1 (19)" in page
    assert "Indikatif." in text_of(trainer, f"{QUIZ}?version=1")
    one = text_of(trainer, f"{QUIZ}/questions/k-06?version=1")
    assert "seperti di sini" in one and one.count("teks lain") == 1  # the new text, which nobody answered
    assert "<del" in one and "<ins" in one and "Terlalu sedikit untuk dinilai" in one  # side by side
    for wrong in (f"{PAGE}/tiada", f"{QUIZ}/questions/tiada"):
        assert trainer.get(wrong).status_code == 404


def test_notes_on_honesty_name_people_to_the_owner_alone(
    client: FlaskClient, session: Session, cast: Cast, version: CourseVersion
) -> None:
    answer_all(session, version, cast.city, people(29), now=NOW)
    trainer = sign_in(client, cast.trainer)
    assert "Kebetulan baru dapat dihitung mulai 30" in text_of(trainer, f"{QUIZ}/notes")
    copied = {"k-01": "o1", "k-02": ["o3"], "k-04": "99", "k-05": "Kantor", "k-09": "12", "k-10": "sama"}
    answer_all(session, version, cast.village, [copied] * 2, now=NOW, name="Kembar")
    answer_all(session, version, cast.clinic, [RIGHT], now=NOW, name="Kilat", seconds=1)
    session.commit()
    page = text_of(trainer, f"{QUIZ}/notes")
    assert "Kilat 0" in page and "Pegawai 1" not in page
    assert "Tidak ada dua orang dari satu unit" in page  # six alike are not beyond chance among so many pairs
    assert session.scalars(select(AuditEntry.subject_kind).where(AuditEntry.verb == "honesty.viewed")).all()
    member = session.get_one(CourseMember, (version.course_id, cast.trainer.id))
    member.role = "author"
    session.commit()
    assert trainer.get(f"{QUIZ}/notes").status_code == 403
    assert "Catatan kejujuran" not in text_of(trainer, QUIZ)

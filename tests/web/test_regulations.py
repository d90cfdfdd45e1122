"""Rules of law: the list, what a change opens, who may close it, what learners read."""

from __future__ import annotations

import re

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from lms import clock
from lms.domain.catalog.models import Course
from lms.domain.catalog.queries import draft_bundle
from lms.domain.certificates.models import Certificate
from lms.domain.enrollments.actions import publish_course
from lms.domain.regulations.actions import handle
from lms.domain.regulations.models import Regulation, RegulationChange, RegulationWork
from tests.cast import NOW, Cast, sign_in, trains_no_more
from tests.courses import SLUG, enroll_in, make_bundle
from tests.learning import approve, complete, office_of
from tests.web.hr.desk import text_of

LIST, DESK = "/hr/regulations", "/trainer/freshness"
CHANGE = {"by": "Undang-Undang Nomor 9 Tahun 2026", "effect": "replaced", "since": "2026-11-01"}
NOTICE = "UU 25/2009 diganti dengan UU 9/2026 sejak 1 November 2026."
OTHER = "arsip-rapi"


def publish(
    session: Session, cast: Cast, files: dict[str, bytes], slug: str = SLUG, by: int | None = None
) -> None:
    """Publish as the pages and commands do."""
    result = publish_course(session, slug, files, home="desk", by=by or cast.trainer.id, now=NOW)
    assert result.version is not None, result.problems
    session.commit()


def renewed(old: bytes, new: bytes) -> dict[str, bytes]:
    """The course with another citation wherever `old` stands."""
    return {path: data.replace(old, new) for path, data in make_bundle().items()}


def open_places(session: Session) -> list[str]:
    """Kind and id of the places that wait."""
    session.expire_all()
    rows = session.scalars(select(RegulationWork).where(RegulationWork.handled_at.is_(None)))
    return sorted(f"{row.kind}:{row.place}" for row in rows)


def listed(client: FlaskClient, session: Session) -> Regulation:
    """Both rules in the list; the older one taken over from what courses cite."""
    assert client.post(f"{LIST}/missing", data={"key": "uu 25/2009"}).status_code == 303
    assert client.post(LIST, data={"short": CHANGE["by"], "title": "Contoh"}).status_code == 303
    return session.scalars(select(Regulation).where(Regulation.short == "UU 25/2009")).one()


def test_the_list_takes_what_courses_cite_and_refuses_a_second_name(
    client: FlaskClient, session: Session, cast: Cast
) -> None:
    publish(session, cast, make_bundle())
    with clock.frozen(NOW):
        for person in (cast.trainer, cast.hr_unit, cast.admin, cast.learner):
            assert sign_in(client, person).get(LIST).status_code == 403
        sign_in(client, cast.bkpsdm)
        assert "Belum ada peraturan di daftar" in text_of(client.get(LIST))
        assert "UU 25/2009" in text_of(client.get(f"{LIST}/missing"))
        rule = listed(client, session)
        assert client.post(f"{LIST}/missing", data={"key": "uu 25/2009"}).status_code == 303
        assert "Semua sudah ada di daftar" in text_of(client.get(f"{LIST}/missing"))
        for wrong in ({"short": ""}, {"short": "x"}, {"short": "Undang-Undang No. 25 Tahun 2009"},
                      {"short": "UU 1/2020", "in_force_since": "kemarin"},
                      {"short": "UU 1/2020", "others": "UU 25/2009"}):  # fmt: skip
            assert client.post(LIST, data=wrong).status_code == 422, wrong
        answer = client.post(f"{LIST}/{rule.id}/edit", data={
            "short": "UU 25/2009", "title": "Pelayanan <Publik>", "others": "UU Pelayanan Publik",
        })  # fmt: skip
        assert answer.status_code == 303
        page = client.get(f"{LIST}/{rule.id}").text
        assert "Pelayanan &lt;Publik&gt;" in page and "UU Pelayanan Publik" in page
        assert "Berkas kurang" in page and "Layanan di loket" in page
        assert "UU 25/2009" in text_of(client.get(f"{LIST}?q=layanan&state=in_force"))
        assert "Tidak ada peraturan yang cocok" in text_of(client.get(f"{LIST}?q=tidak-ada"))
        assert client.get(f"{LIST}/999").status_code == 404
    assert session.scalar(select(func.count(Regulation.id))) == 2


def test_a_name_that_ends_in_raised_digits_leaves_the_list_readable(
    client: FlaskClient, session: Session, cast: Cast
) -> None:
    """A footnote pasted along with the name: ² is a digit, and no number."""
    sign_in(client, cast.bkpsdm)
    assert client.post(LIST, data={"short": "Surat Edaran Kota/²", "title": "Contoh"}).status_code == 303
    assert "Surat Edaran Kota" in text_of(client.get(LIST))


def test_a_replaced_rule_opens_work_tells_learners_and_is_closed_by_publishing(
    client: FlaskClient, session: Session, cast: Cast, app: Flask
) -> None:
    publish(session, cast, make_bundle())
    approve(session, cast.bkpsdm, now=NOW)
    held = complete(session, cast.colleague, office_of(app, session), now=NOW)
    assert held is not None
    enroll_in(session, cast.learner, now=NOW)
    session.commit()
    lesson = f"/courses/{SLUG}/lessons/menyapa"
    with clock.frozen(NOW):
        rule = listed(sign_in(client, cast.bkpsdm), session)
        place = f"{LIST}/{rule.id}"
        for wrong in ({"by": "UU 1/1999"}, {"by": "UU 25/2009"}, {"since": ""}, {"effect": "x"}):
            assert client.post(f"{place}/changes", data={**CHANGE, **wrong}).status_code == 422, wrong
        assert NOTICE not in sign_in(client, cast.learner).get(lesson).text
        sign_in(client, cast.bkpsdm)
        for _double_click in range(2):
            assert client.post(f"{place}/changes", data=CHANGE).status_code == 303
        assert open_places(session) == [
            f"course:{SLUG}", "lesson:berkas", "lesson:menyapa", "question:k-01",
        ]  # fmt: skip
        page = text_of(client.get(place))
        assert "Sertifikat yang masih berlaku" in page and "Versi 1" in page
        assert NOTICE in text_of(client.get("/hr/regulation-work"))
        newer = session.scalars(select(Regulation).where(Regulation.short == "UU 9/2026")).one()
        circle = {**CHANGE, "by": "UU 25/2009"}
        assert client.post(f"{LIST}/{newer.id}/changes", data=circle).status_code == 422

        learner = sign_in(client, cast.learner)
        assert NOTICE in learner.get(lesson).text and "terus belajar" in learner.get(lesson).text
        assert learner.get(DESK).status_code == 403

        work = session.scalars(select(RegulationWork).where(RegulationWork.place == "berkas")).one()
        other = sign_in(client, cast.other_trainer)
        assert NOTICE not in other.get(DESK).text
        assert other.post(f"{DESK}/{work.id}", data={"note": "Bukan milik saya"}).status_code == 404
        owner = sign_in(client, cast.trainer)
        assert "Peraturan yang dirujuk pelatihan Anda berubah" in owner.get("/notices").text
        assert "Perlu ditinjau (4)" in owner.get(DESK).text
        assert owner.post(f"{DESK}/{work.id}", data={"note": " "}).status_code == 303
        assert len(open_places(session)) == 4
        for note in ("Pasalnya <sama>", "Dua kali"):
            assert owner.post(f"{DESK}/{work.id}", data={"note": note}).status_code == 303
        done = owner.get(f"{DESK}?done=1").text
        assert "Pasalnya &lt;sama&gt;" in done and "Dua kali" not in done

        publish(session, cast, renewed(b"UU 25/2009", b"UU 9/2026"))
        assert open_places(session) == []
        assert "Tertutup sendiri saat pelatihan terbit" in text_of(owner.get(f"{DESK}?done=1"))
        session.expire_all()
        assert session.get_one(Certificate, held.id).revoked_at is None
        publish(session, cast, make_bundle())  # the older text goes live again
        assert open_places(session) == [f"course:{SLUG}", "lesson:menyapa", "question:k-01"]

        change = session.scalars(select(RegulationChange)).one()
        sign_in(client, cast.bkpsdm)
        assert client.post(f"{LIST}/{newer.id}/changes/{change.id}/withdraw").status_code == 404
        for _double_click in range(2):
            assert client.post(f"{place}/changes/{change.id}/withdraw").status_code == 303
        assert open_places(session) == []
        assert NOTICE not in sign_in(client, cast.learner).get(lesson).text
        sign_in(client, cast.bkpsdm).post(f"{place}/changes", data=CHANGE)
        assert len(open_places(session)) == 3  # what somebody left as it is stays closed

        trains_no_more(session, cast.trainer)
        waits = session.scalars(select(RegulationWork).where(RegulationWork.handled_at.is_(None))).first()
        owner, note = sign_in(client, cast.trainer), {"note": "Tidak melatih lagi"}
        assert waits is not None and owner.post(f"{DESK}/{waits.id}", data=note).status_code == 404
        assert NOTICE not in text_of(owner.get(DESK))
        session.refresh(waits)
        elsewhere = update(RegulationWork).values(handled_at=NOW, handled_by=cast.bkpsdm.id, how="checked")
        session.execute(elsewhere.execution_options(synchronize_session=False))
        assert not handle(session, waits, note="Terlambat", by=cast.admin.id, now=NOW), "the first one counts"


def test_a_learner_of_an_older_version_reads_that_the_newest_has_it_right_and_an_addition_of_law_counts(
    client: FlaskClient, session: Session, cast: Cast
) -> None:
    publish(session, cast, make_bundle())
    twin = renewed(SLUG.encode(), OTHER.encode())
    publish(session, cast, twin, OTHER, cast.other_trainer.id)
    enrollment = enroll_in(session, cast.learner, now=NOW)
    enrollment.started_at = NOW
    session.commit()
    lesson = f"/courses/{SLUG}/lessons/menyapa"
    with clock.frozen(NOW):
        rule = listed(sign_in(client, cast.bkpsdm), session)
        client.post(f"{LIST}/{rule.id}/changes", data={**CHANGE, "effect": "amended", "since": "2026-11-25"})
        assert len(open_places(session)) == 8
        assert "sedang diperbarui" not in sign_in(client, cast.learner).get(lesson).text  # from tomorrow
        assert sign_in(client, cast.trainer).get(DESK).text.count("Tertulis:") == 4
        sign_in(client, cast.bkpsdm)
        client.post(f"{LIST}/{rule.id}/changes", data={**CHANGE, "effect": "amended"})
        publish(session, cast, renewed(b"UU 25/2009", b"UU 25/2009 jo. UU 9/2026"))
        assert len(open_places(session)) == 4  # those of the other course
        page = sign_in(client, cast.learner).get(lesson).text
    assert "UU 25/2009 diubah dengan UU 9/2026" in page
    assert "Versi terbaru pelatihan ini sudah menyesuaikan" in page


def test_the_basis_of_a_question_is_told_no_earlier_than_its_answer(
    client: FlaskClient, session: Session, cast: Cast, app: Flask
) -> None:
    publish(session, cast, make_bundle(quiz={"tampil_jawaban": "setelah-lulus"}))
    approve(session, cast.bkpsdm, now=NOW)
    complete(session, cast.learner, office_of(app, session), now=NOW)
    enroll_in(session, cast.colleague, now=NOW)
    session.commit()
    with clock.frozen(NOW):
        rule = listed(sign_in(client, cast.bkpsdm), session)
        client.post(f"{LIST}/{rule.id}/changes", data=CHANGE)
        page = sign_in(client, cast.learner).get("/attempts/1/result").text
        assert NOTICE in page and page.count("sedang diperbarui") == 1
        sign_in(client, cast.colleague)
        started = client.post(f"/courses/{SLUG}/quizzes/kuis-loket/attempts")
        number = re.search(r"/attempts/(\d+)", started.headers["Location"])
        assert number is not None
        paper = client.get(f"/attempts/{number[1]}").text
        assert "sedang diperbarui" not in paper and "25/2009" not in paper


def test_commands_index_list_and_add(app: Flask, session: Session, cast: Cast) -> None:
    publish(session, cast, make_bundle())
    run = app.test_cli_runner().invoke
    assert run(args=["regulations", "missing"]).output == "4\t1\tUU 25/2009\n"
    assert f"{SLUG}\t1\t4" in run(args=["regulations", "index"]).output
    assert int(run(args=["regulations", "seed"]).output) > 10
    assert run(args=["regulations", "seed"]).output == "0\n"
    assert run(args=["regulations", "missing"]).output == ""


def test_a_text_with_a_day_of_review_is_listed_and_put_off_by_one_edit_of_the_draft(
    client: FlaskClient, session: Session, cast: Cast
) -> None:
    files = make_bundle()
    files["kursus.md"] = files["kursus.md"].replace(b"prasyarat", b"tinjau_sebelum: 2026-12-24\nprasyarat")
    lesson = "01-loket/01-menyapa.md"
    files[lesson] = files[lesson].replace(b"menit", b"tinjau_sebelum: 2026-11-01 # tiap tahun\nmenit")
    later = "01-loket/02-berkas.md"
    files[later] = files[later].replace(b"menit", b"tinjau_sebelum: 2026-12-25\nmenit")
    publish(session, cast, files)
    place, form = f"{DESK}/courses/{SLUG}", {"path": lesson, "day": "2027-11-01"}
    with clock.frozen(NOW):
        assert sign_in(client, cast.other_trainer).post(place, data=form).status_code == 404
        assert sign_in(client, cast.learner).post(place, data=form).status_code == 403
        owner = sign_in(client, cast.trainer)
        page = text_of(owner.get(DESK))
        assert "Perlu ditinjau (2)" in page and "Menyapa warga" in page and "Lewat tenggat" in page
        assert "25 Desember" not in page
        assert "seharusnya sudah ditinjau sebelum 2026-11-01" in text_of(
            owner.get(f"/trainer/courses/{SLUG}")
        )
        for wrong in ({"day": "2026-11-24"}, {"day": "x"}, {"path": ""}):
            assert owner.post(place, data={**form, **wrong}).status_code == 303
            assert "Pilih tanggal setelah hari ini" in text_of(owner.get(DESK))
        assert owner.post(place, data={**form, "path": "tidak-ada.md"}).status_code == 404
        assert owner.post(place, data=form).status_code == 303
        page = text_of(owner.get(DESK))
        assert "Draf berisi 1 November 2027" in page and "Perlu ditinjau (1)" in page
        course = session.scalars(select(Course)).one()
        bundle = draft_bundle(session, course.id)
        assert bundle is not None
        assert {path for path in files if bundle[path] != files[path]} == {lesson}
        assert bundle[lesson] == files[lesson].replace(b"2026-11-01", b"2027-11-01")
        trains_no_more(session, cast.trainer)
        page = text_of(owner.get(DESK))
        assert "Perlu ditinjau (" not in page and "Menyapa warga" not in page

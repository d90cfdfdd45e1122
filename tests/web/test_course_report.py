"""The report of a course and year: its figures, indicators of units, rates, the file."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from lms import clock
from lms.domain.audit.models import AuditEntry
from lms.domain.effects.models import UnitResult
from lms.domain.enrollments.models import Enrollment
from lms.domain.evaluations.models import EvaluationAnswer, EvaluationGiven
from lms.domain.reports.effect import reaction_of
from tests.cast import NOW, Cast, make_user, sign_in
from tests.courses import SLUG, publish_course
from tests.learning import approve, complete, course_of, office_of
from tests.unit.effects.test_budget import VALUES
from tests.web.hr.desk import text_of

REPORT = f"/hr/effect/{SLUG}"
INDICATOR = {
    "name": "Waktu layanan", "measure": "menit", "direction": "lower", "before_value": "12,5",
    "before_on": "2026-01-15", "source": "Buku tamu",
}  # fmt: skip
RATES = {
    "since": "2026",
    "source": "SK Wali Kota 1/2026",
    **{key: str(value) for key, value in VALUES.items()},
}


@pytest.fixture(autouse=True)
def _day() -> Iterator[None]:
    with clock.frozen(NOW):
        yield


def completed(app: Flask, session: Session, cast: Cast, count: int) -> None:
    """Let so many people complete the course of one JP, begun 1, 2, 3 ... days before."""
    publish_course(session, now=NOW)
    approve(session, cast.bkpsdm, now=NOW)
    for number in range(count):
        person = make_user(session, f"Pegawai {number}", f"p{number}@gurindam.example", cast.village)
        complete(session, person, office_of(app, session), now=NOW)
        row = session.scalars(select(Enrollment).where(Enrollment.user_id == person.id)).one()
        row.started_at = NOW - timedelta(days=number + 1)
    session.commit()


def test_an_empty_report_says_in_words_what_is_missing(
    client: FlaskClient, session: Session, cast: Cast
) -> None:
    publish_course(session, now=NOW)
    session.commit()
    sign_in(client, cast.hr_unit)
    page = text_of(client.get(REPORT))
    for words in ("kurang dari lima orang (0)", "Kurang dari lima orang yang selesai", "belum diaktifkan",
                  "Belum ada unit Anda yang mengisi", "Belum ada yang dihitung"):  # fmt: skip
        assert words in page, words
    assert client.get(f"{REPORT}?year=9999999999").status_code == 200
    assert client.get("/hr/effect/tidak-ada").status_code == 404


def test_figures_of_a_year_and_the_cost_beside_a_classroom(
    app: Flask, client: FlaskClient, session: Session, cast: Cast
) -> None:
    completed(app, session, cast, 4)
    sign_in(client, cast.hr_unit)
    before = text_of(client.get(REPORT))
    assert "Tarif untuk tahun ini belum diisi" in before
    assert client.get("/admin/settings-rates").status_code == 403
    sign_in(client, cast.admin)
    assert "Tarif belum diisi" in text_of(client.get("/admin/settings-rates"))
    for field, value in (("class_size", "0"), ("since", "2010"), ("honor_per_jp", "x"), ("source", " "),
                         ("meals_per_person_day", "-1"), ("travel_per_person", "99999999999")):  # fmt: skip
        assert client.post("/admin/settings-rates", data={**RATES, field: value}).status_code == 422, field
    assert client.post("/admin/settings-rates", data=RATES).status_code == 303
    assert "300.000" in client.get("/admin/settings-rates").text
    sign_in(client, cast.hr_unit)
    page = text_of(client.get(REPORT))
    # 4 people, 1 JP, one class, one day: 1.300.000 + 4 x 160.000 = 1.940.000; a person 485.000
    assert "1.940.000" in page and "485.000" in page
    # the course: 9.000.000 / 3 + 24.000.000 (all completions of the year) = 27.000.000; a person 6.750.000
    assert "27.000.000" in page and "6.750.000" in page
    assert "SK Wali Kota 1/2026" in page and "Perkiraan untuk 4 orang" in page
    assert "2,5 hari" in page, "median of 1, 2, 3 and 4 days"


def test_the_reaction_of_a_year_is_told_apart_only_where_no_year_has_few(
    session: Session, cast: Cast
) -> None:
    publish_course(session, now=NOW)
    course = course_of(session)
    version = course.live_version_id
    assert version is not None

    def answer(month: str, number: int, score: int) -> None:
        for place in range(number):
            user = make_user(session, "P", f"{month}-{place}@gurindam.example", cast.village)
            row = Enrollment(
                user_id=user.id, course_id=course.id, version_id=version, enrolled_at=NOW, started_at=NOW
            )
            session.add(row)
            session.flush()
            session.add(EvaluationGiven(enrollment_id=row.id))
            session.add(
                EvaluationAnswer(
                    key=f"{month}-{place}", version_id=version, month=month, item="org-info", score=score
                )
            )
        session.flush()

    answer("2026-03", 5, 4)
    assert reaction_of(session, course.id, 2026).organisation == 4.0
    answer("2025-12", 4, 2)
    both = reaction_of(session, course.id, 2026)
    # (5 x 4 + 4 x 2) / 9 = 28 / 9
    assert both.year == 0 and both.people == 9 and both.organisation == pytest.approx(28 / 9)
    answer("2025-11", 1, 2)
    alone = reaction_of(session, course.id, 2026)
    assert alone.year == 2026 and alone.people == 5 and alone.organisation == 4.0
    assert reaction_of(session, course.id, 2024).year == 0


def test_an_indicator_is_entered_corrected_and_taken_out_without_being_overwritten(
    client: FlaskClient, session: Session, cast: Cast
) -> None:
    publish_course(session, now=NOW)
    session.commit()
    sign_in(client, cast.hr_unit)
    place = f"{REPORT}/results"
    assert cast.clinic.name not in client.get(f"{place}/new").text
    form = {**INDICATOR, "unit_id": str(cast.village.id)}
    for wrong, status in (
        ({"unit_id": str(cast.clinic.id)}, 404), ({"unit_id": ""}, 422), ({"before_value": "a"}, 422),
        ({"before_value": "1e400"}, 422), ({"before_value": "9" * 39}, 422), ({"before_on": ""}, 422),
        ({"before_on": "2026-11-25"}, 422), ({"after_value": "3"}, 422), ({"name": " "}, 422),
        ({"after_value": "3", "after_on": "2026-01-15"}, 422), ({"note": "x" * 501}, 422),
        ({"direction": "sideways"}, 422), ({"source": "x" * 301}, 422),
    ):  # fmt: skip
        assert client.post(place, data={**form, **wrong}).status_code == status, wrong
    for _twice in range(2):
        assert client.post(place, data=form).status_code == 303
    [first] = session.scalars(select(UnitResult)).all()
    after = {**INDICATOR, "after_value": "10", "after_on": "2026-11-01"}
    assert client.post(f"/hr/effect/results/{first.id}", data=after).status_code == 303
    late = client.post(f"/hr/effect/results/{first.id}", data={**after, "after_value": "9"})
    assert late.status_code == 422 and "Sudah ada koreksi lain" in text_of(late)
    first, second = session.scalars(select(UnitResult).order_by(UnitResult.id)).all()
    assert (first.after_value, second.after_value, second.replaces_id) == (None, 10.0, first.id)
    page = text_of(client.get(REPORT))
    assert "12,5 menit" in page and "10 menit" in page and "Membaik" in page
    history = text_of(client.get(f"/hr/effect/results/{second.id}"))
    assert history.count("Encik Ahmad") >= 2
    sign_in(client, cast.bkpsdm)
    assert "Waktu layanan" in client.get(REPORT).text
    sign_in(client, cast.hr_unit)
    out = {"act": "withdraw", "reason": " "}
    assert client.post(f"/hr/effect/results/{second.id}", data=out).status_code == 422
    assert client.post(f"/hr/effect/results/{second.id}", data={**out, "reason": "Keliru"}).status_code == 303
    assert "Waktu layanan" not in client.get(REPORT).text
    assert len(session.scalars(select(UnitResult)).all()) == 3
    with pytest.raises(Exception, match="refused: unit_result_keep"):
        session.get_one(UnitResult, second.id).name = "Lain"
        session.flush()
    session.rollback()


def test_the_file_holds_every_figure_with_its_number_and_rule(
    app: Flask, client: FlaskClient, session: Session, cast: Cast
) -> None:
    completed(app, session, cast, 2)
    sign_in(client, cast.hr_unit)
    client.post(f"{REPORT}/results", data={**INDICATOR, "name": "=1+1", "unit_id": str(cast.village.id)})
    answer = client.post(f"{REPORT}/file", data={"year": "2026"})
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.data)).get_sheet_by_index(0).to_python()
    found = {(row[0], row[1]): row[2:] for row in rows[1:]}
    assert found["Peserta", "Selesai"][0] == 2 and found["Peserta", "Median waktu"][0] == 1.5
    assert found["Hasil", f"{cast.village.name}: =1+1 (Sebelum)"][0] == 12.5
    assert all("Pegawai" not in str(cell) for row in rows for cell in row)
    assert session.scalars(select(AuditEntry).where(AuditEntry.verb == "effect.exported")).one()

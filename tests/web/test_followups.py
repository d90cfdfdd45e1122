"""Follow-ups of courses: the plan, who is asked, who reads what, what the office sees."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from lms import clock, jobs_thread
from lms.db import db
from lms.domain.accounts.actions import set_superior
from lms.domain.audit.models import AuditEntry
from lms.domain.effects.models import Followup, FollowupAnswer
from lms.domain.effects.queries import behaviour_of
from lms.domain.jobs.actions import enqueue
from lms.domain.notices.models import Notice
from tests.cast import NOW, Cast, make_user, sign_in
from tests.courses import SLUG, publish_course
from tests.followed import LATER, followed, followup_of_person
from tests.learning import complete, course_of, office_of
from tests.web.hr.desk import text_of

PLAN = {"text-1": "Menyusun SOP loket", "by-1": "2026-12-31", "text-3": "Melatih rekan", "by-3": "2027-01-31"}
MARKS = {"applies": "4", "improves": "3", "alone": "5", "shares": "2"}


@pytest.fixture(autouse=True)
def _day() -> Iterator[None]:
    with clock.frozen(LATER):
        yield


def test_bkpsdm_switches_it_on_and_completions_begin_a_follow_up(
    app: Flask, client: FlaskClient, session: Session, cast: Cast
) -> None:
    publish_course(session, now=NOW)
    complete(session, cast.stranger, office_of(app, session), now=NOW)
    session.commit()
    rule = f"/hr/effect/{SLUG}/rule"
    sign_in(client, cast.hr_unit)
    assert client.post(rule, data={"months": "3", "since": "2026-11-01"}).status_code == 403
    assert "Simpan" not in text_of(client.get(f"/hr/effect/{SLUG}"))
    sign_in(client, cast.bkpsdm)
    for months, since in (("0", "2026-11-01"), ("25", "2026-11-01"), ("x", "2026-11-01"), ("3", "kemarin")):
        assert client.post(rule, data={"months": months, "since": since}).status_code == 422
    answer = client.post(rule, data={"months": "3", "since": "2026-11-01"}, follow_redirects=True)
    assert "1 keikutsertaan yang sudah selesai ikut ditindaklanjuti" in text_of(answer)
    again = client.post(rule, data={"months": "6", "since": "2026-11-01"}, follow_redirects=True)
    assert "0 keikutsertaan" in text_of(again), "what exists keeps its day"
    complete(session, cast.learner, office_of(app, session), now=NOW)
    session.commit()
    days = {row.enrollment_id: row.due_on.isoformat() for row in session.scalars(select(Followup))}
    assert sorted(days.values()) == ["2027-02-24", "2027-05-24"]
    client.post(f"{rule}/end")
    complete(session, cast.colleague, office_of(app, session), now=NOW)
    assert len(session.scalars(select(Followup)).all()) == 2
    assert (
        "belum diaktifkan" in text_of(client.get("/hr/effect"))
        or "switched" not in client.get("/hr/effect").text
    )


def test_the_learner_writes_a_plan_until_it_is_due(
    app: Flask, client: FlaskClient, session: Session, cast: Cast
) -> None:
    set_superior(session, cast.learner, cast.trainer.nip or "", now=NOW, actor=None)
    [own] = followed(app, session, cast, cast.learner, opened=False)
    page, plan = f"/followups/{own.id}", f"/followups/{own.id}/plan"
    with clock.frozen(NOW):
        sign_in(client, cast.learner)
        assert page in client.get(f"/courses/{SLUG}").text
        for wrong, words in (
            ({}, "Tulis sedikitnya satu baris."),
            ({"text-2": "Tanpa tanggal"}, "Isi tanggalnya"),
            ({"text-2": "a", "by-2": "2026-11-23"}, "Isi tanggalnya"),
            ({"by-3": "2026-12-31"}, "Tulis yang akan Anda kerjakan"),
            ({"text-1": "x" * 201, "by-1": "2026-12-31"}, "Tulis yang akan Anda kerjakan"),
        ):
            refused = client.post(plan, data=wrong)
            assert refused.status_code == 422 and words in text_of(refused), wrong
        shown = client.post(plan, data=PLAN, follow_redirects=True)
        assert "Menyusun SOP loket" in shown.text and "2027-01-31" in shown.text
        client.post(plan, data={**PLAN, "text-1": "Menata loket\x00"})
        session.expire_all()
        assert [line["text"] for line in own.plan] == ["Menata loket", "Melatih rekan"]
        assert client.get(f"{page}/answer").status_code == 404, "not open yet"
        sign_in(client, cast.trainer)
        staff = text_of(client.get(f"/team/{cast.learner.id}"))
        assert "Menata loket" in staff and "mulai 24 Februari 2027" in staff
        assert client.get(page).status_code == 404
        sign_in(client, cast.hr_unit)
        assert "Menata loket" in client.get(f"/hr/followups/{own.id}").text
    sign_in(client, cast.learner)
    late = client.post(plan, data=PLAN)
    assert late.status_code == 422 and "tidak dapat diubah lagi" in text_of(late)


def test_the_sweep_opens_what_is_due_and_tells_whom_it_asks(
    app: Flask, client: FlaskClient, session: Session, cast: Cast
) -> None:
    set_superior(session, cast.learner, cast.trainer.nip or "", now=NOW, actor=None)
    [own] = followed(app, session, cast, cast.learner, opened=False)
    own.colleague_id = cast.colleague.id
    for at, opened in ((NOW, False), (LATER, True), (LATER, True)):
        with clock.frozen(at):
            enqueue(session, "sweep", {}, now=at, unique_key="sweep")
            session.commit()
            jobs_thread.run_due(app)
            db.session.expire_all()
            assert (followup_of_person(session, cast.learner).opened_at is not None) is opened
    told = {
        (row.user_id, row.kind)
        for row in session.scalars(select(Notice).where(Notice.kind.like("followup.%")))
    }
    assert told == {
        (cast.learner.id, "followup.self"),
        (cast.trainer.id, "followup.asked"), (cast.colleague.id, "followup.asked"),
    }  # fmt: skip
    sign_in(client, cast.trainer)
    notice = session.scalars(select(Notice.id).where(Notice.user_id == cast.trainer.id)).one()
    assert "/answer" in client.post(f"/notices/{notice}").headers["Location"]


def test_each_answers_once_and_the_learner_sees_means_of_both(
    app: Flask, client: FlaskClient, session: Session, cast: Cast
) -> None:
    set_superior(session, cast.learner, cast.trainer.nip or "", now=NOW, actor=None)
    [own] = followed(app, session, cast, cast.learner)
    page, form = f"/followups/{own.id}", f"/followups/{own.id}/answer"
    sign_in(client, cast.learner)
    for data, words in (
        ({}, "Pilih rekan kerja"),
        ({"colleague": str(cast.stranger.id)}, "Pilih rekan kerja"),
        ({"colleague": "0; DROP"}, "Pilih rekan kerja"),
    ):
        refused = client.post(f"{page}/colleague", data=data)
        assert refused.status_code == 422 and words in text_of(refused)
    client.post(f"{page}/colleague", data={"colleague": str(cast.colleague.id)})
    assert client.post(form, data={"applies": "9"}).status_code == 422
    for _twice in range(2):
        assert client.post(form, data={**MARKS, "comment": "Cerita peserta"}).status_code == 303
    own_page = text_of(client.get(page))
    assert "Terlihat setelah keduanya menjawab" in own_page
    sign_in(client, cast.stranger)
    assert client.get(form).status_code == 404 and client.post(form, data=MARKS).status_code == 404
    sign_in(client, cast.trainer)
    asked = client.get(form)
    assert "Siapa yang membaca jawaban Anda" in asked.text and "Cerita peserta" not in asked.text
    assert cast.learner.name in client.get("/followups").text
    client.post(form, data={**MARKS, "applies": "5", "hindrance": ["time"], "comment": "Kata atasan"})
    assert cast.learner.name not in client.get("/followups").text
    unread = select(Notice.kind).where(Notice.read_at.is_(None), Notice.user_id == cast.trainer.id)
    assert session.scalars(unread).all() == [], "what is done is no news"
    sign_in(client, cast.learner)
    assert "Terlihat setelah keduanya menjawab" in text_of(client.get(page))
    sign_in(client, cast.colleague)
    client.post(form, data={"applies": "2", "shares": "4", "comment": "Kata rekan"})
    sign_in(client, cast.learner)
    seen = text_of(client.get(page))
    assert "diterapkan dalam pekerjaan. 3,5 " in seen, "(5 + 2) / 2"
    assert "dibagikan kepada rekan kerja. 3 " in seen, "(2 + 4) / 2"
    assert seen.count("salah satu tidak dapat menilai") == 2
    assert "Kata atasan" not in seen and "Kata rekan" not in seen
    late = client.post(f"{page}/colleague", data={"name": "Orang lain"})
    assert late.status_code == 422 and "sudah menjawab" in text_of(late)
    assert len(session.scalars(select(FollowupAnswer)).all()) == 3
    with pytest.raises(Exception, match="refused: followup_answer_keep"):
        session.scalars(select(FollowupAnswer)).first().applies = 1  # type: ignore[union-attr]
        session.flush()
    session.rollback()
    sign_in(client, cast.hr_unit)
    office = text_of(client.get(f"/hr/followups/{own.id}"))
    assert "Kata atasan" in office and "Kata rekan" in office and cast.colleague.name not in office.split()
    views = select(AuditEntry).where(
        AuditEntry.verb == "staff.viewed", AuditEntry.actor_id == cast.hr_unit.id
    )
    assert len(session.scalars(views).all()) == 1


def test_a_new_superior_is_asked_in_place_of_the_old_one(
    app: Flask, client: FlaskClient, session: Session, cast: Cast
) -> None:
    set_superior(session, cast.learner, cast.trainer.nip or "", now=NOW, actor=None)
    [own] = followed(app, session, cast, cast.learner)
    set_superior(session, cast.learner, cast.stranger.nip or "", now=LATER, actor=None)
    session.commit()
    sign_in(client, cast.trainer)
    assert client.post(f"/followups/{own.id}/answer", data=MARKS).status_code == 404
    sign_in(client, cast.stranger)
    assert client.post(f"/followups/{own.id}/answer", data=MARKS).status_code == 303


def test_an_office_reads_its_own_units_and_never_what_is_said_of_the_reader(
    app: Flask, client: FlaskClient, session: Session, cast: Cast
) -> None:
    strange, own = followed(app, session, cast, cast.stranger, cast.hr_unit)
    sign_in(client, cast.hr_unit)
    for hidden in (strange, own):
        assert client.get(f"/hr/followups/{hidden.id}").status_code == 404
        assert client.post(f"/hr/followups/{hidden.id}/links").status_code == 404
    assert "Bulan" not in client.get("/hr/followups?state=all").text
    sign_in(client, cast.bkpsdm)
    listed = client.get("/hr/followups").text
    assert "Bulan" in listed and "Encik Ahmad" in listed
    for query in ("state=coming", "state=done", "state=x&unit=", f"unit={cast.clinic.id}"):
        assert client.get(f"/hr/followups?{query}").status_code == 200


def test_means_of_a_group_are_shown_from_five_answers_on(
    app: Flask, client: FlaskClient, session: Session, cast: Cast
) -> None:
    people = [make_user(session, f"Pegawai {n}", f"p{n}@gurindam.example", cast.village) for n in range(5)]
    rows = followed(app, session, cast, *people)
    for number, row in enumerate(rows):
        if number == 4:
            few = behaviour_of(session, course_of(session).id, 2026)
            assert few.groups["self"].mean("applies") is None and few.hindrances is None
        session.add(
            FollowupAnswer(
                followup_id=row.id, role="self", answered_at=LATER, by_id=people[number].id,
                applies=(5, 4, 4, 3, 2)[number], improves=None if number else 5, alone=3, shares=1,
                hindrances=["time"] if number < 2 else [],
            )
        )  # fmt: skip
        session.commit()
    found = behaviour_of(session, course_of(session).id, 2026)
    mine = found.groups["self"]
    assert (found.all, found.opened, found.planned, mine.people) == (5, 5, 0, 5)
    assert mine.mean("applies") == pytest.approx(3.6), "(5 + 4 + 4 + 3 + 2) / 5"
    assert mine.mean("improves") is None and mine.overall is None, "one mark alone"
    assert found.hindrances == {"time": 2}
    assert behaviour_of(session, course_of(session).id, 2027).all == 0
    sign_in(client, cast.hr_unit)
    page = text_of(client.get(f"/hr/effect/{SLUG}?year=2026"))
    assert "3,6 " in page and "Tidak ada waktu di luar tugas lain (2)" in page

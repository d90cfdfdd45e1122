"""Development plans and needs analysis of the city on paper (tests/competency_city.py)."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.content.exchange.grids import read_grid
from lms.domain.accounts.models import Superior
from lms.domain.competencies.actions import add_ratings
from lms.domain.competencies.rules.plans import Found
from lms.domain.plans.actions import propose
from lms.domain.plans.models import PlanItem
from lms.domain.plans.rules import Draft
from lms.domain.reports.queries.gap_sums import GapsWanted
from lms.domain.reports.queries.needs import NeedSum, find_needs, need_sums
from tests.cast import NOW, Cast, sign_in
from tests.competency_city import TODAY, make_city
from tests.courses import SLUG, publish_course
from tests.learning import complete, course_of, office_of
from tests.web.hr.desk import text_of


def states(session: Session) -> dict[str, str]:
    session.expire_all()
    return {item.title: item.state for item in session.scalars(select(PlanItem))}


def test_a_plan_from_proposal_to_the_end(client: FlaskClient, session: Session, cast: Cast) -> None:
    sign_in(client, cast.learner)
    form = {"title": "Coaching arsip", "form": "coaching", "quarter": "2026-4", "jp": "2", "competency": ""}
    for _twice in range(2):
        assert "Masuk ke rencana Anda." in text_of(
            client.post("/profile/plan", data=form, follow_redirects=True)
        )
    client.post("/profile/plan", data={**form, "title": "Magang"})
    client.post("/profile/plan", data={**form, "title": "Seminar", "form": "seminar"})
    for name, value, words in (
        ("title", " ", "Tulis yang akan dikerjakan"), ("quarter", "2026-3", "Triwulan ini sudah lewat."),
        ("jp", "201", "bilangan bulat dari 0 sampai 200"), ("form", "lain", "Pilih"),
    ):  # fmt: skip
        refused = client.post("/profile/plan", data={**form, name: value})
        assert refused.status_code == 422 and words in text_of(refused), name
    items = {item.title: item.id for item in session.scalars(select(PlanItem))}
    assert len(items) == 3
    client.post(f"/profile/plan/{items['Seminar']}/drop")
    sign_in(client, cast.hr_unit)
    waiting = text_of(client.get("/hr/plans"))
    assert "2 kegiatan menunggu jawaban." in waiting and "Coaching arsip" in waiting
    assert "1 kegiatan disetujui." in text_of(
        client.post("/hr/plans/agreements", data={"id": items["Coaching arsip"]}, follow_redirects=True)
    )
    place = f"/hr/plans/{items['Magang']}/decision"
    without = client.post(place, data={"answer": "refuse", "note": " "})
    assert without.status_code == 422 and "Tulis alasannya" in text_of(without)
    client.post(place, data={"answer": "refuse", "note": "Belum ada tempat."})
    assert "Sudah diputuskan" in text_of(client.post(place, data={"answer": "agree"}, follow_redirects=True))
    end = f"/hr/plans/{items['Coaching arsip']}/completion"
    assert client.post(end, data={"done_on": "2027-01-01"}).status_code == 422
    assert client.post(end, data={"done_on": "kemarin"}).status_code == 422
    client.post(end, data={"done_on": "2026-11-20"})
    assert states(session) == {"Coaching arsip": "done", "Magang": "refused", "Seminar": "dropped"}
    sign_in(client, cast.learner)
    own = text_of(client.get("/profile/plan"))
    assert "Belum ada tempat." in own and "2 dari 2 JP yang direncanakan sudah selesai." in own
    sign_in(client, cast.hr_unit)
    for name in ("Coaching arsip", "Magang", "Seminar"):
        item = session.get_one(PlanItem, items[name])
        with pytest.raises(Exception, match="refused: plan_item_keep"):
            item.title = "Lain"
            session.flush()
        session.rollback()


def test_completing_the_course_closes_what_it_was_planned_for(
    app: Flask, client: FlaskClient, session: Session, cast: Cast
) -> None:
    publish_course(session, now=NOW)
    course = course_of(session)
    drafts = [
        Draft(2026, 4, "e_learning", "Menyapa di loket", 1, course_id=course.id),
        Draft(2026, 4, "mentoring", "Mentoring", 1),
    ]
    for draft in drafts:
        propose(session, cast.learner, draft, today=TODAY, now=NOW)
    session.commit()
    complete(session, cast.learner, office_of(app, session), now=NOW, slug=SLUG)
    session.commit()
    assert states(session) == {"Menyapa di loket": "done", "Mentoring": "proposed"}


def test_the_direct_superior_answers_too(client: FlaskClient, session: Session, cast: Cast) -> None:
    session.add(Superior(user_id=cast.learner.id, superior_id=cast.trainer.id, set_at=NOW))
    items = [
        propose(
            session, cast.learner, Draft(2026, 4, "coaching", f"Coaching {turn}", 1), today=TODAY, now=NOW
        )
        for turn in (1, 2)
    ]
    session.commit()
    sign_in(client, cast.trainer)
    place = f"/team/{cast.learner.id}"
    assert "Coaching 1" in text_of(client.get(place))
    without = client.post(f"{place}/plan/{items[0].id}", data={"answer": "refuse"})
    assert without.status_code == 422 and "Tulis alasannya" in text_of(without)
    client.post(f"{place}/plan/{items[0].id}", data={"answer": "refuse", "note": "Tahun depan."})
    client.post(f"{place}/plan/{items[1].id}", data={"answer": "agree"})
    assert states(session) == {"Coaching 1": "refused", "Coaching 2": "agreed"}
    sign_in(client, cast.other_trainer)
    assert client.post(f"{place}/plan/{items[1].id}", data={"answer": "agree"}).status_code == 404


def test_gaps_propose_what_may_be_planned(client: FlaskClient, session: Session) -> None:
    city = make_city(session)
    person = city.people["d2"]
    sign_in(client, person)
    text = text_of(client.get("/profile/plan"))
    assert "Tidak ada pelatihan: coaching, mentoring, atau penilaian" in text
    assert "Integritas Tidak ada pelatihan: coaching, mentoring, atau penilaian diminta 1, dinilai 0" in text
    filled = client.get("/profile/plan/new?code=M.1")
    assert 'selected value="M.1"' in filled.text
    form = {
        "title": "Coaching integritas",
        "form": "coaching",
        "quarter": "2026-4",
        "jp": "3",
        "competency": "M.1",
    }
    client.post("/profile/plan", data=form)
    assert "diminta 1, dinilai 0" not in text_of(client.get("/profile/plan"))


def test_needs_add_up_from_person_to_city(client: FlaskClient, session: Session) -> None:
    city = make_city(session)
    draft = Draft(2026, 4, "coaching", "Coaching kerja sama", 4, competency_id=city.codes["M.2"])
    propose(session, city.people["v1"], draft, today=TODAY, now=NOW)
    session.commit()
    wanted = GapsWanted(TODAY)
    # v1 M.2 -2, v4 T.1 -1; d1 M.1 -1 and M.2 -1, d2 M.1 -1
    assert need_sums(session, wanted, 2026, actor=city.bkpsdm) == {
        city.village.id: NeedSum(2, 2, 3, 1, 4, 0), city.district.id: NeedSum(2, 3, 3, 0, 0, 0),
    }  # fmt: skip
    rows = find_needs(session, wanted, 2026, actor=city.bkpsdm, limit=9)
    assert [(row.name, row.code, row.gap, row.title) for row in rows] == [
        ("Orang d1", "M.1", -1, None), ("Orang d1", "M.2", -1, None), ("Orang d2", "M.1", -1, None),
        ("Orang v1", "M.2", -2, "Coaching kerja sama"), ("Orang v4", "T.1", -1, None),
    ]  # fmt: skip
    sign_in(client, city.bkpsdm)
    text = text_of(client.get("/hr/needs"))
    assert "5 kesenjangan pada 4 orang; 1 di antaranya sudah direncanakan." in text
    assert "Kecamatan Satu 4 5 6 1 4 0" in text and "Semua 4 5 6 1 4 0" in text
    units = read_grid(client.post("/hr/needs/file/units").data)
    assert units[-1][1] == ["Semua", "4", "5", "6", "1", "4", "0"]
    people = read_grid(client.post("/hr/needs/file/people", data={"kind": "technical"}).data)
    assert [row[1][1] for row in people[1:]] == ["Orang v4"]
    add_ratings(
        session, [Found(city.id("v1"), city.codes["M.2"], 3, TODAY, "AC")], today=TODAY, now=NOW, actor=None
    )
    session.commit()
    assert need_sums(session, wanted, 2026, actor=city.bkpsdm)[city.village.id] == NeedSum(1, 1, 1, 0, 0, 0)

"""What asks for an action plan is there as long as the plan can be written; pages without follow-ups."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from lms import clock
from lms.domain.effects.actions import write_plan
from lms.domain.effects.queries import own_followup
from lms.domain.effects.rules import PlanLine
from lms.domain.notices.actions import tell
from lms.domain.notices.models import Notice
from lms.jobs_thread import sweep
from tests.cast import NOW, Cast, sign_in
from tests.followed import LATER, followed


def kinds_after_sweep(app: Flask, session: Session, now: datetime) -> set[str]:
    with clock.frozen(now):
        sweep(app, session, {}, lambda: None)
    return set(session.scalars(select(Notice.kind)))


def test_a_request_for_a_plan_outlives_other_notices_until_the_questions_open(
    app: Flask, session: Session, cast: Cast
) -> None:
    followed(app, session, cast, cast.learner, opened=False)
    tell(session, [cast.learner.id], "wish.answered", about=("wish", 1), now=NOW)
    session.commit()
    kinds = kinds_after_sweep(app, session, NOW + timedelta(days=91))
    assert "followup.plan" in kinds and "wish.answered" not in kinds
    kinds = kinds_after_sweep(app, session, LATER)
    assert "followup.plan" not in kinds and "followup.self" in kinds


def test_a_request_for_a_plan_that_was_written_is_forgotten_like_any_other(
    app: Flask, session: Session, cast: Cast
) -> None:
    [begun] = followed(app, session, cast, cast.learner, opened=False)
    own = own_followup(session, cast.learner.id, begun.id)
    assert own is not None
    write_plan(session, own, [PlanLine("Menyusun daftar periksa", date(2027, 1, 15))], now=NOW)
    session.commit()
    assert "followup.plan" in kinds_after_sweep(app, session, NOW + timedelta(days=89))
    assert "followup.plan" not in kinds_after_sweep(app, session, NOW + timedelta(days=91))


def test_pages_without_follow_ups_say_where_to_go(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.learner)
    assert "Cari pelatihan" in client.get("/followups").text
    sign_in(client, cast.hr_unit)
    filtered = client.get("/hr/followups").text
    assert "Tampilkan semua" in filtered and "/hr/followups?state=all" in filtered
    everything = client.get("/hr/followups?state=all").text
    assert 'href="/hr/effect">Lihat' in everything

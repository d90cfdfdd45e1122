"""Every page of the desk about one person leaves a trace that somebody looked."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from lms import clock
from lms.domain.audit.models import AuditEntry
from lms.domain.corrections.models import CorrectionRequest
from lms.domain.outside.models import OutsideTraining
from lms.domain.plans.actions import propose
from lms.domain.plans.rules import Draft
from tests.cast import NOW, Cast, grant, sign_in
from tests.media import photo
from tests.web.test_outside import send


def views(session: Session) -> list[tuple[int | None, str]]:
    session.rollback()
    rows = session.scalars(select(AuditEntry).where(AuditEntry.verb == "staff.viewed"))
    return [(row.actor_id, row.subject_id) for row in rows]


def test_plan_correction_levels_and_proof_are_recorded(
    app: Flask, client: FlaskClient, session: Session, cast: Cast
) -> None:
    with clock.frozen(NOW):
        learner = sign_in(app.test_client(), cast.learner)
        send(learner, photo())
        learner.post("/account/data/corrections", data={"wish": "Pangkat keliru"})
        item = propose(
            session, cast.learner, Draft(2026, 4, "coaching", "Coaching", 2), today=NOW.date(), now=NOW
        )
        session.commit()
        wish = session.scalars(select(CorrectionRequest)).one()
        training = session.scalars(select(OutsideTraining)).one()
        places = [
            f"/hr/plans/{item.id}",
            f"/hr/corrections/{wish.id}",
            f"/hr/staff/{cast.learner.id}/ratings",
        ]
        proof = f"/hr/outside/{training.id}/proof"
        seen = (cast.hr_unit.id, str(cast.learner.id))
        grant(session, cast.stranger, "hr", cast.clinic)
        session.commit()
        for nobody in (cast.stranger, cast.learner):
            stranger = sign_in(app.test_client(), nobody)
            assert all(stranger.get(place).status_code in {403, 404} for place in [*places, proof])
        assert learner.get(f"/profile/outside/{training.id}/proof").status_code == 200
        assert views(session) == [], "neither one's own nor what was refused"
        office = sign_in(client, cast.hr_unit)
        for place in places:
            before = len(views(session))
            assert office.get(place).status_code == 200
            assert views(session)[before:] == [seen], place
    for days, place, more in ((1, proof, 1), (2, f"/hr/outside/{training.id}", 1), (2, proof, 0)):
        with clock.frozen(NOW + timedelta(days=days)):
            before = len(views(session))
            assert office.get(place).status_code == 200
            assert views(session)[before:] == [seen] * more, (days, place)

"""The effect of courses: follow-ups of the learner and of the stranger, a link; the lines of the table."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from itsdangerous import URLSafeSerializer
from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.domain.effects.actions import enter_result, make_link, name_colleague, open_due, switch_on
from lms.domain.effects.models import Followup
from lms.domain.effects.queries import own_followup
from lms.domain.effects.rules import ResultDraft
from lms.domain.enrollments.models import Enrollment
from tests.cast import NOW, Cast
from tests.learning import course_of

#                                                    out lea str trn oth hr  hro bkp adm
EFFECTS = """
# follow-ups: the officer of the district is the superior of the learner
GET  followups.index                                 login 200 = =   =   =   =   =   =
GET  followups.show             followup_id=followup login 200 404 = =   =   =   =   =
POST followups.save_plan        followup_id=followup login 422 404 = =   =   =   =   =
POST followups.save_colleague   followup_id=followup login 422 404 = =   =   =   =   =
POST followups.make             followup_id=followup login 200 404 = =   =   =   =   =
POST followups.end_links        followup_id=followup login 303 404 = =   =   =   =   =
GET  followups.ask              followup_id=followup login 200 404 = =   200 404 =   =
POST followups.give             followup_id=followup login 422 404 = =   422 404 =   =
GET  followup_link.show         token=followup_token 200 = =   =   =   =   =   =   =
GET  followup_link.show         token='abc'          404 = =   =   =   =   =   =   =
POST followup_link.give         token=followup_token 422 = =   =   =   =   =   =   =
GET  hr.effects.index                                login 403 = =   =   200 200 200 403
GET  hr.effects.show            slug=second          login 403 = =   =   200 200 200 403
GET  hr.effects.show            slug=unpublished     login 403 = =   =   404 404 404 403
POST hr.effects.save_rule       slug=second          login 403 = =   =   =   =   422 403
POST hr.effects.end_rule        slug=second          login 403 = =   =   =   =   303 403
POST hr.effects.file            slug=second          login 403 = =   =   200 200 200 403
GET  hr.results.new             slug=second          login 403 = =   =   200 200 200 403
POST hr.results.create          slug=second          login 403 = =   =   422 422 422 403
GET  hr.results.show            result_id=unit_result login 403 = =  =   200 404 200 403
POST hr.results.correct         result_id=unit_result login 403 = =  =   422 404 422 403
GET  admin.rates.show                                login 403 = =   =   =   =   =   200
POST admin.rates.save                                login 403 = =   =   =   =   =   422
GET  hr.followups.index                              login 403 = =   =   200 200 200 403
GET  hr.followups.show          followup_id=followup login 403 = =   =   200 404 200 403
GET  hr.followups.show          followup_id=followup_stranger login 403 = = = 404 200 200 403
POST hr.followups.make          followup_id=followup login 403 = =   =   200 404 200 403
POST hr.followups.end_links     followup_id=followup login 403 = =   =   303 404 303 403
"""
FORMS = {
    "followups.make": {"role": "colleague", "addressee": "Rekan Contoh"},
    "followups.end_links": {"role": "colleague"},
}


def of_effects(app: Flask, session: Session, cast: Cast, slug: str) -> dict[str, str | int]:
    """Follow the completions of a course up and open them; a link waits for the learner's superior."""
    later = NOW + timedelta(days=60)
    switch_on(session, course_of(session, slug).id, months=1, since=NOW.date(), by=cast.bkpsdm, now=NOW)
    open_due(session, now=later)
    found = {
        person: session.scalars(
            select(Followup.id).join(Enrollment, Enrollment.id == Followup.enrollment_id)
            .where(Enrollment.user_id == person.id)
        ).one()
        for person in (cast.learner, cast.stranger)
    }  # fmt: skip
    own = own_followup(session, cast.learner.id, found[cast.learner])
    assert own is not None
    name_colleague(session, own, colleague=cast.colleague, name="", superior_id=cast.hr_unit.id, now=NOW)
    link, nonce = make_link(
        session, own, "superior", addressee="Encik Ahmad", superior_id=cast.hr_unit.id, days=14,
        by=cast.learner.id, now=NOW,
    )  # fmt: skip
    draft = ResultDraft("Waktu layanan", "menit", True, 30.0, NOW.date(), "Buku tamu")
    rows = [
        enter_result(session, course_of(session, slug).id, unit.id, draft, by=cast.bkpsdm.id, now=NOW)
        for unit in (cast.village, cast.clinic)
    ]
    signer = URLSafeSerializer(str(app.config["SECRET_KEY"]), salt="followup-link")
    return {
        "unit_result": rows[0].id, "unit_result_stranger": rows[1].id,
        "followup": own.id, "followup_stranger": found[cast.stranger],
        "followup_token": str(signer.dumps([link.id, nonce])),
    }  # fmt: skip

"""A merge: every column that names a person is decided; what moves, moves whole."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from lms.domain.accounts.models import FormerNip, MergedRecord, RoleGrant, Superior, UnitHead, User
from lms.domain.accounts.queries import user_with_grants
from lms.domain.assignments.actions import Grounds, Order, assign, exempt
from lms.domain.assignments.models import AssignmentException, AssignmentPerson
from lms.domain.assignments.rules import Rule
from lms.domain.competencies.models import Competency, Rating
from lms.domain.corrections.actions import ask
from lms.domain.doubles.decisions import DECISIONS
from lms.domain.effects.models import Followup
from lms.domain.enrollments.models import Enrollment
from lms.domain.obligations.models import Obligation, ObligationExemption
from lms.domain.outside.models import OutsideTraining
from lms.domain.plans.models import PlanItem
from lms.domain.tables import Base
from tests.cast import NOW, make_user
from tests.unit.reports.desk import TODAY, Desk
from tests.web.hr.desk import at_desk, text_of


def test_every_column_that_names_a_person_is_decided() -> None:
    named = {
        f"{table.name}.{key.parent.name}"
        for table in Base.metadata.sorted_tables for key in table.foreign_keys
        if key.column.table.name == "user"
    }  # fmt: skip
    assert named == set(DECISIONS)


def outside(session: Session, user: User, title: str, proof: str, **changes: object) -> OutsideTraining:
    given = {"state": "verified", "credited_jp": 6, "decided_at": NOW, "decided_by": user.id} | changes
    row = OutsideTraining(
        user_id=user.id, form="bimtek", title=title, organiser="Badan Contoh", started_on=TODAY,
        ended_on=TODAY, jp=6, jp_year=2026, proof=proof * 64, proof_kind="pdf", submitted_at=NOW,
        **given,  # type: ignore[arg-type]
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def count(session: Session, model: type[Base], user: User) -> int:
    found = select(func.count()).select_from(model).where(model.user_id == user.id)  # type: ignore[attr-defined]
    return session.scalar(found) or 0


@pytest.fixture
def double(session: Session, desk: Desk, app: Flask) -> User:
    """A second record of the colleague with everything that moves."""
    cast, kept = desk.cast, desk.cast.colleague
    made = make_user(session, "Siti", "siti.lama@gurindam.example", cast.clinic)
    office = user_with_grants(session, cast.bkpsdm.id)
    assert office is not None
    skill = Competency(code="T.9", kind="technical", name="Arsip", position=1)
    session.add(skill)
    session.flush()
    session.add(Rating(user_id=made.id, competency_id=skill.id, level=2, assessed_on=TODAY, method="AC",
                       recorded_at=NOW))  # fmt: skip
    outside(session, made, "Bimtek arsip", "a")
    outside(session, made, "Bimtek lain", "b")
    outside(session, kept, "Bimtek lain", "c")
    session.add(PlanItem(user_id=made.id, year=2026, quarter=4, form="coaching", title="Coaching", jp=2,
                         proposed_at=NOW, state="done", done_on=TODAY))  # fmt: skip
    for number, people in enumerate(((made.id,), (made.id, kept.id))):
        order, _new = assign(
            session, Order(desk.archive.course_id, Rule(people=people), date(2026, 12, 31), TODAY), people,
            nonce=f"n-{number}", by=office, now=NOW,
        )  # fmt: skip
        why = Grounds("Sakit")
        exempt(session, order, (made.id,), why, files=Path(app.instance_path) / "files", by=office, now=NOW)
    rule = Obligation(course_id=desk.archive.course_id, unit_id=cast.city.id, created_by=office.id,
                      created_at=NOW, nonce="x", starts_on=TODAY)  # fmt: skip
    session.add(rule)
    session.flush()
    session.add_all([
        ObligationExemption(obligation_id=rule.id, kind="cycle", given_by=office.id, given_at=NOW,
                            reason="Cuti", user_id=made.id),
        Superior(user_id=cast.learner.id, superior_id=made.id, set_at=NOW),
        Superior(user_id=kept.id, superior_id=made.id, set_at=NOW),
        UnitHead(unit_id=cast.clinic.id, user_id=made.id, set_at=NOW),
        FormerNip(user_id=made.id, nip="199403052020212017", replaced_at=NOW),
        RoleGrant(user_id=made.id, role="trainer"),
    ])  # fmt: skip
    ask(session, made, "Nama saya keliru.", now=NOW)
    earlier = make_user(session, "Siti", "siti.lebih.lama@gurindam.example", cast.clinic)
    earlier.closed_at = NOW
    session.add(MergedRecord(user_id=earlier.id, into_id=made.id, merged_at=NOW, merged_by=office.id))
    session.commit()
    return made


def test_what_moves_and_what_stays(client: FlaskClient, session: Session, desk: Desk, double: User) -> None:
    kept, cast, office = desk.cast.colleague, desk.cast, at_desk(client, desk, "bkpsdm")
    address = f"/hr/staff/{kept.id}/double"
    page = text_of(office.get(f"{address}?double={double.email}"))
    for words in (
        "pelatihan lain (1)", "penilaian (1)", "rencana (1)", "penugasan (1)", "pengecualian (1)",
        "1 pelatihan lain dilaporkan di kedua data", "1 peran data lama berakhir",
    ):  # fmt: skip
        assert words in page, words
    assert office.post(address, data={"double": double.email, "sure": "1"}).status_code == 303
    session.expire_all()
    for model in (Rating, PlanItem, ObligationExemption):
        assert (count(session, model, double), count(session, model, kept)) == (0, 1), model
    assert [row.title for row in session.query(OutsideTraining).filter_by(user_id=double.id)] == [
        "Bimtek lain"
    ]
    assert count(session, OutsideTraining, kept) == 2
    assert count(session, AssignmentPerson, kept) == 2
    moved = session.query(AssignmentException).order_by(AssignmentException.id).all()
    assert [row.user_id for row in moved] == [kept.id, double.id], "the own row of the second order counts"
    assert session.get_one(Superior, cast.learner.id).superior_id == kept.id
    assert session.get(Superior, kept.id) is None
    assert session.get_one(UnitHead, cast.clinic.id).user_id == kept.id
    assert count(session, FormerNip, kept) == 1 and count(session, RoleGrant, double) == 1
    assert {row.into_id for row in session.query(MergedRecord)} == {kept.id}
    page = text_of(office.get(f"/hr/staff/{double.id}"))
    assert "sudah digabung" in page


def test_nobody_becomes_the_colleague_of_the_own_followup(
    client: FlaskClient, session: Session, desk: Desk, double: User
) -> None:
    kept, office = desk.cast.colleague, at_desk(client, desk, "bkpsdm")
    rows = {}
    for user in (kept, desk.cast.learner):
        own = session.scalars(select(Enrollment.id).where(Enrollment.user_id == user.id).limit(1)).one()
        rows[user.id] = Followup(enrollment_id=own, due_on=TODAY, colleague_id=double.id)
    session.add_all(rows.values())
    session.commit()
    answer = office.post(f"/hr/staff/{kept.id}/double", data={"double": double.email, "sure": "1"})
    assert answer.status_code == 303
    session.expire_all()
    assert rows[kept.id].colleague_id == double.id
    assert rows[desk.cast.learner.id].colleague_id == kept.id


def test_fixed_rows_go_nowhere_else(session: Session, desk: Desk, double: User) -> None:
    for model in (Rating, PlanItem, ObligationExemption, AssignmentException, OutsideTraining):
        with pytest.raises(DBAPIError):
            session.execute(
                update(model).where(model.user_id == double.id).values(user_id=desk.cast.learner.id)
            )
        session.rollback()

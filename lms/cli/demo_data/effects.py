"""The effect of one course, invented: plans, answers, a unit's indicator, rates that are no city's."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.clock import WIB, local_date
from lms.domain.accounts.actions import set_superior
from lms.domain.accounts.models import OrgUnit, User
from lms.domain.accounts.queries import superior_of
from lms.domain.catalog.models import Course
from lms.domain.effects.actions import (
    answer,
    correct_result,
    enter_result,
    name_colleague,
    open_due,
    switch_on,
    write_plan,
)
from lms.domain.effects.models import Followup
from lms.domain.effects.queries import followups_of
from lms.domain.effects.rules import Answers, PlanLine, ResultDraft
from lms.domain.enrollments.models import Enrollment
from lms.domain.settings.actions import change
from lms.domain.settings.queries import policy
from lms.domain.settings.rates import with_rates

COURSE = "manajemen-pelayanan-publik"
MONTHS, MOST = 2, 9
"""Followed up two months after completion, so that some are due; so many answer."""
PLANS = (
    "Memasang daftar syarat layanan di loket",
    "Mencatat aduan dalam satu buku dan menjawabnya dalam tiga hari",
    "Menyusun maklumat pelayanan bersama kasi",
    "Membagikan ringkasan pelatihan di apel Senin",
)
RATES = {
    "honor_per_jp": 250_000, "room_per_day": 750_000, "meals_per_person_day": 110_000,
    "travel_per_person": 350_000, "class_size": 30, "jp_per_day": 8, "hosting_per_year": 9_000_000,
    "writing_per_course": 6_000_000, "writing_years": 3,
}  # fmt: skip


def follow_up(session: Session, *, by: User, now: datetime) -> None:
    """Follow the completions of a course up: what is due is open, most are answered, some wait."""
    course_id = session.scalar(select(Course.id).where(Course.slug == COURSE))
    if course_id is None or session.scalar(select(Followup.id).limit(1)) is not None:
        return
    today = local_date(now)
    switch_on(session, course_id, months=MONTHS, since=today - timedelta(days=365), by=by, now=now)
    rng = random.Random(11)
    learners = session.scalars(
        select(Enrollment.user_id).join(Followup, Followup.enrollment_id == Enrollment.id)
        .order_by(Enrollment.completed_on, Enrollment.id)
    ).all()  # fmt: skip
    rows = [followups_of(session, user_id)[0] for user_id in learners]
    for place, row in enumerate(rows[: MOST + 3]):
        _prepare(session, row, place, now=now)
    while open_due(session, now=now):
        session.flush()
    for place, row in enumerate([one for one in rows if one.opened_at is not None][:MOST]):
        _answer(session, row, place, rng, now=now)
    _indicator(session, course_id, rows, by=by, today=today, now=now)
    source = "Contoh demo, bukan tarif resmi"
    rates = with_rates(policy(session), today.year, RATES, source, today)
    change(session, {"classroom_rates": rates}, by=by.id, now=now)


def _prepare(session: Session, row: Followup, place: int, *, now: datetime) -> None:
    """Write the plan on the day after completion, and name somebody of the unit."""
    done = row.enrollment.completed_on
    assert done is not None
    person = row.enrollment.user
    lines = [
        PlanLine(PLANS[(place + step) % len(PLANS)], done + timedelta(days=45))
        for step in range(1 + place % 2)
    ]
    write_plan(session, row, lines, now=min(now, _noon(done + timedelta(days=1))))
    mates = session.scalars(
        select(User).where(User.unit_id == person.unit_id, User.id != person.id).order_by(User.id)
    ).all()
    superior = superior_of(session, person)
    if superior is None and len(mates) > 1:
        set_superior(session, person, mates[1].nip or "", now=now, actor=None)
        superior = mates[1]
    if mates and mates[0] is not superior:
        name_colleague(
            session, row, colleague=mates[0], name="", superior_id=superior.id if superior else None, now=now
        )


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=WIB)


def _answer(session: Session, row: Followup, place: int, rng: random.Random, *, now: datetime) -> None:
    superior = superior_of(session, row.enrollment.user)
    people = {
        "self": row.enrollment.user_id, "superior": superior.id if superior else None,
        "colleague": row.colleague_id,
    }  # fmt: skip
    for role, user_id in people.items():
        if user_id is None or (role != "self" and place == MOST - 1):
            continue
        marks = {item: rng.choice((3, 4, 4, 5)) for item in ("applies", "improves", "alone", "shares")}
        found = ("time",) if rng.random() < 0.4 else ("rules", "tools") if rng.random() < 0.2 else ()
        answer(session, row, role, Answers(marks, found), by=user_id, now=now)


def _indicator(
    session: Session, course_id: int, rows: list[Followup], *, by: User, today: date, now: datetime
) -> None:
    unit_id = next((row.enrollment.user.unit_id for row in rows if row.enrollment.user.unit_id), None)
    if unit_id is None or session.get(OrgUnit, unit_id) is None:
        return
    before = ResultDraft(
        "Rata-rata waktu layanan di loket", "menit", True, 18.0, today - timedelta(days=300),
        "Catatan antrean loket",
    )  # fmt: skip
    made = enter_result(session, course_id, unit_id, before, by=by.id, now=now)
    after = ResultDraft(
        before.name, before.measure, True, 18.0, before.before_on, before.source, 13.5,
        today - timedelta(days=20),
    )  # fmt: skip
    correct_result(session, made, after, by=by.id, now=now)

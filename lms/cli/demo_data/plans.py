"""Development plans of the demonstration: proposed, agreed to, closed; recurring training."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms import clock
from lms.domain.accounts.models import OrgUnit, User
from lms.domain.competencies.models import Competency
from lms.domain.obligations.actions import Order, oblige
from lms.domain.obligations.rules import Terms
from lms.domain.plans.actions import decide, finish, propose
from lms.domain.plans.rules import Draft, quarter_of

ACTIVITIES = (
    # form, what, JP, competency, answer
    ("coaching", "Coaching oleh atasan tentang perubahan cara kerja", 4, "M.7", "agree"),
    ("seminar", "Seminar keterbukaan informasi publik", 3, "M.5", ""),
    ("bimbingan_kerja", "Praktik menyusun laporan bulanan bersama rekan", 6, "M.4", "done"),
    ("komunitas_belajar", "Komunitas belajar arsiparis kota", 2, "T.02", ""),
)


def plan(session: Session, people: Sequence[User], *, by: User, now: datetime) -> None:
    """Let each of the people plan something for this quarter; `by` agrees to some of it."""
    today = clock.local_date(now)
    codes = {row.code: row.id for row in session.execute(select(Competency.code, Competency.id))}
    for turn, (form, title, jp, code, answer) in enumerate(ACTIVITIES):
        draft = Draft(today.year, quarter_of(today), form, title, jp, competency_id=codes.get(code))
        item = propose(session, people[turn % len(people)], draft, today=today, now=now)
        if answer and item.user_id != by.id:
            decide(session, item, agreed=True, by=by, now=now)
            if answer == "done":
                finish(session, item, on=today, by=by, today=today, now=now)


def recur(session: Session, course_id: int, *, by: User, now: datetime) -> None:
    """Let one course be done again every six months by the whole city."""
    start = clock.local_date(now) - timedelta(days=190)
    city = session.scalars(select(OrgUnit.id).where(OrgUnit.parent_id.is_(None)).order_by(OrgUnit.id)).first()
    if city is not None:
        terms = Terms(start, 6, 60, clock.local_date(now) + timedelta(days=37), 30)
        order = Order(course_id, city, terms, basis="Surat edaran (data contoh)")
        oblige(session, order, nonce="contoh-pelatihan-berkala", by=by, now=now)

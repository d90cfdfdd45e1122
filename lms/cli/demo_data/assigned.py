"""An assignment of the demonstration: so many days for each, one person with more time, one exempt."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from lms import clock
from lms.domain.accounts.models import User
from lms.domain.accounts.queries import user_with_grants
from lms.domain.assignments.actions import Grounds, Order, assign, exempt, extend
from lms.domain.assignments.rules import Rule, due_since

AGO, DAYS = timedelta(days=40), 30


def assign_some(
    session: Session, course_id: int, people: Sequence[User], *, by: User, files: Path, now: datetime
) -> None:
    """Assign a course to these people some weeks ago; the first has more time, the second is exempt."""
    office = user_with_grants(session, by.id)
    keys = [user.id for user in people if user.id != by.id]
    if office is None or len(keys) < 3:
        return
    then = now - AGO
    start, today = clock.local_date(then), clock.local_date(now)
    order = Order(
        course_id, Rule(people=tuple(keys)), due_since(DAYS, start), date(start.year, 1, 1),
        letter_number="800/01/CONTOH/2026", letter_on=start, note="Data contoh.", due_days=DAYS,
    )  # fmt: skip
    made, _new = assign(session, order, keys, nonce="contoh-penugasan-relatif", by=office, now=then)
    more, out = Grounds("Cuti melahirkan", "Surat cuti (contoh)"), Grounds("Tugas belajar", "SK (contoh)")
    until = today + timedelta(days=45)
    extend(session, made, keys[:1], until, more, files=files, by=office, now=now)
    exempt(session, made, keys[1:2], out, files=files, by=office, now=now)

"""Training that comes round again is in the reminders, with its day and reason."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.domain.accounts.models import User
from lms.domain.obligations.actions import Order, oblige
from lms.domain.obligations.rules import Terms
from lms.domain.reminders.actions import plan_test
from lms.domain.reminders.queries import lines_of, open_people, unsent
from lms.domain.reminders.rules import Line, Why
from lms.domain.settings.actions import change
from lms.domain.settings.rules import Policy
from lms.mail.delivery import ready
from tests.cast import NOW, Cast
from tests.courses import SLUG
from tests.mail_server import MailBox, MailServer
from tests.unit.certificates.rows import complete, make_course
from tests.unit.reports.desk import statements
from tests.web.reminders.conftest import MONDAY, run_at
from tests.web.reminders.conftest import order as assign_course

TITLE = "Manajemen Pelayanan Publik"
WEEK = timedelta(days=7)


@pytest.fixture
def duty(session: Session, cast: Cast) -> Cast:
    """Each month the course is due in the district, first on 3 December; the colleague did it once."""
    version = make_course(session, SLUG)
    complete(session, cast.colleague, version)  # on 20 November
    terms = Terms(date(2026, 11, 24), 1, 20, date(2026, 12, 3), 30)
    order = Order(version.course_id, cast.district.id, terms, basis="SE 12/2026")
    oblige(session, order, nonce="n" * 20, by=cast.bkpsdm, now=NOW)
    change(session, {"reminders_on": True}, by=cast.bkpsdm.id, now=NOW)
    session.commit()
    return cast


def test_what_comes_round_is_a_line_near_its_day(session: Session, duty: Cast) -> None:
    def lines(weeks: int) -> dict[int, list[Line]]:
        people = select(User.id).where(User.id.in_([duty.learner.id, duty.colleague.id, duty.stranger.id]))
        return lines_of(session, people, Policy(), MONDAY + weeks * WEEK)

    def line(why: Why, day: date) -> list[Line]:
        return [Line(why, TITLE, SLUG, day, "SE 12/2026")]

    first, next_one = date(2026, 12, 3), date(2026, 12, 20)
    assert lines(0) == {duty.learner.id: line(Why.RECURRING_DUE, first)}  # others: not near
    assert lines(1) == {
        duty.learner.id: line(Why.RECURRING_LATE, first),
        duty.colleague.id: line(Why.RECURRING_DUE, next_one),
    }
    assign_course(session, duty, [duty.learner], date(2026, 12, 9))
    assert [one.why for one in lines(1)[duty.learner.id]] == [Why.ASSIGNED_DUE]  # one course, one line


def test_more_people_are_no_more_statements(session: Session, duty: Cast) -> None:
    with statements() as few:
        lines_of(session, select(User.id).where(User.id == duty.learner.id), Policy(), MONDAY)
    with statements() as many:
        found = lines_of(session, open_people(), Policy(), MONDAY)
    assert len(found) > 1 and len(many) == len(few)


def test_more_mails_are_no_more_statements(
    app: Flask, session: Session, duty: Cast, server: MailServer
) -> None:
    both_due = MONDAY + timedelta(days=17)
    for person in session.scalars(select(User).where(User.unit_id == duty.village.id)).all():
        plan_test(session, person, now=both_due, host="gurindam.example").kind = "weekly"
    session.commit()
    waiting = unsent(session, both_due, 20)
    counts = set()
    for some in (waiting[:1], waiting):
        with statements() as sent:
            found = ready(app, session, some, Policy(reminders_on=True), now=both_due)
        counts.add(len(sent))
    assert [one.end for one in found] == ["email", "email"] and len(counts) == 1, counts


def test_the_mail_says_why_and_what_is_urgent_comes_before_its_day(
    app: Flask, duty: Cast, server: MailServer, box: MailBox
) -> None:
    run_at(app, MONDAY - timedelta(days=3))  # Friday: the digest is to come, nothing is urgent yet
    assert box.mails == []
    run_at(app, MONDAY)
    [mail] = box.to("peserta@gurindam.example")
    for part in mail.iter_parts():
        text = part.get_content()
        assert "paling lambat 3 Desember 2026, karena termasuk pelatihan berkala menurut SE 12/2026." in text
        assert "https://gurindam.example/profile/recurring" in text
    assert box.to("siti@gurindam.example") == []
    run_at(app, MONDAY + timedelta(days=1))
    assert len(box.to("peserta@gurindam.example")) == 1  # it was urgent on Monday already, and told
    run_at(app, MONDAY + timedelta(days=17))  # Thursday: three days to the colleague's second time
    assert len(box.to("siti@gurindam.example")) >= 1

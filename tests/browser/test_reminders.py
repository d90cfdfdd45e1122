"""Reminders in a browser: accessible and narrow, at the desk and for the person."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from lms import clock
from lms.db import db
from lms.mail.tokens import stop_token
from tests.browser.conftest import Live
from tests.browser.looks import judge
from tests.cast import Cast
from tests.web.reminders.conftest import MONDAY, prepare, run_at

pytestmark = pytest.mark.browser
LONG = "Drs. H. Muhammad Syahrul Ramadhan Al-Banjari bin Raja Haji Ahmad, S.Sos., M.Si., M.A."


@pytest.fixture
def office(live: Live) -> Iterator[Cast]:
    """Two people were reminded on Monday; one has a long name and a number."""
    prepare(db.session(), live.cast)
    live.cast.colleague.name = LONG
    db.session.commit()
    run_at(live.app, MONDAY)
    with clock.frozen(MONDAY):
        yield live.cast


def test_pages_are_accessible_and_fit(live: Live, browser: Browser, office: Cast) -> None:
    desk = ["", "?run=daily", "/log", f"/contacts?unit={office.district.id}", "/office/settings",
            "/office/days", "/texts", "/texts/weekly/en"]  # fmt: skip
    stop = stop_token(str(live.app.config["SECRET_KEY"]), office.learner.id)
    for person, addresses in (
        (office.bkpsdm, [f"/hr/reminders{rest}" for rest in desk]),
        (office.learner, ["/reminders", "/reminders/settings", f"/reminders/stop/{stop}"]),
    ):
        with live.open(browser, person) as window:
            page = window.new_page()
            for address in addresses:
                answer = page.goto(address)
                assert answer is not None and answer.status == 200
                judge(page, opening=True)

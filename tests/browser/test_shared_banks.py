"""A shared bank in a real browser: begun by keyboard on a phone, written, in force, drawn from."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from lms import clock
from lms.db import db
from lms.domain.catalog.actions import begin_draft, publish
from tests.browser.conftest import Live
from tests.browser.quiz import PHONE
from tests.browser.test_trainer_desk import course_of, draft_text, fine, press
from tests.cast import NOW
from tests.courses import SLUG, make_bundle

pytestmark = pytest.mark.browser
QUIZ = "01-loket/03-kuis.md"
QUESTION = "\n## Tamu {#lt-1}\n\nTamu disapa.\n\n- [x] Benar\n- [ ] Salah\n"


def test_a_bank_is_begun_by_keyboard_and_drawn_from(live: Live, browser: Browser) -> None:
    session, by = db.session(), live.cast.trainer.id
    publish(session, SLUG, make_bundle(), home="desk", by=by, now=NOW)
    session.commit()
    begin_draft(session, course_of(), by=by, now=NOW)
    session.commit()
    with clock.frozen(NOW):
        page = live.open(browser, live.cast.trainer, viewport=PHONE).new_page()
        page.goto("/trainer/shared-banks")
        press(page, "Bank bersama baru")
        page.get_by_label("Judul", exact=True).focus()
        page.keyboard.type("Loket tim")
        page.keyboard.press("Tab")
        page.keyboard.type("loket-tim")
        fine(page)
        press(page, "Buat bank")
        area = page.locator("#text")
        with page.expect_response(lambda told: told.request.method == "POST" and told.url.endswith("/text")):
            area.fill(area.input_value() + QUESTION)
        fine(page)
        press(page, "Berlakukan")
        press(page, "Berlakukan perubahan")
        expect(page.locator("main")).to_contain_text("Perubahan")
        expect(page.locator("pre.source")).to_contain_text("Tamu disapa.")
        fine(page)
        page.goto(f"/trainer/courses/{SLUG}/writing/file/{QUIZ}")
        with page.expect_response(
            lambda told: told.request.method == "POST" and told.url.endswith(f"/file/{QUIZ}")
        ):
            area.fill(area.input_value() + "\n# Bersama {ambil=1 dari=bersama/loket-tim}\n")
        assert "bersama/loket-tim" in draft_text(QUIZ)
        page.goto(f"/trainer/courses/{SLUG}/writing")
        expect(page.locator("main")).to_contain_text("Loket tim")
        fine(page)

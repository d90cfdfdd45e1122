"""A rule is replaced: the office marks it, the learner reads it, the trainer mends it, the place closes."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from lms import clock
from lms.db import db
from lms.domain.catalog.actions import save_draft
from lms.domain.catalog.models import Course
from lms.domain.enrollments.actions import publish_course
from lms.domain.regulations.actions import Entry, add
from tests.browser.conftest import Live
from tests.cast import NOW
from tests.courses import SLUG, enroll_in, make_bundle

pytestmark = pytest.mark.browser


def test_from_the_mark_of_the_office_to_the_published_text(live: Live, browser: Browser) -> None:
    session, cast = db.session(), live.cast
    published = publish_course(session, SLUG, make_bundle(), home="desk", by=cast.trainer.id, now=NOW)
    assert published.version is not None
    for name in ("UU 25/2009", "UU 9/2026"):
        add(session, Entry(name), by=None, now=NOW)
    enroll_in(session, cast.learner, now=NOW)
    session.commit()
    with clock.frozen(NOW):
        office = live.open(browser, cast.bkpsdm, locale="id-ID").new_page()
        office.goto("/hr/regulations")
        office.get_by_role("link", name="UU 25/2009").click()
        office.get_by_label("Peraturan baru", exact=True).fill("uu no. 9 tahun 2026")
        office.get_by_label("Sejak", exact=True).fill("2026-11-01")
        office.get_by_role("button", name="Tandai perubahan").click()
        expect(office.get_by_role("status")).to_contain_text("Sudah ditandai")

        learner = live.open(browser, cast.learner, locale="id-ID").new_page()
        learner.goto(f"/courses/{SLUG}/lessons/menyapa")
        told = "UU 25/2009 diganti dengan UU 9/2026 sejak 1 November 2026."
        expect(learner.get_by_text(told)).to_be_visible()
        expect(learner.get_by_role("button", name="Selesai, lanjut")).to_be_enabled()

        trainer = live.open(browser, cast.trainer, locale="id-ID").new_page()
        trainer.goto("/trainer/courses")
        trainer.get_by_role("link", name="Perlu ditinjau (4)").click()
        expect(trainer.get_by_role("link", name="Buka naskah")).to_have_count(4)
        db.session.remove()
        course = db.session.query(Course).one()
        files = {path: data.replace(b"UU 25/2009", b"UU 9/2026") for path, data in make_bundle().items()}
        save_draft(db.session(), course, files, by=cast.trainer.id, now=NOW)
        db.session.commit()
        trainer.goto(f"/trainer/courses/{SLUG}/draft")
        trainer.get_by_role("button", name="Terbitkan").click()
        trainer.wait_for_load_state()
        trainer.goto("/trainer/freshness")
        expect(trainer.get_by_role("heading", name="Tidak ada bagian yang menunggu")).to_be_visible()
        trainer.get_by_role("link", name="Selesai (4)").click()
        expect(trainer.get_by_text("Tertutup sendiri saat pelatihan terbit")).to_have_count(4)

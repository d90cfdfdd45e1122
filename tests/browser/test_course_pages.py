"""Catalogue and trainer's desk in a browser: accessible, narrow, and complete without script."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import select

from lms.db import db
from lms.domain.catalog.actions import publish, save_draft
from lms.domain.catalog.models import Course
from lms.domain.enrollments.actions import act
from lms.domain.evaluations.actions import give
from lms.domain.evaluations.rules import Evaluation
from tests.browser.conftest import Live
from tests.browser.looks import judge
from tests.cast import NOW, make_user
from tests.course_files import broken, edited, with_picture, zipped
from tests.courses import SLUG, enroll_in

pytestmark = pytest.mark.browser

COURSE = f"/trainer/courses/{SLUG}"
READER_PAGES = ["/courses", "/courses?q=kapal", f"/courses/{SLUG}"]
LEARNER_PAGES = [*READER_PAGES, f"/courses/{SLUG}/evaluation", f"/courses/{SLUG}/progress"]
OFFICE_PAGES = ["/hr/evaluations", f"/hr/evaluations/{SLUG}"]
TRAINER_PAGES = [
    "/trainer/courses", "/trainer/new-course", COURSE, f"{COURSE}/draft", f"{COURSE}/preview/live",
    f"{COURSE}/preview/live/menyapa", f"{COURSE}/preview/live/kuis-loket?key=1", f"{COURSE}/results",
    f"{COURSE}/evaluation", f"{COURSE}/team", f"{COURSE}/learners/1", "/trainer/marking",
]  # fmt: skip


@pytest.fixture
def course(live: Live) -> None:
    """The small course at the desk of the trainer, with a draft that has errors; two people are in it."""
    with live.app.app_context():
        session = db.session()
        publish(session, SLUG, with_picture(), home="desk", by=live.cast.trainer.id, now=NOW)
        found = session.scalars(select(Course)).one()
        save_draft(session, found, broken(), by=live.cast.trainer.id, now=NOW)
        act(enroll_in(session, live.cast.learner, now=NOW), "menyapa", now=NOW)
        enroll_in(session, live.cast.stranger, now=NOW)
        for number in range(5):
            user = make_user(session, f"Pegawai {number}", f"p{number}@gurindam.example", live.cast.clinic)
            enrollment = enroll_in(session, user, now=NOW)
            act(enrollment, "menyapa", now=NOW)
            session.refresh(enrollment, ["version"])
            answers = Evaluation({"org-info": 4, "tea-clear": 2}, {"text-better": f"Saran {number}"})
            assert give(session, enrollment, answers, now=NOW)
        session.commit()
        db.session.remove()


def test_pages_are_accessible_and_fit(live: Live, browser: Browser, course: None) -> None:
    people = {
        "learner": LEARNER_PAGES,
        "colleague": READER_PAGES,
        "hr_unit": OFFICE_PAGES,
        "trainer": TRAINER_PAGES,
    }
    for name, addresses in people.items():
        user = getattr(live.cast, name)
        with live.open(browser, user) as window:
            page = window.new_page()
            for address in addresses:
                answer = page.goto(address)
                assert answer is not None
                assert answer.status == 200
                judge(page, opening=True)


def test_a_trainer_publishes_a_new_text_without_script(
    live: Live, browser: Browser, course: None, tmp_path: Path
) -> None:
    file = tmp_path / "kursus.zip"
    with live.open(browser, live.cast.trainer, java_script_enabled=False) as window:
        page = window.new_page()
        page.goto(f"{COURSE}/draft")
        expect(page.get_by_text("kursus.md:15")).to_be_visible()
        expect(page.get_by_role("button", name="Terbitkan pelatihan")).to_have_count(0)
        file.write_bytes(b"rusak")
        page.set_input_files("input[type=file]", file)
        page.get_by_role("button", name="Unggah dan periksa").click()
        expect(page.get_by_text("Tidak ada yang disimpan")).to_be_visible()
        file.write_bytes(zipped(edited(), folder=f"{SLUG}/"))
        page.set_input_files("input[type=file]", file)
        page.get_by_role("button", name="Unggah dan periksa").click()
        page.get_by_role("link", name="Lihat sebagai peserta").click()
        page.get_by_role("link", name="Menyapa warga").click()
        expect(page.get_by_text("Sapalah warga dengan hormat.").first).to_be_visible()
        page.get_by_role("link", name="Draf", exact=True).click()
        page.get_by_role("button", name="Terbitkan pelatihan").click()
        expect(page.get_by_text("Versi 2 sudah terbit.")).to_be_visible()


def test_a_learner_finds_and_joins_a_course_without_script(
    live: Live, browser: Browser, course: None
) -> None:
    with live.open(
        browser, live.cast.colleague, java_script_enabled=False, viewport={"width": 360, "height": 740}
    ) as window:
        page = window.new_page()
        page.goto("/courses")
        page.get_by_label("Cari kata").fill("loket")
        page.get_by_role("button", name="Cari").click()
        page.get_by_role("link", name="Layanan di loket").first.click()
        page.get_by_role("button", name="Ikuti pelatihan").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Menyapa warga")
        picture = page.get_by_role("img", name="Denah loket dengan dua meja")
        picture.scroll_into_view_if_needed()
        assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") == 40

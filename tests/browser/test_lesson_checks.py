"""Questions inside a lesson in a real browser: in place, without a script, with keys alone, offline."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from lms import clock
from lms.db import db
from lms.domain.catalog.actions import publish
from tests.browser.conftest import Live
from tests.browser.looks import judge
from tests.browser.quiz import PHONE
from tests.cast import NOW
from tests.course_files import with_checks
from tests.courses import SLUG, enroll_in

pytestmark = pytest.mark.browser

LESSON = f"/courses/{SLUG}/lessons/menyapa"


@pytest.fixture
def course(live: Live) -> Iterator[Live]:
    """The learner follows the course with questions in its first lesson."""
    assert publish(db.session(), SLUG, with_checks(), home="desk", by=None, now=NOW).version is not None
    enroll_in(db.session(), live.cast.learner, now=NOW)
    db.session.commit()
    with clock.frozen(NOW):
        yield live


def opened(page: Page) -> Page:
    page.goto(LESSON)
    return page


def test_an_answer_is_judged_in_place_and_focus_goes_to_the_verdict(course: Live, browser: Browser) -> None:
    context = course.open(browser, course.cast.learner, viewport=PHONE)
    page = opened(context.new_page())
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.method) if "/checks/" in request.url else None)
    box = page.locator("#soal-c-01")
    box.get_by_label("Meminta nomor antrean").check()
    box.get_by_role("button", name="Periksa").click()
    verdict = box.locator("[data-verdict]")
    expect(verdict).to_be_focused()
    expect(verdict).to_contain_text("Belum tepat.")
    expect(verdict).to_contain_text("RAHASIA-cek-salah")
    expect(page.locator("[data-checks-left]")).to_have_text(
        "Masih ada 1 soal di materi ini yang belum dijawab."
    )
    box.get_by_role("link", name="Coba lagi").click()
    expect(box).to_be_focused()
    expect(box.locator("[data-verdict]")).to_have_count(0)
    box.get_by_label("Menyapa dan menanyakan").check()
    box.get_by_role("button", name="Periksa").click()
    expect(box.locator("[data-verdict]")).to_contain_text("RAHASIA-cek-bahas")
    assert asked == ["POST", "GET", "POST"]
    context.close()


def test_a_typed_answer_is_sent_by_enter_and_an_unreadable_one_comes_back(
    course: Live, browser: Browser
) -> None:
    context = course.open(browser, course.cast.learner)
    page = opened(context.new_page())
    field = page.locator("[name=q-c-02]")
    field.fill("tujuh")
    field.press("Enter")
    expect(page.locator("#soal-c-02 [data-problem]")).to_contain_text("tidak terbaca")
    expect(field).to_be_focused()
    expect(field).to_have_value("tujuh")
    field.fill("7")
    field.press("Enter")
    expect(page.locator("#soal-c-02 [data-verdict]")).to_contain_text("Benar.")
    expect(page).to_have_url(course.address + LESSON)
    context.close()


def test_hints_open_one_after_the_other_by_keyboard(course: Live, browser: Browser) -> None:
    context = course.open(browser, course.cast.learner)
    page = opened(context.new_page())
    box = page.locator("#soal-c-01")
    expect(box.get_by_text("Petunjuk 2")).to_be_hidden()
    box.get_by_text("Petunjuk 1").press("Enter")
    expect(box.get_by_text("Bayangkan Anda")).to_be_visible()
    expect(box.get_by_text("Mulailah dengan salam")).to_be_hidden()
    box.get_by_text("Petunjuk 2").press("Enter")
    expect(box.get_by_text("Mulailah dengan salam")).to_be_visible()
    context.close()


def test_without_a_script_the_form_leads_back_to_its_place(course: Live, browser: Browser) -> None:
    context = course.open(browser, course.cast.learner, java_script_enabled=False, viewport=PHONE)
    page = opened(context.new_page())
    page.locator("#soal-c-01").get_by_role("button", name="Periksa").click()
    expect(page.locator("#soal-c-01").get_by_text("Jawab dahulu")).to_be_in_viewport()
    page.locator("#soal-c-01").get_by_label("Meminta nomor antrean").check()
    page.locator("#soal-c-01").get_by_role("button", name="Periksa").click()
    expect(page).to_have_url(f"{course.address}{LESSON}#soal-c-01")
    expect(page.locator("#soal-c-01 [data-verdict]")).to_be_in_viewport()
    page.get_by_role("link", name="Coba lagi").click()
    page.locator("#soal-c-01").get_by_label("Menyapa dan menanyakan").check()
    page.locator("#soal-c-01").get_by_role("button", name="Periksa").click()
    expect(page.locator("#soal-c-01 [data-verdict]")).to_contain_text("Benar.")
    context.close()


def test_without_a_line_the_answer_stays_and_is_sent_later(course: Live, browser: Browser) -> None:
    context = course.open(browser, course.cast.learner)
    page = opened(context.new_page())
    box = page.locator("#soal-c-01")
    box.get_by_label("Menyapa dan menanyakan").check()
    context.set_offline(True)
    box.get_by_role("button", name="Periksa").click()
    expect(box.locator("[data-say]")).to_contain_text("Jaringan terputus")
    context.set_offline(False)
    expect(box.get_by_label("Menyapa dan menanyakan")).to_be_checked()
    box.get_by_role("button", name="Periksa").click()
    expect(box.locator("[data-verdict]")).to_contain_text("Benar.")
    context.close()


def test_every_state_is_accessible_and_fits(course: Live, browser: Browser) -> None:
    context = course.open(browser, course.cast.learner)
    page = opened(context.new_page())
    judge(page)
    page.locator("#soal-c-01").get_by_label("Meminta nomor antrean").check()
    page.locator("#soal-c-01").get_by_role("button", name="Periksa").click()
    page.get_by_text("Lihat jawaban dan pembahasan").click()
    page.locator("[name=q-c-02]").fill("tujuh")
    page.locator("[name=q-c-02]").press("Enter")
    expect(page.locator("#soal-c-02 [data-problem]")).to_contain_text("tidak terbaca")
    judge(page)
    context.close()

"""An essay from the first word to the certificate, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from lms import clock
from lms.db import db
from tests.browser.conftest import Live
from tests.browser.looks import faults
from tests.browser.quiz import PHONE, begin, state, stored
from tests.cast import NOW
from tests.courses import enroll_in
from tests.essays import ESSAY, WRITTEN, publish_essays
from tests.learning import approve, office_of, read_lessons

pytestmark = pytest.mark.browser
QUIZ = "/courses/layanan-loket/quizzes/esai-loket"


@pytest.fixture
def essays(live: Live) -> Iterator[Live]:
    """The learner has read the lessons; only the essay quiz is missing. It is 10.32 WIB."""
    session, cast = db.session(), live.cast
    publish_essays(session, cast.trainer, now=NOW)
    approve(session, cast.bkpsdm, now=NOW)
    enrollment = enroll_in(session, cast.learner, now=NOW)
    read_lessons(session, enrollment, office_of(live.app, session), now=NOW)
    session.commit()
    with clock.frozen(NOW + timedelta(minutes=32)):
        yield live


def check(page: Page) -> None:
    """The page has no fault that axe knows, and nothing sticks out of it."""
    assert faults(page) == []
    width = page.evaluate("document.documentElement.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_from_the_first_word_to_the_certificate(essays: Live, browser: Browser) -> None:
    learner = essays.open(browser, essays.cast.learner, viewport=PHONE)
    page = begin(learner, QUIZ)
    field, count = page.get_by_label("Jawaban Anda"), page.locator("[data-words]")
    field.press_sequentially("Saya menyapa warga")
    expect(count).to_have_text("3 kata; diminta paling sedikit 5.")
    expect(state(page, ESSAY)).to_have_text("Tersimpan 10.32")  # while the writer thinks, unasked
    assert stored() == {ESSAY: "Saya menyapa warga"}
    field.fill(WRITTEN)
    expect(count).to_have_text("11 kata")
    expect(page.locator("[data-total]")).to_have_text("Semua jawaban tersimpan")
    assert stored() == {ESSAY: WRITTEN}
    page.reload()
    expect(field).to_have_value(WRITTEN)
    check(page)
    page.locator("[name='q-e-01'][value=o1]").check()
    page.get_by_role("button", name="Kumpulkan jawaban").click()
    expect(page.get_by_role("heading", name="Menunggu penilaian esai")).to_be_visible()
    check(page)
    result = page.url

    trainer = essays.open(browser, essays.cast.trainer, viewport={"width": 1280, "height": 800})
    desk = trainer.new_page()
    desk.goto("/trainer/courses")
    desk.get_by_role("link", name="Penilaian (1)").click()
    check(desk)
    desk.get_by_role("link", name="Langkah Anda").click()
    expect(desk.locator(".essay")).to_have_text(WRITTEN)
    expect(desk.get_by_text("Zahara")).to_have_count(0)
    check(desk)
    desk.get_by_role("radio").first.focus()
    desk.keyboard.press("Space")
    desk.keyboard.press("Tab")
    desk.keyboard.type("Lengkap dan runtut.")
    desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")  # the first button: save and next
    expect(desk.get_by_text("Semua sudah dinilai")).to_be_visible()
    trainer.close()

    page.goto("/")
    expect(page.get_by_text("Esai sudah dinilai")).to_be_visible()
    check(page)
    page.goto(result)
    expect(page.get_by_role("heading", name="Lulus: 100 dari 100")).to_be_visible()
    expect(page.get_by_role("heading", name="Sertifikat Anda sudah terbit")).to_be_visible()
    expect(page.get_by_text("Lengkap dan runtut.")).to_be_visible()
    check(page)
    learner.close()


def test_without_a_script_line_breaks_are_kept(essays: Live, browser: Browser) -> None:
    context = essays.open(browser, essays.cast.learner, viewport=PHONE, java_script_enabled=False)
    page = begin(context, QUIZ)
    page.get_by_label("Jawaban Anda").fill("Saya menyapa.\n\nLalu bertanya.")
    page.get_by_role("button", name="Simpan dulu").click()
    expect(page.locator("[data-words]")).to_have_text("4 kata; diminta paling sedikit 5.")
    expect(page.get_by_label("Jawaban Anda")).to_have_value("Saya menyapa.\n\nLalu bertanya.")
    page.locator("[name='q-e-01'][value=o1]").check()
    page.get_by_role("button", name="Kumpulkan jawaban").click()
    expect(page.get_by_text("4 kata; diminta paling sedikit 5.")).to_be_visible()
    page.get_by_role("button", name="Kumpulkan sekarang").click()
    expect(page.locator(".essay")).to_have_text("Saya menyapa.\n\nLalu bertanya.")
    assert page.locator(".essay").evaluate("element => getComputedStyle(element).whiteSpace") == "pre-wrap"
    assert stored() == {"e-01": "o1", ESSAY: "Saya menyapa.\n\nLalu bertanya."}
    context.close()


def test_the_second_marker_is_told_of_the_first(essays: Live, browser: Browser) -> None:
    """Two windows of the trainer's desk on a phone; the later one keeps what was typed."""
    learner = essays.open(browser, essays.cast.learner, java_script_enabled=False)
    page = begin(learner, QUIZ)
    page.get_by_label("Jawaban Anda").fill(WRITTEN)
    page.get_by_role("button", name="Kumpulkan jawaban").click()
    page.get_by_role("button", name="Kumpulkan sekarang").click()
    learner.close()
    trainer = essays.open(browser, essays.cast.trainer, viewport=PHONE)
    first, second = trainer.new_page(), trainer.new_page()
    for desk in (first, second):
        desk.goto(f"/trainer/marking/1/{ESSAY}")
    first.get_by_role("radio").nth(1).check()
    first.get_by_role("button", name="Simpan", exact=True).click()
    expect(first.get_by_text("Semua sudah dinilai")).to_be_visible()
    second.get_by_role("radio").first.check()
    second.get_by_label("Komentar untuk peserta").fill("Lebih lengkap.")
    second.get_by_role("button", name="Simpan", exact=True).click()
    expect(second.get_by_role("alert")).to_contain_text("memberi tingkat 2")
    expect(second.get_by_label("Komentar untuk peserta")).to_have_value("Lebih lengkap.")
    expect(second.get_by_role("radio").first).to_be_checked()
    check(second)
    second.get_by_label("Alasan mengubah nilai").fill("Langkah ketiga terbaca kemudian.")
    second.get_by_role("button", name="Simpan", exact=True).click()
    second.goto("/trainer/marking?done=1")
    expect(second.get_by_text("8 dari 8")).to_be_visible()
    check(second)
    trainer.close()

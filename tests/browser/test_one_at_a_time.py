"""One question at a time in a real browser: with the script and its queue, and without any."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, expect

from lms import clock
from lms.db import db
from tests.browser.conftest import Live
from tests.browser.looks import faults, judge
from tests.browser.quiz import PHONE, answer, begin, question, state, stored
from tests.cast import NOW
from tests.courses import RIGHT, enroll_in, publish_course

pytestmark = pytest.mark.browser


@pytest.fixture
def course(live: Live) -> Iterator[Live]:
    """The quiz shows one question at a time, in source order; it is 10.32 WIB."""
    keys = {"tampilan": "satu", "acak_soal": "tidak", "waktu_menit": "30"}
    publish_course(db.session(), now=NOW, quiz=keys)
    enroll_in(db.session(), live.cast.learner, now=NOW)
    db.session.commit()
    with clock.frozen(NOW + timedelta(minutes=32)):
        yield live


@pytest.mark.parametrize("script", [True, False])
def test_the_whole_quiz_question_by_question(course: Live, browser: Browser, script: bool) -> None:
    context = course.open(browser, course.cast.learner, java_script_enabled=script, viewport=PHONE)
    page = begin(context)
    for number, (key, value) in enumerate(RIGHT.items(), 1):
        expect(page.get_by_text(f"Soal {number} dari 10.")).to_be_visible()
        assert page.locator("fieldset.q").count() == 1
        answer(page, {key: value})
        page.get_by_role("button", name="Berikutnya" if number < 10 else "Tinjau dan kumpulkan").click()
    page.get_by_role("button", name="Kumpulkan sekarang").click()
    expect(page.get_by_role("heading", name="Lulus: 100 dari 100")).to_be_visible()
    assert stored() == RIGHT
    if script:
        assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('quiz:'))") == []
    context.close()


def test_back_by_the_list_with_the_keyboard_keeps_the_answer(course: Live, browser: Browser) -> None:
    context = course.open(browser, course.cast.learner)
    page = begin(context)
    answer(page, {"k-01": "o3"})
    expect(state(page, "k-01")).to_have_text("Tersimpan 10.32")
    expect(page.locator("[data-answered]")).to_have_text("1 dari 10 terjawab")
    page.locator("[data-nav=k-04]").press("Enter")
    page.locator("[name=q-k-04]").fill("7")
    page.locator("[name=q-k-04]").press("Enter")  # saves, and stays
    expect(state(page, "k-04")).to_have_text("Tersimpan 10.32")
    expect(page.get_by_text("Soal 4 dari 10.")).to_be_visible()
    expect(page.locator("[data-left]")).to_be_visible()
    page.locator("[data-nav=k-01]").press("Enter")
    expect(page.locator("[name=q-k-01][value=o3]")).to_be_checked()
    expect(page.locator("[data-answered]")).to_have_text("2 dari 10 terjawab")
    context.close()


def test_what_could_not_be_sent_is_sent_from_the_next_page(course: Live, browser: Browser) -> None:
    context = course.open(browser, course.cast.learner)
    page = begin(context)
    page.route("**/responses/k-01", lambda route: route.abort())
    answer(page, {"k-01": "o1"})
    expect(page.locator("[data-total]")).to_have_text("Belum terkirim (1)")
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto("/attempts/1?soal=3")
    expect(page.locator("[data-total]")).to_have_text("Belum terkirim (1)")
    expect(page.locator("[data-nav=k-01]")).to_have_class("open unsent")
    page.goto("/attempts/1/submission")
    page.get_by_role("button", name="Kumpulkan sekarang").click()
    expect(page.locator("[data-say]")).to_contain_text("belum terkirim: 1")
    page.unroute("**/responses/k-01")
    page.get_by_role("button", name="Kumpulkan sekarang").click()
    expect(page.get_by_role("heading", name="Belum lulus")).to_be_visible()
    assert stored() == {"k-01": "o1"}
    context.close()


def test_without_a_line_next_stays_and_loses_nothing(course: Live, browser: Browser) -> None:
    context = course.open(browser, course.cast.learner)
    page = begin(context)
    context.set_offline(True)
    answer(page, {"k-01": "o2"})
    page.get_by_role("button", name="Berikutnya").click()
    expect(page.locator("[data-say]")).to_contain_text("Jaringan terputus")
    expect(question(page, "k-01")).to_be_visible()
    context.set_offline(False)
    expect(state(page, "k-01")).to_have_text("Tersimpan 10.32")
    assert stored() == {"k-01": "o2"}
    context.close()


def test_question_and_overview_are_accessible_and_fit(course: Live, browser: Browser) -> None:
    context = course.open(browser, course.cast.learner)
    page = begin(context)
    for address in ("/attempts/1?soal=2", "/attempts/1/submission"):
        page.goto(address)
        judge(page)
    context.close()


@pytest.mark.parametrize("script", [True, False])
def test_a_checked_answer_is_shown_at_once_and_stays(live: Live, browser: Browser, script: bool) -> None:
    publish_course(
        db.session(), now=NOW, quiz={"tampil_jawaban": "langsung", "acak_soal": "tidak", "tampilan": "satu"}
    )
    enroll_in(db.session(), live.cast.learner, now=NOW)
    db.session.commit()
    context = live.open(browser, live.cast.learner, java_script_enabled=script, viewport=PHONE)
    with clock.frozen(NOW):
        page = begin(context)
        answer(page, {"k-01": "o1"})
        page.get_by_role("button", name="Periksa jawaban ini").click()
        expect(page.get_by_text("RAHASIA-bahas-1")).to_be_visible()
        expect(page.locator("[name=q-k-01]")).to_have_count(0)
        expect(page.get_by_text("Sudah diperiksa")).to_be_visible()
        if script:
            assert faults(page) == []
        page.get_by_role("button", name="Berikutnya").click()
        expect(page.get_by_text("Soal 2 dari 10.")).to_be_visible()
        if script:
            expect(page.locator("[data-answered]")).to_have_text("1 dari 10 terjawab")
            expect(page.locator("[data-total]")).to_have_text("Semua jawaban tersimpan")
    context.close()

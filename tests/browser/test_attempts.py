"""Taking a quiz in a real browser: with its script, without any, with a line that breaks."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Route, expect

from lms import clock
from lms.db import db
from lms.domain.quizzes.models import Attempt
from tests.browser.conftest import Live
from tests.browser.quiz import EXAM, PHONE, QUIZ, answer, begin, question, state, stored
from tests.cast import NOW
from tests.courses import RIGHT

pytestmark = pytest.mark.browser


def test_without_a_script_ten_answers_and_only_hand_in(course: Live, browser: Browser) -> None:
    context = course.open(browser, course.cast.learner, java_script_enabled=False, viewport=PHONE)
    page = begin(context)
    answer(page, RIGHT)
    page.get_by_role("button", name="Kumpulkan jawaban").click()
    expect(page.get_by_role("heading", name="Lulus: 100 dari 100")).to_be_visible()
    assert stored() == RIGHT
    context.close()


def test_without_a_script_save_keeps_everything(course: Live, browser: Browser) -> None:
    context = course.open(browser, course.cast.learner, java_script_enabled=False, viewport=PHONE)
    page = begin(context)
    answer(page, {"k-01": "o1", "k-04": "tujuh", "k-05": "lapor"})
    page.locator("[name='q-k-05']").press("Enter")  # saves, does not hand in
    expect(page.get_by_role("status").filter(has_text="Tersimpan 10.32").first).to_be_visible()
    expect(page.locator("[name='q-k-04']")).to_have_value("tujuh")
    expect(question(page, "k-04").locator(".error")).to_be_visible()
    page.get_by_role("button", name="Kumpulkan jawaban").click()
    expect(page.get_by_role("heading", name="8 soal belum dijawab")).to_be_visible()
    page.get_by_role("button", name="Kumpulkan sekarang").click()
    expect(page.get_by_role("heading", name="Belum lulus")).to_be_visible()
    context.close()


def test_each_answer_is_sent_alone_and_says_so(course: Live, browser: Browser) -> None:
    context = course.open(browser, course.cast.learner, viewport=PHONE)
    page = begin(context)
    sent: list[str] = []
    page.on(
        "request", lambda request: sent.append(request.post_data or "") if request.method == "POST" else None
    )
    answer(page, {"k-01": "o2"})
    expect(state(page, "k-01")).to_have_text("Tersimpan 10.32")
    answer(page, {"k-04": "3,5"})
    expect(question(page, "k-04").locator("[data-echo]")).to_have_text("Terbaca: 3,5 menit")
    expect(page.locator("[data-total]")).to_have_text("Semua jawaban tersimpan")
    expect(page.locator("[data-answered]")).to_have_text("2 dari 10 terjawab")
    assert stored() == {"k-01": "o2", "k-04": "3.5"}
    assert len(sent) == 2 and "k-01" in sent[0] and "k-01" not in sent[1]
    answer(page, {"k-04": "tujuh"})
    expect(question(page, "k-04").locator(".error")).to_contain_text("tidak terbaca")
    expect(page.locator("[data-answered]")).to_have_text("1 dari 10 terjawab")  # as the server counts
    page.locator("[name='q-k-04']").press("Enter")
    expect(page).to_have_url(f"{course.address}/attempts/1")
    context.close()


def test_broken_line_says_not_sent_and_sends_later(course: Live, browser: Browser) -> None:
    context = course.open(browser, course.cast.learner, viewport=PHONE)
    page = begin(context)
    context.set_offline(True)
    answer(page, {"k-01": "o1", "k-02": ["o1"], "k-05": "lapor"})
    expect(page.locator("[data-total]")).to_have_text("Belum terkirim (3)")
    expect(state(page, "k-05")).to_contain_text("dikirim lagi saat jaringan kembali")
    expect(page.locator("[data-nav='k-01']")).to_have_class("unsent")
    page.get_by_role("button", name="Kumpulkan jawaban").click()
    expect(page.locator("[data-say]")).to_contain_text("Jaringan terputus")
    assert stored() == {}
    answer(page, {"k-01": "o2"})  # the newest answer counts
    context.set_offline(False)
    expect(page.locator("[data-total]")).to_have_text("Semua jawaban tersimpan")
    expect(state(page, "k-01")).to_have_text("Tersimpan 10.32")
    assert stored() == {"k-01": "o2", "k-02": ["o1"], "k-05": "lapor"}
    context.close()


def test_answers_that_fail_together_wait_once_not_once_each(course: Live, browser: Browser) -> None:
    context = course.open(browser, course.cast.learner, viewport=PHONE)
    page = begin(context)
    failed: list[str] = []

    def fail_three(route: Route) -> None:
        if len(failed) < 3:
            failed.append(route.request.url)
            route.abort()
        else:
            route.continue_()

    page.route("**/responses/*", fail_three)
    answer(page, {"k-01": "o1", "k-02": ["o1"], "k-05": "lapor"})
    expect(page.locator("[data-total]")).to_have_text("Semua jawaban tersimpan")
    assert len(failed) == 3 and len(stored()) == 3
    context.close()


def test_answers_wait_in_the_browser_and_are_cleared_after_handing_in(course: Live, browser: Browser) -> None:
    context = course.open(browser, course.cast.learner)
    page = begin(context)
    context.set_offline(True)
    answer(page, {"k-05": "lapor"})
    expect(page.locator("[data-total]")).to_have_text("Belum terkirim (1)")
    page.close()
    context.set_offline(False)
    page = context.new_page()
    page.goto("/attempts/1")
    expect(page.locator("[name='q-k-05']")).to_have_value("lapor")
    expect(state(page, "k-05")).to_have_text("Tersimpan 10.32")
    assert stored() == {"k-05": "lapor"}
    answer(page, RIGHT)
    page.get_by_role("button", name="Kumpulkan jawaban").click()
    expect(page.get_by_role("heading", name="Lulus")).to_be_visible()
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('quiz:'))") == []
    context.close()


def test_leaving_warns_only_while_something_is_not_sent(course: Live, browser: Browser) -> None:
    context = course.open(browser, course.cast.learner)
    page = begin(context)
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    answer(page, {"k-01": "o1"})
    expect(state(page, "k-01")).to_have_text("Tersimpan 10.32")
    page.get_by_role("link", name="Keluar dari kuis").click()
    page.get_by_role("link", name="Lanjutkan").click()
    assert asked == []
    page.route("**/responses/*", lambda route: route.abort())
    answer(page, {"k-01": "o2"})
    expect(page.locator("[data-total]")).to_have_text("Belum terkirim (1)")
    page.get_by_role("link", name="Keluar dari kuis").click()
    expect(page).to_have_url(course.address + QUIZ)
    assert asked == ["beforeunload"]
    context.close()


@pytest.mark.parametrize(
    ("button", "kept"), [("Simpan jawaban di layar ini", "o3"), ("Tampilkan jawaban yang lebih baru", "o2")]
)
def test_two_devices_never_lose_an_answer_silently(
    course: Live, browser: Browser, button: str, kept: str
) -> None:
    phone, desk = (course.open(browser, course.cast.learner) for _ in range(2))
    old = begin(phone)
    new = desk.new_page()
    new.goto("/attempts/1")
    answer(new, {"k-01": "o2"})
    expect(state(new, "k-01")).to_have_text("Tersimpan 10.32")
    answer(old, {"k-01": "o3"})
    expect(state(old, "k-01")).to_contain_text("dari perangkat atau tab lain")
    assert stored() == {"k-01": "o2"}
    old.get_by_role("button", name=button).click()
    expect(state(old, "k-01")).to_have_text("Tersimpan 10.32")
    expect(old.locator(f"[name='q-k-01'][value='{kept}']")).to_be_checked()
    assert stored() == {"k-01": kept}
    phone.close()
    desk.close()


def test_signed_out_in_between_keeps_the_text(course: Live, browser: Browser) -> None:
    course.app.config["WTF_CSRF_ENABLED"] = True
    context = course.open(browser, course.cast.learner)
    page = begin(context)
    context.clear_cookies()
    answer(page, {"k-05": "lapor"})
    expect(state(page, "k-05")).to_contain_text("Masuk lagi di tab lain")
    again = course.open(browser, course.cast.learner)  # a new session with a token of its own
    context.add_cookies(again.cookies())  # type: ignore[arg-type]
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(state(page, "k-05")).to_have_text("Tersimpan 10.32")
    assert stored() == {"k-05": "lapor"}
    context.close()
    again.close()


def test_closed_elsewhere_is_said_and_nothing_is_pretended(course: Live, browser: Browser) -> None:
    phone, desk = (course.open(browser, course.cast.learner) for _ in range(2))
    page = begin(phone)
    other = desk.new_page()
    other.goto("/attempts/1")
    answer(other, RIGHT)
    other.get_by_role("button", name="Kumpulkan jawaban").click()
    expect(other.get_by_role("heading", name="Lulus")).to_be_visible()
    answer(page, {"k-01": "o1"})
    expect(state(page, "k-01")).to_contain_text("sudah dikumpulkan")
    expect(page.locator("[data-total]")).to_contain_text("sudah dikumpulkan")
    phone.close()
    desk.close()


def test_time_runs_is_announced_and_ends(course: Live, browser: Browser) -> None:
    context = course.open(browser, course.cast.learner)
    context.clock.install(time=NOW)  # the clock of the device is wrong by 32 minutes; the server's counts
    page = begin(context, EXAM)
    expect(page.locator("[data-left]")).to_have_text("30.00")
    for minutes, words in ((20, "Sisa 10 menit"), (5, "Sisa 5 menit"), (4, "Sisa satu menit")):
        page.clock.fast_forward(minutes * 60 * 1000 + 500)
        expect(page.locator("[data-say]")).to_contain_text(words)
    with clock.frozen(NOW + timedelta(minutes=63)):
        page.clock.fast_forward(60 * 1000)
        page.clock.fast_forward(5 * 1000)
        expect(page.get_by_role("heading", name="Belum lulus: 0 dari 100")).to_be_visible()
    db.session.rollback()
    attempt = db.session.get_one(Attempt, 1)
    assert attempt.submitted_at is None  # showing it closes nothing; the next act or the sweeper does
    context.close()

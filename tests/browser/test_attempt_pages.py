"""The pages of a quiz as axe and a narrow screen see them."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Live
from tests.browser.looks import judge
from tests.browser.quiz import EXAM, QUIZ, answer, state

pytestmark = pytest.mark.browser


def test_pages_are_accessible_and_fit(course: Live, browser: Browser) -> None:
    context = course.open(browser, course.cast.learner)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))

    page.goto(EXAM)
    judge(page)
    page.get_by_role("button", name="Mulai").click()
    judge(page)
    page.goto(QUIZ)
    page.get_by_role("button", name="Mulai").click()
    answer(page, {"k-01": "o1", "k-02": ["o1"], "k-04": "tujuh"})
    expect(page.locator("[data-total]")).to_have_text("Semua jawaban tersimpan")
    expect(state(page, "k-04")).to_have_text("Tersimpan 10.32")
    judge(page)
    page.reload()
    judge(page)
    page.get_by_role("button", name="Kumpulkan jawaban").click()
    judge(page)
    page.get_by_role("button", name="Kumpulkan sekarang").click()
    judge(page)
    page.goto(QUIZ)
    judge(page)
    assert complaints == []
    context.close()

"""The pages of a quiz as axe and a narrow screen see them."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Live
from tests.browser.quiz import EXAM, QUIZ, answer, state

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_are_accessible_and_fit(course: Live, browser: Browser, width: int, scheme: str) -> None:
    context = course.open(
        browser, course.cast.learner, viewport={"width": width, "height": 800}, color_scheme=scheme
    )
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))

    def check() -> None:
        results = Axe().run(page)
        assert results.violations_count == 0, results.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= width

    page.goto(EXAM)
    check()
    page.get_by_role("button", name="Mulai").click()
    check()
    page.goto(QUIZ)
    page.get_by_role("button", name="Mulai").click()
    answer(page, {"k-01": "o1", "k-02": ["o1"], "k-04": "tujuh"})
    expect(page.locator("[data-total]")).to_have_text("Semua jawaban tersimpan")
    expect(state(page, "k-04")).to_have_text("Tersimpan 10.32")
    check()
    page.reload()
    check()
    page.get_by_role("button", name="Kumpulkan jawaban").click()
    check()
    page.get_by_role("button", name="Kumpulkan sekarang").click()
    check()
    page.goto(QUIZ)
    check()
    assert complaints == []
    context.close()

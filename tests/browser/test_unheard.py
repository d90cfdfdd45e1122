"""Answers of which the browser heard nothing: they arrived, or did not, or come late."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.browser.conftest import Live
from tests.browser.quiz import answer, begin, state, stored

pytestmark = pytest.mark.browser


def test_lost_receipt_is_no_conflict(course: Live, browser: Browser) -> None:
    context = course.open(browser, course.cast.learner)
    page = begin(context)

    def swallow(route):  # type: ignore[no-untyped-def]
        route.fetch()  # the server saves it, the browser never hears of it
        route.abort()

    page.route("**/responses/k-01", swallow, times=1)
    answer(page, {"k-01": "o1"})
    expect(state(page, "k-01")).to_contain_text("Belum terkirim")
    assert stored() == {"k-01": "o1"}
    answer(page, {"k-01": "o3"})
    expect(state(page, "k-01")).to_have_text("Tersimpan 10.32")
    assert stored() == {"k-01": "o3"}
    context.close()


def test_five_unheard_answers_are_no_conflict_with_oneself(course: Live, browser: Browser) -> None:
    """The first arrived, the next did not, and the browser heard of none: all look alike to it."""
    context = course.open(browser, course.cast.learner)
    page = begin(context)
    sent: list[str] = []

    def swallow(route: Route) -> None:
        sent.append(route.request.post_data or "")
        if len(sent) == 1:
            route.fetch()
        route.abort()

    page.route("**/responses/k-05", swallow)
    for number, text in enumerate(("satu", "dua", "tiga", "empat", "lima"), start=1):
        answer(page, {"k-05": text})
        with page.expect_event("requestfailed"):
            page.locator("[name='q-k-05']").press("Enter")
        expect(state(page, "k-05")).to_contain_text("Belum terkirim")
        assert len(sent) >= number
    assert stored() == {"k-05": "satu"}
    page.unroute("**/responses/k-05")
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(page.locator("[name='q-k-05']")).to_have_value("lima")
    expect(state(page, "k-05")).to_have_text("Tersimpan 10.32")
    assert stored() == {"k-05": "lima"}
    context.close()


def test_answer_that_comes_late_does_not_take_back_the_last_one(course: Live, browser: Browser) -> None:
    """Chosen: o1, o2, o1 again. The first two went unheard, and o2 arrives when all is saved."""
    context = course.open(browser, course.cast.learner)
    page = begin(context)
    sent: list[str] = []

    def hold(route: Route) -> None:
        sent.append(route.request.post_data or "")
        route.abort()

    page.route("**/responses/k-01", hold)
    for choice in ("o1", "o2"):
        with page.expect_event("requestfailed", lambda told, sent=choice: chosen(told.post_data, sent)):
            answer(page, {"k-01": choice})
    page.unroute("**/responses/k-01")
    answer(page, {"k-01": "o1"})
    expect(state(page, "k-01")).to_have_text("Tersimpan 10.32")
    late = next(body for body in sent if chosen(body, "o2"))
    reply = page.request.post(
        f"{course.address}/attempts/1/responses/k-01",
        data=late,
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )
    assert reply.status == 409 and stored() == {"k-01": "o1"}
    context.close()


def chosen(body: str | None, choice: str) -> bool:
    """Whether a request to save sent this choice, not only that it had been chosen before."""
    return f"q-k-01={choice}" in (body or "").partition("&was-")[0]


def test_text_changed_on_its_way_and_the_page_gone_is_no_conflict(course: Live, browser: Browser) -> None:
    context = course.open(browser, course.cast.learner)
    page = begin(context)

    def hold(route: Route) -> None:
        route.fetch()
        page.evaluate("console.info('held')")  # the server has it, the browser waits

    page.route("**/responses/k-01", hold)
    with page.expect_console_message(lambda line: line.text == "held"):
        answer(page, {"k-01": "o1"})
    answer(page, {"k-01": "o3"})
    assert stored() == {"k-01": "o1"}
    page.close()
    page = context.new_page()
    page.goto("/attempts/1")
    expect(page.locator("[name='q-k-01'][value='o3']")).to_be_checked()
    expect(state(page, "k-01")).to_have_text("Tersimpan 10.32")
    assert stored() == {"k-01": "o3"}
    context.close()

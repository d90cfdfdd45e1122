"""All parts in a real browser: access, width, weight, and what the scripts add."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Response

from tests.browser.conftest import Live
from tests.browser.looks import judge

pytestmark = pytest.mark.browser
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def test_axe_finds_nothing(live: Live, browser: Browser) -> None:
    with live.open(browser) as context:
        page = context.new_page()
        for address in ("/_parts", "/no-such-page"):
            page.goto(address)
            judge(page, tags=RULES)


@pytest.mark.parametrize("width", [320, 360, 640, 800, 1000, 1280])
def test_nothing_scrolls_sideways(live: Live, browser: Browser, width: int) -> None:
    with live.open(browser, live.cast.trainer, viewport={"width": width, "height": 700}) as context:
        page = context.new_page()
        page.goto("/_parts")
        assert page.evaluate("document.documentElement.scrollWidth") == width


def test_targets_are_large_enough_for_a_thumb(live: Live, browser: Browser) -> None:
    with live.open(browser, viewport={"width": 360, "height": 800}) as context:
        page = context.new_page()
        page.goto("/_parts")
        small = page.evaluate(
            """(names) => [...document.querySelectorAll(names)]
                .filter((part) => part.getClientRects().length && part.getBoundingClientRect().height < 43.5)
                .map((part) => part.outerHTML.slice(0, 90))""",
            ".btn, .input, .select, .choice, .chip, .pick, .tabs a, .pager ul a",
        )
        assert small == []


def test_no_message_of_the_content_policy_and_few_requests(live: Live, browser: Browser) -> None:
    with live.open(browser) as context:
        page = context.new_page()
        messages: list[str] = []
        answers: list[Response] = []
        page.on("console", lambda message: messages.append(message.text))
        page.on("response", lambda answer: answers.append(answer))
        page.goto("/no-such-page")
        page.wait_for_load_state("networkidle")
        assert [text for text in messages if "404" not in text] == []
        assert len(answers) <= 8
        assert {answer.url.split("/")[2] for answer in answers} == {live.address.split("/")[2]}


def test_one_box_selects_all_rows_and_says_how_many(live: Live, browser: Browser) -> None:
    with live.open(browser) as context:
        page = context.new_page()
        page.goto("/_parts")
        form = page.locator("form[data-pick]").first
        assert form.locator("[data-pick-count]").inner_text() == "1 dipilih di halaman ini"
        form.locator("[data-pick-all]").check()
        assert form.locator("[data-pick-count]").inner_text() == "2 dipilih di halaman ini"
        assert form.locator("tr.sel").count() == 2
        form.locator("tbody input").first.uncheck()
        assert form.locator("[data-pick-all]").evaluate("box => box.indeterminate")


def test_without_scripts_every_part_still_stands(live: Live, browser: Browser) -> None:
    with live.open(browser, live.cast.trainer, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto("/_parts")
        assert not page.locator("[data-pick-all]").first.is_visible()
        page.locator("details.pop > summary").click()
        assert page.get_by_text("Raja Fauziah Hanim").last.is_visible()


def test_the_menu_of_the_person_closes_by_escape(live: Live, browser: Browser) -> None:
    with live.open(browser, live.cast.trainer) as context:
        page = context.new_page()
        page.goto("/_parts")
        summary = page.locator("details.pop > summary")
        summary.press("Enter")
        assert page.locator("details.pop[open]").count() == 1
        page.keyboard.press("Escape")
        assert page.locator("details.pop[open]").count() == 0
        assert summary.evaluate("part => part === document.activeElement")


def test_a_table_shown_as_cards_is_still_a_table(live: Live, browser: Browser) -> None:
    with live.open(browser, viewport={"width": 360, "height": 800}) as context:
        page = context.new_page()
        page.goto("/_parts")
        table = page.get_by_role("table").first
        assert table.get_by_role("row").count() == 3
        assert table.get_by_role("columnheader").count() == 4
        assert table.get_by_role("rowheader").count() == 2


def test_paper_has_no_menus(live: Live, browser: Browser) -> None:
    with live.open(browser, live.cast.learner, color_scheme="dark") as context:
        page = context.new_page()
        page.goto("/_parts")
        page.emulate_media(media="print")
        for part in (".tools", ".btn", ".filters", ".pager"):
            assert not page.locator(part).first.is_visible(), part
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"

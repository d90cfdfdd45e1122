"""A quiz with every kind in a browser: by keyboard, by touch, without a script; accessible and narrow."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from lms import clock
from lms.content.questions import Question
from lms.db import db
from tests.browser.conftest import Live
from tests.browser.looks import faults, judge
from tests.browser.quiz import PHONE, begin, question, state, stored
from tests.cast import NOW
from tests.courses import enroll_in
from tests.every_kind import BENTUK, every_kind, publish_every_kind, right_form

pytestmark = pytest.mark.browser


@pytest.fixture
def site(live: Live) -> Iterator[Live]:
    """The learner follows the course with the quiz of every kind; it is 10.32 WIB."""
    publish_every_kind(db.session(), now=NOW)
    enroll_in(db.session(), live.cast.learner, now=NOW)
    db.session.commit()
    with clock.frozen(NOW + timedelta(minutes=32)):
        yield live


def fill(page: Page, item: Question) -> None:
    """Give the right answer with the pointer."""
    for name, values in right_form(item).items():
        for value in values:
            field = page.locator(f"[name='{name}']")
            if field.first.get_attribute("type") in ("radio", "checkbox"):
                page.locator(f"[name='{name}'][value='{value}']").check()
            elif field.evaluate("field => field.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)


@pytest.mark.parametrize("script", [True, False])
def test_everything_right_earns_everything(site: Live, browser: Browser, script: bool) -> None:
    context = site.open(browser, site.cast.learner, java_script_enabled=script, viewport=PHONE)
    page = begin(context, BENTUK)
    for item in every_kind().questions():
        fill(page, item)
    if script:
        expect(page.locator("[data-total]")).to_have_text("Semua jawaban tersimpan")
        expect(page.locator("[data-missing]")).to_have_text("Semua soal terjawab.")
    else:  # nothing on the page is told that answers which are not sent yet have made untrue
        stale = page.locator("[data-missing], [data-answered], [data-state], [data-parts]")
        assert stale.count() > 8
        expect(stale.filter(visible=True)).to_have_count(0)
    page.get_by_role("button", name="Kumpulkan jawaban").click()
    expect(page.get_by_role("heading", name="Lulus: 100 dari 100")).to_be_visible()
    context.close()


def test_pages_are_accessible_and_fit(site: Live, browser: Browser) -> None:
    context = site.open(browser, site.cast.learner)
    complaints: list[str] = []
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    context.on("console", lambda message: complaints.append(message.text))
    page = begin(context, BENTUK)
    judge(page)
    for item in every_kind().questions():
        fill(page, item)
    expect(page.locator("[data-total]")).to_have_text("Semua jawaban tersimpan")
    question(page, "b-06").locator("select").first.select_option("")
    expect(state(page, "b-06")).to_have_text("Belum lengkap, tersimpan 10.32")
    judge(page)
    page.reload()
    judge(page)
    page.get_by_role("button", name="Kumpulkan jawaban").click()
    expect(page.get_by_text("2 dari 3 dipasangkan")).to_be_visible()
    judge(page)
    page.get_by_role("button", name="Kumpulkan sekarang").click()
    expect(page.get_by_role("heading", name="Lulus")).to_be_visible()
    judge(page)
    assert complaints == []
    context.close()


def test_fields_are_large_enough_to_touch(site: Live, browser: Browser) -> None:
    context = site.open(browser, site.cast.learner, viewport=PHONE, has_touch=True)
    page = begin(context, BENTUK)
    fields = page.locator("[data-q] select, [data-q] input.input, [data-q] button, [data-q] .choice")
    boxes = [field.bounding_box() for field in fields.all() if field.is_visible()]
    assert len(boxes) >= 12
    assert all(box is not None and box["height"] >= 44 and box["width"] >= 44 for box in boxes), boxes
    context.close()


def test_pairs_by_keyboard_count_while_they_are_filled_in(site: Live, browser: Browser) -> None:
    context = site.open(browser, site.cast.learner, viewport=PHONE)
    page = begin(context, BENTUK)
    box = question(page, "b-06")
    progress = box.locator("[data-parts]")
    expect(progress).to_have_text("0 dari 3 dipasangkan")
    box.locator("select").first.focus()
    for number in (1, 2, 3):
        page.keyboard.press("ArrowDown")
        expect(progress).to_have_text(f"{number} dari 3 dipasangkan")
        whole = "Tersimpan 10.32" if number == 3 else "Belum lengkap, tersimpan 10.32"
        expect(state(page, "b-06")).to_have_text(whole)
        page.keyboard.press("Tab")
    answer = stored()["b-06"]
    assert isinstance(answer, dict) and sorted(answer) == ["p1", "p2", "p3"]
    page.reload()
    expect(progress).to_have_text("3 dari 3 dipasangkan")
    expect(page.locator("[data-total]")).to_have_text("Semua jawaban tersimpan")
    context.close()


def test_steps_by_numbers_without_a_script(site: Live, browser: Browser) -> None:
    context = site.open(browser, site.cast.learner, java_script_enabled=False, viewport=PHONE)
    page = begin(context, BENTUK)
    box = question(page, "b-07")
    expect(box.get_by_role("button", include_hidden=True).first).to_be_hidden()
    for field in box.locator("input.input").all()[:3]:
        field.fill("2")
    page.get_by_role("button", name="Simpan dulu").click()
    expect(box.locator(".error")).to_have_text(
        "Nomor 2 dipakai lebih dari satu kali. Pakai tiap nomor satu kali."
    )
    assert [field.input_value() for field in box.locator("input.input").all()] == ["2", "2", "2", ""]
    page.get_by_role("link", name="Soal 7: Nomor 2").click()
    expect(box.locator("input.input").first).to_be_focused()
    context.close()


def test_steps_by_buttons_from_the_keyboard(site: Live, browser: Browser) -> None:
    context = site.open(browser, site.cast.learner, viewport=PHONE)
    page = begin(context, BENTUK)
    box = question(page, "b-07")
    names = box.locator("[data-order] label").all_text_contents()
    expect(box.locator("[data-parts]")).to_have_text("0 dari 4 diberi nomor")
    up = box.get_by_role("button", name=f"Naikkan: {names[3]}")
    up.focus()
    page.keyboard.press("Enter")
    expect(up).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("[data-say]")).to_have_text(f"{names[3]}: sekarang nomor 2 dari 4")
    assert box.locator("[data-order] label").all_text_contents() == [names[0], names[3], names[1], names[2]]
    assert [field.input_value() for field in box.locator("input.input").all()] == ["1", "2", "3", "4"]
    expect(state(page, "b-07")).to_have_text("Tersimpan 10.32")
    expect(box.locator("[data-parts]")).to_have_text("4 dari 4 diberi nomor")
    answer = stored()["b-07"]
    assert isinstance(answer, dict) and sorted(answer.values()) == [1, 2, 3, 4]
    page.reload()
    assert box.locator("[data-order] label").all_text_contents() == [names[0], names[3], names[1], names[2]]
    for number, text in enumerate(["4", "3", "2", "1"]):  # typed numbers count more than places
        box.locator("input.input").nth(number).fill(text)
    box.get_by_role("button", name=f"Turunkan: {names[2]}").click()
    assert box.locator("[data-order] label").all_text_contents() == [names[1], names[2], names[3], names[0]]
    context.close()


def test_steps_by_dragging(site: Live, browser: Browser) -> None:
    context = site.open(browser, site.cast.learner, viewport={"width": 1280, "height": 900})
    page = begin(context, BENTUK)
    box = question(page, "b-07")
    names = box.locator("[data-order] label").all_text_contents()
    box.scroll_into_view_if_needed()
    grip, last = box.locator("[data-grip]").first, box.locator("[data-order] > div").last
    start, end = grip.bounding_box(), last.bounding_box()
    assert start is not None and end is not None
    page.mouse.move(start["x"] + 20, start["y"] + 20)
    page.mouse.down()
    page.mouse.move(start["x"] + 20, end["y"] + end["height"] - 4, steps=12)
    page.mouse.up()
    assert box.locator("[data-order] label").all_text_contents() == [*names[1:], names[0]]
    expect(state(page, "b-07")).to_have_text("Tersimpan 10.32")
    context.close()


def test_a_number_used_twice_is_told_at_once_and_mended(site: Live, browser: Browser) -> None:
    context = site.open(browser, site.cast.learner, viewport=PHONE)
    page = begin(context, BENTUK)
    box = question(page, "b-07")
    fields = box.locator("input.input")
    for number, text in enumerate(["1", "3", "3", "4"]):
        fields.nth(number).fill(text)
    expect(box.locator(".error")).to_have_text(
        "Nomor 3 dipakai lebih dari satu kali. Pakai tiap nomor satu kali."
    )
    assert [field.get_attribute("aria-invalid") for field in fields.all()] == [
        "false",
        "true",
        "true",
        "false",
    ]
    expect(state(page, "b-07")).to_have_text("Belum lengkap, tersimpan 10.32")
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    fields.nth(1).fill("2")
    expect(box.locator(".error")).to_be_hidden()
    expect(state(page, "b-07")).to_have_text("Tersimpan 10.32")
    context.close()


def test_gaps_by_keyboard_are_named_and_read_back(site: Live, browser: Browser) -> None:
    context = site.open(browser, site.cast.learner, viewport=PHONE)
    page = begin(context, BENTUK)
    box = question(page, "b-08")
    box.get_by_label("Isian 1 dari 3").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    expect(box.get_by_label("Isian 2 dari 3")).to_be_focused()
    page.keyboard.type("berkas")
    page.keyboard.press("Tab")
    expect(box.get_by_label("Isian 3 dari 3, angka")).to_be_focused()
    page.keyboard.type("lima")
    expect(box.locator(".error")).to_contain_text("Isian 3: Ini tidak terbaca sebagai angka.")
    expect(state(page, "b-08")).to_have_text("Belum lengkap, tersimpan 10.32")
    assert [field.get_attribute("aria-invalid") for field in box.locator("input.input").all()] == [
        "false",
        "true",
    ]
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    box.get_by_label("Isian 3 dari 3, angka").fill("15,0")
    expect(box.locator("[data-echo]")).to_have_text("Terbaca: isian 3: 15")
    expect(box.locator(".error")).to_be_hidden()
    expect(box.locator("[data-parts]")).to_have_text("3 dari 3 diisi")
    expect(state(page, "b-08")).to_have_text("Tersimpan 10.32")
    page.keyboard.press("Enter")  # saves, does not hand in
    expect(page).to_have_url(f"{site.address}/attempts/1")
    context.close()


def test_parts_wait_in_the_browser_while_the_line_is_broken(site: Live, browser: Browser) -> None:
    context = site.open(browser, site.cast.learner, viewport=PHONE)
    page = begin(context, BENTUK)
    expect(page.locator("[data-total]")).to_have_text("Semua jawaban tersimpan")
    names = question(page, "b-07").locator("[data-order] label").all_text_contents()
    context.set_offline(True)
    question(page, "b-06").locator("select").nth(1).select_option(label="Biaya")
    question(page, "b-07").get_by_role("button", name=f"Naikkan: {names[1]}").click()
    question(page, "b-08").locator("select").select_option(label="menyapa")
    expect(page.locator("[data-total]")).to_have_text("Belum terkirim (3)")
    assert stored() == {}
    page.close()
    context.set_offline(False)
    page = context.new_page()
    page.goto("/attempts/1")
    expect(page.locator("[data-total]")).to_have_text("Semua jawaban tersimpan")
    expect(question(page, "b-06").locator("[data-parts]")).to_have_text("1 dari 3 dipasangkan")
    kept = question(page, "b-07").locator("[data-order] label").all_text_contents()
    assert kept == [names[1], names[0], *names[2:]]
    answers = stored()
    assert sorted(answers) == ["b-06", "b-07", "b-08"]
    assert answers["b-07"] and len(answers["b-07"]) == 4  # type: ignore[arg-type]
    context.close()

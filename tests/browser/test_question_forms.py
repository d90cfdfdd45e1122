"""Questions as forms in a real browser, by keyboard alone; with what was typed wrongly still there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from lms import clock
from lms.db import db
from lms.domain.catalog.actions import publish, save_draft
from lms.domain.catalog.models import Course
from lms.domain.catalog.queries import draft_bundle
from tests.browser.conftest import Live
from tests.browser.looks import faults
from tests.browser.quiz import PHONE
from tests.cast import NOW
from tests.courses import SLUG, make_bundle

pytestmark = pytest.mark.browser

QUIZ = "01-loket/03-kuis.md"
FORM = f"/trainer/courses/{SLUG}/writing/questions/{QUIZ}"


@pytest.fixture
def desk(live: Live) -> Iterator[Live]:
    """A draft of the trainer."""
    session, by = db.session(), live.cast.trainer.id
    assert publish(session, SLUG, make_bundle(), home="desk", by=by, now=NOW).version is not None
    save_draft(session, session.scalars(select(Course)).one(), make_bundle(), by=by, now=NOW)
    session.commit()
    with clock.frozen(NOW):
        yield live


def stored() -> str:
    session = db.session()
    session.rollback()
    text = (draft_bundle(session, session.scalars(select(Course.id)).one()) or {})[QUIZ].decode()
    session.rollback()  # the site may write again
    return text


def typed(page: Page, label: str, text: str) -> None:
    """Type into the field of a label in place of what it holds."""
    page.get_by_label(label, exact=True).focus()
    page.keyboard.press("Control+a")
    page.keyboard.type(text)


def pressed(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).last.focus()
    page.keyboard.press("Enter")


def test_a_number_and_an_essay_are_written_by_keyboard(desk: Live, browser: Browser) -> None:
    page = desk.open(browser, desk.cast.trainer, viewport=PHONE).new_page()
    page.goto(FORM)
    pressed(page, "Angka")
    expect(page.get_by_label("Angka 1", exact=True)).to_have_value("5")
    typed(page, "Angka 1", "tujuh")
    typed(page, "Judul (boleh kosong)", "Lama layanan")
    pressed(page, "Simpan soal")
    expect(page.get_by_role("alert")).to_contain_text("Belum ada yang tersimpan")
    expect(page.get_by_label("Angka 1", exact=True)).to_have_value("tujuh")
    assert "Lama layanan" not in stored()
    typed(page, "Angka 1", "7,5")
    typed(page, "Toleransi (± angka atau %) 1", "0,5")
    page.keyboard.press("Enter")  # a field sends the form, it moves no row
    expect(page.get_by_text("Soal tersimpan.")).to_be_visible()
    assert "- = 7.5 ± 0.5\n" in stored()
    assert faults(page) == []
    pressed(page, "Esai")
    typed(page, "Tingkat 1: nilainya", "4")
    typed(page, "Tingkat 1: syaratnya", "menyebut dasar hukum dan contoh")
    pressed(page, "Tambah baris")
    expect(page.get_by_label("Tingkat 1: nilainya")).to_have_value("4")
    pressed(page, "Simpan soal")
    expect(page.get_by_text("Soal tersimpan.")).to_be_visible()
    assert "4 = menyebut dasar hukum dan contoh; 1 = salah satu; 0 = tidak menjawab" in stored()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert faults(page) == []
    page.goto(f"/trainer/courses/{SLUG}/writing/file/{QUIZ}?line=12#text")  # as findings lead there
    chosen = page.locator("#text").evaluate(
        "(area) => area.value.slice(area.selectionStart, area.selectionEnd)"
    )
    assert chosen == stored().split("\n")[11]


def test_rows_are_added_and_moved_where_they_stand(desk: Live, browser: Browser) -> None:
    page = desk.open(browser, desk.cast.trainer, viewport=PHONE).new_page()
    page.goto(FORM)
    page.evaluate("window.same = true")
    count = page.locator(".answer-row").count()
    first, second = (page.locator(f"#text-{at}").input_value() for at in (0, 1))
    page.locator("#text-0").fill(f"{first} (diubah)")
    page.locator("button[value=down-0]").press("Enter")
    expect(page.locator("#text-1")).to_have_value(f"{first} (diubah)")
    expect(page.locator("#text-0")).to_have_value(second)
    expect(page.locator("button[value=down-1]")).to_be_focused()
    pressed(page, "Tambah baris")
    expect(page.locator(".answer-row")).to_have_count(count + 1)
    expect(page.locator(f"#text-{count}")).to_be_focused()
    page.keyboard.type("Pilihan tambahan")
    assert page.evaluate("window.same") is True, "no new page was loaded"
    assert "(diubah)" not in stored()
    assert faults(page) == []
    page.route(
        "**/*", lambda route: route.abort() if route.request.resource_type == "fetch" else route.continue_()
    )
    pressed(page, "Tambah baris")  # a script that gets no answer: the form goes the plain way
    expect(page.locator(".answer-row")).to_have_count(count + 2)
    assert page.evaluate("window.same") is None
    pressed(page, "Simpan soal")
    expect(page.get_by_text("Soal tersimpan.")).to_be_visible()
    text = stored()
    assert text.index(second) < text.index("(diubah)") < text.index("Pilihan tambahan")

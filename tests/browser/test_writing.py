"""The writing page in a real browser: it saves itself, keeps what was not sent, takes what is pasted."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from lms import clock
from lms.db import db
from lms.domain.catalog.actions import publish, save_draft, save_file
from lms.domain.catalog.models import Course
from lms.domain.catalog.queries import draft_bundle
from tests.browser.conftest import Live
from tests.browser.looks import faults
from tests.browser.quiz import PHONE
from tests.cast import NOW
from tests.courses import SLUG, make_bundle
from tests.media import photo

pytestmark = pytest.mark.browser

LESSON = "01-loket/01-menyapa.md"
FILE = f"/trainer/courses/{SLUG}/writing/file/{LESSON}"
ITEM = '<p class=MsoListParagraph style="mso-list:l0 level1"><span style="mso-list:Ignore">·</span>{}</p>'
WORD = (
    '<html><head><style>p {}</style></head><body><h1 style="mso-x:y">Alur&nbsp;layanan</h1>'
    '<p class=MsoNormal>Warga <b>datang</b> dan <span style="font-weight:700">duduk</span>,\n'
    'lihat <a href="https://contoh.example/a b">aturan</a>.<o:p></o:p></p>'
    + ITEM.format("Satu")
    + ITEM.format("Dua_dua")
    + "<ol><li>Pertama<ul><li>Dalam</li></ul></li><li>Kedua</li></ol><script>alert(1)</script></body></html>"
)
EXCEL = (
    "<table><tr><td>Unsur</td><td>Hari</td></tr><tr><td>KTP | KK</td><td>5</td></tr>"
    "<tr><td></td><td></td></tr></table>"
)
MARKDOWN = (
    "## Alur layanan\n\nWarga **datang** dan **duduk**, lihat [aturan](https://contoh.example/a%20b).\n\n"
    "- Satu\n- Dua\\_dua\n\n1. Pertama\n    - Dalam\n2. Kedua\n"
)
HEAD = "---\njenis: materi\nid: menyapa\njudul: Menyapa\n---\n"
PASTE = """([kind, given]) => {
  const data = new DataTransfer();
  if (kind === "text/html") data.setData(kind, given);
  else {
    const bytes = Uint8Array.from(atob(given), (one) => one.charCodeAt(0));
    data.items.add(new File([bytes], "Loket depan.jpg", { type: kind }));
  }
  const area = document.querySelector("#text");
  area.setSelectionRange(area.value.length, area.value.length);
  area.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def desk(live: Live) -> Iterator[Live]:
    """A draft of the trainer."""
    session, by = db.session(), live.cast.trainer.id
    assert publish(session, SLUG, make_bundle(), home="desk", by=by, now=NOW).version is not None
    save_draft(session, session.scalars(select(Course)).one(), make_bundle(), by=by, now=NOW)
    session.commit()
    with clock.frozen(NOW + timedelta(minutes=32)):
        yield live


def stored() -> str:
    session = db.session()
    session.rollback()
    return ((draft_bundle(session, session.scalars(select(Course.id)).one()) or {})[LESSON]).decode()


def opened(live: Live, browser: Browser, **options: object) -> Page:
    page = live.open(browser, live.cast.trainer, **options).new_page()
    page.goto(FILE)
    return page


def paste(page: Page, kind: str, given: str) -> None:
    """Paste at the end of the text."""
    page.evaluate(PASTE, [kind, given])


def test_a_text_saves_itself_waits_for_the_line_and_never_overwrites(desk: Live, browser: Browser) -> None:
    page = opened(desk, browser)
    state, text = page.locator(".writing-state .status"), page.get_by_label("Teks (Markdown)")
    text.press("Control+End")
    page.keyboard.type("#### Melompat\n\nKata **tebal**.\n")
    expect(page.locator("[data-page] strong")).to_have_text("tebal")
    expect(state).to_have_text("Tersimpan 10.32")
    assert stored().endswith("Kata **tebal**.\n")
    page.context.set_offline(True)
    text.press("Control+End")
    page.keyboard.type("Tanpa sambungan.")
    page.keyboard.press("Control+s")
    expect(state).to_contain_text("Teks Anda disimpan di perangkat ini")
    assert "Tanpa sambungan." not in stored()
    page.close(run_before_unload=False)
    again = opened(desk, browser)  # another window of the same person holds nothing of the first
    expect(again.get_by_label("Teks (Markdown)")).to_have_value(re.compile(r"Kata \*\*tebal\*\*\.\n$"))
    again.context.close()
    page.context.set_offline(False)
    back = page.context.new_page()
    with back.expect_response(lambda told: told.request.method == "POST" and "/file/" in told.url):
        back.goto(FILE)
    expect(back.locator(".writing-state .status")).to_have_text("Tersimpan 10.32")
    assert stored().endswith("Tanpa sambungan.")
    session = db.session()
    course, theirs = session.scalars(select(Course)).one(), HEAD.encode() + b"Orang lain\n"
    save_file(session, course, LESSON, theirs, base=None, by=desk.cast.other_trainer.id, now=NOW)
    session.commit()
    back.get_by_label("Teks (Markdown)").press("Control+End")
    back.keyboard.type("\nMilik saya.")
    back.keyboard.press("Control+s")
    expect(back.locator(".writing-state .status")).to_have_text("Orang lain menyimpan teks yang berbeda.")
    back.get_by_role("button", name="Lihat keduanya").click()
    expect(back.locator("h1")).to_have_text("Dua teks untuk satu berkas")
    expect(back.get_by_label("Teks Anda")).to_have_value(stored_with(back, "Milik saya."))
    expect(back.get_by_label("Teks tersimpan dari Megat Sulaiman")).to_have_value(stored())


def stored_with(page: Page, words: str) -> str:
    value = page.locator("#mine").input_value()
    assert words in value and "Orang lain" not in value
    return value


def test_what_is_pasted_becomes_markdown_and_buttons_write_marks(desk: Live, browser: Browser) -> None:
    page = opened(desk, browser)
    text = page.get_by_label("Teks (Markdown)")
    text.fill(HEAD)
    paste(page, "text/html", WORD)
    expect(text).to_have_value(f"{HEAD}\n{MARKDOWN}")
    paste(page, "text/html", EXCEL)
    expect(page.locator("[data-page] td >> nth=0")).to_have_text("KTP | KK")
    assert text.input_value().endswith("| Unsur | Hari |\n|---|---|\n| KTP \\| KK | 5 |\n")
    text.press("Control+End")
    page.get_by_role("toolbar").get_by_text("Sisipkan").click()
    page.get_by_role("button", name="Rumus").click()
    expect(page.locator("[data-page] math")).to_have_count(1)
    text.press("Control+End")
    page.keyboard.type("kata")
    page.keyboard.press("Control+Shift+ArrowLeft")
    page.keyboard.press("Control+b")
    assert text.input_value().endswith("**kata**")
    paste(page, "image/jpeg", base64.b64encode(photo()).decode())
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Sisipkan").click()
    expect(dialog.get_by_role("alert")).to_contain_text("Tulis apa isi gambar ini.")
    dialog.get_by_label("Isi gambar").fill("Loket [depan]")
    dialog.get_by_role("button", name="Sisipkan").click()
    expect(page.locator("[data-page] img")).to_have_attribute("alt", "Loket (depan)")
    assert text.input_value().endswith("![Loket (depan)](aset/loket-depan.jpg)\n")
    sent = page.evaluate("[...new FormData(document.querySelector('[data-editor]')).keys()]")
    assert sent == ["csrf_token", "base", "text"]  # questions under preview are no answers
    page.get_by_role("button", name="Rapikan").click()
    expect(page.get_by_text("Teks sudah dirapikan.")).to_be_visible()
    expect(page.locator("[data-recover]")).to_be_hidden()
    assert faults(page) == []


def test_on_a_phone_one_thing_is_shown_and_a_problem_leads_to_its_line(desk: Live, browser: Browser) -> None:
    page = opened(desk, browser, viewport=PHONE)
    text, preview = page.get_by_label("Teks (Markdown)"), page.locator("[data-page]")
    expect(preview).to_be_hidden()
    page.get_by_role("button", name="Pratinjau", exact=True).click()
    expect(preview).to_be_visible()
    expect(text).to_be_hidden()
    page.get_by_role("button", name="Teks", exact=True).click()
    text.press("Control+End")
    page.keyboard.type("## Dua\n\n#### Empat\n")
    link = page.locator("[data-problems] [data-line]").first
    expect(link).to_be_visible()
    number = int(link.get_attribute("data-line") or "0")
    link.click()
    chosen = text.evaluate("(area) => area.value.slice(area.selectionStart, area.selectionEnd)")
    assert chosen == text.input_value().split("\n")[number - 1] == "#### Empat"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_what_is_typed_before_the_script_arrives_is_saved(desk: Live, browser: Browser) -> None:
    page = desk.open(browser, desk.cast.trainer).new_page()
    held = []
    page.route("**/editor*.js", lambda route: held.append(route))
    with page.expect_request("**/editor*.js"):
        page.goto(FILE, wait_until="commit")
    page.get_by_label("Teks (Markdown)").fill(f"{HEAD}\nSebelum skrip tiba.\n")
    with page.expect_response(lambda told: told.request.method == "POST" and "/file/" in told.url):
        held.pop().continue_()
    expect(page.locator(".writing-state .status")).to_have_text("Tersimpan 10.32")
    assert "Sebelum skrip tiba." in stored()

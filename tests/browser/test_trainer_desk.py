"""The trainer's desk in a real browser: review, analysis, bank, import, a question at a paragraph."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from lms import clock
from lms.db import db
from lms.domain.catalog.actions import publish, save_draft
from lms.domain.catalog.models import Course, CourseMember, CourseVersion
from lms.domain.catalog.queries import draft_bundle
from lms.domain.settings.actions import change
from tests.answering import answer_all
from tests.browser.conftest import Live
from tests.browser.looks import faults
from tests.browser.quiz import PHONE
from tests.cast import NOW, grant
from tests.course_files import LESSON, QUIZ, edited, named
from tests.courses import RIGHT, SLUG, enroll_in, make_bundle

pytestmark = pytest.mark.browser
COURSE = f"/trainer/courses/{SLUG}"
BANK = """---
jenis: bank
id: bank-sapaan
judul: Bank Sapaan
---

## Sapaan {#s-1 tag=loket}

Siapa yang disapa lebih dahulu di loket?

- [x] Warga
- [ ] Rekan
"""
GIFT = """// dari sistem lama
::Antrean::Nomor antrean diambil di ... {=mesin ~meja ~pintu}

::Dua kunci::Mana yang benar? {=satu =dua ~tiga}

::Tanpa kunci::Mana yang salah? {~satu ~dua}
"""


@pytest.fixture
def desk(live: Live) -> Iterator[Live]:
    """Two courses of the trainer, a draft with a changed lesson; the stranger reviews, two people learn."""
    session, cast = db.session(), live.cast
    for slug, files in ((SLUG, make_bundle()), ("arsip-rapi", named("arsip-rapi"))):
        publish(session, slug, files, home="desk", by=cast.trainer.id, now=NOW)
    course = session.scalars(select(Course).where(Course.slug == SLUG)).one()
    grant(session, cast.stranger, "reviewer")
    session.add(CourseMember(course_id=course.id, user_id=cast.stranger.id, role="reviewer"))
    save_draft(
        session, course, {**edited("hormat"), "bank/sapaan.md": BANK.encode()}, by=cast.trainer.id, now=NOW
    )
    change(session, {"review_required": True}, by=cast.admin.id, now=NOW)
    for learner in (cast.learner, cast.colleague):
        enroll_in(session, learner, now=NOW)
    session.commit()
    with clock.frozen(NOW):
        yield live


def course_of(slug: str = SLUG) -> Course:
    session = db.session()
    session.rollback()
    found = session.scalars(select(Course).where(Course.slug == slug)).one()
    session.expunge(found)
    session.rollback()  # the site may write again
    return found


def draft_text(path: str, slug: str = SLUG) -> str:
    session = db.session()
    text = (draft_bundle(session, course_of(slug).id) or {})[path].decode()
    session.rollback()
    return text


def press(page: Page, name: str) -> None:
    """Press a button or link by its whole name, by keyboard."""
    page.locator("main").get_by_role("button", name=name, exact=True).or_(
        page.locator("main").get_by_role("link", name=name, exact=True)
    ).first.focus()
    page.keyboard.press("Enter")


def fine(page: Page) -> None:
    """Accessible, and no wider than the window."""
    assert faults(page) == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url


def test_a_reviewer_remarks_at_a_line_and_approves_what_the_trainer_mends(
    desk: Live, browser: Browser
) -> None:
    trainer = desk.open(browser, desk.cast.trainer).new_page()
    reviewer = desk.open(browser, desk.cast.stranger, viewport=PHONE).new_page()
    trainer.goto(f"{COURSE}/draft")
    expect(trainer.get_by_role("button", name="Terbitkan pelatihan")).to_have_count(0)
    press(trainer, "Kirim untuk ditelaah")
    expect(trainer.get_by_role("link", name="Buka telaah").first).to_be_visible()

    reviewer.goto("/trainer/reviews")
    reviewer.locator("main").get_by_role("link", name="Layanan di loket").first.click()
    reviewer.locator("main").get_by_role("link", name=LESSON).first.click()
    line = next(n for n, text in enumerate(draft_text(LESSON).split("\n"), 1) if "hormat" in text)
    reviewer.get_by_role("link", name=f"Catatan pada baris {line}", exact=True).click()
    reviewer.get_by_label("Catatan Anda", exact=True).fill("Lebih baik: santun.")
    press(reviewer, "Simpan catatan")
    expect(reviewer.locator("li.remark")).to_contain_text("santun")
    fine(reviewer)
    press(reviewer, "Kembali ke telaah")
    reviewer.locator("main textarea").last.fill("Lihat catatan.")
    press(reviewer, "Kembalikan ke penyusun")

    trainer.goto(f"{COURSE}/draft")
    trainer.get_by_role("link", name=f"Baris {line} di draf").click()
    area = trainer.locator("#text")
    with trainer.expect_response(lambda told: told.request.method == "POST" and "/file/" in told.url):
        area.fill(area.input_value().replace("hormat", "santun"))
    assert "santun" in draft_text(LESSON)
    trainer.goto(f"{COURSE}/draft")
    press(trainer, "Kirim untuk ditelaah")
    expect(trainer.get_by_role("link", name="Buka telaah").first).to_be_visible()

    reviewer.goto("/trainer/reviews")
    reviewer.locator("main").get_by_role("link", name="Layanan di loket").first.click()
    press(reviewer, "Setujui teks ini")
    expect(reviewer.locator("main")).to_contain_text("Disetujui")
    trainer.goto(f"{COURSE}/draft")
    press(trainer, "Terbitkan pelatihan")
    expect(trainer.locator("body")).to_contain_text("Versi 2 sudah terbit")


def test_a_finding_leads_from_the_analysis_to_the_question(desk: Live, browser: Browser) -> None:
    session = db.session()
    version = session.scalars(
        select(CourseVersion).join(Course, Course.id == CourseVersion.course_id).where(Course.slug == SLUG)
    ).one()
    given: list[dict[str, object]] = []
    for number in range(60):  # the stronger, the more is right; but k-06 is missed by the stronger two thirds
        answers = {key: RIGHT[key] for key in list(RIGHT)[: 3 + 7 * number // 60]}
        given.append({**answers, "k-06": "o2" if number >= 20 else "o1"})
    answer_all(session, version, desk.cast.city, given, now=NOW)
    session.commit()
    page = desk.open(browser, desk.cast.trainer, viewport=PHONE).new_page()
    page.goto(f"{COURSE}/analysis/kuis-loket")
    expect(page.locator("main")).to_contain_text("kunci mungkin salah")
    fine(page)
    page.locator('a[href*="/questions/with/k-06"]').first.click()
    expect(page.get_by_label("Pertanyaan", exact=True)).to_have_value(
        "Apa yang pertama Anda lakukan saat warga tiba?"
    )
    assert f"/writing/questions/{QUIZ}" in page.url


def test_a_question_is_found_in_the_bank_and_copied(desk: Live, browser: Browser) -> None:
    page = desk.open(browser, desk.cast.trainer, viewport=PHONE).new_page()
    page.goto("/trainer/questions")
    page.locator("summary", has_text="Cari dan saring").click()
    page.get_by_label("Kata dalam soal, atau id-nya").fill("disapa lebih dahulu")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=disapa*")
    rows = page.locator("tbody tr")
    expect(rows).to_have_count(1)
    fine(page)
    rows.get_by_role("link").first.click()
    page.get_by_label("Nama bank", exact=False).or_(page.get_by_label("Bank", exact=False)).first.fill(
        "salam"
    )
    press(page, "Salin soal ini")
    expect(page.locator("body")).to_contain_text("Tersalin ke bank/salam.md")
    fine(page)
    assert "Siapa yang disapa lebih dahulu di loket?" in draft_text("bank/salam.md", "arsip-rapi")


def test_a_foreign_file_is_tried_told_and_taken_once(desk: Live, browser: Browser) -> None:
    page = desk.open(browser, desk.cast.trainer).new_page()
    file = {"name": "lama.gift", "mimeType": "text/plain", "buffer": GIFT.encode()}
    for _again in range(2):
        page.goto(f"{COURSE}/questions")
        page.locator("main input[type=file]").set_input_files(file)  # type: ignore[arg-type]
        page.get_by_label("Bank", exact=False).last.fill("lama")
        press(page, "Coba berkas ini")
        expect(page.get_by_role("heading", level=1)).to_contain_text("lama.gift")
        expect(page.locator("tbody tr")).to_have_count(3)
        fine(page)
        free = page.locator("tbody tr input:checked").count()
        if _again:
            assert free == 0, "the same file brings nothing new"
        else:
            assert free
            page.locator("form[data-pick] button").first.click()
            expect(page.locator("body")).to_contain_text("bank/lama.md")
    assert draft_text("bank/lama.md").count("\n## Antrean {#") == 1
    assert "Tanpa kunci" not in draft_text("bank/lama.md")


def test_a_question_at_a_paragraph_is_answered_for_all_and_becomes_text(desk: Live, browser: Browser) -> None:
    learner = desk.open(browser, desk.cast.learner, viewport=PHONE, has_touch=True).new_page()
    learner.goto(f"/courses/{SLUG}/lessons/menyapa")
    press(learner, "Pilih bagiannya di teks")
    place = learner.locator("[data-at]", has_text="ramah").first
    place.locator("a.ask").click()
    learner.get_by_label("Pertanyaan Anda", exact=False).or_(learner.locator("main textarea")).first.fill(
        "Bolehkah menyapa dalam bahasa Melayu?"
    )
    press(learner, "Kirim ke pengajar")
    expect(learner.locator("main")).to_contain_text("Menunggu jawaban")

    trainer = desk.open(browser, desk.cast.trainer).new_page()
    trainer.goto("/trainer/inquiries")
    trainer.get_by_role("link", name="bahasa Melayu", exact=False).first.click()
    fine(trainer)
    trainer.locator("main textarea").first.fill("Boleh, selama warga memahaminya.")
    press(trainer, "Jawab untuk semua peserta")
    press(trainer, "Sunting materi di bagian ini")
    trainer.wait_for_url("**/writing/file/**")
    line = trainer.locator("#text").evaluate(
        "(area) => area.value.slice(area.selectionStart, area.selectionEnd)"
    )
    assert "hormat" in line, "the cursor stands at the paragraph that was asked about"

    colleague = desk.open(browser, desk.cast.colleague, viewport=PHONE).new_page()
    colleague.goto(f"/courses/{SLUG}/lessons/menyapa")
    colleague.locator("details.asked > summary").first.click()
    expect(colleague.locator("main")).to_contain_text("selama warga memahaminya")
    fine(colleague)

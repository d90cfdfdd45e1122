"""Work of an office from desk to desk in a browser: HR of a unit, BKPSDM, a superior and a learner.

One site serves all tests of this file; what one of them leaves does not matter to the others.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from lms import clock, jobs_thread
from lms.db import db
from lms.domain.accounts.actions import set_superior
from lms.domain.accounts.models import Position, User
from lms.domain.competencies.actions import save_entries, set_levels
from lms.domain.competencies.queries import dictionary
from lms.domain.competencies.rules import Entry
from lms.domain.competencies.rules.plans import Wanted
from tests.browser.conftest import Live, serving
from tests.cast import NOW, make_user
from tests.courses import SLUG, publish_course
from tests.media import photo

pytestmark = pytest.mark.browser
Window = Callable[..., Page]
TODAY, PHONE = "2026-11-24", {"width": 360, "height": 800}


@pytest.fixture(scope="module")
def office(
    sqlite_template: Path, static_build: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Live]:
    """The cast, a course, a standard for clerks: M.1 at level 2. It is 10.00 WIB."""
    with clock.frozen(NOW), serving(sqlite_template, static_build, tmp_path_factory.mktemp("office")) as site:
        session = db.session()
        publish_course(session, now=NOW)
        save_entries(session, [Entry("M.1", "managerial", "Integritas")], now=NOW, actor=None)
        clerk = session.scalars(select(Position)).one()
        wanted = [Wanted(clerk.id, dictionary(session)[0].id, 2)]
        set_levels(session, wanted, valid_from=NOW.date(), now=NOW, actor=None)
        session.commit()
        yield site


@pytest.fixture
def window(office: Live, browser: Browser) -> Iterator[Window]:
    """Open a window that is a person, at an address; all are closed at the end."""
    contexts: list[BrowserContext] = []

    def opened(user: User, address: str, **options: object) -> Page:
        contexts.append(office.open(browser, user, **options))
        page = contexts[-1].new_page()
        answer = page.goto(address)
        assert answer is not None and answer.status == 200, address
        return page

    yield opened
    for one in contexts:
        one.close()


def fill(page: Page, **values: str) -> None:
    """Fill the fields of the form by their names: lists by value, all others by text."""
    for name, value in values.items():
        field = page.locator(f'main [name="{name}"]:not([type=hidden])').first
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(value)
        elif field.get_attribute("type") == "radio":
            page.locator(f'main [name="{name}"][value="{value}"]').check()
        else:
            field.fill(value)


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def test_recurring_training_is_made_and_seen_by_the_learner(office: Live, window: Window) -> None:
    cast = office.cast
    page = window(cast.hr_unit, "/hr/obligations/new")
    fill(
        page, course=SLUG, unit=str(cast.district.id), rhythm="months", months="12", window_days="60",
        starts_on=TODAY, first_due_on="2026-12-15", first_days="30", basis="SE Wali Kota 1/2026",
    )  # fmt: skip
    page.get_by_role("button", name="Lihat siapa yang terkena").click()
    expect(page.get_by_text("mengenai 3 pegawai").first).to_be_visible()
    page.get_by_role("button", name="Simpan aturan").click()
    expect(page.get_by_text("SE Wali Kota 1/2026").first).to_be_visible()
    own = window(cast.learner, "/profile/recurring", viewport=PHONE)
    expect(own.get_by_text("15 Desember 2026").first).to_be_visible()
    expect(own.get_by_text("SE Wali Kota 1/2026").first).to_be_visible()
    assert fits(own)
    other = window(cast.stranger, "/profile/recurring")
    expect(other.get_by_text("SE Wali Kota 1/2026")).to_have_count(0)


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_proof_is_sent_looked_at_and_counted(office: Live, window: Window, script: bool) -> None:
    cast, title = office.cast, f"Bimtek Arsip {'dengan' if script else 'tanpa'} skrip"
    own = window(cast.learner, "/profile/outside/new", java_script_enabled=script)
    fill(
        own, title=title, organiser="Dinas Rekaan", form="bimtek", started_on="2026-11-02",
        ended_on="2026-11-03", jp="9",
    )  # fmt: skip
    own.locator('[name="proof"]').set_input_files(
        {"name": "sertifikat.jpg", "mimeType": "image/jpeg", "buffer": photo()}
    )
    own.get_by_role("button", name="Kirim").click()
    expect(own.get_by_text(title).first).to_be_visible()
    page = window(cast.hr_unit, "/hr/outside", java_script_enabled=script)
    page.get_by_role("link", name=cast.learner.name).last.click()
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    assert page.locator("img.proof").evaluate("one => one.complete && one.naturalWidth > 0")
    page.get_by_role("button", name="Tidak diakui").click()  # without a reason it is asked for
    expect(page.locator("main [aria-invalid=true]").first).to_be_visible()
    fill(page, jp="7", note="Sesuai jadwal")
    page.get_by_role("button", name="Sahkan").click()
    own.goto("/profile/hours?year=2026")
    expect(own.get_by_text(title).first).to_be_visible()
    assert own.get_by_role("row").filter(has_text=title).first.inner_text().count("7")


def test_levels_a_gap_a_plan_and_the_answer(office: Live, window: Window) -> None:
    """HR enters a level, the gap stands in the needs, the learner plans, HR agrees, the needs say so."""
    cast = office.cast
    key = dictionary(db.session())[0].id
    page = window(cast.hr_unit, f"/hr/staff/{cast.learner.id}/ratings")
    fill(page, assessed_on=TODAY, method="Asesmen rekaan", **{f"level-{key}": "1"})
    page.get_by_role("button", name="Simpan level").click()
    expect(page.get_by_text("Asesmen rekaan").first).to_be_visible()
    page.goto("/hr/needs")
    row = page.get_by_role("row").filter(has_text=cast.learner.name)
    expect(row).to_contain_text("belum ada")
    own = window(cast.learner, "/profile/plan/new", viewport=PHONE)
    fill(own, title="Mendampingi penyusunan", form="coaching", competency="M.1", jp="10")
    own.get_by_role("button", name="Masukkan ke rencana").click()
    expect(own.get_by_text("Mendampingi penyusunan").first).to_be_visible()
    assert fits(own)
    page.goto("/hr/plans")
    page.get_by_label(f"Pilih {cast.learner.name}, Mendampingi penyusunan").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Setujui yang dipilih").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 kegiatan disetujui").first).to_be_visible()
    page.goto("/hr/needs")
    expect(row).to_contain_text("Mendampingi penyusunan")
    with page.expect_download() as started:
        page.get_by_role("button", name="baris, Excel").click()
    [_head, line] = cells(Path(started.value.path()).read_bytes())
    assert (line[0], line[1], line[6:9], line[12]) == (cast.learner.nip, cast.learner.name, [2, 1, -1], 10)


def test_an_announcement_reaches_the_home_page(office: Live, window: Window) -> None:
    page = window(office.cast.bkpsdm, "/hr/announcements")
    fill(page, title="Pemeliharaan Sabtu", body="Situs berhenti pukul 20.00.", shown_until="2026-11-30")
    page.get_by_role("button", name="Umumkan").click()
    own = window(office.cast.learner, "/", viewport=PHONE)
    expect(own.get_by_text("Situs berhenti pukul 20.00.")).to_be_visible()
    assert fits(own)


def test_two_records_become_one(office: Live, window: Window) -> None:
    session = db.session()
    double = make_user(
        session, "Siti Ganda", "ganda@gurindam.example", office.cast.village, "199403052025212018"
    )
    session.commit()
    kept = office.cast.colleague
    page = window(office.cast.bkpsdm, f"/hr/staff/{kept.id}/double")
    fill(page, double=str(double.nip))
    page.get_by_role("button", name="Lihat keduanya").click()
    expect(page.get_by_role("row").filter(has_text="Siti Ganda")).to_be_visible()
    page.get_by_label("Saya sudah mencocokkan").check()
    page.get_by_role("button", name="Gabungkan").last.click()
    expect(page.get_by_role("link", name="Siti Ganda")).to_be_visible()
    page.goto("/hr/staff?q=ganda")
    expect(page.get_by_role("table")).to_have_count(0)


def test_a_letter_of_assignment_is_opened_by_who_is_sent(office: Live, window: Window) -> None:
    cast = office.cast
    page = window(cast.hr_unit, "/hr/assignments/new")
    fill(
        page, course=SLUG, unit=str(cast.village.id), due_on="2026-12-20", letter_number="ST/12/2026",
        letter_on=TODAY,
    )  # fmt: skip
    page.get_by_role("button", name="Lihat siapa").click()
    page.get_by_role("button", name="Tugaskan kepada 2 pegawai").click()
    page.get_by_text("Lampirkan surat tugas").click()
    page.locator('[name="letter"]').set_input_files(
        {"name": "surat.jpg", "mimeType": "image/jpeg", "buffer": photo()}
    )
    page.get_by_role("button", name="Simpan surat tugas").click()
    expect(page.get_by_role("link", name="Buka surat tugas")).to_be_visible()
    own = window(cast.learner, "/")
    expect(own.get_by_text("ST/12/2026").first).to_be_visible()
    link = own.get_by_role("link", name="surat tugas").first.get_attribute("href")
    answer = own.request.get(f"{office.address}{link}")
    assert answer.ok and answer.headers["content-type"].startswith("image/")


def test_recaps_are_downloaded_and_opened(office: Live, window: Window) -> None:
    page = window(office.cast.hr_unit, "/hr/hours", viewport=PHONE)
    assert fits(page)
    with page.expect_download() as started:
        page.get_by_role("button", name="Unduh menurut unit, Excel").click()
    rows = cells(Path(started.value.path()).read_bytes())
    assert rows[0][:3] == ["Unit kerja", "Tahun", "Pegawai"] and rows[-1][0] == "Jumlah"
    shown = page.get_by_role("row").filter(has_text="Jumlah").inner_text().split()
    assert str(int(rows[-1][2])) in shown
    page.get_by_role("button", name="baris, Excel").first.click()
    assert jobs_thread.run_due(office.app)
    with page.expect_download() as ordered:
        page.get_by_role("link", name="Unduh,").click()
    people = cells(Path(ordered.value.path()).read_bytes())
    assert {row[1] for row in people[1:]} >= {office.cast.learner.nip}
    assert all(isinstance(row[1], str) and isinstance(row[7], float) for row in people[1:])


def test_the_superior_sees_the_own_staff_alone(office: Live, window: Window) -> None:
    session, cast = db.session(), office.cast
    learner = session.get_one(User, cast.learner.id)
    set_superior(session, learner, str(cast.colleague.email), now=NOW, actor=cast.bkpsdm.id)
    session.commit()
    page = window(cast.colleague, "/team", viewport=PHONE)
    page.get_by_role("link", name=cast.learner.name).click()
    expect(page.get_by_role("heading", name=cast.learner.name)).to_be_visible()
    assert fits(page)
    answer = page.goto(f"/team/{cast.stranger.id}")
    assert answer is not None and answer.status == 404


def cells(data: bytes) -> list[list[object]]:
    """The first sheet of a workbook."""
    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()

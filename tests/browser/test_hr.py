"""The HR desk in a browser: accessible, narrow, complete without script, printable."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from lms import clock, jobs_thread
from lms.db import db
from tests.browser.conftest import Live
from tests.browser.looks import judge
from tests.cast import NOW
from tests.unit.reports.desk import Desk, make_desk

pytestmark = pytest.mark.browser
LONG = "Drs. H. Muhammad Syahrul Ramadhan Al-Banjari bin Raja Haji Ahmad, S.Sos., M.Si., M.A."


@pytest.fixture
def desk(live: Live) -> Iterator[Desk]:
    """The city of the report tests, with one long name; it is 10.00 WIB."""
    made = make_desk(db.session(), live.cast, Path(live.app.instance_path) / "files")
    made.cast.colleague.name = LONG
    db.session.commit()
    with clock.frozen(NOW):
        yield made


def jobs(live: Live) -> None:
    db.session.commit()
    assert jobs_thread.run_due(live.app)


def test_pages_are_accessible_and_fit(live: Live, browser: Browser, desk: Desk) -> None:
    certificate, unit = desk.certificates["learner"].id, desk.cast.village.id
    addresses = [
        "", "/staff", "/staff?q=tidakada", f"/staff/{desk.cast.learner.id}",
        f"/staff/{desk.cast.colleague.id}/edit", "/completions", f"/certificates/{certificate}", "/hours",
        "/exports", "/codes", f"/codes?unit={unit}", "/approvals", f"/approvals/{desk.archive.course_id}",
    ]  # fmt: skip
    with live.open(browser, desk.cast.bkpsdm) as window:
        page = window.new_page()
        for address in addresses:
            answer = page.goto(f"/hr{address}")
            assert answer is not None and answer.status == 200
            judge(page, opening=True)


def test_order_watch_and_download_without_script(live: Live, browser: Browser, desk: Desk) -> None:
    with live.open(browser, desk.cast.hr_unit, java_script_enabled=False) as window:
        page = window.new_page()
        page.goto("/hr/completions")
        page.get_by_role("button", name="Paket PDF (ZIP)").click()
        expect(page.get_by_text("0 dari 2 baris selesai").first).to_be_visible()
        jobs(live)
        page.get_by_role("link", name="Lihat lagi").click()
        with page.expect_download() as started:
            page.get_by_role("link", name="Unduh,").click()
        assert started.value.suggested_filename == "Sertifikat_KEC-01_2026-11-24_1000_0001.zip"


def test_the_page_of_an_export_follows_its_file(live: Live, browser: Browser, desk: Desk) -> None:
    with live.open(browser, desk.cast.hr_unit) as window:
        page = window.new_page()
        page.goto("/hr/staff")
        page.get_by_role("button", name="Excel").click()
        expect(page.get_by_text("0 dari 3 baris selesai").first).to_be_visible()
        jobs(live)
        expect(page.get_by_role("link", name="Unduh,")).to_be_visible(timeout=10_000)


def test_selection_and_double_click_on_codes(live: Live, browser: Browser, desk: Desk) -> None:
    with live.open(browser, desk.cast.hr_unit) as window:
        page = window.new_page()
        page.goto("/hr/staff")
        page.get_by_label(f"Pilih {LONG}").check()
        expect(page.locator("[data-pick-count]")).to_contain_text("1 ")
        page.get_by_role("button", name="Kode aktivasi").click()
        page.get_by_role("button", name="Buat 1 kode").dblclick()
        expect(page.locator(".slips .code")).to_have_count(1)
        first = page.locator(".slips .code").inner_text()
        page.reload()  # the browser sends the form again
        assert page.locator(".slips .code").inner_text() == first


def test_slips_on_paper(live: Live, browser: Browser, desk: Desk) -> None:
    with live.open(browser, desk.cast.hr_unit, viewport={"width": 720, "height": 1000}) as window:
        page = window.new_page()
        page.goto(f"/hr/codes?unit={desk.cast.district.id}")
        page.get_by_role("button", name="Buat 3 kode").click()
        page.emulate_media(media="print")
        boxes = [slip.bounding_box() for slip in page.locator(".slips > li").all()]
        assert len(boxes) == 3 and all(boxes)
        lefts = sorted({round(box["x"]) for box in boxes if box})
        assert len(lefts) == 2  # two side by side
        expect(page.locator("h1")).to_be_hidden()

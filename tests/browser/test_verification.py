"""The public check in a browser: the file never leaves the device, and axe has nothing to say."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from lms.db import db
from lms.domain.certificates.queries import by_code
from lms.files import path_of
from tests.browser.conftest import Live
from tests.browser.looks import judge
from tests.unit.certificates.rows import certify, complete, make_course

pytestmark = pytest.mark.browser


@pytest.fixture
def issued(live: Live) -> tuple[str, Path]:
    """The code and the stored file of a certificate."""
    folder = Path(live.app.instance_path) / "files"
    with live.app.app_context():
        session = db.session()
        made = certify(session, complete(session, live.cast.learner, make_course(session)), folder)
        found = by_code(session, made.code)
        assert found is not None
        code, path = made.code, path_of(folder, found.certificate.files[0].sha256)
        db.session.remove()
    return code, path


def test_a_file_is_compared_on_the_device(
    live: Live, browser: Browser, issued: tuple[str, Path], tmp_path: Path
) -> None:
    code, path = issued
    other = tmp_path / "other.pdf"
    other.write_bytes(path.read_bytes() + b"x")
    with live.open(browser) as window:
        page = window.new_page()
        posts: list[str] = []
        page.on("request", lambda request: posts.append(request.method) if request.method == "POST" else None)
        page.goto(f"/v/{code}")
        page.click("#file-check summary")
        for file, words in ((path, "Sama persis"), (other, "Berbeda")):
            page.set_input_files("#pdf", file)
            page.click("#file-check button")
            expect(page.locator("[data-answer]:not([hidden])")).to_contain_text(words)
        assert posts == []
        assert window.cookies() == []


def test_without_script_the_server_compares(live: Live, browser: Browser, issued: tuple[str, Path]) -> None:
    code, path = issued
    with live.open(browser, java_script_enabled=False) as window:
        page = window.new_page()
        page.goto(f"/v/{code}")
        page.click("#file-check summary")
        page.set_input_files("#pdf", path)
        page.click("#file-check button")
        expect(page.locator("[data-answer]:not([hidden])")).to_contain_text("Sama persis")


def test_the_pages_are_accessible_and_fit_a_phone(
    live: Live, browser: Browser, issued: tuple[str, Path]
) -> None:
    with live.open(browser) as window:
        page = window.new_page()
        for address in ("/v", f"/v/{issued[0]}", "/v/x", "/v/7K3QX9M2VA4TH"):
            page.goto(address)
            for summary in page.locator("summary").all():
                summary.click()
            judge(page)

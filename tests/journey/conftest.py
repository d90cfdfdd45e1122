"""A real server (gunicorn, SQLite, job thread) and a real browser, with scripts and without."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from lms import create_app
from lms.db import db
from tests.conftest import settings
from tests.journey.site import ROOT, Site, fill
from tests.journey.windows import Mode, Windows

PICTURES = ROOT / "docs" / "gambar"
MODES = (Mode("with-scripts", True, phone=True), Mode("without-scripts", False, phone=False))


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --screenshots: write pictures of the main screens to docs/gambar."""
    parser.addoption("--screenshots", action="store_true", default=False)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all journeys."""
    arguments = ["--no-sandbox", "--disable-background-networking", "--disable-gpu"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM") or "/usr/bin/chromium", args=arguments
        )
        yield browser
        browser.close()


@pytest.fixture
def site(sqlite_template: Path, tmp_path: Path) -> Iterator[Site]:
    """The site with its people and one course, served by gunicorn until the test ends."""
    path = tmp_path / "site.sqlite3"
    shutil.copyfile(sqlite_template, path)
    app = create_app({**settings(tmp_path, f"sqlite:///{path}"), "STATIC_BUILD": str(tmp_path / "static")})
    with app.app_context():
        people = fill(db.session())
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    environment = {
        **os.environ, "LMS_ENV": "development", "LMS_DEMO": "0", "LMS_INSTANCE": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{path}", "SECRET_KEY": "only-for-tests", "PUBLIC_URL": address,
        "HOST": "127.0.0.1", "PORT": str(port), "WEB_WORKERS": "2", "JOBS_THREAD": "1",
    }  # fmt: skip
    with (tmp_path / "server.log").open("wb") as log:
        command = [sys.executable, "-m", "gunicorn", "-c", "gunicorn.conf.py"]
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=log)
        try:
            assert server.stdout is not None
            assert server.stdout.readline().startswith(b"Gurindam: "), (tmp_path / "server.log").read_text()
            with urllib.request.urlopen(f"{address}/readyz", timeout=60) as answer:
                assert answer.status == 200
            yield Site(address, path, people, environment)
        finally:
            server.terminate()
            server.communicate(timeout=30)
    assert "Traceback" not in (tmp_path / "server.log").read_text()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(params=MODES, ids=lambda mode: mode.name)
def windows(
    request: pytest.FixtureRequest, chromium: Browser, site: Site, tmp_path: Path
) -> Iterator[Windows]:
    """Windows of people; learners on a phone and offices on a desk, then the other way round."""
    mode: Mode = request.param
    wanted = request.config.getoption("--screenshots", default=False) and mode.script
    opened = Windows(chromium, site.address, mode, PICTURES if wanted else None, tmp_path)
    yield opened
    opened.close()

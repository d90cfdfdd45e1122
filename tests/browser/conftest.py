"""A running site and a real browser."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright
from werkzeug.serving import make_server

from lms import clock, create_app
from lms.db import db
from lms.domain.accounts.models import User
from tests.cast import NOW, Cast, make_cast, sign_in
from tests.conftest import settings
from tests.courses import enroll_in, publish_course

PATIENCE = 20_000
"""Milliseconds that a page may take until what is expected of it is there: the 5 seconds of Playwright are
too few on a machine that does other work. What is there at once costs nothing."""


@dataclass
class Live:
    """The site on a port of its own, with the cast in its database; its windows are closed with it."""

    address: str
    app: Flask = field(repr=False)
    cast: Cast = field(repr=False)
    windows: list[BrowserContext] = field(default_factory=list, repr=False)

    def open(self, browser: Browser, user: User | None = None, **options: object) -> BrowserContext:
        """A browser window that is this person; options are those of Playwright's new_context."""
        context = browser.new_context(base_url=self.address, **options)  # type: ignore[arg-type]
        if user is not None:
            client = sign_in(self.app.test_client(), user)
            name = self.app.config["SESSION_COOKIE_NAME"]
            cookie = client.get_cookie(name)
            assert cookie is not None
            context.add_cookies([{"name": name, "value": cookie.value, "url": self.address}])
        self.windows.append(context)
        return context


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, once for a test worker."""
    expect.set_options(timeout=PATIENCE)
    arguments = ["--no-sandbox", "--disable-background-networking", "--disable-gpu"]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM") or "/usr/bin/chromium", args=arguments
        )
        yield chromium
        chromium.close()


@pytest.fixture
def live(sqlite_template: Path, static_build: Path, tmp_path: Path) -> Iterator[Live]:
    """The site with its cast, listening until the test ends."""
    with serving(sqlite_template, static_build, tmp_path) as site:
        yield site


@contextmanager
def serving(template: Path, static_build: Path, folder: Path) -> Iterator[Live]:
    """A site of its own in a folder, with its cast, listening inside the block."""
    path = folder / "live.sqlite3"
    shutil.copyfile(template, path)
    app = create_app({**settings(folder, f"sqlite:///{path}"), "STATIC_BUILD": str(static_build)})
    with app.app_context():
        people = make_cast(db.session())
        db.session.commit()
        server = make_server("127.0.0.1", 0, app, threaded=True)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        site = Live(f"http://127.0.0.1:{server.server_port}", app, people)
        yield site
        for window in site.windows:
            window.close()
        server.shutdown()
        thread.join()
        server.server_close()
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def course(live: Live) -> Iterator[Live]:
    """The learner follows the course; it is 10.32 WIB."""
    publish_course(db.session(), now=NOW)
    enroll_in(db.session(), live.cast.learner, now=NOW)
    db.session.commit()
    with clock.frozen(NOW + timedelta(minutes=32)):
        yield live
